//! Who reads which paper and opens which file, and whose version of the file they may take along.

use super::super::actor::{Actor, Role};
use super::super::agreement::{Agreement, Refusal};
use super::super::case::{Case, Standing};
use super::super::delivery::How;
use super::super::exhibit::ExhibitKind;
use super::super::hash::ContentHash;
use super::super::ids::{DocumentId, OrganisationId, PartyId};
use super::super::paper::{Paper, PaperKind};
use super::super::party::PartyRole;
use super::super::stage::{Mediate, Stage};
use super::super::team::Capacity;
use super::outreach::holds;
use super::{is_mediating, keeps_calendar, may_sit_in_sessions};

/// Whether `actor` reads a paper of the case: everybody who sees the case, but where it is a party's own only that
/// party, whoever works with it, and the court that serves it.
pub fn may_read_paper(actor: &Actor, case: &Case, paper: &Paper) -> bool {
    if paper.kind == PaperKind::SessionRecord {
        return may_read_record(actor, case);
    }
    let Some(owner) = paper.party else {
        return case.may_see(actor);
    };
    let reads = |standing: &Standing| match standing {
        Standing::Party(party, _) | Standing::Team(Capacity::EnteredFor(party)) => *party == owner,
        Standing::Team(capacity) => *capacity == Capacity::CoMediator,
        Standing::Invited(_) | Standing::Visitor => false,
        _ => true,
    };
    case.standings(actor).iter().any(reads)
}

/// Whether `actor` may have the report on how a paper was signed: who stands in it, who led the mediation, who answers for the
/// committee, and the court.
pub fn may_read_evidence(actor: &Actor, case: &Case, paper: &Paper) -> bool {
    let has = |standing: &Standing| match standing {
        Standing::Party(..) | Standing::Head | Standing::Clerk | Standing::Judge => true,
        standing => is_mediating(*standing),
    };
    may_read_paper(actor, case, paper) && case.standings(actor).iter().any(has)
}

/// Whether this standing writes down how a paper was brought to a party: at the court for a paper of the court. That
/// nobody tries any more is for whoever assigns to say.
pub(super) fn brings(case: &Case, standing: Standing, (paper, how): (DocumentId, How)) -> bool {
    match case.paper(paper).and_then(|paper| paper.court) {
        Some(_) => matches!(standing, Standing::Clerk | Standing::Judge),
        None if how == How::Abandoned => standing == Standing::Dispatcher,
        None => standing == Standing::Dispatcher || is_mediating(standing),
    }
}

/// Whether `actor` writes down that a paper was brought to a party in this way.
pub fn may_bring(actor: &Actor, case: &Case, paper: DocumentId, how: How) -> bool {
    let mut standings = case.standings(actor).into_iter();
    standings.any(|standing| brings(case, standing, (paper, how)))
}

/// Where `actor` sees to it that papers are brought: whoever assigns at a committee, the clerks of a court.
pub fn brings_papers_for(actor: &Actor) -> Vec<OrganisationId> {
    holds(actor, &[Role::Dispatcher, Role::Clerk])
}

/// Whether `actor` may have papers to bring to people.
pub fn brings_papers(actor: &Actor) -> bool {
    !brings_papers_for(actor).is_empty() || keeps_calendar(actor)
}

/// Whether `actor` reads what was said in a session: whoever sits at the table, and whoever keeps the file (人民调解法 27).
/// It does not go to the court (在线调解规则 18).
pub fn may_read_record(actor: &Actor, case: &Case) -> bool {
    let keeps = |it: &Standing| {
        matches!(
            it,
            Standing::Dispatcher | Standing::Head | Standing::SealHolder
        )
    };
    may_sit_in_sessions(actor, case) || case.standings(actor).iter().any(keeps)
}

/// Whether `actor` may open a file that somebody handed in: the parties and their mediator each, the court the
/// exhibits of an application (解释 354); what shows an authority is for its own side, the mediator and the court; what was photographed or spoken at intake is not for the other side.
pub fn may_open(actor: &Actor, case: &Case, file: &ContentHash) -> bool {
    let exhibit = case.exhibits.iter().find(|exhibit| exhibit.file == *file);
    let for_all = exhibit.is_some_and(|exhibit| exhibit.kind != ExhibitKind::Authority);
    let exhibit = exhibit.is_some();
    let of_performance = case
        .stage
        .settlement()
        .is_some_and(|settlement| settlement.proofs().any(|proof| proof == file));
    let original = case
        .stage
        .settlement()
        .is_some_and(|settlement| settlement.originals().any(|photo| photo == file));
    let scanned = of_the_scan(case, file);
    let of_intake = case.intake.files.iter().any(|it| it.file == *file);
    let opens = |standing: &Standing| match standing {
        Standing::Party(party, role) => {
            for_all
                || of_performance
                || scanned
                || shows_right_of(case, *party, file)
                || (of_intake && *role == PartyRole::Claimant)
        }
        Standing::Mediator | Standing::Team(Capacity::CoMediator) => {
            exhibit || of_performance || original || scanned || of_intake
        }
        Standing::SealHolder | Standing::Head | Standing::Team(Capacity::Confirmer) => scanned,
        // Kin, experts and the others at the table see what lies on it for all.
        Standing::Team(capacity) => {
            (for_all || scanned) && capacity.sits_in() && !capacity.only_hears()
        }
        Standing::Dispatcher => of_intake,
        Standing::Clerk | Standing::Judge => exhibit || scanned,
        _ => false,
    };
    case.standings(actor).iter().any(opens)
}

/// Whether the file is one of the sheets of an agreement that was signed by hand.
fn of_the_scan(case: &Case, file: &ContentHash) -> bool {
    let settled = case.stage.settlement().map(|it| &it.agreement);
    let agreement = case.stage.signing().or(settled);
    let by_hand = agreement.and_then(|it| it.by_hand.as_ref());
    by_hand.is_some_and(|it| it.scan.contains(file))
}

/// Whether this standing puts the organisation's seal: whoever keeps it, and on a scan also whoever answers for the committee,
/// since in a small one nobody keeps it but the officer who certified the scan; and in one of a single person whoever was asked
/// for it from a body beside or above.
pub fn puts_seal(case: &Case, standing: Standing) -> bool {
    let scanned = || case.stage.signing().is_some_and(Agreement::is_certified);
    let looks = matches!(
        standing,
        Standing::Head | Standing::Team(Capacity::Confirmer)
    );
    standing == Standing::SealHolder || (looks && scanned())
}

/// Whether `actor` hears that a party said no to what is signed by hand: whoever weighs it by the sheets, and the party.
pub fn may_know_of_refusal(actor: &Actor, case: &Case, refusal: &Refusal) -> bool {
    let hears = |it: &Standing| puts_seal(case, *it) || is_its_own(*it, refusal);
    case.standings(actor).iter().any(hears)
}

/// Whether `actor` reads why: whoever mediates, the party, and of what was said about the scan also whoever keeps the seal.
pub fn may_read_refusal(actor: &Actor, case: &Case, refusal: &Refusal) -> bool {
    let certified = case.stage.signing().and_then(|it| it.signatures.first());
    let of_scan = certified.is_some_and(|it| it.at <= refusal.at);
    let reads = |it: &Standing| (of_scan && puts_seal(case, *it)) || is_its_own(*it, refusal);
    case.standings(actor).iter().any(reads)
}

fn is_its_own(standing: Standing, refusal: &Refusal) -> bool {
    let party = matches!(standing, Standing::Party(party, _) if party == refusal.by);
    party || is_mediating(standing)
}

/// Whether a file shows by what right somebody acts on this side: numbers, births and households of a family are not the
/// other side's to read (个人信息保护法 6, 28).
fn shows_right_of(case: &Case, party: PartyId, file: &ContentHash) -> bool {
    let rests = case.party(party).is_some_and(|seat| seat.rests_on(file));
    let mut exhibits = case.exhibits.iter();
    rests
        || exhibits.any(|exhibit| {
            let by = case.named_as(exhibit.by);
            exhibit.file == *file && by.is_some_and(|it| it.party.id == party)
        })
}

/// For whom a dossier is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileReader {
    /// Whoever keeps the file of the mediation (人民调解法 27).
    Keeper,
    Party(PartyId),
}

/// Whose version of the dossier is `actor`'s: that of whoever mediates, assigns, seals or answers for the committee, or a
/// party's own, which it may have from the first day (个人信息保护法 45); a file is kept once the matter was accepted. The
/// court has its own.
pub fn reads_file_of(actor: &Actor, case: &Case) -> Option<FileReader> {
    let early = match &case.stage {
        Stage::Consult | Stage::Assess { .. } => true,
        Stage::Mediate { at } => matches!(**at, Mediate::Received { .. }),
        _ => false,
    };
    let standings = case.standings(actor);
    standings.into_iter().find_map(|standing| match standing {
        Standing::Party(party, _) => Some(FileReader::Party(party)),
        Standing::Mediator
        | Standing::Dispatcher
        | Standing::Head
        | Standing::SealHolder
        | Standing::Team(Capacity::CoMediator)
            if !early =>
        {
            Some(FileReader::Keeper)
        }
        _ => None,
    })
}

/// Whether `actor` has a version of the dossier.
pub fn may_keep_file(actor: &Actor, case: &Case) -> bool {
    reads_file_of(actor, case).is_some()
}
