//! People, credentials, sessions, codes, links and drafts.

pub mod codes;
pub mod drafts;
pub mod links;
pub mod people;
pub mod sessions;
pub mod setups;
pub mod staff;
