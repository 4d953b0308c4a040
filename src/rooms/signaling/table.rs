//! What pages and rooms say to each other about what lies on the table: files of the case, screens, pointers.

use serde::{Deserialize, Serialize};

use crate::domain::ids::{EvidenceId, PersonId};

/// What a page asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum TableRequest {
    /// Show this file to all who sit with me.
    Show { evidence: EvidenceId },
    /// Show them my screen, which comes in place of my camera's picture, or no longer.
    Share { on: bool },
    /// Turn to this page of what I show; the first is 1.
    Turn { page: u32 },
    /// The clip I show plays from here, or stands here.
    Play { plays: bool, at_ms: u32 },
    /// My pointer is here on thing `number`, or away.
    Point { number: u32, at: Option<Spot> },
    /// Take away what lies there: mine, or, as a mediator, anybody's.
    Clear,
    /// Mediator: this person may show things to those who sit with us, or no longer.
    Allow { person: PersonId, on: bool },
}

/// What the room tells a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(crate) enum TableMessage {
    /// Your file, or your screen, is not shown, or no longer; `people` are those who may not see it.
    NotShown {
        why: WhyNotShown,
        people: Vec<PersonId>,
    },
    /// Somebody points at thing `number`, or no longer. Outside the count: of use only at once.
    Pointing {
        by: PersonId,
        number: u32,
        at: Option<Spot>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WhyNotShown {
    /// The mediator has to let you first.
    NotAllowed,
    /// Something of another's lies there.
    Taken,
    /// Somebody there may not see it.
    NotForAll,
    /// The platform did not say in time who may see it.
    Unanswered,
}

/// A place on what is shown, in ten-thousandths of its width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Spot {
    pub(crate) x: u16,
    pub(crate) y: u16,
}

impl Spot {
    const FAR: u16 = 10_000;

    /// Whether it lies on the thing at all.
    pub(crate) const fn is_on_it(self) -> bool {
        self.x <= Self::FAR && self.y <= Self::FAR
    }
}

/// What lies on the table, as somebody who sits there sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Showing {
    pub(crate) number: u32,
    pub(crate) by: PersonId,
    #[serde(flatten)]
    pub(crate) shown: Shown,
}

/// The page fetches a file for itself, by its reader's own right to see it: no name of it goes through the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(crate) enum Shown {
    File {
        evidence: EvidenceId,
        page: u32,
        /// A clip plays, and has come so far.
        plays: bool,
        at_ms: u32,
    },
    /// The picture that the one who shows sends now is of their screen.
    Screen,
}
