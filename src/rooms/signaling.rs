//! What the call page and the room say to each other: JSON messages on one WebSocket, numbered by the server.

pub(crate) mod table;

use serde::{Deserialize, Serialize};

use self::table::{Showing, TableMessage, TableRequest};
use crate::domain::ids::PersonId;
pub(crate) use crate::domain::quality::Rung;

/// In what capacity somebody sits in the room; always shown beside the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatKind {
    /// Leads the session: admits, moves, mutes, ends.
    Mediator,
    Applicant,
    Respondent,
    /// Speaks for a party.
    Representative,
    Interpreter,
    /// Interprets by signs: whoever needs that hears by this picture.
    SignLanguage,
    /// 亲属, a neighbour or a colleague, by consent of all (人民调解法 20).
    Kin,
    /// Somebody with special knowledge, by consent of all (人民调解法 20).
    Expert,
    Lawyer,
    Volunteer,
    /// Sits beside a party in silence, for example a child helping a parent with the phone.
    Helper,
    /// Present by consent of all.
    Observer,
    /// The screen of a room in which several sit.
    Screen,
}

/// The seat the platform gives somebody who may enter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    pub name: String,
    pub kind: SeatKind,
    /// Who sits in front of a screen; they all hear what it hears.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seated: Vec<Seat>,
    /// With which side somebody in front of a screen came who is no party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<SeatKind>,
    /// Whom somebody in a [`SeatKind::Helper`]'s seat came to help: the party, or whoever acts for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<PersonId>,
    /// Whose phone this is: it sits where they sit, and hears and speaks for them.
    #[serde(skip)]
    pub phone_of: Option<PersonId>,
}

impl Seat {
    /// Somebody for themselves.
    pub const fn new(name: String, kind: SeatKind) -> Self {
        Self {
            name,
            kind,
            seated: Vec::new(),
            with: None,
            beside: Vec::new(),
            phone_of: None,
        }
    }

    /// Whether a talk with this seat alone is a talk with one side: never with a screen before which both sit or
    /// somebody of neither, or of which nobody has said who sits there.
    pub(crate) fn is_of_one_side(&self) -> bool {
        let mut sides = self.seated.iter().map(Self::side);
        match (self.kind, sides.next()) {
            (SeatKind::Screen, Some(Some(first))) => sides.all(|side| side == Some(first)),
            (SeatKind::Screen, _) => false,
            _ => true,
        }
    }

    fn side(&self) -> Option<SeatKind> {
        match self.kind {
            SeatKind::Applicant | SeatKind::Respondent => Some(self.kind),
            SeatKind::Observer => None,
            _ => self.with,
        }
    }
}

impl SeatKind {
    /// Whether this seat has a voice and a picture of its own, and writes to the others.
    pub(crate) const fn speaks(self) -> bool {
        !matches!(self, Self::Helper | Self::Observer)
    }
}

/// The first message of a socket: the token that was fetched for it and, after a break, where to go on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Hello {
    pub(crate) token: String,
    pub(crate) resume: Option<Resume>,
}

/// A thread of messages that broke off after number `seen`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Resume {
    pub(crate) id: String,
    pub(crate) seen: u64,
}

/// One text of a page: what it asks, numbered from 1, so that what a broken socket swallowed is asked again and done
/// once. Number 0 stands outside the count and is never repeated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Frame {
    pub(crate) n: u64,
    pub(crate) ask: Request,
}

/// What a page asks of the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Request {
    /// The offer of a connection that carries this person's camera and microphone. A higher generation
    /// replaces the connection of a lower one; with `restart`, it is that connection looking for another way here.
    Publish {
        generation: u32,
        #[serde(default)]
        restart: bool,
        sdp: String,
    },
    /// The answer to the room's offer of that generation.
    Answer {
        generation: u32,
        sdp: String,
    },
    /// Offer me a fresh connection for what I hear and see; with `restart`, look for another way to the one there is.
    Subscribe {
        #[serde(default)]
        restart: bool,
    },
    /// I have shown the scene of this number: sound may open on its terms.
    Ack {
        epoch: u64,
    },
    Microphone {
        on: bool,
    },
    Camera {
        on: bool,
    },
    Hand {
        up: bool,
    },
    /// How much my line carries, as my page measured or I chose.
    Line {
        rung: Rung,
    },
    /// What I listen to where somebody interprets.
    Channel {
        channel: Channel,
    },
    /// What my page has lost lately, in thousandths.
    Measured {
        lost: u16,
    },
    /// A line for those who are with me, all or some. `epoch` is the scene it was typed in: if the writer has been moved
    /// since, nobody gets it and it comes back.
    Say {
        epoch: u64,
        to: Addressee,
        text: String,
    },
    /// I go; my seat is kept for a minute.
    Leave,
    Ping,
    Table(TableRequest),
    /// Mediator: let somebody in from the waiting room.
    Admit {
        person: PersonId,
    },
    /// Mediator: send somebody away, from the waiting room or the session.
    Remove {
        person: PersonId,
    },
    /// Mediator: speak alone with these people; those left behind may talk meanwhile, or wait in silence.
    Caucus {
        people: Vec<PersonId>,
        left_may_talk: bool,
    },
    /// Mediator, away in a caucus: those left behind may talk from now on, or no longer.
    LeftMayTalk {
        on: bool,
    },
    /// Mediator: bring everybody back together.
    Joint,
    /// Mediator: show somebody large to everybody who sits with them, or whoever speaks again.
    Spotlight {
        person: Option<PersonId>,
    },
    /// Mediator: silence somebody, who alone can unmute.
    Mute {
        person: PersonId,
    },
}

/// What the room tells a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Message {
    /// Opens every socket. `resumed`: the missed messages up to number `upto` follow, the connections live on, and all
    /// requests up to number `heard` were done; otherwise the page starts afresh. `alone`: this person was in a caucus when
    /// the process that held the room ended, and may be heard by all from now on.
    Welcome {
        you: PersonId,
        kind: SeatKind,
        resume: String,
        resumed: bool,
        alone: bool,
        upto: u64,
        heard: u64,
    },
    /// All requests up to this number were done.
    Heard {
        n: u64,
    },
    Scene(Scene),
    PublishAnswer {
        generation: u32,
        sdp: String,
    },
    SubscribeOffer {
        generation: u32,
        /// A new connection, not a further offer on the old one.
        fresh: bool,
        sdp: String,
    },
    Said {
        from: PersonId,
        name: String,
        to: Addressee,
        text: String,
        caucus: bool,
    },
    /// Your line was delivered to nobody.
    NotSaid {
        to: Addressee,
        text: String,
        why: WhyNot,
    },
    /// The mediator muted you.
    Muted,
    /// Something beside the video has a new version: fetch it again.
    Refresh {
        topic: Topic,
        version: u64,
    },
    /// A move was not made, because the platform no longer lets this person in.
    NotMoved {
        person: PersonId,
    },
    /// A move was not made, because this person helps somebody who is not moved, or is there to watch all of them.
    NotBeside {
        person: PersonId,
    },
    /// A move was not made, because this screen would have brought the other side along, or nobody knows whom.
    NotAlone {
        person: PersonId,
    },
    Table(TableMessage),
    /// The platform does not let you in, or no longer.
    Refused,
    /// The mediator sent you away.
    Removed,
    /// You opened the room in another window, which goes on.
    Replaced,
    /// The mediator closed the session.
    Ended,
    /// The server is being restarted: come back in a moment.
    Goodbye,
    Pong,
}

/// What somebody listens to where somebody interprets by voice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Channel {
    /// Everybody, as they speak one after the other.
    #[default]
    Both,
    /// Everybody but the interpreter.
    Original,
    /// The interpreter, and the others in the background: the page plays them more softly.
    Faded,
    /// The interpreter alone.
    Interpreter,
}

/// Which picture of somebody's is of use to those who see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Wanted {
    None,
    Small,
    Large,
}

/// Whether the joint session is recorded. A caucus never is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Recorded {
    #[default]
    Off,
    On,
    /// Until a mediator leads the joint session again.
    Paused,
    /// It stopped, because somebody is here who does not agree, or no longer.
    Unconsented,
    /// It stopped, because there is no room left for it.
    Full,
    /// It stopped, because it could not be kept.
    Failed,
}

/// For whom a line is, of those who sit with its writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Addressee {
    Everybody,
    /// The mediators alone; the others do not learn that anything was written.
    Mediators,
}

/// Why a line comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WhyNot {
    /// You were moved, or others came, while you typed it.
    Moved,
    /// The mediator is away, and those left behind wait in silence.
    Hushed,
    /// It was for the mediator, and none sits with you.
    NoMediator,
}

/// A message with its number; 0 stands outside the count and is never replayed.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Envelope<M> {
    pub(crate) seq: u64,
    #[serde(flatten)]
    pub(crate) message: M,
}

/// What is shown beside the video and told by [`Message::Refresh`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The clauses being drafted.
    Board,
    /// Where the case stands.
    Case,
    /// Whether the session may be recorded.
    Recording,
}

/// The room as one person may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Scene {
    pub(crate) epoch: u64,
    pub(crate) place: PlaceShown,
    /// Those in the joint session wait in silence: the mediator is away in a caucus.
    pub(crate) hushed: bool,
    /// What becomes of the joint session's sound and picture, for whoever sits or waits anywhere.
    pub(crate) recorded: Recorded,
    /// Who is to be shown large, if they sit with you.
    pub(crate) spotlight: Option<PersonId>,
    /// What is shown to those who sit with you.
    pub(crate) table: Option<Showing>,
    /// Which picture your camera is to send.
    pub(crate) wanted: Wanted,
    /// Who hears you once everybody concerned has acknowledged this scene.
    pub(crate) heard_by: Vec<PersonId>,
    pub(crate) people: Vec<Presence>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PlaceShown {
    Waiting,
    Joint,
    Caucus,
}

/// One person in a scene.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent facts that a page shows side by side"
)]
pub(crate) struct Presence {
    pub(crate) person: PersonId,
    #[serde(flatten)]
    pub(crate) seat: Seat,
    pub(crate) place: PlaceShown,
    /// In the same conversation as the one who is shown this scene.
    pub(crate) with_you: bool,
    /// Has a live page; otherwise the seat is being kept.
    pub(crate) here: bool,
    pub(crate) microphone: bool,
    pub(crate) camera: bool,
    pub(crate) hand: bool,
    /// Sits with you, and may show things there.
    pub(crate) may_show: bool,
    pub(crate) rung: Rung,
    /// In whose streams their voice comes, while they hear and speak by the telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) phone: Option<PersonId>,
    /// What reaches their ears now; [`Channel::Both`] while nobody interprets there.
    pub(crate) channel: Channel,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_carries_its_number_and_its_type_side_by_side() {
        let text = serde_json::to_string(&Envelope {
            seq: 7,
            message: Message::Refresh {
                topic: Topic::Board,
                version: 3,
            },
        })
        .unwrap();
        assert_eq!(
            text,
            r#"{"seq":7,"type":"refresh","topic":"board","version":3}"#
        );
    }

    #[test]
    fn an_unknown_request_or_field_is_refused() {
        assert!(serde_json::from_str::<Request>(r#"{"type":"listen_in"}"#).is_err());
        assert!(
            serde_json::from_str::<Request>(r#"{"type":"ack","epoch":1,"as":"mediator"}"#).is_err()
        );
        assert_eq!(
            serde_json::from_str::<Request>(r#"{"type":"ack","epoch":1}"#).unwrap(),
            Request::Ack { epoch: 1 }
        );
        assert_eq!(
            serde_json::from_str::<Request>(r#"{"type":"table","do":"turn","page":2}"#).unwrap(),
            Request::Table(TableRequest::Turn { page: 2 })
        );
        let more = r#"{"type":"table","do":"turn","page":2,"of":"another"}"#;
        assert!(serde_json::from_str::<Request>(more).is_err());
    }
}
