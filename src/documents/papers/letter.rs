//! 调解邀请函: the invitation as a letter, for whom no message reached. It tells no more of the matter than a message does.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::{Worded, samples};

/// What the letter says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    pub number: String,
    pub organisation: String,
    /// To whom, and where it is posted to.
    pub name: String,
    pub address: String,
    /// Of whoever asked for the mediation; empty where none can be told.
    pub surname: String,
    pub cause: String,
    pub phone: String,
    pub office: String,
    /// By when an answer is asked for.
    pub answer_by: Option<Date>,
    pub made_at: Timestamp,
    pub dated: Date,
    /// Leads to the invitation; behind it a code is asked for.
    pub link: String,
}

impl Worded for Letter {
    const KIND: &'static str = "letter";

    fn made_at(&self) -> Timestamp {
        self.made_at
    }

    fn samples() -> Vec<Self> {
        let soon = Self {
            answer_by: None,
            surname: String::new(),
            ..samples::letter()
        };
        vec![samples::letter(), soon]
    }
}
