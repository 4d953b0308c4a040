//! So many places a person, an address and in all, and so many bytes.

use rtc::stun::message::METHOD_ALLOCATE;

use super::client::{Bench, OURS, indication, transport, unproved};
use crate::rooms::turn::allocation::BYTES;
use crate::rooms::turn::request::{OF_A_PERSON, OF_ALL, OF_AN_ADDRESS};
use crate::rooms::turn::{BYTES_OF_ALL, UNPROVED};

impl Bench {
    fn takes(&mut self, at: &str, who: &str) -> u16 {
        let client = self.client(at, who);
        self.asks(&client, METHOD_ALLOCATE, vec![transport(17)])
    }
}

#[test]
fn a_person_has_so_many_places_and_no_more_by_whatever_name() {
    let mut bench = Bench::new();
    for number in 0..OF_A_PERSON {
        // A name that was issued a second later is another name of the same person.
        if number.is_multiple_of(8) {
            bench.pass(1);
        }
        assert_eq!(bench.takes(&format!("192.0.2.{number}:5000"), "ab"), 0);
    }
    assert_eq!(bench.takes("192.0.2.200:5000", "ab"), 486);
    assert_eq!(bench.takes("192.0.2.200:5000", "cd"), 0, "another person");
    assert_eq!(bench.held(), OF_A_PERSON + 1);
    bench.pass(300);
    assert_eq!(
        bench.takes("192.0.2.200:5000", "ab"),
        0,
        "the others have lapsed"
    );
    assert_eq!(bench.held(), 1);
}

#[test]
fn an_address_has_so_many_places_and_a_network_of_the_newer_kind_counts_as_one() {
    for (near, far) in [
        ("192.0.2.1", "192.0.2.2"),
        ("[2001:db8::1]", "[2001:db8:0:1::1]"),
    ] {
        let mut bench = Bench::new();
        for number in 0..OF_AN_ADDRESS {
            let who = format!("{}", number / OF_A_PERSON);
            let at = format!("{near}:{}", 5_000 + number);
            assert_eq!(bench.takes(&at, &who), 0);
        }
        assert_eq!(bench.takes(&format!("{near}:4999"), "new"), 486);
        let beside = near.replace("::1]", "::2]");
        assert_eq!(bench.takes(&format!("{beside}:4999"), "new"), 486);
        assert_eq!(bench.takes(&format!("{far}:4999"), "new"), 0);
    }
}

#[test]
fn there_are_so_many_places_in_all() {
    let mut bench = Bench::new();
    for number in 0..OF_ALL {
        if number.is_multiple_of(1_000) {
            bench.pass(1);
        }
        let (high, low) = (number / 200, number % 200);
        let at = format!("10.0.{high}.{low}:5000");
        assert_eq!(bench.takes(&at, &format!("{}", number / OF_A_PERSON)), 0);
    }
    assert_eq!(bench.takes("192.0.2.1:5000", "new"), 508);
    assert_eq!(bench.held(), OF_ALL);
}

#[test]
fn so_many_bytes_go_through_a_place_in_a_second() {
    let mut bench = Bench::new();
    let client = bench.inside("192.0.2.1:5000");
    let relayed = bench.speaks(&client, OURS[0]);
    let packet = [0; 1_000];
    let said = indication(OURS[0], &packet);
    bench.pass(1);
    let mut through = 0;
    for _ in 0..BYTES / 1_000 {
        through += usize::from(bench.hears(relayed, &packet).is_some());
        through += usize::from(bench.receive(&client, &said).is_some());
    }
    assert_eq!(through, usize::try_from(BYTES / 1_000).unwrap());
    bench.pass(1);
    assert!(bench.hears(relayed, &packet).is_some());
}

#[test]
fn so_many_bytes_go_through_all_of_them_in_a_second() {
    let mut bench = Bench::new();
    let many = usize::try_from(BYTES_OF_ALL / BYTES).unwrap() + 10;
    let ways: Vec<_> = (0..many)
        .map(|number| {
            let at = format!("10.0.0.{number}:5000");
            let client = bench.client(&at, &format!("{}", number / OF_A_PERSON));
            let asked = vec![transport(17)];
            assert_eq!(bench.asks(&client, METHOD_ALLOCATE, asked), 0);
            bench.speaks(&client, OURS[0])
        })
        .collect();
    bench.pass(1);
    let packet = vec![0; 50_000];
    let mut through = 0;
    for _ in 0..BYTES / 50_000 {
        for way in &ways {
            through += usize::from(bench.hears(*way, &packet).is_some());
        }
    }
    assert_eq!(through, usize::try_from(BYTES_OF_ALL / 50_000).unwrap());
}

#[test]
fn who_has_proved_nothing_is_answered_so_often_a_second() {
    let mut bench = Bench::new();
    let client = bench.client("192.0.2.1:5000", "ab");
    let request = unproved(METHOD_ALLOCATE, vec![transport(17)]);
    bench.pass(1);
    for _ in 0..UNPROVED {
        assert!(bench.answer(&client, &request).is_some());
    }
    assert!(bench.answer(&client, &request).is_none());
    let asked = vec![transport(17)];
    let proved = bench.asks(&client, METHOD_ALLOCATE, asked);
    assert_eq!(proved, 0, "who knows the password is not kept out");
}
