//! The relay as clients meet it: honest ones, forgetful ones and those who mean harm.

mod client;
mod hostile;
mod quotas;

use std::time::Duration;

use rtc::stun::message::{METHOD_ALLOCATE, METHOD_BINDING, METHOD_CREATE_PERMISSION};
use rtc::stun::message::{METHOD_CHANNEL_BIND, METHOD_REFRESH};
use rtc::turn::proto::lifetime::Lifetime;

use super::*;
use client::{
    Bench, Client, OURS, channel, data, error, family, indication, peer, transport, unproved,
};

#[test]
fn whoever_shows_no_password_is_asked_for_one_in_few_words() {
    let mut bench = Bench::new();
    let client = Client::new("192.0.2.1:5000");
    let request = unproved(METHOD_ALLOCATE, vec![transport(17)]);
    assert_eq!(request.len(), 28, "what browsers begin with");
    let answer = bench.answer(&client, &request).unwrap();
    assert!(
        answer.raw.len() <= 2 * request.len(),
        "{}",
        answer.raw.len()
    );
    assert_eq!(error(&answer), 401);
    assert_eq!(message::text(&answer, ATTR_REALM), Some("heyi"));
    assert!(message::text(&answer, ATTR_NONCE).is_some());
    assert_eq!(bench.held(), 0);
}

#[test]
fn who_asks_where_they_are_seen_is_told() {
    let mut bench = Bench::new();
    let client = Client::new("192.0.2.1:5000");
    let request = unproved(METHOD_BINDING, Vec::new());
    let answer = bench.answer(&client, &request).unwrap();
    assert_eq!(client::mapped(&answer), client.at);
}

#[test]
fn a_place_is_given_to_who_knows_the_password_and_given_again_to_who_asks_again() {
    let mut bench = Bench::new();
    let client = bench.client("192.0.2.1:5000", "ab");
    let request = client.proved(METHOD_ALLOCATE, vec![transport(17)]);
    let answer = bench.answer(&client, &request).unwrap();
    let relayed = client::relayed(&answer);
    assert!(is_relayed(relayed), "{relayed}");
    assert_eq!(client::lifetime(&answer), 300);
    assert_eq!(client::mapped(&answer), client.at);
    assert!(client.is_theirs(&answer), "the answer is proved");

    // Lost on the way, asked again.
    bench.pass(1);
    let again = bench.answer(&client, &request).unwrap();
    assert_eq!(client::relayed(&again), relayed);
    assert_eq!(client::lifetime(&again), 299);
    assert_eq!(bench.held(), 1);
    let second = client.proved(METHOD_ALLOCATE, vec![transport(17)]);
    assert_eq!(error(&bench.answer(&client, &second).unwrap()), 437);
}

#[test]
fn a_wrong_password_a_lapsed_name_and_a_stale_nonce_are_refused() {
    let mut bench = Bench::new();
    let mut wrong = bench.client("192.0.2.1:5000", "ab");
    wrong.credentials.password.push('x');
    wrong.key();
    assert_eq!(
        bench.asks(&wrong, METHOD_ALLOCATE, vec![transport(17)]),
        401
    );

    let mut late = bench.client("192.0.2.1:5000", "ab");
    bench.pass(299);
    assert_eq!(bench.asks(&late, METHOD_REFRESH, Vec::new()), 437);
    bench.pass(1);
    assert_eq!(bench.asks(&late, METHOD_ALLOCATE, vec![transport(17)]), 438);
    bench.greet(&mut late);
    bench.pass(299);
    assert_eq!(bench.asks(&late, METHOD_REFRESH, Vec::new()), 437);
    bench.pass(1);
    bench.greet(&mut late);
    let refused = bench.asks(&late, METHOD_ALLOCATE, vec![transport(17)]);
    assert_eq!(refused, 401, "ten minutes are over");
    assert_eq!(bench.held(), 0);
}

#[test]
fn a_place_outlives_its_name_as_long_as_it_is_asked_for() {
    let mut bench = Bench::new();
    let mut client = bench.inside("192.0.2.1:5000");
    for _ in 0..20 {
        bench.pass(240);
        bench.greet(&mut client);
        let request = client.proved(METHOD_REFRESH, Vec::new());
        let answer = bench.answer(&client, &request).unwrap();
        assert_eq!(client::lifetime(&answer), 300);
    }
    bench.pass(300);
    bench.greet(&mut client);
    let told = bench.asks(&client, METHOD_REFRESH, Vec::new());
    assert_eq!(told, 401, "nothing is held under that name any more");
    bench.turn.sweep(bench.at.tick);
    assert_eq!(bench.held(), 0);
}

#[test]
fn nobody_holds_a_place_for_longer_than_a_day_s_work() {
    let mut bench = Bench::new();
    let mut client = bench.inside("192.0.2.1:5000");
    let mut held = 0;
    loop {
        bench.pass(240);
        bench.greet(&mut client);
        if bench.asks(&client, METHOD_REFRESH, Vec::new()) != 0 {
            break;
        }
        held += 240;
    }
    assert_eq!(held, 12 * 3_600 - 240);
}

#[test]
fn a_place_that_is_given_back_is_free_and_nothing_goes_through_it() {
    let mut bench = Bench::new();
    let client = bench.inside("192.0.2.1:5000");
    let relayed = bench.speaks(&client, OURS[0]);
    assert!(bench.hears(relayed, b"before").is_some());
    let nothing = Lifetime(Duration::ZERO);
    let asked: Vec<Box<dyn rtc::stun::message::Setter>> = vec![Box::new(nothing)];
    assert_eq!(bench.asks(&client, METHOD_REFRESH, asked), 0);
    assert_eq!(bench.held(), 0);
    assert_eq!(bench.hears(relayed, b"after"), None);
    assert_eq!(bench.asks(&client, METHOD_REFRESH, Vec::new()), 437);
}

#[test]
fn what_a_client_says_comes_to_the_rooms_and_what_they_say_goes_back() {
    let mut bench = Bench::new();
    let mut client = bench.inside("192.0.2.1:5000");
    let said = indication(OURS[0], b"early");
    assert_eq!(bench.receive(&client, &said), None, "without leave");
    assert_eq!(
        bench.asks(&client, METHOD_CREATE_PERMISSION, vec![peer(OURS[0])]),
        0
    );
    let said = indication(OURS[0], b"hello");
    let Some(Out::In { from, bytes }) = bench.receive(&client, &said) else {
        panic!("it does not come in");
    };
    assert_eq!(bytes, b"hello");
    let (wrapped, to) = bench.hears(from, b"welcome").unwrap();
    assert_eq!(to, client.at);
    assert_eq!(
        data(&wrapped),
        (OURS[0].parse().unwrap(), b"welcome".to_vec())
    );

    // Leave lapses after five minutes, in both directions.
    bench.pass(299);
    assert!(bench.hears(from, b"still").is_some());
    bench.refresh(&mut client);
    bench.pass(1);
    assert_eq!(bench.hears(from, b"late"), None);
    let said = indication(OURS[0], b"late");
    assert_eq!(bench.receive(&client, &said), None);
}

#[test]
fn a_short_name_carries_both_ways_and_lapses() {
    let mut bench = Bench::new();
    let mut client = bench.inside("192.0.2.1:5000");
    let bind = || vec![channel(0x4001), peer(OURS[1])];
    assert_eq!(bench.asks(&client, METHOD_CHANNEL_BIND, bind()), 0);
    let said = client::framed(0x4001, b"hello");
    let Some(Out::In { from, bytes }) = bench.receive(&client, &said) else {
        panic!("it does not come in");
    };
    assert_eq!(bytes, b"hello");
    let (wrapped, to) = bench.hears(from, b"welcome").unwrap();
    assert_eq!(
        (wrapped, to),
        (client::framed(0x4001, b"welcome"), client.at)
    );
    let unknown = client::framed(0x4002, b"hello");
    assert_eq!(bench.receive(&client, &unknown), None);

    // The name lives for ten minutes, the leave that came with it for five.
    bench.pass(240);
    bench.refresh(&mut client);
    bench.pass(60);
    assert_eq!(bench.receive(&client, &said), None);
    assert_eq!(
        bench.asks(&client, METHOD_CREATE_PERMISSION, vec![peer(OURS[1])]),
        0
    );
    assert!(bench.receive(&client, &said).is_some());
    bench.pass(180);
    bench.refresh(&mut client);
    bench.pass(119);
    assert!(bench.receive(&client, &said).is_some());
    bench.pass(1);
    assert_eq!(bench.receive(&client, &said), None);
}

#[test]
fn a_short_name_stands_for_one_address_and_an_address_has_one() {
    let mut bench = Bench::new();
    let client = bench.inside("192.0.2.1:5000");
    for (number, ours, expected) in [
        (0x3fff, OURS[0], 400),
        (0x5000, OURS[0], 400),
        (0x4000, OURS[0], 0),
        (0x4000, OURS[0], 0),
        (0x4000, OURS[1], 400),
        (0x4001, OURS[0], 400),
        (0x4fff, OURS[1], 0),
    ] {
        let asked = vec![channel(number), peer(ours)];
        let told = bench.asks(&client, METHOD_CHANNEL_BIND, asked);
        assert_eq!(told, expected, "{number:#x} for {ours}");
    }
    let two = vec![channel(0x4002), peer(OURS[0]), peer(OURS[1])];
    assert_eq!(bench.asks(&client, METHOD_CHANNEL_BIND, two), 400);
    assert_eq!(
        bench.asks(&client, METHOD_CHANNEL_BIND, vec![peer(OURS[0])]),
        400
    );
}

/// The rooms answer an address; by it they are led to the right one of theirs, from which the client expects the answer.
#[test]
fn each_of_our_addresses_is_a_way_of_its_own() {
    let mut bench = Bench::new();
    let client = bench.inside("192.0.2.1:5000");
    let other = bench.inside("192.0.2.1:5001");
    let ways = [
        (bench.speaks(&client, OURS[0]), &client.at, OURS[0]),
        (bench.speaks(&client, OURS[1]), &client.at, OURS[1]),
        (bench.speaks(&other, OURS[0]), &other.at, OURS[0]),
    ];
    for (relayed, at, ours) in ways {
        let (wrapped, to) = bench.hears(relayed, b"x").unwrap();
        assert_eq!((to, data(&wrapped).0), (*at, ours.parse().unwrap()));
    }
    let unasked = SocketAddr::new(ways[2].0.ip(), ways[1].0.port());
    assert_eq!(bench.hears(unasked, b"x"), None);
    let nobodys = "198.19.255.255:49152".parse().unwrap();
    assert_eq!(bench.hears(nobodys, b"x"), None);
}

#[test]
fn only_what_there_is_can_be_asked_for() {
    let mut bench = Bench::new();
    let client = bench.client("192.0.2.1:5000", "ab");
    for (asked, expected) in [
        (Vec::new(), 400),
        (vec![transport(6)], 442),
        (vec![transport(17), family(2)], 440),
        (vec![transport(17), client::unknown()], 420),
        (vec![transport(17), family(1)], 0),
    ] {
        assert_eq!(bench.asks(&client, METHOD_ALLOCATE, asked), expected);
    }
    let mut six = Bench::at(&["[2001:db8::7]:7000"]);
    let client = six.client("[2001:db8::1]:5000", "ab");
    let asked = vec![transport(17), family(2)];
    let request = client.proved(METHOD_ALLOCATE, asked);
    let relayed = client::relayed(&six.answer(&client, &request).unwrap());
    assert!(relayed.is_ipv6() && is_relayed(relayed));
}
