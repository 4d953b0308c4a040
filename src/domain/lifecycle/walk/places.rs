//! Where people of a walk meet.

use super::super::super::session::Venue;

/// Some come there and others join by video.
pub(super) fn hall() -> Venue {
    Venue {
        address: "和平路 8 号".to_owned(),
        room: String::new(),
        mixed: true,
        kept: None,
    }
}
