//! The main line, as five people live it: a quarrel over noise, met by video, settled, signed, confirmed, performed.

mod beginning;
mod clauses;
mod court;
mod meeting;
mod signing;

pub(super) use meeting::local;
pub(super) use signing::{authority, convinces};

use std::path::PathBuf;

use tempfile::TempDir;

use super::outbox::Outbox;
use super::person::Person;
use crate::support::browser::{Setup, turn};
use crate::support::server::Server;

/// An address for examples, which the installation says it is reached under.
const ANNOUNCED: &str = "192.0.2.7";
const CLAIMANT: &str = "江海燕";
const CLAIMANT_PHONE: &str = "19900000020";
const RESPONDENT: &str = "孟大川";
const RESPONDENT_PHONE: &str = "19900000021";
const MEDIATOR: &str = "陆晓月";
const MEDIATOR_PHONE: &str = "19900000002";
/// What is typed on the way, as far as a few letters of it tell something.
const TOLD: &[&str] = &[
    CLAIMANT,
    CLAIMANT_PHONE,
    RESPONDENT,
    RESPONDENT_PHONE,
    MEDIATOR,
    "练鼓",
    "睡不好",
    "柳荫小区",
    "1234.05",
    "110101190",
    "heyi-demo-2026",
];

/// The town, its letter boxes and the people of this story.
struct Town {
    server: Server,
    outbox: Outbox,
    /// A phone in Chinese.
    claimant: Person,
    /// A phone in English.
    respondent: Person,
    mediator: Person,
    /// One desk for dispatcher, seal holder, clerk and judge, one after another.
    office: Person,
    /// The page of the case, without the server.
    case: String,
    folder: TempDir,
}

impl Town {
    async fn open() -> Self {
        let announced = format!("[\"127.0.0.1\", \"{ANNOUNCED}\"]");
        let (server, folder) = Server::demo(&[("HEYI_RTC__ANNOUNCE", &announced)]).await;
        let english = Setup {
            language: "en",
            ..Setup::PHONE
        };
        let base = server.base.clone();
        Self {
            server,
            outbox: Outbox::new(&base),
            claimant: Person::open(&base, &Setup::PHONE).await,
            respondent: Person::open(&base, &english).await,
            mediator: Person::open(&base, &Setup::DESK).await,
            office: Person::open(&base, &Setup::DESK).await,
            case: String::new(),
            folder,
        }
    }

    /// Nothing that people are called, typed or were sent stands in the server's log.
    async fn log_keeps_it_to_itself(&mut self) {
        self.server.ask_to_end().await;
        assert!(self.server.ended().await.success());
        let log = self.server.said();
        assert!(log.contains("asked to end"), "{log}");
        let told = TOLD.iter().map(|&told| told.to_owned());
        for secret in told.chain(self.outbox.used()) {
            assert!(
                !self.server.tells(&secret),
                "{secret} is in the log:\n{log}"
            );
        }
    }

    /// The server's data folder.
    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A page below that of the case.
    fn below(&self, page: &str) -> String {
        format!("{}/{page}", self.case)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_neighbours_settle_over_noise() {
    let _turn = turn().await;
    let mut town = Town::open().await;
    town.claimant_tells_the_matter().await;
    town.claimant_chooses_mediation().await;
    town.committee_accepts().await;
    town.respondent_agrees_to_talk().await;
    town.mediator_is_found_and_discloses().await;
    town.mediator_fixes_a_time().await;
    town.all_meet().await;
    town.mediator_hears_one_alone().await;
    town.mediator_compares_faces_and_papers().await;
    town.all_agree_on_two_clauses().await;
    town.all_sign().await;
    town.agreement_convinces_others().await;
    town.both_ask_the_court().await;
    town.court_confirms().await;
    town.ruling_is_served().await;
    town.promises_are_kept().await;
    town.log_keeps_it_to_itself().await;
}
