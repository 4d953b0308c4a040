//! Kinds of work that follow a committed change.

/// What a row of the queue asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JobKind {
    /// Tell the people concerned: writes their messages.
    Notify,
    /// Look at a case again at its hour; what is then due is done by the clock.
    Watch,
    /// Send one message.
    SendMessage,
    /// Write down in the case that a party was sent a message.
    RecordContact,
    /// Tell another body what became of a matter that it sent.
    Webhook,
    /// Make the papers that a change calls for.
    DrawUp,
    /// Seal what happened up to an hour.
    Anchor,
    /// Make the files of a recording that are played.
    KeepRecording,
    /// Take a recording from the disk.
    DropRecording,
}

impl JobKind {
    pub const ALL: [Self; 9] = [
        Self::Notify,
        Self::Watch,
        Self::SendMessage,
        Self::RecordContact,
        Self::Webhook,
        Self::DrawUp,
        Self::Anchor,
        Self::KeepRecording,
        Self::DropRecording,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Notify => "notify",
            Self::Watch => "watch",
            Self::SendMessage => "send_message",
            Self::RecordContact => "record_contact",
            Self::Webhook => "webhook",
            Self::DrawUp => "draw_up",
            Self::Anchor => "anchor",
            Self::KeepRecording => "keep_recording",
            Self::DropRecording => "drop_recording",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_by_its_name() {
        for kind in JobKind::ALL {
            assert_eq!(JobKind::parse(kind.name()), Some(kind));
        }
        assert_eq!(JobKind::parse("Notify"), None);
    }
}
