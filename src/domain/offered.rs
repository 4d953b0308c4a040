//! Which actions lie open to somebody now: the buttons of a page. A kind is offered exactly when some valid
//! payload of it would be permitted and carried out, which is found by trying one.

use jiff::Timestamp;
use uuid::Uuid;

use super::action::{Action, ActionKind};
use super::actor::Actor;
use super::agreement::{Matter, Terms};
use super::case::Case;
use super::confirmation::Tick;
use super::hash::ContentHash;
use super::ids::{CaseId, ClauseId, DocumentId, OrganisationId, PersonId};
use super::intake::Target;
use super::joining::Carried;
use super::lifecycle::advance;
use super::paper::{Paper, PaperKind};
use super::permission::permit;
use super::rules::Rules;
use super::stage::{EndCode, Ground, PauseReason, Stage};
use super::time::civil_date;
use super::track::Way;
use super::verification::Seen;

mod agents;
mod contacts;
mod files;
mod helping;
mod mediators;
mod meeting;
mod minutes;
mod recording;
mod writing;

/// No case has this id, so none with it was joined or linked before.
const NEVER: Uuid = Uuid::max();

/// The kinds that `actor` could carry out on `case` at `now`, in the order of [`ActionKind::ALL`].
pub fn offered(rules: &Rules, case: &Case, actor: &Actor, now: Timestamp) -> Vec<ActionKind> {
    if case.standings(actor).is_empty() {
        return Vec::new();
    }
    ActionKind::ALL
        .iter()
        .copied()
        .filter(|kind| is_offered(rules, case, actor, *kind, now))
        .collect()
}

/// Whether some payload of `kind` would be accepted from `actor` now.
pub fn is_offered(
    rules: &Rules,
    case: &Case,
    actor: &Actor,
    kind: ActionKind,
    now: Timestamp,
) -> bool {
    let Some(examples) = examples(rules.of(&case.district), case, kind, now) else {
        return false;
    };
    examples.into_iter().any(|action| {
        permit(actor, case, action)
            .is_ok_and(|permitted| advance(rules, case.clone(), &permitted, now).is_ok())
    })
}

/// Whether some payload of `kind` is `actor`'s to send, whenever its time comes. The pages ask for what is offered.
#[cfg(test)]
pub(crate) fn is_permitted(
    rules: &Rules,
    case: &Case,
    actor: &Actor,
    kind: ActionKind,
    now: Timestamp,
) -> bool {
    let mut examples = examples(rules, case, kind, now).into_iter().flatten();
    examples.any(|action| permit(actor, case, action).is_ok())
}

/// The codes with which `actor` could end the mediation now.
pub fn end_codes(rules: &Rules, case: &Case, actor: &Actor, now: Timestamp) -> Vec<EndCode> {
    let open = |code: &EndCode| {
        permit(actor, case, Action::End { code: *code })
            .is_ok_and(|permitted| advance(rules, case.clone(), &permitted, now).is_ok())
    };
    EndCode::ALL.into_iter().filter(open).collect()
}

/// What the clock would do to the case now, if anything.
pub fn due_action(rules: &Rules, case: &Case, now: Timestamp) -> Option<Action> {
    let mut candidates = [
        Action::Recalculate,
        Action::StepUp,
        Action::EndChoice,
        Action::End {
            code: EndCode::Unreachable,
        },
        Action::End {
            code: EndCode::TermExpired,
        },
        Action::LapseConfirmation,
        Action::LapseSigning,
    ]
    .into_iter()
    .chain(Target::ALL.map(|target| Action::Escalate { target }))
    .chain(writing::lapses(case))
    .chain(recording::due(case));
    candidates.find(|action| {
        permit(&Actor::Clock, case, action.clone())
            .is_ok_and(|permitted| advance(rules, case.clone(), &permitted, now).is_ok())
    })
}

/// Payloads that fit the case wherever any payload of the kind would. `None` where the case has no matter for one.
#[expect(clippy::too_many_lines, reason = "one table, an arm a kind")]
fn examples(rules: &Rules, case: &Case, kind: ActionKind, now: Timestamp) -> Option<Vec<Action>> {
    use ActionKind as K;
    let words = || "…".to_owned();
    let condition = || rules.condition_keys().next().map(str::to_owned);
    let one = |action: Action| Some(vec![action]);
    match kind {
        K::Triage => one(Action::Triage {
            dispute: rules.any_dispute()?.clone(),
        }),
        K::Screen => one(Action::Screen {
            signs: std::collections::BTreeSet::new(),
        }),
        K::LiftWarning => one(Action::LiftWarning { reason: words() }),
        K::ReportDanger => one(Action::ReportDanger {
            to: words(),
            note: String::new(),
        }),
        K::Escalate => Some(
            Target::ALL
                .map(|target| Action::Escalate { target })
                .to_vec(),
        ),
        K::Link => one(Action::Link {
            other: CaseId(NEVER),
        }),
        K::JoinInto => one(Action::JoinInto {
            other: CaseId(NEVER),
        }),
        K::TakeIn => one(Action::TakeIn {
            carried: Box::new(Carried::nothing(CaseId(NEVER))),
        }),
        K::ChooseWay => Some(Way::ALL.map(|way| Action::ChooseWay { way }).to_vec()),
        K::Transfer => one(Action::Transfer {
            organisation: OrganisationId(Uuid::nil()),
        }),
        K::Accept => one(Action::Accept),
        K::AcceptInvitation => one(Action::AcceptInvitation),
        K::DeclineInvitation => one(Action::DeclineInvitation { reason: words() }),
        K::AskForHelp => one(Action::AskForHelp),
        K::AskToMeet => one(Action::AskToMeet),
        K::StepUp => one(Action::StepUp),
        K::TakeVisit => one(Action::TakeVisit {
            person: PersonId(Uuid::nil()),
        }),
        K::AddParty
        | K::TakeSeat
        | K::WrongPerson
        | K::CorrectContact
        | K::RecordContact
        | K::PrintLetter
        | K::AskCall => Some(contacts::examples(case, kind, now)),
        K::TellWishes
        | K::NameMediators
        | K::EndChoice
        | K::Disclose
        | K::AskReplacement
        | K::DecideReplacement
        | K::WriteHandOver
        | K::InviteMember
        | K::JoinTeam
        | K::ConsentToMember
        | K::LeaveTeam
        | K::DismissMember => Some(mediators::examples(case, kind)),
        K::Assign => one(Action::Assign {
            mediator: PersonId(Uuid::nil()),
        }),
        K::AcceptAssignment => one(Action::AcceptAssignment { disclosure: None }),
        K::RefuseAssignment => one(Action::RefuseAssignment { reason: words() }),
        K::Waive => one(Action::Waive),
        K::Challenge => one(Action::Challenge {
            ground: Ground::Other,
            why: words(),
        }),
        K::DecideChallenge => one(Action::DecideChallenge {
            uphold: true,
            reason: words(),
        }),
        K::DraftRecord
        | K::AgreeProposals
        | K::LayRecord
        | K::AskCorrection
        | K::SignRecord
        | K::RefuseRecord
        | K::NoteRefusal => Some(minutes::examples(case, kind, now)),
        K::AskRecording
        | K::ConsentRecording
        | K::WithdrawRecording
        | K::StartRecording
        | K::StopRecording
        | K::SealRecording
        | K::KeepRecording
        | K::DeleteRecording => Some(recording::examples(case, kind)),
        K::ProposeWriting
        | K::AgreeToWriting
        | K::AskForRoom
        | K::WriteMessage
        | K::MakeOffer
        | K::AcceptOffer
        | K::DeclineOffer
        | K::WithdrawOffer
        | K::LapseOffer => Some(writing::examples(case, kind, now)),
        K::Pause => one(Action::Pause {
            why: PauseReason::Appraisal,
        }),
        K::Resume => one(Action::Resume),
        K::ProposeExtension => one(Action::ProposeExtension {
            until: case
                .stage
                .due()?
                .day()
                .saturating_add(jiff::Span::new().days(1)),
            why: words(),
        }),
        K::AgreeExtension => one(Action::AgreeExtension),
        K::RefuseExtension => one(Action::RefuseExtension),
        K::NameAgent | K::AcceptAgent | K::DismissAgent => Some(agents::examples(case, kind, now)),
        K::ChooseLanguage => one(Action::ChooseLanguage { tongue: None }),
        K::Translate => one(Action::Translate { texts: Vec::new() }),
        K::ReopenDraft => one(Action::ReopenDraft),
        K::ConsentToSign => one(Action::ConsentToSign {
            version: words(),
            text: ContentHash::of(b""),
            words: None,
        }),
        K::WithdrawConsent => one(Action::WithdrawConsent),
        K::DeclineToSign => one(Action::DeclineToSign {
            reason: String::new(),
        }),
        K::LapseSigning => one(Action::LapseSigning),
        K::ReturnScan => one(Action::ReturnScan { reason: words() }),
        K::SignOnPaper | K::CertifyScan => one(files::on_paper(case, kind, now)?),
        K::End => Some(EndCode::ALL.map(|code| Action::End { code }).to_vec()),
        K::HandOver => Some(Way::ALL.map(|to| Action::HandOver { to }).to_vec()),
        K::WithdrawConfirmation => one(Action::WithdrawConfirmation),
        K::LapseConfirmation => one(Action::LapseConfirmation),
        K::Recalculate => one(Action::Recalculate),
        K::AcceptFiling => one(Action::AcceptFiling { number: words() }),
        K::RefuseFiling => one(Action::RefuseFiling {
            number: words(),
            grounds: vec![condition()?],
            reasons: words(),
            paper: paper(PaperKind::Ruling, now),
            shown: None,
        }),
        K::Find => one(Action::Find {
            ticks: vec![Tick {
                condition: condition()?,
                clear: true,
                note: String::new(),
            }],
        }),
        K::AskSupplement => one(Action::AskSupplement { question: words() }),
        K::AnswerSupplement => one(Action::AnswerSupplement { text: words() }),
        K::ReceiveRuling => one(Action::ReceiveRuling),
        K::ReadNotice => one(Action::ReadNotice),
        K::ReportBreach => one(Action::ReportBreach),
        K::AskVerification => one(Action::AskVerification { what: words() }),
        K::VerifyPerformance => one(Action::VerifyPerformance {
            seen: Seen {
                kept: true,
                saw: words(),
                place: String::new(),
                photo: None,
            },
        }),
        K::AskAuthority => one(helping::ask(words())),
        K::AnswerRequest => Some(helping::answers(case, &words())),
        K::FollowUp => one(Action::FollowUp {
            kept: true,
            note: words(),
        }),
        K::Close => one(Action::Close),
        K::FilePaper | K::ConfirmService | K::RecordDelivery => {
            Some(files::papers(case, kind, now))
        }
        K::IssueCertificate => one(Action::IssueCertificate {
            paper: paper(PaperKind::NonSettlement, now),
            shown: None,
        }),
        K::PrepareSigning => one(Action::PrepareSigning {
            number: words(),
            paper: paper(PaperKind::Agreement, now),
            order: None,
        }),
        K::ConfirmAgreement => one(Action::ConfirmAgreement {
            paper: paper(PaperKind::Ruling, now),
            shown: None,
        }),
        K::DismissApplication => one(Action::DismissApplication {
            paper: paper(PaperKind::Ruling, now),
            grounds: vec![condition()?],
            reasons: words(),
            shown: None,
        }),
        K::JoinConfirmation => one(joining(case, now)),
        K::Sign | K::Seal => {
            let from_hash = case.paper(case.stage.signing()?.paper)?.hash.clone();
            let to_hash = ContentHash::of(from_hash.as_str().as_bytes());
            one(if kind == K::Sign {
                Action::Sign {
                    from_hash,
                    to_hash,
                    shown: None,
                }
            } else {
                Action::Seal {
                    from_hash,
                    to_hash,
                    shown: None,
                }
            })
        }
        K::ShowEvidence | K::WithdrawEvidence | K::HandIn | K::TakeBack => {
            Some(files::examples(case, kind))
        }
        K::ReportPerformance | K::AcknowledgePerformance | K::DisputePerformance => {
            Some(helping::performance(case, kind))
        }
        _ => at_the_table(case, kind, now),
    }
}

/// Payloads of what happens between the mediator and the parties while the work is open.
fn at_the_table(case: &Case, kind: ActionKind, now: Timestamp) -> Option<Vec<Action>> {
    use ActionKind as K;
    let draft = &case.stage.work()?.draft;
    let words = || "…".to_owned();
    let terms = || {
        let debtor = case.parties.first()?.id;
        Some(Terms {
            debtor,
            act: words(),
            amount: None,
            due: civil_date(now),
            proof: words(),
            on_default: words(),
        })
    };
    Some(match kind {
        K::ScheduleSession
        | K::CancelSession
        | K::OpenSession
        | K::CloseSession
        | K::SeatAtScreen
        | K::RecordIdentity => meeting::payloads(case, kind, now),
        K::WriteFacts => vec![Action::WriteFacts {
            matter: Matter {
                facts: words(),
                ..Matter::default()
            },
        }],
        K::NoteUndisputed => vec![Action::NoteUndisputed { text: words() }],
        K::AgreeUndisputed => (0..draft.undisputed.len())
            .map(|index| Action::AgreeUndisputed { index })
            .collect(),
        K::AddClause => vec![Action::AddClause {
            clause: ClauseId(Uuid::nil()),
            terms: terms()?,
        }],
        K::ChangeClause => draft
            .clauses
            .iter()
            .filter_map(|clause| {
                Some(Action::ChangeClause {
                    clause: clause.id,
                    terms: terms()?,
                })
            })
            .collect(),
        K::RemoveClause => draft
            .clauses
            .iter()
            .map(|clause| Action::RemoveClause { clause: clause.id })
            .collect(),
        K::AgreeClause => draft
            .clauses
            .iter()
            .map(|clause| Action::AgreeClause {
                clause: clause.id,
                revision: draft.revision,
            })
            .collect(),
        _ => Vec::new(),
    })
}

fn joining(case: &Case, now: Timestamp) -> Action {
    let mut next = paper(PaperKind::Application, now);
    if let Stage::Confirm { application, .. } = &case.stage
        && let Some(current) = case.paper(application.paper)
    {
        next.id = current.id;
        let from_hash = Some(current.hash.clone());
        return Action::JoinConfirmation {
            court: application.court,
            from_hash,
            paper: next,
            shown: None,
        };
    }
    Action::JoinConfirmation {
        court: OrganisationId(Uuid::nil()),
        from_hash: None,
        paper: next,
        shown: None,
    }
}

fn paper(kind: PaperKind, made_at: Timestamp) -> Paper {
    Paper {
        id: DocumentId(Uuid::nil()),
        kind,
        hash: ContentHash::of(b""),
        verify_id: String::new(),
        made_at,
        court: None,
        party: None,
    }
}
