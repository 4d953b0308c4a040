//! The contact record: every attempt to reach a party, with its outcome. Each entry is an event of the case, and so proof
//! that somebody was called upon (在线调解规则 15).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ids::{PartyId, PersonId};
use super::message::Channel;

/// One attempt to reach a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    pub party: PartyId,
    pub channel: ContactChannel,
    pub outcome: Outcome,
    /// What was said, in the words of whoever called.
    pub note: String,
    /// The platform itself where it sent a message.
    pub by: Option<PersonId>,
    /// When it was made, which may be before it was written down.
    pub at: Timestamp,
    /// The message that was sent, which counts once.
    #[serde(default)]
    pub message: Option<Uuid>,
}

/// How somebody was called upon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactChannel {
    /// A text message.
    Message,
    Mail,
    Call,
    Letter,
    Visit,
}

impl ContactChannel {
    pub const ALL: [Self; 5] = [
        Self::Message,
        Self::Mail,
        Self::Call,
        Self::Letter,
        Self::Visit,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Message => "message",
            Self::Mail => "mail",
            Self::Call => "call",
            Self::Letter => "letter",
            Self::Visit => "visit",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }

    /// What can come of it; nobody hears a letter ring.
    pub const fn outcomes(self) -> &'static [Outcome] {
        use Outcome as O;
        match self {
            Self::Message | Self::Mail => &[O::Sent, O::Undelivered],
            Self::Call => &[
                O::Agreed,
                O::Declined,
                O::WantsToMeet,
                O::Answered,
                O::NoAnswer,
                O::RefusedToTalk,
                O::WrongNumber,
            ],
            Self::Letter => &[O::Posted, O::Delivered, O::Undelivered, O::Moved],
            Self::Visit => &[
                O::Agreed,
                O::Declined,
                O::WantsToMeet,
                O::Answered,
                O::NoticeLeft,
                O::NoAnswer,
                O::RefusedToTalk,
                O::Moved,
            ],
        }
    }
}

impl From<Channel> for ContactChannel {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Sms => Self::Message,
            Channel::Mail => Self::Mail,
        }
    }
}

/// What came of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Handed to the carrier; whether it was read nobody knows.
    Sent,
    /// Did not arrive: the carrier refused it, or the letter came back.
    Undelivered,
    Posted,
    Delivered,
    /// Spoke, and has not decided yet.
    Answered,
    /// Said by word of mouth that they will mediate.
    Agreed,
    /// Said by word of mouth that they will not.
    Declined,
    /// Would rather meet than write.
    WantsToMeet,
    NoAnswer,
    /// The number belongs to somebody else: nothing goes there any more.
    WrongNumber,
    RefusedToTalk,
    /// Lives there no more: nothing goes there any more.
    Moved,
    /// Nobody was in; the paper was left.
    NoticeLeft,
}

impl Outcome {
    pub const ALL: [Self; 13] = [
        Self::Sent,
        Self::Undelivered,
        Self::Posted,
        Self::Delivered,
        Self::Answered,
        Self::Agreed,
        Self::Declined,
        Self::WantsToMeet,
        Self::NoAnswer,
        Self::WrongNumber,
        Self::RefusedToTalk,
        Self::Moved,
        Self::NoticeLeft,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Undelivered => "undelivered",
            Self::Posted => "posted",
            Self::Delivered => "delivered",
            Self::Answered => "answered",
            Self::Agreed => "agreed",
            Self::Declined => "declined",
            Self::WantsToMeet => "wants_to_meet",
            Self::NoAnswer => "no_answer",
            Self::WrongNumber => "wrong_number",
            Self::RefusedToTalk => "refused_to_talk",
            Self::Moved => "moved",
            Self::NoticeLeft => "notice_left",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }

    /// Whether it is the other side's own answer to the invitation.
    pub const fn is_answer(self) -> bool {
        matches!(self, Self::Agreed | Self::Declined | Self::WantsToMeet)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_and_outcome_is_read_back_by_its_name() {
        for channel in ContactChannel::ALL {
            assert_eq!(ContactChannel::parse(channel.name()), Some(channel));
        }
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::parse(outcome.name()), Some(outcome));
            let somewhere = |channel: &ContactChannel| channel.outcomes().contains(&outcome);
            assert!(ContactChannel::ALL.iter().any(somewhere), "{outcome:?}");
        }
    }
}
