//! A dossier of invented people, made as those of cases are: the same data, the same words, the same pages.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::facts::{
    AgreementFacts, CaseFacts, ClaimFacts, ContactFacts, DeliveryFacts, Dossier, EventFacts,
    FileFacts, FilmFacts, MeetingFacts, ObligationFacts, PaperFacts, PartyFacts, PresenceFacts,
    RecordingFacts, ServiceFacts, TrackFacts,
};
use super::gather::SCHEMA;
use super::text::Pages;
use crate::clock::Clock;
use crate::documents::keys::Authority;
use crate::documents::paper::{Attachment, Nature, canonical_json};
use crate::documents::papers::{self, Agreement, Enclosed, Obligation, Party, Role};
use crate::documents::samples::{self, Sample, SampleError};
use crate::domain::hash::ContentHash;
use crate::i18n::{Locale, Texts};

/// Of the story of all samples: the second obligation is to pay 1,234.05.
const SUM: i64 = 123_405;

/// By when the obligations of the story are owed.
const DUE: [&str; 3] = ["2026-12-05", "2026-12-31", "2026-11-25"];

/// The dossier of so many parties, with the agreement that they signed in it.
///
/// # Errors
/// Those of writing and signing.
pub fn sample(
    people: usize,
    (texts, locale): (&Texts, Locale),
    authority: &Authority,
    clock: &Clock,
) -> Result<Sample, SampleError> {
    let agreed = samples::agreed(people, (texts, locale), authority, clock)?;
    let content = samples::in_words_of(people, locale);
    let data = Told {
        content: &content,
        made_at: samples::made_at(),
    }
    .facts(&agreed);
    let words = Pages(texts, locale);
    let file = |name: &str, description: String, bytes, nature| Attachment {
        name: name.to_owned(),
        description,
        bytes,
        nature,
    };
    let title = words.say("case-paper-agreement", &[]);
    let enclosed = data.papers.iter().map(|paper| Enclosed {
        title: title.clone(),
        hash: paper.sha256.clone(),
        file: file(&paper.file, title.clone(), agreed.clone(), Nature::Paper),
    });
    let dossier = papers::Dossier {
        number: content.number.clone(),
        organisation: data.case.organisation.clone(),
        cover: words.cover(&data),
        sections: words.sections(&data),
        papers: enclosed.collect(),
        data: file(
            "dossier.json",
            words.say("documents-dossier-data", &[]),
            canonical_json(&serde_json::to_value(&data)?),
            Nature::Data,
        ),
        made_at: samples::made_at(),
    };
    let paper = papers::dossier(&dossier, (texts, locale))?;
    samples::kept_nowhere(&paper, agreed, authority, clock)
}

/// The story of the samples as a case.
struct Told<'a> {
    content: &'a Agreement,
    made_at: Timestamp,
}

impl Told<'_> {
    fn before(&self, days: i64) -> String {
        (self.made_at - SignedDuration::from_hours(24 * days)).to_string()
    }

    fn mediator(&self) -> String {
        let mediators = self.content.mediators.first();
        mediators.map_or_else(String::new, |it| it.name.clone())
    }

    fn first(&self) -> String {
        let parties = self.content.parties.first();
        parties.map_or_else(String::new, |it| it.name.clone())
    }

    fn facts(&self, agreed: &[u8]) -> Dossier {
        let content = self.content;
        Dossier {
            schema: SCHEMA.to_owned(),
            version: "keeper".to_owned(),
            made_at: self.made_at.to_string(),
            case: self.case(),
            parties: (1..)
                .zip(&content.parties)
                .map(|(number, it)| self.party(number, it))
                .collect(),
            mediators: vec![self.mediator()],
            claims: self.claims(),
            events: self.events(),
            meetings: vec![self.meeting()],
            recordings: vec![self.recording()],
            undisputed: content.undisputed.clone(),
            agreement: Some(AgreementFacts {
                number: content.number.clone(),
                effective_at: Some(self.made_at.to_string()),
                obligations: content.obligations.iter().zip(DUE).map(owed).collect(),
            }),
            evidence: vec![FileFacts {
                name: "receipt.jpg".to_owned(),
                note: content.cause.clone(),
                by: self.first(),
                at: self.before(12),
                bytes: Some(48_213),
                sha256: ContentHash::of(b"receipt.jpg").to_string(),
            }],
            exhibits: Vec::new(),
            decisions: Vec::new(),
            contacts: vec![ContactFacts {
                at: self.before(18),
                party: self.first(),
                channel: "call".to_owned(),
                outcome: "agreed".to_owned(),
                note: String::new(),
            }],
            deliveries: vec![DeliveryFacts {
                paper: "agreement".to_owned(),
                party: self.first(),
                how: "handed".to_owned(),
                on: content.date.to_string(),
                mark: self.first(),
                by: self.mediator(),
                at: self.made_at.to_string(),
            }],
            papers: vec![PaperFacts {
                kind: "agreement".to_owned(),
                file: "01-agreement.pdf".to_owned(),
                sha256: ContentHash::of(agreed).to_string(),
                made_at: self.made_at.to_string(),
                verify_id: content
                    .verify_url
                    .rsplit('/')
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            }],
        }
    }

    fn case(&self) -> CaseFacts {
        let place = self.content.parties.first();
        CaseFacts {
            id: Uuid::from_u128(12),
            number: self.content.number.clone(),
            organisation: self.content.organisation.clone(),
            track: "people".to_owned(),
            dispute: "noise".to_owned(),
            cause: self.content.cause.clone(),
            place: place.map_or_else(String::new, |it| it.address.clone()),
            stage: "mediate.settled".to_owned(),
            story: self.content.facts.clone(),
            opened_at: self.before(20),
            accepted_at: Some(self.before(19)),
            assigned_at: Some(self.before(17)),
            ended: None,
        }
    }

    fn party(&self, number: u128, party: &Party) -> PartyFacts {
        PartyFacts {
            id: Uuid::from_u128(number),
            role: match party.role {
                Role::Applicant => "claimant",
                Role::Respondent => "respondent",
            }
            .to_owned(),
            name: party.name.clone(),
            address: Some(party.address.clone()),
            contact: Some(party.contact.clone()),
            identity: party.masked_identity.clone(),
            service: Some(ServiceFacts {
                address: party.address.clone(),
                receiver: None,
                channels: ["platform", "sms"].map(str::to_owned).to_vec(),
                confirmed_at: self.before(16),
            }),
            agent: None,
        }
    }

    fn claims(&self) -> Vec<ClaimFacts> {
        let kinds = [("conduct", None), ("money", Some(SUM))];
        let asked = kinds.iter().zip(&self.content.obligations);
        asked
            .map(|((kind, sum), it)| ClaimFacts {
                kind: (*kind).to_owned(),
                text: it.does.clone(),
                amount_fen: *sum,
            })
            .collect()
    }

    fn events(&self) -> Vec<EventFacts> {
        let mediator = self.mediator();
        let told = [
            (19, "accept", &mediator),
            (17, "accept_assignment", &mediator),
            (2, "prepare_signing", &mediator),
            (1, "sign", &self.first()),
            (0, "seal", &self.content.organisation),
        ];
        told.map(|(days, kind, who)| EventFacts {
            at: self.before(days),
            kind: kind.to_owned(),
            who: who.clone(),
        })
        .to_vec()
    }

    fn meeting(&self) -> MeetingFacts {
        let parties = self.content.parties.iter().map(|it| it.name.clone());
        let present = parties.chain([self.mediator()]).map(|name| PresenceFacts {
            name,
            from: self.before(2),
            until: Some(self.before(1)),
        });
        MeetingFacts {
            session: Uuid::from_u128(40),
            present: present.collect(),
        }
    }

    /// Of the first party, who let their voice alone be heard.
    fn recording(&self) -> RecordingFacts {
        RecordingFacts {
            session: Uuid::from_u128(40),
            from: self.before(2),
            state: "kept".to_owned(),
            faults: Vec::new(),
            until: Some(self.before(-365)),
            deleted: None,
            tracks: vec![TrackFacts {
                name: self.first(),
                line: "microphone".to_owned(),
                segments: 24,
                sha256: ContentHash::of(b"microphone").to_string(),
            }],
            films: vec![FilmFacts {
                name: self.first(),
                bytes: 1_482_006,
                sha256: ContentHash::of(b"film").to_string(),
            }],
        }
    }
}

fn owed((it, due): (&Obligation, &str)) -> ObligationFacts {
    ObligationFacts {
        debtor: it.who.clone(),
        act: it.does.clone(),
        amount_fen: it.sum.as_ref().map(|_| SUM),
        due: due.to_owned(),
        performance: Some("owed".to_owned()),
    }
}
