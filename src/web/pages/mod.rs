//! One file a page, or a small family of pages.

pub mod assess;
pub mod assign;
pub mod assignment;
pub mod case;
pub mod caucus;
pub mod demo;
pub mod desk;
pub mod disclosure;
pub mod ending;
pub mod hand_over;
pub mod home;
pub mod intake;
pub mod invitation;
pub mod invite;
pub mod papers;
pub mod room;
pub mod sessions;
pub mod sign_in;
pub mod staff_sign_in;
pub mod start;

#[cfg(test)]
mod tests;
