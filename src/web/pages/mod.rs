//! One file a page, or a small family of pages.

pub mod assess;
pub mod assign;
pub mod assignment;
pub mod board;
pub mod case;
pub mod caucus;
pub mod confirmation;
pub mod contacts;
pub mod court;
pub mod demo;
pub mod desk;
pub mod disclosure;
pub mod ending;
pub mod evidence;
pub mod exhibits;
pub mod hand_over;
pub mod home;
pub mod identity;
pub mod intake;
pub mod invitation;
pub mod invite;
pub mod link;
pub mod paper_text;
pub mod papers;
pub mod performance;
mod proof;
pub mod proofs;
pub(in crate::web) mod qr;
pub mod record;
mod refusals;
pub mod review;
pub mod room;
pub mod seal;
pub mod sessions;
pub mod sheet;
pub mod sign;
pub mod sign_in;
pub mod staff_sign_in;
pub mod start;
pub mod terms;
pub mod undelivered;
mod upload;
pub mod verify;

#[cfg(test)]
mod tests;
