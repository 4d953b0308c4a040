//! What an accepted matter goes with: the intake record and the rights notice, both under the organisation's seal.

use jiff::Timestamp;

use super::faces::{Body, SEAL};
use super::{Chancery, PaperworkError};
use crate::casework::{self, CaseworkError};
use crate::documents::papers::{self, Role};
use crate::documents::{self, Look, Signing, unsupported_characters};
use crate::domain::action::Action;
use crate::domain::actor::{Actor, System};
use crate::domain::case::Case;
use crate::domain::claim::Claim;
use crate::domain::ids::CaseId;
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::number::serial;
use crate::domain::paper::{Paper, PaperKind};
use crate::domain::party::PartyRole;
use crate::domain::time::civil_date;
use crate::domain::track::Track;

const CHANCERY: Actor = Actor::System {
    system: System::Chancery,
};

/// In the order of the file.
const KINDS: [PaperKind; 2] = [PaperKind::IntakeRecord, PaperKind::RightsNotice];

impl Chancery {
    /// Makes the papers of the acceptance and of extensions that are not there yet; done twice it does nothing the second
    /// time. Whoever accepts or agrees decides, and the seal says that it was the organisation: the platform puts it on.
    ///
    /// # Errors
    /// The case's refusals other than that there is nothing to do, and the files'.
    pub async fn draw_up(&self, id: CaseId) -> Result<(), PaperworkError> {
        for kind in KINDS {
            let case = casework::load(&self.desk, &CHANCERY, id).await?;
            let Some(accepted) = casework::accepted_at(&self.desk, &case).await? else {
                break;
            };
            if case.latest_paper(kind).is_some() {
                continue;
            }
            let paper = self.opening_paper(&case, kind, accepted).await?;
            self.file_away(id, paper).await?;
        }
        loop {
            let case = casework::load(&self.desk, &CHANCERY, id).await?;
            let Some(unwritten) = case.unwritten.first() else {
                return Ok(());
            };
            let paper = self.extension_paper(&case, unwritten).await?;
            self.file_away(id, paper).await?;
        }
    }

    /// Whoever came first has filed it.
    async fn file_away(&self, id: CaseId, paper: Paper) -> Result<(), PaperworkError> {
        match casework::perform(&self.desk, &CHANCERY, id, Action::FilePaper { paper }).await {
            Err(CaseworkError::OutOfOrder(OutOfOrder::AlreadyDone | OutOfOrder::WrongState))
            | Ok(_) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn opening_paper(
        &self,
        case: &Case,
        kind: PaperKind,
        accepted: Timestamp,
    ) -> Result<Paper, PaperworkError> {
        let body = self.body(case.organisation).await?;
        let (id, verify_id) = self.draft_ids(case, kind);
        let text = match kind {
            PaperKind::IntakeRecord => self.intake_text(case, &body, accepted, &verify_id),
            _ => self.rights_text(case, &body, accepted, &verify_id),
        };
        let sealed = self.sealed(&documents::write(&text)?, &body)?;
        Ok(Paper {
            id,
            kind,
            hash: self.files.put(sealed).await?,
            verify_id,
            made_at: accepted,
            court: None,
            party: None,
        })
    }

    /// The words of the notice of rights and duties, where there is one.
    pub async fn rights_notice(&self, case: &Case) -> Result<documents::Paper, PaperworkError> {
        let kind = PaperKind::RightsNotice;
        let paper = case.latest_paper(kind).ok_or(OutOfOrder::WrongState)?;
        let body = self.body(case.organisation).await?;
        Ok(self.rights_text(case, &body, paper.made_at, &paper.verify_id))
    }

    /// The file under the organisation's seal.
    pub(super) fn sealed(&self, bytes: &[u8], body: &Body) -> Result<Vec<u8>, PaperworkError> {
        let signing = Signing {
            field: SEAL,
            signer: &self.seal_signer(body),
            look: &Look::Seal(body.name.clone()),
            reason: &self.say("sign-reason-file", &[]),
            now: self.desk.clock.now(),
        };
        Ok(documents::sign(
            bytes,
            &signing,
            &self.authority,
            &self.desk.clock,
        )?)
    }

    fn intake_text(
        &self,
        case: &Case,
        body: &Body,
        accepted: Timestamp,
        verify_id: &str,
    ) -> documents::Paper {
        let content = papers::Intake {
            number: self.paper_number("sign-intake-number", case, body),
            case: case.number.clone(),
            organisation: body.name.clone(),
            track: self.say(&track_key(case.track), &[]),
            cause: self.cause(case),
            parties: case
                .parties
                .iter()
                .map(|seat| (role(seat.role), seat.name.as_str().to_owned()))
                .collect(),
            place: printable(&case.place.address),
            source: self.say(
                &format!(
                    "triage-source-{}",
                    case.intake.source.name().replace('_', "-")
                ),
                &[],
            ),
            consent: self.consent(case),
            summary: printable(&case.story),
            claims: case.claims.iter().map(|claim| self.claim(claim)).collect(),
            asked: civil_date(case.opened_at),
            accepted: civil_date(accepted),
            made_at: accepted,
            seal_field: SEAL.to_owned(),
            verify_url: self.verify_address(verify_id),
        };
        papers::intake(&content, self.texts.of(&case.district.0))
    }

    /// How whoever asked agreed to the mediation and to being written down.
    fn consent(&self, case: &Case) -> String {
        let Some(entry) = &case.intake.entry else {
            let key = if case.intake.referral.is_some() {
                "sign-intake-consent-referred"
            } else {
                "sign-intake-consent-own"
            };
            return self.say(key, &[]);
        };
        let how = entry.consent.how.name().replace('_', "-");
        let how = self.say(&format!("enter-consent-{how}"), &[]);
        let day = self.day(civil_date(entry.consent.at));
        self.say(
            "sign-intake-consent-entered",
            &[("how", &how), ("day", &day)],
        )
    }

    pub(super) fn claim(&self, claim: &Claim) -> String {
        let kind = self.say(&format!("case-claim-{}", claim.kind.name()), &[]);
        let sum = claim.amount.map_or_else(String::new, |sum| {
            self.say("sign-claim-sum", &[("sum", &sum.to_string())])
        });
        let text = printable(claim.text.trim_end_matches(['。', '；', ' ']));
        self.say(
            "sign-claim",
            &[("kind", &kind), ("text", &text), ("sum", &sum)],
        )
    }

    fn rights_text(
        &self,
        case: &Case,
        body: &Body,
        accepted: Timestamp,
        verify_id: &str,
    ) -> documents::Paper {
        let lines = |keys: &[&str]| keys.iter().map(|key| self.say(key, &[])).collect();
        let (basis, notes) = added(case.track);
        let content = papers::Rights {
            number: self.paper_number("sign-rights-number", case, body),
            organisation: body.name.clone(),
            cause: self.cause(case),
            to: case
                .parties
                .iter()
                .map(|seat| seat.name.as_str().to_owned())
                .collect(),
            basis: self.say(basis, &[]),
            rights: lines(&[
                "sign-right-mediator",
                "sign-right-leave",
                "sign-right-open",
                "sign-right-will",
            ]),
            duties: lines(&["sign-duty-truth", "sign-duty-order", "sign-duty-respect"]),
            notes: lines(notes),
            date: civil_date(accepted),
            made_at: accepted,
            seal_field: SEAL.to_owned(),
            verify_url: self.verify_address(verify_id),
        };
        papers::rights(&content, self.texts.of(&case.district.0))
    }

    /// 柳荫调受〔2026〕000128号
    pub(super) fn paper_number(&self, key: &str, case: &Case, body: &Body) -> String {
        self.say(
            key,
            &[
                ("organisation", &body.prefix),
                ("case", serial(&case.number)),
            ],
        )
    }

    /// 2026年11月22日
    pub(super) fn day(&self, day: jiff::civil::Date) -> String {
        self.say(
            "documents-date",
            &[
                ("year", &day.year().to_string()),
                ("month", &day.month().to_string()),
                ("day", &day.day().to_string()),
            ],
        )
    }
}

pub(super) const fn role(role: PartyRole) -> Role {
    match role {
        PartyRole::Claimant => Role::Applicant,
        PartyRole::Respondent => Role::Respondent,
    }
}

pub(super) fn track_key(track: Track) -> String {
    format!("sign-track-{}", track.name().replace('_', "-"))
}

/// On what the notice rests, and what the regime adds to it.
const fn added(track: Track) -> (&'static str, &'static [&'static str]) {
    match track {
        // 人民调解法 3, 4, 26, 31–33.
        Track::People => (
            "sign-rights-basis-peoples",
            &[
                "sign-note-free",
                "sign-note-other-ways",
                "sign-note-private",
                "sign-note-binding-peoples",
                "sign-note-confirm",
            ],
        ),
        // 在线调解规则 4, 13, 14, 18, 19, 24.
        Track::CourtDelegated | Track::CourtEntrusted => (
            "sign-rights-basis-court",
            &[
                "sign-note-consent",
                "sign-note-disclose",
                "sign-note-replace",
                "sign-note-private",
                "sign-note-term",
            ],
        ),
        // 商事调解条例 16: what it may charge, it says before.
        Track::Commercial => (
            "sign-rights-basis-house",
            &["sign-note-fee", "sign-note-other-ways", "sign-note-private"],
        ),
        Track::Administrative | Track::Industry | Track::Notarial => (
            "sign-rights-basis-house",
            &["sign-note-other-ways", "sign-note-private"],
        ),
    }
}

/// A character that no paper can show is marked as one, 〓, as printers do: what people tell is not refused for it.
pub(super) fn printable(text: &str) -> String {
    let missing = unsupported_characters(text);
    let mark = |c| if missing.contains(&c) { '〓' } else { c };
    text.chars().map(mark).collect()
}
