//! Who reads which paper, and whose version of the file they may take along.

use super::super::actor::Actor;
use super::super::case::{Case, Standing};
use super::super::paper::Paper;
use super::super::stage::{Mediate, Stage};
use super::super::team::Capacity;

/// Whether `actor` reads a paper of the case: everybody who sees the case, but where it is a party's own only that
/// party, whoever works with it, and the court that serves it.
pub fn may_read_paper(actor: &Actor, case: &Case, paper: &Paper) -> bool {
    let reads = |standing: &Standing| match (standing, paper.party) {
        (Standing::Invited(_) | Standing::Visitor, _) => false,
        (_, None) => true,
        (Standing::Party(party, _), Some(owner)) => *party == owner,
        (Standing::Team(capacity), Some(owner)) => match capacity {
            Capacity::CoMediator => true,
            Capacity::EnteredFor(party) => *party == owner,
            _ => false,
        },
        _ => true,
    };
    case.standings(actor).iter().any(reads)
}

/// For whom a dossier is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileReader {
    /// Whoever keeps the file of the mediation (人民调解法 27).
    Keeper,
    Party(super::PartyId),
}

/// Whose version of the dossier is `actor`'s: that of whoever mediates, assigns, seals or answers for the committee, or a
/// party's own; none before the matter was accepted. The court has its own file.
pub fn reads_file_of(actor: &Actor, case: &Case) -> Option<FileReader> {
    let early = match &case.stage {
        Stage::Consult | Stage::Assess { .. } => true,
        Stage::Mediate { at } => matches!(**at, Mediate::Received { .. }),
        _ => false,
    };
    if early {
        return None;
    }
    let standings = case.standings(actor);
    standings.into_iter().find_map(|standing| match standing {
        Standing::Party(party, _) => Some(FileReader::Party(party)),
        Standing::Mediator
        | Standing::Dispatcher
        | Standing::Head
        | Standing::SealHolder
        | Standing::Team(Capacity::CoMediator) => Some(FileReader::Keeper),
        _ => None,
    })
}

/// Whether `actor` has a version of the dossier.
pub fn may_keep_file(actor: &Actor, case: &Case) -> bool {
    reads_file_of(actor, case).is_some()
}
