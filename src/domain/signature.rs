//! What shows at the moment of signing that this very person wanted it, and in which order people sign.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Empty where it was not written down: in cases that are older than this record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// By what the signer showed to be who they are, bound to the hash of the text.
    #[serde(default)]
    pub identified: Option<Means>,
    /// When the code went out to the signer's own address, or the one-time password was given.
    #[serde(default)]
    pub code_at: Option<Timestamp>,
    /// On what they signed, as far as it said.
    #[serde(default)]
    pub device: Option<Device>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Means {
    /// A code sent to the signer's own phone.
    CodeByPhone,
    /// A code sent to the signer's own mailbox.
    CodeByMail,
    /// The one-time password of an enrolled authenticator.
    SecondFactor,
}

impl Means {
    pub const ALL: [Self; 3] = [Self::CodeByPhone, Self::CodeByMail, Self::SecondFactor];

    pub const fn name(self) -> &'static str {
        match self {
            Self::CodeByPhone => "code_by_phone",
            Self::CodeByMail => "code_by_mail",
            Self::SecondFactor => "second_factor",
        }
    }
}

/// No more of a device than its kind: its make would tell more of a person than a paper has to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Device {
    Phone,
    Tablet,
    Computer,
}

impl Device {
    pub const ALL: [Self; 3] = [Self::Phone, Self::Tablet, Self::Computer];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Tablet => "tablet",
            Self::Computer => "computer",
        }
    }

    /// By the name that a browser gives itself.
    pub fn of(agent: &str) -> Option<Self> {
        let says = |word: &str| agent.contains(word);
        if agent.trim().is_empty() {
            None
        } else if says("iPad") || says("Tablet") || (says("Android") && !says("Mobile")) {
            Some(Self::Tablet)
        } else if says("Mobile") || says("iPhone") || says("Android") || says("OpenHarmony") {
            Some(Self::Phone)
        } else {
            Some(Self::Computer)
        }
    }
}

/// In which order people sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// The parties as they come; then whoever mediates, as they come; then interpreters; the seal last.
    #[default]
    Free,
    /// One after the other, as the paper names them.
    Fixed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_tells_on_what_it_runs() {
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148";
        let android = "Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Mobile Safari/537.36";
        let tablet = "Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Safari/537.36";
        let desk = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0";
        assert_eq!(Device::of(iphone), Some(Device::Phone));
        assert_eq!(Device::of(android), Some(Device::Phone));
        assert_eq!(Device::of(tablet), Some(Device::Tablet));
        assert_eq!(Device::of(desk), Some(Device::Computer));
        assert_eq!(Device::of(" "), None);
    }

    #[test]
    fn what_an_older_signature_does_not_say_stays_unsaid() {
        let read: Shown = serde_json::from_str("{}").unwrap();
        assert_eq!(read, Shown::default());
    }
}
