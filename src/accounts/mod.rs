//! People, sign-in, codes, sessions and drafts of forms: who somebody is, never what they may do.

pub mod secrets;
