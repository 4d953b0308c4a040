//! The dossier's data in the words of its pages.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use super::facts::{AgentFacts, Dossier, FileFacts, ObligationFacts, PartyFacts};
use crate::documents::paper::Entry;
use crate::documents::papers::Section;
use crate::domain::money::Fen;
use crate::i18n::{Locale, Text, Texts};
use crate::paperwork::opening::printable;

/// The pages of a dossier, in the words of the case's district and in the language of papers, or for a sample in another.
pub(super) struct Pages<'a>(pub(super) &'a Texts, pub(super) Locale);

impl Pages<'_> {
    pub(super) fn say(&self, key: &str, fillers: &[(&str, &str)]) -> String {
        let mut text = Text::key(key.to_owned());
        for (name, value) in fillers {
            text = text.with((*name).to_owned(), *value);
        }
        self.0.say(self.1, &text)
    }

    fn entry(&self, key: &str, value: &str) -> Option<Entry> {
        (!value.trim().is_empty()).then(|| Entry {
            label: self.say(key, &[]),
            value: printable(value),
        })
    }

    pub(super) fn cover(&self, data: &Dossier) -> Vec<Entry> {
        let case = &data.case;
        let mark = self.say("documents-list-mark", &[]);
        let names = |role: &str| {
            let of: Vec<&str> = data
                .parties
                .iter()
                .filter(|party| party.role == role)
                .map(|party| party.name.as_str())
                .collect();
            of.join(&mark)
        };
        let state = case.stage.replace(['.', '_'], "-");
        let track = case.track.replace('_', "-");
        let opt = |at: &Option<String>| at.as_deref().map_or_else(String::new, when);
        [
            self.entry("documents-intake-case", &case.number),
            self.entry("documents-intake-cause", &case.cause),
            self.entry(
                "documents-intake-track",
                &self.say(&format!("sign-track-{track}"), &[]),
            ),
            self.entry("documents-role-applicant", &names("claimant")),
            self.entry("documents-role-respondent", &names("respondent")),
            self.entry("documents-role-mediator", &data.mediators.join(&mark)),
            self.entry("documents-intake-asked", &when(&case.opened_at)),
            self.entry("documents-dossier-accepted", &opt(&case.accepted_at)),
            self.entry(
                "documents-dossier-state",
                &self.say(&format!("desk-stage-{state}"), &[]),
            ),
            self.entry(
                "documents-dossier-version",
                &self.say(&format!("documents-dossier-for-{}", data.version), &[]),
            ),
            self.entry("documents-dossier-made", &when(&data.made_at)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    pub(super) fn sections(&self, data: &Dossier) -> Vec<Section> {
        let mut sections = vec![
            self.section("documents-dossier-parties", self.people(data), Vec::new()),
            self.section("documents-intake-summary", self.matter(data), Vec::new()),
            self.section("documents-dossier-course", Vec::new(), self.course(data)),
            self.section(
                "documents-dossier-meetings",
                Vec::new(),
                self.meetings(data),
            ),
            self.section(
                "documents-certificate-undisputed",
                Vec::new(),
                data.undisputed.iter().map(|fact| printable(fact)).collect(),
            ),
            self.section(
                "documents-agreement-terms",
                self.agreement_number_row(data),
                self.obligations(data),
            ),
            self.section("documents-dossier-evidence", Vec::new(), self.files(data)),
            self.section(
                "documents-dossier-decisions",
                Vec::new(),
                self.decisions(data),
            ),
        ];
        let recorded = self.recordings(data);
        if !recorded.is_empty() {
            sections.push(self.section("recording-title", Vec::new(), recorded));
        }
        let brought = self.deliveries(data);
        sections.push(self.section("documents-dossier-deliveries", Vec::new(), brought));
        if data.version == "keeper" {
            let contacts = self.contacts(data);
            sections.push(self.section("documents-dossier-contacts", Vec::new(), contacts));
        }
        sections
    }

    fn section(&self, key: &str, rows: Vec<Entry>, lines: Vec<String>) -> Section {
        Section {
            title: self.say(key, &[]),
            rows,
            lines,
        }
    }

    fn people(&self, data: &Dossier) -> Vec<Entry> {
        let mark = self.say("documents-party-mark", &[]);
        let row = |party: &PartyFacts| {
            let role = match party.role.as_str() {
                "claimant" => "documents-role-applicant",
                _ => "documents-role-respondent",
            };
            let some = |key: &str, name: &str, value: &Option<String>| {
                let value = value.as_deref().filter(|value| !value.is_empty())?;
                Some(self.say(key, &[(name, value)]))
            };
            let parts: Vec<String> = [
                Some(party.name.clone()),
                some("documents-party-identity", "number", &party.identity),
                some("documents-party-address", "address", &party.address),
                some("documents-party-contact", "contact", &party.contact),
            ]
            .into_iter()
            .flatten()
            .chain(party.agent.as_ref().map(|agent| self.agent(agent)))
            .collect();
            self.entry(role, &parts.join(&mark))
        };
        data.parties.iter().filter_map(row).collect()
    }

    fn agent(&self, agent: &AgentFacts) -> String {
        let right = self.say(&format!("agent-right-{}", agent.right), &[]);
        self.say(
            "documents-party-agent",
            &[("right", &right), ("name", &agent.name)],
        )
    }

    fn matter(&self, data: &Dossier) -> Vec<Entry> {
        let place = self.entry("documents-intake-place", &data.case.place);
        let story = self.entry("documents-intake-summary", &data.case.story);
        let claims: Vec<String> = data
            .claims
            .iter()
            .map(|claim| {
                let kind = self.say(&format!("case-claim-{}", claim.kind), &[]);
                let sum = claim.amount_fen.map_or_else(String::new, |fen| {
                    self.say("sign-claim-sum", &[("sum", &Fen(fen).to_string())])
                });
                self.say(
                    "sign-claim",
                    &[("kind", &kind), ("text", &claim.text), ("sum", &sum)],
                )
            })
            .collect();
        let claims = self.entry("documents-intake-claims", &claims.join("\n"));
        [place, story, claims].into_iter().flatten().collect()
    }

    fn course(&self, data: &Dossier) -> Vec<String> {
        data.events
            .iter()
            .map(|event| {
                let key = format!("case-event-{}", event.kind.replace('_', "-"));
                let what = self.say(&key, &[("who", &event.who)]);
                format!("{} {}", when(&event.at), printable(&what))
            })
            .collect()
    }

    fn meetings(&self, data: &Dossier) -> Vec<String> {
        let mark = self.say("documents-list-mark", &[]);
        data.meetings
            .iter()
            .filter_map(|meeting| {
                let from = when(&meeting.present.first()?.from);
                let names: Vec<&str> = meeting.present.iter().map(|it| it.name.as_str()).collect();
                let args = [("at", from.as_str()), ("names", &names.join(&mark))];
                Some(self.say("documents-dossier-meeting", &args))
            })
            .collect()
    }

    /// Each with its hashes; that it takes the place of no record is said (在线调解规则 22).
    fn recordings(&self, data: &Dossier) -> Vec<String> {
        let mut lines = Vec::new();
        for it in &data.recordings {
            let state = self.say(&format!("documents-dossier-recording-{}", it.state), &[]);
            lines.push(format!("{} {state}", when(&it.from)));
            let faults = it.faults.iter().map(|it| it.replace('_', "-"));
            lines.extend(faults.map(|it| self.say(&format!("recording-fault-{it}"), &[])));
            let deleted = it.deleted.iter();
            lines.extend(deleted.map(|it| self.say(&format!("recording-deleted-{it}"), &[])));
            lines.extend(it.tracks.iter().map(|it| {
                let line = self.say(&format!("recording-line-{}", it.line), &[]);
                printable(&format!("{} {line} SHA-256 {}", it.name, it.sha256))
            }));
            lines.extend(
                it.films
                    .iter()
                    .map(|it| printable(&format!("{} WebM SHA-256 {}", it.name, it.sha256))),
            );
        }
        if !lines.is_empty() {
            lines.push(self.say("recording-no-minutes", &[]));
        }
        lines
    }

    fn agreement_number_row(&self, data: &Dossier) -> Vec<Entry> {
        let Some(agreement) = &data.agreement else {
            return Vec::new();
        };
        let effect = agreement.effective_at.as_deref();
        let effect = effect.map_or_else(String::new, when);
        [
            self.entry("documents-dossier-number", &agreement.number),
            self.entry("documents-dossier-effective", &effect),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn obligations(&self, data: &Dossier) -> Vec<String> {
        let obligation = |it: &ObligationFacts| {
            let sum = it.amount_fen.map_or_else(String::new, |fen| {
                self.say("sign-claim-sum", &[("sum", &Fen(fen).to_string())])
            });
            let state = it.performance.as_deref().map_or_else(String::new, |state| {
                self.say(&format!("documents-dossier-performance-{state}"), &[])
            });
            self.say(
                "documents-dossier-obligation",
                &[
                    ("who", &it.debtor),
                    ("act", it.act.trim_end_matches(['。', '；'])),
                    ("sum", &sum),
                    ("due", &it.due),
                    ("state", &state),
                ],
            )
        };
        let agreement = data.agreement.iter();
        let all = agreement.flat_map(|agreement| &agreement.obligations);
        all.map(|it| printable(&obligation(it))).collect()
    }

    fn files(&self, data: &Dossier) -> Vec<String> {
        let file = |it: &FileFacts| {
            printable(&self.say(
                "documents-dossier-evidence-line",
                &[
                    ("name", &it.name),
                    ("note", &it.note),
                    ("by", &it.by),
                    ("at", &when(&it.at)),
                    ("hash", &it.sha256),
                ],
            ))
        };
        data.evidence
            .iter()
            .chain(&data.exhibits)
            .map(file)
            .collect()
    }

    fn decisions(&self, data: &Dossier) -> Vec<String> {
        data.decisions
            .iter()
            .map(|it| {
                let key = if it.replaced {
                    "documents-dossier-replaced"
                } else {
                    "documents-dossier-kept"
                };
                let args = [
                    ("at", when(&it.at)),
                    ("about", it.about.clone()),
                    ("reason", it.reason.clone()),
                ];
                let args: Vec<(&str, &str)> = args
                    .iter()
                    .map(|(name, value)| (*name, value.as_str()))
                    .collect();
                printable(&self.say(key, &args))
            })
            .collect()
    }

    fn deliveries(&self, data: &Dossier) -> Vec<String> {
        data.deliveries
            .iter()
            .map(|it| {
                let kind = it.paper.replace('_', "-");
                let paper = self.say(&format!("case-paper-{kind}"), &[]);
                let how = self.say(&format!("delivery-how-{}", it.how), &[]);
                let line = [it.on.as_str(), &it.party, &paper, &how, &it.mark, &it.by];
                let said: Vec<&str> = line.into_iter().filter(|it| !it.is_empty()).collect();
                printable(&said.join(" "))
            })
            .collect()
    }

    fn contacts(&self, data: &Dossier) -> Vec<String> {
        data.contacts
            .iter()
            .map(|it| {
                let channel = self.say(&format!("contacts-channel-{}", it.channel), &[]);
                let outcome = it.outcome.replace('_', "-");
                let outcome = self.say(&format!("contacts-outcome-{outcome}"), &[]);
                let at = when(&it.at);
                let line = [at.as_str(), &it.party, &channel, &outcome, &it.note];
                printable(line.join(" ").trim())
            })
            .collect()
    }
}

/// An instant of the data as papers write it: 2026-11-22 10:00 in Shanghai.
fn when(at: &str) -> String {
    let civil = at.parse::<Timestamp>().map(|at| {
        at.to_zoned(TimeZone::fixed(Offset::constant(8)))
            .strftime("%Y-%m-%d %H:%M")
            .to_string()
    });
    civil.unwrap_or_else(|_not_an_instant| at.to_owned())
}
