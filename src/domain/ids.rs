//! Ids as types of their own, so that one cannot be passed for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// One dispute from the first question to its closing.
    CaseId,
    /// A human being known to the platform: party, mediator, clerk, judge.
    PersonId,
    /// A party's seat in one case; it exists before anybody is known to sit in it.
    PartyId,
    /// One claim of a case.
    ClaimId,
    /// A committee, court or other body.
    OrganisationId,
    /// One scheduled mediation session; also the name of its video room.
    SessionId,
    /// One recording of a session's sound and picture.
    RecordingId,
    /// A paper or a proof; its revisions are kept under their content hashes.
    DocumentId,
    /// Something that a party shows of the quarrel.
    EvidenceId,
    /// A file on its way in, part by part.
    UploadId,
    /// One numbered term of an agreement.
    ClauseId,
    /// What one side offers the other.
    OfferId,
    /// Something written for everybody at the table.
    MessageId,
    /// Something written between one party and the mediator.
    ConfidedId,
    /// A complaint about a mediator.
    ComplaintId,
    /// Another body that sends matters through the interface.
    IntegratorId,
    /// What an authority is asked.
    RequestId,
    /// A room that a body keeps for people to meet in.
    MeetingRoomId,
    /// A row of the queue.
    JobId,
}
