//! What accounts promise, on both databases.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};

use super::address::Address;
use super::codes::{Checked, Purpose, Request};
use super::sessions::Method;
use super::*;
use crate::domain::hash::ContentHash;
use crate::domain::identity::PersonName;
use crate::domain::ids::{CaseId, PartyId, PersonId};
use crate::storage::accounts::people::Person;
use crate::storage::fixture::on_both;
use crate::storage::messages;

fn accounts(store: Store) -> Accounts {
    let start: Timestamp = "2026-11-22T01:00:00Z".parse().unwrap();
    let clock = Arc::new(Clock::fixed(start));
    let secrets = Arc::new(Secrets::fleeting(&clock));
    Accounts {
        store,
        clock,
        secrets,
    }
}

const HERE: Purpose<'_> = Purpose::SignIn { browser: "here" };

fn phone(text: &str) -> Address {
    Address::parse(text).unwrap()
}

fn client() -> IpAddr {
    "192.0.2.7".parse().unwrap()
}

/// Asks for a code and reads it in the message.
async fn issue(accounts: &Accounts, purpose: Purpose<'_>, to: &Address) -> String {
    let request = Request {
        purpose,
        to,
        client: client(),
        locale: "zh-CN",
    };
    codes::issue(accounts, &request, true).await.unwrap();
    let newest = messages::newest(&mut accounts.store.read().await.unwrap(), 1)
        .await
        .unwrap();
    assert_eq!(newest[0].address, to.as_str());
    newest[0].facts["code"].clone()
}

fn another(code: &str) -> String {
    let first = if code.starts_with('1') { '2' } else { '1' };
    format!("{first}{}", &code[1..])
}

#[tokio::test]
async fn a_code_is_good_once_and_for_its_purpose_only() {
    on_both(async |store| {
        let accounts = accounts(store);
        let to = phone("13800138000");
        let (one, two) = (ContentHash::of(b"one"), ContentHash::of(b"two"));
        let party = PartyId(accounts.clock.new_id());
        let code = issue(&accounts, Purpose::Sign { party, hash: &one }, &to).await;
        for wrong in [
            HERE,
            Purpose::Sign { party, hash: &two },
            Purpose::Confirm { party, hash: &one },
            Purpose::SignInOffice {
                person: PersonId(party.0),
                hash: &one,
            },
        ] {
            assert_eq!(
                codes::check(&accounts, wrong, &to, &code).await.unwrap(),
                Checked::Void
            );
        }
        let stranger = phone("13900139000");
        let right = Purpose::Sign { party, hash: &one };
        assert_eq!(
            codes::check(&accounts, right, &stranger, &code)
                .await
                .unwrap(),
            Checked::Void
        );
        let made_at = accounts.clock.now();
        assert_eq!(
            codes::check(&accounts, right, &to, &code).await.unwrap(),
            Checked::Right { made_at }
        );
        assert_eq!(
            codes::check(&accounts, right, &to, &code).await.unwrap(),
            Checked::Void
        );
    })
    .await;
}

#[tokio::test]
async fn the_fifth_wrong_try_voids_a_code() {
    on_both(async |store| {
        let accounts = accounts(store);
        let to = phone("13800138000");
        let code = issue(&accounts, HERE, &to).await;
        for left in (1..5).rev() {
            let checked = codes::check(&accounts, HERE, &to, &another(&code))
                .await
                .unwrap();
            assert_eq!(checked, Checked::Wrong { tries_left: left });
        }
        assert_eq!(
            codes::check(&accounts, HERE, &to, &another(&code))
                .await
                .unwrap(),
            Checked::Void
        );
        assert_eq!(
            codes::check(&accounts, HERE, &to, &code).await.unwrap(),
            Checked::Void
        );
    })
    .await;
}

#[tokio::test]
async fn a_code_lives_ten_minutes_and_a_newer_one_takes_its_place() {
    on_both(async |store| {
        let accounts = accounts(store);
        let to = phone("wang@example.com");
        let first = issue(&accounts, HERE, &to).await;
        accounts.clock.advance(SignedDuration::from_secs(61));
        let second = issue(&accounts, HERE, &to).await;
        if first != second {
            let old = codes::check(&accounts, HERE, &to, &first).await.unwrap();
            assert_eq!(old, Checked::Wrong { tries_left: 4 });
        }
        accounts.clock.advance(SignedDuration::from_mins(10));
        assert_eq!(
            codes::check(&accounts, HERE, &to, &second).await.unwrap(),
            Checked::Void
        );
    })
    .await;
}

#[tokio::test]
async fn codes_are_not_to_be_had_without_limit() {
    on_both(async |store| {
        let accounts = accounts(store);
        let to = phone("13800138000");
        let request = Request {
            purpose: HERE,
            to: &to,
            client: client(),
            locale: "en",
        };
        codes::issue(&accounts, &request, false).await.unwrap();
        let sent = messages::newest(&mut accounts.store.read().await.unwrap(), 1)
            .await
            .unwrap();
        assert!(sent.is_empty(), "nothing for a stranger");
        let again = codes::issue(&accounts, &request, true).await;
        assert!(
            matches!(again, Err(AccountsError::TooMany { seconds: 60 })),
            "{again:?}"
        );
        for _ in 1..5 {
            accounts.clock.advance(SignedDuration::from_secs(60));
            codes::issue(&accounts, &request, true).await.unwrap();
        }
        accounts.clock.advance(SignedDuration::from_secs(60));
        let sixth = codes::issue(&accounts, &request, true).await;
        assert!(
            matches!(sixth, Err(AccountsError::TooMany { seconds: 3300 })),
            "{sixth:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_code_for_one_purpose_does_not_hold_up_another() {
    on_both(async |store| {
        let accounts = accounts(store);
        let (to, paper) = (phone("13800138000"), ContentHash::of(b"paper"));
        let party = PartyId(accounts.clock.new_id());
        let sign = Purpose::Sign {
            party,
            hash: &paper,
        };
        let ask = async |purpose, send| {
            let request = Request {
                purpose,
                to: &to,
                client: client(),
                locale: "en",
            };
            codes::issue(&accounts, &request, send).await
        };
        issue(&accounts, HERE, &to).await;
        issue(&accounts, sign, &to).await;
        let browsers = ["one", "another"].map(|browser| Purpose::ContactProof { browser });
        ask(browsers[0], true).await.unwrap();
        for again in [sign, browsers[1]] {
            assert!(
                matches!(
                    ask(again, true).await,
                    Err(AccountsError::TooMany { seconds: 60 })
                ),
                "{again:?}"
            );
        }
        for _ in 1..5 {
            accounts.clock.advance(SignedDuration::from_secs(60));
            for purpose in [HERE, sign, browsers[0]] {
                ask(purpose, false).await.unwrap();
            }
        }
        accounts.clock.advance(SignedDuration::from_secs(60));
        let sixteenth = ask(
            Purpose::Invitation {
                party,
                browser: "here",
            },
            true,
        )
        .await;
        assert!(
            matches!(sixteenth, Err(AccountsError::TooMany { seconds: 3300 })),
            "{sixteenth:?}"
        );
    })
    .await;
}

fn person(accounts: &Accounts, name: &str) -> Person {
    Person {
        id: PersonId(accounts.clock.new_id()),
        name: PersonName::parse(name).unwrap(),
        phone: None,
        mail: None,
        locale: "zh-CN".to_owned(),
        elder: false,
        created_at: accounts.clock.now(),
    }
}

async fn hire(accounts: &Accounts, login: &str, password: &str) -> PersonId {
    let person = person(accounts, "李调解");
    let hash = staff::hash_password(accounts, password).unwrap();
    write_tx!(accounts.store, |tx| {
        staff::add_in(tx, &person, login, &hash).await
    })
    .unwrap();
    person.id
}

#[tokio::test]
async fn staff_sign_in_by_password_and_not_after_closing_the_account() {
    on_both(async |store| {
        let accounts = accounts(store);
        let li = hire(&accounts, "Li", "a long password").await;
        assert!(
            staff::sign_in(&accounts, "li", "wrong")
                .await
                .unwrap()
                .is_none()
        );
        assert!(
            staff::sign_in(&accounts, "nobody", "a long password")
                .await
                .unwrap()
                .is_none()
        );
        assert_eq!(
            staff::sign_in(&accounts, " LI ", "a long password")
                .await
                .unwrap()
                .unwrap()
                .person,
            li
        );
        let token = sessions::open(&accounts, li, Method::Password)
            .await
            .unwrap();
        let session = sessions::find(&accounts, &token).await.unwrap().unwrap();
        assert!(session.staff && session.second_factor_at.is_none());
        staff::disable(&accounts, li).await.unwrap();
        assert!(sessions::find(&accounts, &token).await.unwrap().is_none());
        assert!(
            staff::sign_in(&accounts, "li", "a long password")
                .await
                .unwrap()
                .is_none()
        );
    })
    .await;
}

#[tokio::test]
async fn guessing_a_password_shuts_the_door_for_a_while() {
    on_both(async |store| {
        let accounts = accounts(store);
        hire(&accounts, "li", "a long password").await;
        for _ in 0..8 {
            assert!(
                staff::sign_in(&accounts, "li", "wrong")
                    .await
                    .unwrap()
                    .is_none()
            );
        }
        let shut = staff::sign_in(&accounts, "li", "a long password").await;
        assert!(matches!(shut, Err(AccountsError::TooMany { seconds: 900 })));
        accounts.clock.advance(SignedDuration::from_mins(15));
        assert!(
            staff::sign_in(&accounts, "li", "a long password")
                .await
                .unwrap()
                .is_some()
        );
    })
    .await;
}

#[tokio::test]
async fn a_login_is_given_once() {
    on_both(async |store| {
        let accounts = accounts(store);
        hire(&accounts, "li", "a long password").await;
        let other = person(&accounts, "李二");
        let outcome = write_tx!(accounts.store, |tx| {
            staff::add_in(tx, &other, "LI", "hash").await
        });
        assert!(matches!(outcome, Err(AccountsError::Taken)));
    })
    .await;
}

#[tokio::test]
async fn a_one_time_password_is_good_once() {
    on_both(async |store| {
        let accounts = accounts(store);
        let judge = hire(&accounts, "judge", "a long password").await;
        let offer = second_factor::offer(&accounts, judge, "judge")
            .await
            .unwrap();
        assert_eq!(
            offer.base32,
            second_factor::offer(&accounts, judge, "judge")
                .await
                .unwrap()
                .base32
        );
        assert!(
            second_factor::current(&accounts, judge)
                .await
                .unwrap()
                .is_none(),
            "not in force yet"
        );
        let secret = totp_rs::Secret::try_from_base32(&offer.base32).unwrap();
        let app = totp_rs::Builder::new()
            .with_secret(secret)
            .build_noncompliant();
        let seconds =
            |accounts: &Accounts| u64::try_from(accounts.clock.now().as_second()).unwrap();
        let code = app.generate(seconds(&accounts)).to_string();
        assert!(
            second_factor::check(&accounts, judge, &code, "sign-in")
                .await
                .unwrap()
        );
        assert!(
            !second_factor::check(&accounts, judge, &code, "paper")
                .await
                .unwrap(),
            "spent"
        );
        accounts.clock.advance(SignedDuration::from_secs(30));
        let next = second_factor::current(&accounts, judge)
            .await
            .unwrap()
            .unwrap();
        assert!(
            second_factor::check(&accounts, judge, &next, "paper")
                .await
                .unwrap()
        );
        assert!(
            second_factor::offer(&accounts, judge, "judge")
                .await
                .is_err(),
            "in force"
        );
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_by_signing_out_or_by_time() {
    on_both(async |store| {
        let accounts = accounts(store);
        let to = phone("13800138000");
        let name = PersonName::parse("王小明").unwrap();
        let wang = people::proven(&accounts, &to, &name, "zh-CN")
            .await
            .unwrap();
        assert_eq!(
            people::proven(&accounts, &to, &name, "en").await.unwrap(),
            wang,
            "found again"
        );
        people::prefer(&accounts, wang.id, "en", true)
            .await
            .unwrap();
        let token = sessions::open(&accounts, wang.id, Method::Code)
            .await
            .unwrap();
        accounts.clock.advance(SignedDuration::from_hours(29 * 24));
        let session = sessions::find(&accounts, &token).await.unwrap().unwrap();
        assert!(session.person.elder && session.person.locale == "en" && !session.staff);
        accounts.clock.advance(SignedDuration::from_hours(29 * 24));
        assert!(
            sessions::find(&accounts, &token).await.unwrap().is_some(),
            "prolonged by the visit"
        );
        let other = sessions::open(&accounts, wang.id, Method::Code)
            .await
            .unwrap();
        sessions::close(&accounts, &token).await.unwrap();
        assert!(sessions::find(&accounts, &token).await.unwrap().is_none());
        accounts.clock.advance(SignedDuration::from_hours(31 * 24));
        assert!(sessions::find(&accounts, &other).await.unwrap().is_none());
        assert_eq!(sweep(&accounts).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_link_stays_the_same_until_it_lapses() {
    on_both(async |store| {
        let accounts = accounts(store);
        let (case, party) = (
            CaseId(accounts.clock.new_id()),
            PartyId(accounts.clock.new_id()),
        );
        let make = async || {
            write_tx!(accounts.store, |tx| {
                links::token(tx, &accounts, case, party).await
            })
            .unwrap()
        };
        let first = make().await;
        assert_eq!(first, make().await);
        for _ in 0..2 {
            let link = links::open(&accounts, &first).await.unwrap().unwrap();
            assert_eq!(
                (link.case, link.party),
                (case, party),
                "opening spends nothing"
            );
        }
        accounts.clock.advance(SignedDuration::from_hours(179 * 24));
        assert_eq!(first, make().await, "in force, and for another half year");
        accounts.clock.advance(SignedDuration::from_hours(180 * 24));
        assert!(links::open(&accounts, &first).await.unwrap().is_none());
        let over = links::lapsed(&accounts, &first).await.unwrap().unwrap();
        assert_eq!((over.case, over.party), (case, party));
        let second = make().await;
        assert_ne!(first, second);
        let replaced = links::lapsed(&accounts, &first).await.unwrap();
        assert_eq!(replaced.unwrap().party, party, "it still says so");
        assert!(links::open(&accounts, &second).await.unwrap().is_some());
        assert!(links::open(&accounts, "guess").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_draft_is_read_back_by_its_browser_alone() {
    on_both(async |store| {
        let accounts = accounts(store);
        let draft = vec!["noise".to_owned()];
        drafts::save(&accounts, "mine", "open-case", &draft)
            .await
            .unwrap();
        drafts::save(&accounts, "mine", "open-case", &draft)
            .await
            .unwrap();
        let mine: Option<Vec<String>> = drafts::load(&accounts, "mine", "open-case").await.unwrap();
        assert_eq!(mine, Some(draft));
        let other: Option<Vec<String>> =
            drafts::load(&accounts, "other", "open-case").await.unwrap();
        assert_eq!(other, None);
        drafts::forget(&accounts, "mine", "open-case")
            .await
            .unwrap();
        let gone: Option<Vec<String>> = drafts::load(&accounts, "mine", "open-case").await.unwrap();
        assert_eq!(gone, None);
    })
    .await;
}

/// Whoever holds a phone holds no office by it: the same person signs in as a party by code and as staff by password.
#[tokio::test]
async fn a_code_opens_no_office() {
    on_both(async |store| {
        let accounts = accounts(store);
        let li = hire(&accounts, "li", "a long password").await;
        for (method, office) in [
            (Method::Code, false),
            (Method::Password, true),
            (Method::Full, true),
        ] {
            let token = sessions::open(&accounts, li, method).await.unwrap();
            let session = sessions::find(&accounts, &token).await.unwrap().unwrap();
            assert_eq!(session.staff, office, "{method:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn guessing_a_one_time_password_shuts_the_door_even_with_the_password_known() {
    on_both(async |store| {
        let accounts = accounts(store);
        let judge = hire(&accounts, "judge", "a long password").await;
        let enrolled: Result<(), AccountsError> = write_tx!(accounts.store, |tx| {
            second_factor::enrol_in(tx, &accounts, judge, &[7; 20]).await
        });
        enrolled.unwrap();
        let right = second_factor::current(&accounts, judge)
            .await
            .unwrap()
            .unwrap();
        let wrong = another(&right);
        for _ in 0..8 {
            let known = staff::sign_in(&accounts, "judge", "a long password").await;
            assert!(known.unwrap().is_some());
            assert!(
                !second_factor::check(&accounts, judge, &wrong, "sign-in")
                    .await
                    .unwrap()
            );
        }
        let shut = second_factor::check(&accounts, judge, &right, "sign-in").await;
        assert!(matches!(shut, Err(AccountsError::TooMany { seconds: 900 })));
        accounts.clock.advance(SignedDuration::from_mins(15));
        let later = second_factor::current(&accounts, judge)
            .await
            .unwrap()
            .unwrap();
        assert!(
            second_factor::check(&accounts, judge, &later, "sign-in")
                .await
                .unwrap()
        );
    })
    .await;
}

/// Logins can be guessed. Whoever stands before the door with wrong passwords shuts it, but nobody who is inside is
/// kept from putting a seal.
#[tokio::test]
async fn a_stranger_who_guesses_passwords_does_not_stop_who_is_signed_in() {
    on_both(async |store| {
        let accounts = accounts(store);
        let judge = hire(&accounts, "judge", "a long password").await;
        let enrolled: Result<(), AccountsError> = write_tx!(accounts.store, |tx| {
            second_factor::enrol_in(tx, &accounts, judge, &[7; 20]).await
        });
        enrolled.unwrap();
        for _ in 0..8 {
            let wrong = staff::sign_in(&accounts, "judge", "wrong").await;
            assert!(wrong.unwrap().is_none());
        }
        let shut = staff::sign_in(&accounts, "judge", "a long password").await;
        assert!(matches!(shut, Err(AccountsError::TooMany { .. })));
        let code = second_factor::current(&accounts, judge).await.unwrap();
        let sealed = second_factor::check(&accounts, judge, &code.unwrap(), "paper").await;
        assert!(sealed.unwrap());
    })
    .await;
}

/// A stranger who knows a number neither voids the codes of its holder nor uses up what the holder may ask for.
#[tokio::test]
async fn codes_asked_for_elsewhere_are_no_obstacle_to_the_holder() {
    on_both(async |store| {
        let accounts = accounts(store);
        let to = phone("13800138000");
        let party = PartyId(accounts.clock.new_id());
        let invited = |browser| Purpose::Invitation { party, browser };
        for (here, there) in [
            (HERE, Purpose::SignIn { browser: "there" }),
            (invited("here"), invited("there")),
        ] {
            for _ in 0..5 {
                let elsewhere = Request {
                    purpose: there,
                    to: &to,
                    client: "198.51.100.9".parse().unwrap(),
                    locale: "en",
                };
                codes::issue(&accounts, &elsewhere, false).await.unwrap();
                accounts.clock.advance(SignedDuration::from_secs(60));
            }
            let code = issue(&accounts, here, &to).await;
            for _ in 0..5 {
                let tried = codes::check(&accounts, there, &to, &another(&code)).await;
                assert!(!matches!(tried, Ok(Checked::Right { .. })));
            }
            let mine = codes::check(&accounts, here, &to, &code).await;
            assert!(matches!(mine.unwrap(), Checked::Right { .. }));
        }
    })
    .await;
}
