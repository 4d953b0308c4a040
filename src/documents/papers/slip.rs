//! 评价凭条: a slip by which a party rates. It names the committee, and nobody.

use jiff::Timestamp;
use serde::Serialize;

use super::{Worded, samples};

/// What the slip says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Slip {
    pub organisation: String,
    pub phone: String,
    pub made_at: Timestamp,
    pub link: String,
}

impl Worded for Slip {
    const KIND: &'static str = "slip";

    fn made_at(&self) -> Timestamp {
        self.made_at
    }

    fn samples() -> Vec<Self> {
        vec![samples::slip()]
    }
}
