//! A quarrel for tests: invented people in fixed seats, and a way to walk it through its states.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::action::Action;
use super::actor::{Actor, Post, Role};
use super::agreement::Terms;
use super::case::{Case, Place};
use super::claim::{Claim, ClaimKind, ClaimOutcome};
use super::confirmation::Tick;
use super::deadline::Basis;
use super::hash::ContentHash;
use super::identity::{PersonName, Phone};
use super::ids::{
    CaseId, ClaimId, ClauseId, DocumentId, OfferId, OrganisationId, PartyId, PersonId, RecordingId,
    SessionId,
};
use super::lifecycle::{OutOfOrder, Transition, advance};
use super::money::Fen;
use super::organisation::District;
use super::paper::{Paper, PaperKind};
use super::party::{Contact, IdentityMethod, Party, PartyRole};
use super::permission::{Forbidden, permit};
use super::rules::{DisputeKey, Rules};
use super::stage::{Assess, Mediate, Stage};
use super::team::{Capacity, Member};
use super::time::civil_date;
use super::track::{Track, Way};
use super::verification::Seen;
use super::writing::{Conduct, Instalment, OfferTerms, Payment, WithoutPrejudice};

mod meeting;

pub(crate) const COMMITTEE: OrganisationId = OrganisationId(Uuid::from_u128(0xc0));
pub(crate) const COURT: OrganisationId = OrganisationId(Uuid::from_u128(0xc1));
pub(crate) const CLAIMANT: PartyId = PartyId(Uuid::from_u128(0xa1));
pub(crate) const RESPONDENT: PartyId = PartyId(Uuid::from_u128(0xa2));
pub(crate) const CLAUSE: ClauseId = ClauseId(Uuid::from_u128(0xe1));
pub(crate) const SESSION: SessionId = SessionId(Uuid::from_u128(0xe2));
pub(crate) const RECORDING: RecordingId = RecordingId(Uuid::from_u128(0xe3));
pub(crate) const MEDIATOR: PersonId = PersonId(Uuid::from_u128(0xb3));
/// Who wrote the matter down for the claimant.
pub(crate) const GRID_WORKER: PersonId = PersonId(Uuid::from_u128(0xbd));

/// Under which the court of the tests takes an application in.
pub(crate) const COURT_NUMBER: &str = "（2026）和0101诉前调确1号";

/// Everybody who comes near the case, with the name that charts print.
pub(crate) fn actors() -> Vec<(&'static str, Actor)> {
    let staff = |number, organisation, role| Actor::Staff {
        person: PersonId(Uuid::from_u128(number)),
        posts: vec![Post { organisation, role }],
    };
    vec![
        (
            "claimant",
            Actor::Person {
                person: PersonId(Uuid::from_u128(0xb1)),
            },
        ),
        (
            "respondent",
            Actor::Person {
                person: PersonId(Uuid::from_u128(0xb2)),
            },
        ),
        ("dispatcher", staff(0xb4, COMMITTEE, Role::Dispatcher)),
        (
            "mediator",
            Actor::Staff {
                person: MEDIATOR,
                posts: vec![Post {
                    organisation: COMMITTEE,
                    role: Role::Mediator,
                }],
            },
        ),
        ("seal_holder", staff(0xb5, COMMITTEE, Role::SealHolder)),
        ("head", staff(0xbb, COMMITTEE, Role::Head)),
        ("clerk", staff(0xb6, COURT, Role::Clerk)),
        ("judge", staff(0xb7, COURT, Role::Judge)),
        ("operator", staff(0xb8, COMMITTEE, Role::Operator)),
        (
            "intake_officer",
            staff(0xbc, COMMITTEE, Role::IntakeOfficer),
        ),
        (
            "grid_worker",
            Actor::Staff {
                person: GRID_WORKER,
                posts: vec![Post {
                    organisation: COMMITTEE,
                    role: Role::GridWorker,
                }],
            },
        ),
        ("supervisor", staff(0xbe, COMMITTEE, Role::Supervisor)),
        ("other_mediator", staff(0xb9, COMMITTEE, Role::Mediator)),
        (
            "stranger",
            Actor::Person {
                person: PersonId(Uuid::from_u128(0xba)),
            },
        ),
        ("anonymous", Actor::Anonymous),
        ("clock", Actor::Clock),
    ]
}

pub(crate) fn actor(name: &str) -> Actor {
    let system = match name {
        "accounts" => Some(super::actor::System::Accounts),
        "rooms" => Some(super::actor::System::Rooms),
        _ => None,
    };
    if let Some(system) = system {
        return Actor::System { system };
    }
    actors()
        .into_iter()
        .find(|(known, _)| *known == name)
        .expect("a known actor")
        .1
}

/// A case with its rules and its time.
#[derive(Clone)]
pub(crate) struct Quarrel<'a> {
    pub(crate) rules: &'a Rules,
    pub(crate) case: Case,
    pub(crate) now: Timestamp,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    Forbidden(Forbidden),
    OutOfOrder(OutOfOrder),
}

impl<'a> Quarrel<'a> {
    /// Noise between two neighbours, the ways lying open. It begins on 2026-03-02, a Monday.
    pub(crate) fn new(rules: &'a Rules) -> Self {
        let now: Timestamp = "2026-03-02T01:00:00Z".parse().expect("an instant");
        let case = Case {
            id: CaseId(Uuid::from_u128(0xca)),
            version: 1,
            number: "和调〔2026〕000001号".to_owned(),
            opened_at: now,
            organisation: COMMITTEE,
            district: District("hefeng".to_owned()),
            dispute: DisputeKey("noise".to_owned()),
            track: Track::People,
            intake: Box::default(),
            place: building(),
            story: "夜里总有拖椅子的声音。".to_owned(),
            happened_on: None,
            claims: vec![quiet_nights()],
            parties: vec![
                party(
                    CLAIMANT,
                    PartyRole::Claimant,
                    "安和",
                    "13800000001",
                    Some(0xb1),
                ),
                party(
                    RESPONDENT,
                    PartyRole::Respondent,
                    "康宁",
                    "13800000002",
                    None,
                ),
            ],
            team: vec![entered(now)],
            asked: Vec::new(),
            requests: Vec::new(),
            deliveries: Vec::new(),
            unwritten: Vec::new(),
            voided: Vec::new(),
            decisions: Vec::new(),
            papers: Vec::new(),
            records: Vec::new(),
            recordings: Vec::new(),
            evidence: Vec::new(),
            exhibits: Vec::new(),
            taken_back: Vec::new(),
            attempts: Vec::new(),
            invited: Vec::new(),
            stage: Stage::Assess { at: Assess::Routed },
        };
        Self { rules, case, now }
    }

    pub(crate) fn attempt(&self, actor: &Actor, action: Action) -> Result<Transition, Refused> {
        let permitted = permit(actor, &self.case, action).map_err(Refused::Forbidden)?;
        advance(self.rules, self.case.clone(), &permitted, self.now).map_err(Refused::OutOfOrder)
    }

    /// Acts, and stands where that leads.
    pub(crate) fn act(&mut self, name: &str, action: Action) -> Transition {
        let kind = action.kind();
        let transition = self
            .attempt(&actor(name), action)
            .unwrap_or_else(|refused| panic!("{name} may {kind:?}: {refused:?}"));
        self.case = transition.case.clone();
        transition
    }

    pub(crate) fn refuses(&self, name: &str, action: Action) -> Refused {
        self.attempt(&actor(name), action).expect_err("refused")
    }

    pub(crate) fn wait(&mut self, days: i64) {
        self.now += SignedDuration::from_hours(24 * days);
    }

    /// In a session that takes place by video.
    pub(crate) fn meeting(self) -> Self {
        let mut it = self;
        let (session, at, minutes, venue) = (SESSION, it.now, 60, None);
        it.act(
            "mediator",
            Action::ScheduleSession {
                session,
                at,
                minutes,
                venue,
            },
        );
        it.act("mediator", Action::OpenSession { session });
        it
    }

    /// Somebody looked, and everything was done.
    #[expect(clippy::unused_self, reason = "as the other payloads of a quarrel")]
    pub(crate) fn seen(&self) -> Action {
        Action::VerifyPerformance {
            seen: Seen {
                kept: true,
                saw: "地垫已经铺好".to_owned(),
                place: String::new(),
                photo: None,
            },
        }
    }

    pub(crate) fn terms(&self) -> Terms {
        Terms {
            debtor: RESPONDENT,
            act: "每晚十点至次日七点不拖动家具".to_owned(),
            amount: Some(Fen(30_000)),
            due: civil_date(self.now)
                .checked_add(jiff::Span::new().days(10))
                .expect("a day"),
            proof: "邻居互相确认".to_owned(),
            on_default: "另付违约金一百元".to_owned(),
        }
    }

    pub(crate) fn paper(&self, kind: PaperKind, content: &str) -> Paper {
        let made_at = self.now;
        Paper {
            id: DocumentId(Uuid::from_u128(kind as u128 + 1)),
            kind,
            hash: ContentHash::of(content.as_bytes()),
            verify_id: format!("{:032x}", kind as u128 + 1),
            made_at,
            court: None,
            party: None,
        }
    }

    pub(crate) fn received(mut self) -> Self {
        self.act(
            "claimant",
            Action::ChooseWay {
                way: Way::Mediation,
            },
        );
        self
    }

    pub(crate) fn inviting(self) -> Self {
        let mut it = self.received();
        it.act("dispatcher", Action::Accept);
        it
    }

    pub(crate) fn selecting(self) -> Self {
        let mut it = self.inviting();
        let proven = it.case.parties[1].contact.clone();
        it.act(
            "accounts",
            Action::TakeSeat {
                party: RESPONDENT,
                person: PersonId(Uuid::from_u128(0xb2)),
                proven,
            },
        );
        it.act("respondent", Action::AcceptInvitation);
        it
    }

    pub(crate) fn disclosing(self) -> Self {
        let mut it = self.selecting();
        let days = it.case.stage.due().map(|due| &due.basis);
        if matches!(days, Some(Basis::Article(_))) {
            // 在线调解规则 10: nobody appoints before the parties have spoken; these leave it to the organisation.
            for name in ["claimant", "respondent"] {
                let mediators = Vec::new();
                it.act(name, Action::NameMediators { mediators });
            }
        }
        it.act("dispatcher", Action::Assign { mediator: MEDIATOR });
        it
    }

    pub(crate) fn active(self) -> Self {
        let mut it = self.disclosing();
        it.act("mediator", Action::AcceptAssignment { disclosure: None });
        it
    }

    pub(crate) fn lays(&mut self) {
        let paper = self.paper(PaperKind::SessionRecord, "record");
        let session = SESSION;
        self.act("mediator", Action::LayRecord { session, paper });
    }

    /// Both have agreed to go on in writing.
    pub(crate) fn writing(self) -> Self {
        let mut it = self.active();
        it.act("mediator", Action::ProposeWriting);
        it.act("claimant", Action::AgreeToWriting);
        it.act("respondent", Action::AgreeToWriting);
        it
    }

    /// Two instalments and an act, to be accepted within three days.
    pub(crate) fn offer_terms(&self) -> OfferTerms {
        let day = |days| {
            let today = civil_date(self.now);
            today.saturating_add(jiff::Span::new().days(days))
        };
        let part = |days, amount| Instalment {
            due: day(days),
            amount: Fen(amount),
        };
        OfferTerms {
            payment: Some(Payment {
                debtor: RESPONDENT,
                purpose: "赔偿天花板维修费".to_owned(),
                sum: Fen(8_765_432),
                instalments: vec![part(10, 765_432), part(40, 8_000_000)],
            }),
            conduct: vec![Conduct {
                debtor: CLAIMANT,
                act: "收到首期款后撤下楼道里的告示".to_owned(),
                due: day(12),
            }],
            proof: "银行转账记录".to_owned(),
            on_default: "按年利率百分之四另付利息".to_owned(),
            valid_until: day(3),
        }
    }

    pub(crate) fn offers(&mut self, name: &str, offer: OfferId, counters: Option<OfferId>) {
        let terms = WithoutPrejudice(self.offer_terms());
        self.act(
            name,
            Action::MakeOffer {
                offer,
                counters,
                terms,
            },
        );
    }

    /// A clause that both have agreed to, and both identities checked.
    pub(crate) fn agreed(self) -> Self {
        let mut it = self.active();
        let terms = it.terms();
        it.act(
            "mediator",
            Action::AddClause {
                clause: CLAUSE,
                terms,
            },
        );
        it.identify();
        for name in ["claimant", "respondent"] {
            let revision = it.case.stage.work().expect("work").draft.revision;
            it.act(
                name,
                Action::AgreeClause {
                    clause: CLAUSE,
                    revision,
                },
            );
        }
        it
    }

    /// As many parties as that, each at its seat with a checked identity, and all agreed.
    pub(crate) fn with_parties(mut self, count: usize) -> Self {
        const MARKS: &str = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉";
        let other = self.case.parties[1].clone();
        let marks = MARKS.chars().enumerate().take(count);
        for (number, mark) in marks.skip(self.case.parties.len()) {
            let (id, phone) = (0x1000 + number as u128, format!("139{number:08}"));
            let mut seat = other.clone();
            seat.id = PartyId(Uuid::from_u128(id));
            seat.person = Some(PersonId(Uuid::from_u128(id)));
            seat.name = PersonName::parse(&format!("康{mark}")).expect("a name");
            seat.contact.phone = Some(Phone::parse(&phone).expect("a phone"));
            if let Some(check) = &mut seat.identity {
                check.fingerprint = format!("y{number}");
            }
            self.case.parties.push(seat);
        }
        let ids = self.case.party_ids();
        if let Stage::Mediate { at } = &mut self.case.stage
            && let Mediate::Active { work } = at.as_mut()
        {
            for clause in &mut work.draft.clauses {
                clause.agreed.extend(&ids);
            }
        }
        self
    }

    /// Both identities checked.
    pub(crate) fn identify(&mut self) {
        for party in [CLAIMANT, RESPONDENT] {
            let check = |text: &str| text.to_owned();
            self.act(
                "mediator",
                Action::RecordIdentity {
                    party,
                    method: IdentityMethod::CardAtCounter,
                    address: check("柳荫里 3 号楼 502 室"),
                    masked: check("1**2"),
                    sealed: check("x"),
                    fingerprint: check("y"),
                    document: None,
                },
            );
        }
    }

    /// What is agreed on the board, laid open for signing.
    pub(crate) fn prepare(&mut self) {
        let paper = self.paper(PaperKind::Agreement, "base");
        self.act(
            "mediator",
            Action::PrepareSigning {
                number: "柳荫调协〔2026〕1号".to_owned(),
                paper,
                order: None,
            },
        );
    }

    pub(crate) fn signing(self) -> Self {
        let mut it = self.agreed();
        it.prepare();
        it
    }

    /// The party that signs next is willing to do so electronically.
    pub(crate) fn consents(&mut self, name: &str) {
        self.act(name, willing());
    }

    pub(crate) fn sign_next(&mut self, name: &str) -> Transition {
        let agreement = self.case.stage.signing();
        let party = self.case.seat_for(&actor(name));
        if party.is_some_and(|it| agreement.is_some_and(|open| open.consent_of(it).is_none())) {
            self.consents(name);
        }
        let from_hash = self
            .case
            .latest_paper(PaperKind::Agreement)
            .expect("an agreement")
            .hash
            .clone();
        let to_hash = ContentHash::of(from_hash.as_str().as_bytes());
        let seal = name == "seal_holder";
        self.act(
            name,
            if seal {
                Action::Seal {
                    from_hash,
                    to_hash,
                    shown: None,
                }
            } else {
                Action::Sign {
                    from_hash,
                    to_hash,
                    shown: None,
                }
            },
        )
    }

    pub(crate) fn settled(self) -> Self {
        let mut it = self.signing();
        for name in ["claimant", "respondent", "mediator", "seal_holder"] {
            it.sign_next(name);
        }
        it
    }

    pub(crate) fn join(&mut self, name: &str) -> Transition {
        let from_hash = self
            .case
            .latest_paper(PaperKind::Application)
            .map(|paper| paper.hash.clone());
        let paper = self.paper(PaperKind::Application, name);
        self.act(
            name,
            Action::JoinConfirmation {
                court: COURT,
                from_hash,
                paper,
                shown: None,
            },
        )
    }

    pub(crate) fn filed(self) -> Self {
        let mut it = self.settled();
        it.join("respondent");
        it.join("claimant");
        it
    }

    pub(crate) fn reviewing(self) -> Self {
        let mut it = self.filed();
        it.act(
            "clerk",
            Action::AcceptFiling {
                number: COURT_NUMBER.to_owned(),
            },
        );
        it
    }

    pub(crate) fn confirmed(self) -> Self {
        let mut it = self.reviewing();
        it.act("judge", all_clear(it.rules));
        let paper = it.paper(PaperKind::Ruling, "ruling");
        it.act("judge", Action::ConfirmAgreement { paper, shown: None });
        it
    }
}

/// To sign electronically.
pub(crate) fn willing() -> Action {
    Action::ConsentToSign {
        version: "2026-11".to_owned(),
        text: ContentHash::of("我同意".as_bytes()),
        words: Some("我同意".to_owned()),
    }
}

/// A party at its seat, with a phone and nothing else.
fn party(id: PartyId, role: PartyRole, name: &str, phone: &str, person: Option<u128>) -> Party {
    Party {
        id,
        role,
        name: PersonName::parse(name).expect("a name"),
        contact: Contact {
            phone: Some(Phone::parse(phone).expect("a phone")),
            mail: None,
        },
        address: "柳荫里 3 号楼 502 室".to_owned(),
        person: person.map(|number| PersonId(Uuid::from_u128(number))),
        identity: None,
        languages: Vec::new(),
        employer: None,
        service: None,
        told: None,
        agent: None,
        named: None,
        former: Vec::new(),
    }
}

/// Whoever wrote the matter down for the claimant.
fn entered(since: Timestamp) -> Member {
    Member {
        person: GRID_WORKER,
        capacity: Capacity::EnteredFor(CLAIMANT),
        since,
    }
}

fn building() -> Place {
    Place {
        code: None,
        area: None,
        address: "柳荫里 3 号楼".to_owned(),
    }
}

fn quiet_nights() -> Claim {
    Claim {
        id: ClaimId(Uuid::from_u128(0xc3)),
        kind: ClaimKind::Stop,
        text: "夜里十点后安静".to_owned(),
        amount: None,
        outcome: ClaimOutcome::Open,
    }
}

/// Nothing stands in the way of confirming.
pub(crate) fn all_clear(rules: &Rules) -> Action {
    let tick = |condition: &str| Tick {
        condition: condition.to_owned(),
        clear: true,
        note: String::new(),
    };
    Action::Find {
        ticks: rules.condition_keys().map(tick).collect(),
    }
}

/// The rules as shipped.
pub(crate) fn rules() -> Rules {
    rules_with_holidays("")
}

/// The rules as shipped, with further years behind holidays.toml.
pub(crate) fn rules_with_holidays(years: &str) -> Rules {
    let read = |name: &str| {
        let file = format!("{}/assets/data/{name}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(file).expect("the shipped data");
        if name == "holidays.toml" {
            text + years
        } else {
            text
        }
    };
    let texts = Rules::FILES.map(|name| (name, read(name)));
    let files = texts
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect::<Vec<_>>();
    Rules::parse(&files).expect("the shipped rules")
}

/// A plainly invented arrangement for 2027, which is not published.
pub(crate) const INVENTED_2027: &str = r#"
[[year]]
year = 2027
source = "invented for tests"
holidays = [{ name = "元旦", from = "2027-01-01", to = "2027-01-05", worked = [] }]
"#;
