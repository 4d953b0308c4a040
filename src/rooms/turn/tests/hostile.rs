//! Those who mean harm: forged, replayed, altered and broken messages, and peers that are not ours.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use proptest::prelude::*;
use rtc::stun::message::{
    METHOD_ALLOCATE, METHOD_BINDING, METHOD_CHANNEL_BIND, METHOD_CONNECT, METHOD_CREATE_PERMISSION,
    METHOD_REFRESH, Message,
};

use super::client::{
    Bench, Client, OURS, channel, error, framed, indication, peer, transport, unproved,
};
use crate::rooms::turn::{Out, is_relayed};

/// Whom a relay must not reach: this machine by other names, other ports of ours, the networks around, the relay itself.
const STRANGERS: [&str; 12] = [
    "127.0.0.2:7000",
    "127.0.0.1:22",
    "127.0.0.1:3478",
    "192.0.2.7:7001",
    "192.0.2.8:7000",
    "0.0.0.0:7000",
    "10.0.0.1:7000",
    "169.254.169.254:80",
    "255.255.255.255:7000",
    "[::1]:7000",
    "[::ffff:10.0.0.1]:7000",
    "198.18.0.0:49152",
];

#[test]
fn nobody_is_reached_but_our_own_media() {
    let mut bench = Bench::new();
    let client = bench.inside("192.0.2.1:5000");
    for stranger in STRANGERS {
        let alone = vec![peer(stranger)];
        let among = vec![peer(OURS[0]), peer(stranger)];
        let bound = vec![channel(0x4000), peer(stranger)];
        for (method, asked) in [
            (METHOD_CREATE_PERMISSION, alone),
            (METHOD_CREATE_PERMISSION, among),
            (METHOD_CHANNEL_BIND, bound),
        ] {
            assert_eq!(bench.asks(&client, method, asked), 403, "{stranger}");
        }
        let said = indication(stranger, b"hello");
        assert_eq!(bench.receive(&client, &said), None, "{stranger}");
    }
    let said = indication(OURS[0], b"hello");
    assert_eq!(bench.receive(&client, &said), None, "refused as a whole");
    let nobody = bench.asks(&client, METHOD_CREATE_PERMISSION, Vec::new());
    assert_eq!(nobody, 400);
}

/// An address inside one of the newer kind is that address.
#[test]
fn our_address_is_ours_in_either_spelling() {
    let mut bench = Bench::new();
    let client = bench.inside("192.0.2.1:5000");
    let mapped = "[::ffff:192.0.2.7]:7000";
    assert_eq!(
        bench.asks(&client, METHOD_CREATE_PERMISSION, vec![peer(mapped)]),
        0
    );
    for spelling in [OURS[0], mapped] {
        let said = indication(spelling, b"hello");
        assert!(matches!(
            bench.receive(&client, &said),
            Some(Out::In { .. })
        ));
    }
}

#[test]
fn a_request_that_was_overheard_is_of_no_use_from_elsewhere() {
    let mut bench = Bench::new();
    let client = bench.client("192.0.2.1:5000", "ab");
    let overheard = client.proved(METHOD_ALLOCATE, vec![transport(17)]);
    assert!(bench.answer(&client, &overheard).is_some());
    let thief = Client::new("192.0.2.9:5000");
    let told = bench.answer(&thief, &overheard).unwrap();
    assert_eq!(error(&told), 438);
    assert_eq!(bench.held(), 1);
    // And later from nowhere.
    bench.pass(301);
    bench.turn.sweep(bench.at.tick);
    let told = bench.answer(&client, &overheard).unwrap();
    assert_eq!((error(&told), bench.held()), (438, 0));
}

#[test]
fn a_place_serves_nobody_but_its_client() {
    let mut bench = Bench::new();
    let client = bench.inside("192.0.2.1:5000");
    let relayed = bench.speaks(&client, OURS[0]);
    let bind = vec![channel(0x4000), peer(OURS[0])];
    assert_eq!(bench.asks(&client, METHOD_CHANNEL_BIND, bind), 0);

    let thief = bench.client("192.0.2.1:5001", "ab");
    for said in [indication(OURS[0], b"x"), framed(0x4000, b"x")] {
        assert_eq!(bench.receive(&thief, &said), None);
    }
    // Another person behind the same address, with a password of their own.
    let other = bench.client("192.0.2.1:5000", "cd");
    assert_eq!(bench.asks(&other, METHOD_REFRESH, Vec::new()), 441);
    assert_eq!(
        bench.asks(&other, METHOD_ALLOCATE, vec![transport(17)]),
        437
    );
    assert_eq!(bench.hears(relayed, b"x").unwrap().1, client.at);
}

#[test]
fn what_was_altered_on_the_way_is_not_believed() {
    let mut bench = Bench::new();
    let client = bench.client("192.0.2.1:5000", "ab");
    let request = client.proved(METHOD_ALLOCATE, vec![transport(17)]);
    for at in 0..request.len() {
        let mut altered = request.clone();
        altered[at] ^= 1;
        if let Some(Out::Back(answer)) = bench.receive(&client, &altered) {
            let refuses = answer[0] & 1 == 1 && answer[1] & 0x10 != 0;
            assert!(refuses, "byte {at}");
        }
        assert_eq!(bench.held(), 0, "byte {at}");
    }
    assert!(bench.answer(&client, &request).is_some());
    assert_eq!(bench.held(), 1);
}

#[test]
fn what_is_said_behind_the_proof_is_not_heard() {
    let mut bench = Bench::new();
    let client = bench.inside("192.0.2.1:5000");
    let request = client.proved(METHOD_CREATE_PERMISSION, Vec::new());
    let mut longer = Message::new();
    longer.unmarshal_binary(&request).unwrap();
    peer(OURS[0]).add_to(&mut longer).unwrap();
    assert_eq!(error(&bench.answer(&client, &longer.raw).unwrap()), 400);
    let said = indication(OURS[0], b"x");
    assert_eq!(bench.receive(&client, &said), None);
}

#[test]
fn what_is_no_message_is_not_answered() {
    let mut bench = Bench::new();
    let client = bench.inside("192.0.2.1:5000");
    let whole = unproved(METHOD_ALLOCATE, vec![transport(17)]);
    for length in 0..whole.len() {
        assert_eq!(bench.receive(&client, &whole[..length]), None);
    }
    let longer = [whole.as_slice(), &[0; 4]].concat();
    assert_eq!(bench.receive(&client, &longer), None, "something behind it");
    let short = unproved(METHOD_ALLOCATE, Vec::new());
    assert_eq!(
        bench.receive(&client, &short),
        None,
        "the answer would be too long"
    );
    let many = (0..40).map(|_| peer(OURS[0])).collect();
    let many = client.proved(METHOD_CREATE_PERMISSION, many);
    assert_eq!(bench.receive(&client, &many), None);
    for broken in [
        &[0x40, 0, 0xff, 0xff][..],
        &[0x40, 0],
        &[0x80; 40],
        &[0xff; 1_500],
        &[0; 1_500],
        &[],
    ] {
        assert_eq!(bench.receive(&client, broken), None);
    }
    let elsewhere = client.proved(METHOD_CONNECT, Vec::new());
    assert_eq!(error(&bench.answer(&client, &elsewhere).unwrap()), 400);
}

/// Answers of a server say nothing to a server, so two of them never talk to each other for ever.
#[test]
fn an_answer_is_not_answered() {
    let mut bench = Bench::new();
    let client = bench.client("192.0.2.1:5000", "ab");
    for request in [
        unproved(METHOD_ALLOCATE, vec![transport(17)]),
        unproved(METHOD_BINDING, Vec::new()),
        client.proved(METHOD_ALLOCATE, vec![transport(17)]),
    ] {
        let answer = bench.answer(&client, &request).unwrap();
        assert_eq!(bench.receive(&client, &answer.raw), None);
    }
}

/// What somebody does at the relay.
#[derive(Clone, Debug)]
enum Deed {
    Asks {
        method: usize,
        peer: usize,
        altered: Option<(usize, u8)>,
    },
    Says {
        peer: usize,
        channel: Option<u16>,
        altered: Option<(usize, u8)>,
    },
    Throws(Vec<u8>),
    Waits(u16),
    RoomsSay {
        place: u32,
        port: u16,
    },
}

fn deeds() -> impl Strategy<Value = Vec<(usize, Deed)>> {
    let altered = || prop::option::weighted(0.3, (any::<usize>(), 1_u8..));
    let peer = || 0..OURS.len() + STRANGERS.len();
    let deed = prop_oneof![
        4 => (0..6_usize, peer(), altered()).prop_map(|(method, peer, altered)| Deed::Asks { method, peer, altered }),
        3 => (peer(), prop::option::of(0x3fff_u16..0x4003), altered())
            .prop_map(|(peer, channel, altered)| Deed::Says { peer, channel, altered }),
        1 => prop::collection::vec(any::<u8>(), 0..200).prop_map(Deed::Throws),
        1 => (0..400_u16).prop_map(Deed::Waits),
        2 => (0..6_u32, 49_150..49_156_u16).prop_map(|(place, port)| Deed::RoomsSay { place, port }),
    ];
    prop::collection::vec((0..3_usize, deed), 1..60)
}

fn named(number: usize) -> &'static str {
    OURS.iter().chain(&STRANGERS).nth(number).unwrap()
}

fn altered(mut bytes: Vec<u8>, by: Option<(usize, u8)>) -> Vec<u8> {
    if let Some((at, by)) = by {
        let at = at % bytes.len();
        bytes[at] ^= by;
    }
    bytes
}

impl Bench {
    fn asked(&mut self, client: &mut Client, method: usize, to: usize) -> Vec<u8> {
        self.greet(client);
        match method {
            0 => unproved(METHOD_ALLOCATE, vec![transport(17)]),
            1 => client.proved(METHOD_ALLOCATE, vec![transport(17)]),
            2 => client.proved(METHOD_REFRESH, Vec::new()),
            3 => client.proved(METHOD_CREATE_PERMISSION, vec![peer(named(to))]),
            4 => client.proved(METHOD_CHANNEL_BIND, vec![channel(0x4000), peer(named(to))]),
            _ => unproved(METHOD_BINDING, Vec::new()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever anybody sends, nothing breaks; what comes in comes from a relayed address; and what the rooms say reaches
    /// only a client that has proved itself, from an address of ours that this client has asked for.
    #[test]
    fn nothing_leaves_but_to_clients_and_our_own_media(deeds in deeds()) {
        let mut bench = Bench::new();
        let mut clients: Vec<_> = ["192.0.2.1:5000", "192.0.2.1:5001", "[2001:db8::1]:5000"]
            .iter()
            .zip(["ab", "ab", "cd"])
            .map(|(at, who)| bench.client(at, who))
            .collect();
        let mut proved = BTreeSet::<SocketAddr>::new();
        for (who, deed) in deeds {
            let client = &mut clients[who];
            let sent = match deed {
                Deed::Asks { method, peer, altered: by } => {
                    let whole = bench.asked(client, method, peer);
                    if (method, by) == (1, None) {
                        proved.insert(client.at);
                    }
                    altered(whole, by)
                }
                Deed::Says { peer, channel: None, altered: by } => altered(indication(named(peer), b"data"), by),
                Deed::Says { channel: Some(number), altered: by, .. } => altered(framed(number, b"data"), by),
                Deed::Throws(bytes) => bytes,
                Deed::Waits(seconds) => {
                    bench.pass(u64::from(seconds));
                    continue;
                }
                Deed::RoomsSay { place, port } => {
                    let to = SocketAddr::new(std::net::Ipv4Addr::from(0xc612_0000 + place).into(), port);
                    if let Some((_, to)) = bench.hears(to, b"media") {
                        prop_assert!(proved.contains(&to), "{to} has no place");
                    }
                    continue;
                }
            };
            match bench.receive(client, &sent) {
                Some(Out::In { from, .. }) => {
                    prop_assert!(is_relayed(from));
                    prop_assert!(proved.contains(&client.at));
                }
                Some(Out::Back(answer)) => prop_assert!(answer.len() <= 2 * sent.len() + 64),
                None => {}
            }
            prop_assert!(bench.held() <= proved.len());
        }
    }
}
