//! The telephone as a way into a session.

use serde::{Deserialize, Serialize};

use super::Secret;

/// What a gateway must at least know of us; shorter ones are guessed.
const SHORTEST_SECRET: usize = 16;
const LONGEST_NUMBER: usize = 20;

/// A gateway that answers a telephone number, asks callers for their PIN and joins them by `POST /api/v1/dial-in`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DialIn {
    /// As people are to read and dial it, such as `0571-8888 0000`.
    pub number: String,
    /// By which we know the gateway.
    pub secret: Secret,
}

impl DialIn {
    pub(super) fn check(&self, wrong: &mut Vec<String>) {
        let known = |c: char| c.is_ascii_digit() || " -+".contains(c);
        let digits = self.number.chars().filter(char::is_ascii_digit).count();
        if digits < 3 || self.number.len() > LONGEST_NUMBER || !self.number.chars().all(known) {
            wrong.push("rtc.dial_in.number: no telephone number".to_owned());
        }
        if self.secret.reveal().len() < SHORTEST_SECRET {
            wrong.push(format!(
                "rtc.dial_in.secret: at least {SHORTEST_SECRET} characters"
            ));
        }
    }
}
