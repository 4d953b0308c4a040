//! One file a page, or a small family of pages.

pub mod home;
pub mod room;

#[cfg(test)]
mod tests;
