//! Random walks: whatever anybody tries in whatever order, no illegal state is reached, and what was accepted had
//! been offered.

use jiff::SignedDuration;
use proptest::prelude::*;
use uuid::Uuid;

use super::super::action::{Action, ActionKind};
use super::super::agreement::Matter;
use super::super::confirmation::Tick;
use super::super::contact_record::ContactChannel;
use super::super::evidence::{EvidenceFile, Media};
use super::super::exhibit::ExhibitKind;
use super::super::fixture::{COURT, MEDIATOR, Quarrel, actors, rules};
use super::super::hash::ContentHash;
use super::super::identity::Phone;
use super::super::ids::{
    CaseId, ClauseId, DocumentId, EvidenceId, MessageId, OrganisationId, PersonId, SessionId,
};
use super::super::intake::Target;
use super::super::joining::Carried;
use super::super::offered::offered;
use super::super::organisation::Language;
use super::super::paper::PaperKind;
use super::super::party::IdentityMethod;
use super::super::safety::Sign;
use super::super::service::Wish;
use super::super::stage::{EndCode, Ground, PauseReason};
use super::super::team::Capacity;
use super::super::time::civil_date;
use super::super::track::Way;

mod afterwards;
mod agents;
mod illegal;
mod minutes;
mod places;
mod recording;
mod signing;
mod translating;
mod writing;

use illegal::illegal;
use places::{declared, hall, sits};

/// One try: who, what, with which of the payloads, and how many hours later.
type Try = (usize, usize, usize, i64);

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = (
        0..actors().len(),
        0..ActionKind::ALL.len(),
        0_usize..6,
        prop_oneof![9 => 0_i64..30, 1 => 30_i64..1200],
    );
    prop::collection::vec(one, 1..120)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_walk_reaches_an_illegal_state(tries in tries(), start in 0_usize..8) {
        let rules = rules();
        let begin = Quarrel::new(&rules);
        let mut quarrel = match start {
            0 | 1 => begin,
            2 => begin.selecting(),
            3 if tries.len() % 2 == 0 => begin.writing(),
            3 => begin.agreed(),
            4 => begin.signing(),
            5 => begin.settled(),
            6 => begin.filed(),
            _ => begin.reviewing(),
        };
        for (who, what, which, hours) in tries {
            quarrel.now += SignedDuration::from_hours(hours);
            let (_, actor) = &actors()[who];
            let action = payload(&quarrel, ActionKind::ALL[what], which);
            let before = quarrel.case.clone();
            if let Ok(transition) = quarrel.attempt(actor, action.clone()) {
                prop_assert!(offered(&rules, &before, actor, quarrel.now).contains(&action.kind()), "{action:?} was accepted and not offered");
                prop_assert_eq!(transition.case.version, before.version + 1);
                quarrel.case = transition.case;
                prop_assert_eq!(illegal(&before, &quarrel.case), None);
            }
        }
    }
}

/// A payload that may or may not fit the case; `which` varies it.
#[expect(clippy::too_many_lines, reason = "one table, an arm a kind")]
fn payload(quarrel: &Quarrel, kind: ActionKind, which: usize) -> Action {
    use ActionKind as K;
    let case = &quarrel.case;
    let text = || {
        if which == 5 {
            " ".to_owned()
        } else {
            "说明".to_owned()
        }
    };
    let party = case.parties[which % 2].id;
    let person = [
        MEDIATOR,
        PersonId(Uuid::from_u128(0xb9)),
        PersonId(Uuid::from_u128(0xb1)),
    ][which % 3];
    let clauses = case.stage.work().into_iter();
    let mut clauses = clauses.flat_map(|work| &work.draft.clauses);
    let clause = clauses
        .nth(which % 3)
        .map_or(ClauseId(Uuid::from_u128(which as u128)), |clause| clause.id);
    let session = SessionId(Uuid::from_u128(which as u128));
    let terms = || {
        let mut terms = quarrel.terms();
        terms.debtor = party;
        terms.act = text();
        terms
    };
    let next = |hash: &ContentHash| ContentHash::of(hash.as_str().as_bytes());
    let (number, reasons) = (text(), text());
    let condition = quarrel
        .rules
        .condition_keys()
        .nth(which)
        .map(str::to_owned)
        .unwrap_or_default();
    match kind {
        K::Triage => Action::Triage {
            dispute: case.dispute.clone(),
        },
        K::Screen => Action::Screen {
            signs: Sign::ALL.into_iter().take(which % 3).collect(),
        },
        K::LiftWarning => Action::LiftWarning { reason: reasons },
        K::ReportDanger => Action::ReportDanger {
            to: reasons,
            note: number,
        },
        K::Escalate => Action::Escalate {
            target: Target::ALL[which % 3],
        },
        K::Link => Action::Link {
            other: CaseId(Uuid::from_u128(which as u128)),
        },
        K::JoinInto => Action::JoinInto {
            other: CaseId(Uuid::from_u128(which as u128)),
        },
        K::TakeIn => Action::TakeIn {
            carried: Box::new(Carried::nothing(CaseId(Uuid::from_u128(which as u128)))),
        },
        K::ChooseWay => Action::ChooseWay {
            way: Way::ALL[which % 3],
        },
        K::TakeSeat => Action::TakeSeat {
            party,
            person,
            proven: case.parties[1].contact.clone(),
        },
        K::Transfer => Action::Transfer {
            organisation: OrganisationId(Uuid::from_u128(0xc0)),
        },
        K::Accept => Action::Accept,
        K::AcceptInvitation => Action::AcceptInvitation,
        K::DeclineInvitation => Action::DeclineInvitation { reason: reasons },
        K::AskForHelp => Action::AskForHelp,
        K::AskToMeet => Action::AskToMeet,
        K::StepUp => Action::StepUp,
        K::TakeVisit => Action::TakeVisit { person },
        K::PrintLetter => Action::PrintLetter { party },
        K::AskCall => Action::AskCall {
            party,
            phone: Phone::parse("13800000009").unwrap(),
        },
        K::WrongPerson => Action::WrongPerson {
            party,
            channel: [ContactChannel::Message, ContactChannel::Letter][which % 2],
        },
        K::RecordContact => {
            let channel = ContactChannel::ALL[which % 5];
            let outcomes = channel.outcomes();
            Action::RecordContact {
                party,
                channel,
                outcome: outcomes[which % outcomes.len()],
                note: text(),
                at: quarrel.now,
                message: None,
            }
        }
        K::Assign => Action::Assign { mediator: person },
        K::TellWishes => Action::TellWishes {
            languages: vec![Language::ALL[which]],
            employer: (which > 2).then(text),
        },
        K::NameMediators => Action::NameMediators {
            mediators: [Vec::new(), vec![person], vec![MEDIATOR]][which % 3].clone(),
        },
        K::EndChoice => Action::EndChoice,
        K::Disclose => Action::Disclose {
            declared: declared(text()),
        },
        K::AskReplacement => Action::AskReplacement {
            ground: Ground::ALL[which],
            why: reasons,
        },
        K::DecideReplacement => Action::DecideReplacement {
            replace: which.is_multiple_of(2),
            reason: reasons,
        },
        K::WriteHandOver => Action::WriteHandOver { text: text() },
        K::InviteMember => Action::InviteMember {
            person: [person, PersonId(Uuid::from_u128(0xba))][which % 2],
            capacity: [
                Capacity::CoMediator,
                Capacity::Helper(party),
                Capacity::Observer,
                Capacity::Kin,
                Capacity::SignLanguage,
                Capacity::Interpreter,
            ][which],
        },
        K::JoinTeam => Action::JoinTeam,
        K::ConsentToMember => Action::ConsentToMember {
            person: PersonId(Uuid::from_u128(0xba)),
            agrees: which != 4,
        },
        K::LeaveTeam => Action::LeaveTeam,
        K::DismissMember => Action::DismissMember {
            person: PersonId(Uuid::from_u128(0xba)),
        },
        K::AcceptAssignment => Action::AcceptAssignment {
            disclosure: (which > 2).then(|| declared(text())),
        },
        K::RefuseAssignment => Action::RefuseAssignment { reason: reasons },
        K::Waive => Action::Waive,
        K::Challenge => Action::Challenge {
            ground: Ground::ALL[which],
            why: reasons,
        },
        K::DecideChallenge => Action::DecideChallenge {
            uphold: which.is_multiple_of(2),
            reason: reasons,
        },
        K::ScheduleSession => Action::ScheduleSession {
            session,
            at: quarrel.now + SignedDuration::from_hours(i64::try_from(which).unwrap_or(0) - 1),
            minutes: 60,
            venue: which.is_multiple_of(2).then(hall),
        },
        K::SeatAtScreen => sits(session, party, which),
        K::CancelSession => Action::CancelSession { session },
        K::OpenSession => Action::OpenSession { session },
        K::CloseSession => Action::CloseSession { session },
        K::RecordIdentity => Action::RecordIdentity {
            party,
            method: IdentityMethod::ALL[which % 2],
            address: text(),
            masked: text(),
            sealed: text(),
            fingerprint: text(),
            document: None,
        },
        K::NameAgent | K::AcceptAgent | K::DismissAgent | K::AddParty | K::CorrectContact => {
            agents::payload(quarrel, kind, which)
        }
        K::WriteFacts => Action::WriteFacts {
            matter: Matter {
                facts: text(),
                disputed: text(),
                responsibility: String::new(),
            },
        },
        K::NoteUndisputed => Action::NoteUndisputed { text: text() },
        K::AgreeUndisputed => Action::AgreeUndisputed { index: which % 2 },
        K::AddClause => Action::AddClause {
            clause: ClauseId(Uuid::from_u128(which as u128)),
            terms: terms(),
        },
        K::ChangeClause => Action::ChangeClause {
            clause,
            terms: terms(),
        },
        K::RemoveClause => Action::RemoveClause { clause },
        K::AgreeClause => Action::AgreeClause {
            clause,
            revision: case.stage.work().map_or(0, |work| work.draft.revision),
        },
        K::ChooseLanguage | K::Translate => translating::payload(case, kind, which, &text()),
        K::DraftRecord
        | K::AgreeProposals
        | K::LayRecord
        | K::AskCorrection
        | K::SignRecord
        | K::RefuseRecord
        | K::NoteRefusal => minutes::payload(quarrel, kind, session, text()),
        K::AskRecording
        | K::ConsentRecording
        | K::WithdrawRecording
        | K::StartRecording
        | K::StopRecording
        | K::SealRecording
        | K::KeepRecording
        | K::DeleteRecording => recording::payload(kind, session, which),
        K::ProposeWriting => Action::ProposeWriting,
        K::AgreeToWriting => Action::AgreeToWriting,
        K::AskForRoom => Action::AskForRoom,
        K::WriteMessage => Action::WriteMessage {
            message: MessageId(Uuid::from_u128(which as u128)),
        },
        K::MakeOffer | K::AcceptOffer | K::DeclineOffer | K::WithdrawOffer | K::LapseOffer => {
            writing::payload(quarrel, kind, which)
        }
        K::Pause => Action::Pause {
            why: PauseReason::Safety,
        },
        K::Resume => Action::Resume,
        K::ProposeExtension => Action::ProposeExtension {
            until: civil_date(quarrel.now)
                .saturating_add(jiff::Span::new().days(i64::try_from(which).unwrap_or(0) * 20)),
            why: text(),
        },
        K::AgreeExtension => Action::AgreeExtension,
        K::RefuseExtension => Action::RefuseExtension,
        K::PrepareSigning
        | K::ReopenDraft
        | K::ConsentToSign
        | K::WithdrawConsent
        | K::DeclineToSign
        | K::LapseSigning
        | K::SignOnPaper
        | K::CertifyScan
        | K::ReturnScan
        | K::Sign
        | K::Seal => signing::payload(quarrel, kind, which, text()),
        K::End => Action::End {
            code: EndCode::ALL[which],
        },
        K::FilePaper => Action::FilePaper {
            paper: quarrel.paper(PaperKind::IntakeRecord, "intake"),
        },
        K::ConfirmService => {
            let party = case.parties[which % 2].id;
            let mut paper = quarrel.paper(PaperKind::ServiceAddress, "service");
            paper.id = DocumentId(Uuid::from_u128(100 + case.papers.len() as u128));
            paper.party = Some(party);
            Action::ConfirmService {
                wish: Wish {
                    address: text(),
                    ..Wish::default()
                },
                paper,
            }
        }
        K::IssueCertificate => Action::IssueCertificate {
            paper: quarrel.paper(PaperKind::NonSettlement, "certificate"),
            shown: None,
        },
        K::HandOver => Action::HandOver {
            to: Way::ALL[which % 3],
        },
        K::JoinConfirmation => {
            let from_hash = case
                .latest_paper(PaperKind::Application)
                .map(|paper| paper.hash.clone());
            let content = from_hash
                .as_ref()
                .map_or("first".to_owned(), ToString::to_string);
            Action::JoinConfirmation {
                court: COURT,
                from_hash,
                paper: quarrel.paper(PaperKind::Application, &content),
                shown: None,
            }
        }
        K::WithdrawConfirmation => Action::WithdrawConfirmation,
        K::LapseConfirmation => Action::LapseConfirmation,
        K::Recalculate => Action::Recalculate,
        K::AcceptFiling => Action::AcceptFiling { number },
        K::RefuseFiling => Action::RefuseFiling {
            number,
            grounds: vec![condition],
            reasons,
            paper: quarrel.paper(PaperKind::Ruling, "ruling"),
            shown: None,
        },
        K::Find => Action::Find {
            ticks: vec![Tick {
                condition,
                clear: which != 4,
                note: text(),
            }],
        },
        K::AskSupplement => Action::AskSupplement { question: text() },
        K::AnswerSupplement => Action::AnswerSupplement { text: text() },
        K::ConfirmAgreement => Action::ConfirmAgreement {
            paper: quarrel.paper(PaperKind::Ruling, "ruling"),
            shown: None,
        },
        K::DismissApplication => Action::DismissApplication {
            paper: quarrel.paper(PaperKind::Ruling, "ruling"),
            grounds: vec![condition],
            reasons,
            shown: None,
        },
        K::ReceiveRuling => Action::ReceiveRuling,
        K::ReadNotice => Action::ReadNotice,
        // Not the id of the payload that `offered` tries.
        K::ShowEvidence => Action::ShowEvidence {
            id: EvidenceId(Uuid::from_u128(which as u128 + 1)),
            file: EvidenceFile {
                media: Media::Jpeg,
                name: text(),
                size: 0,
                original: next(&ContentHash::of(&[u8::try_from(which).unwrap_or(0)])),
                preview: None,
            },
            note: text(),
        },
        K::WithdrawEvidence => Action::WithdrawEvidence {
            id: EvidenceId(Uuid::from_u128(which as u128 + 1)),
        },
        K::HandIn => Action::HandIn {
            kind: ExhibitKind::ALL[which % 5],
            note: text(),
            file: next(&ContentHash::of(&[u8::try_from(which).unwrap_or(0)])),
        },
        K::TakeBack => Action::TakeBack {
            file: next(&ContentHash::of(&[u8::try_from(which).unwrap_or(0)])),
        },
        K::ReportPerformance
        | K::AcknowledgePerformance
        | K::DisputePerformance
        | K::ReportBreach
        | K::AskVerification
        | K::VerifyPerformance
        | K::FollowUp
        | K::AskAuthority
        | K::RecordDelivery
        | K::AnswerRequest => afterwards::payload(case, kind, which, clause, text()),
        K::Close => Action::Close,
    }
}
