//! One file a page, or a small family of pages.

pub mod home;

#[cfg(test)]
mod tests;
