//! One file a page, or a small family of pages.

pub mod caucus;
pub mod demo;
pub mod home;
pub mod room;
pub mod sign_in;
pub mod staff_sign_in;
pub mod start;

#[cfg(test)]
mod tests;
