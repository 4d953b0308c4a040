//! Places to sign that are where they do not belong, and what signatures show beyond them.

use heyi::documents::verify::Code;

use super::pdf::{self, Written, body, rewritten};
use super::{PAPERS, by, check, refused};

/// The base with a place to sign elsewhere, signed.
fn moved(field: &str, to: [f32; 4]) -> Vec<Code> {
    let base = &PAPERS.base;
    let id = pdf::field(base, field);
    let now = String::from_utf8(body(base, id)).unwrap();
    let start = now.find("/Rect [").unwrap();
    let rect = &now[start..=start + now[start..].find(']').unwrap()];
    let [left, bottom, right, top] = to;
    let there = format!("/Rect [{left} {bottom} {right} {top}]");
    let elsewhere = rewritten(base, id, now.replace(rect, &there).as_bytes());
    refused(&by(&PAPERS.forger, &elsewhere, "party-1"))
}

/// Where a place is: left, bottom, right, top.
fn place(field: &str) -> [f32; 4] {
    let base = &PAPERS.base;
    let now = String::from_utf8(body(base, pdf::field(base, field))).unwrap();
    let start = now.find("/Rect [").unwrap() + 7;
    let edges = now[start..].split(']').next().unwrap().split(' ');
    let edges: Vec<f32> = edges.map(|it| it.parse().unwrap()).collect();
    edges.try_into().unwrap()
}

fn raised([left, bottom, right, top]: [f32; 4], right_by: f32, up: f32) -> [f32; 4] {
    [left + right_by, bottom + up, right + right_by, top + up]
}

#[test]
fn a_seal_that_lies_over_terms_is_refused_and_over_nothing_it_is_not() {
    let seal = place("seal");
    for up in [190.0, 260.0, 420.0, 560.0] {
        assert_eq!(
            moved("seal", raised(seal, 0.0, up)),
            [Code::Overlay],
            "{up}"
        );
    }
    // By a line only, beside its own name and date.
    assert_eq!(moved("seal", raised(seal, -230.0, 330.0)), [Code::Overlay]);
    let base = &PAPERS.base;
    let id = pdf::field(base, "seal");
    let now = String::from_utf8(body(base, id)).unwrap();
    let [left, bottom, right, top] = seal;
    let before = format!("/Rect [{left} {bottom} {right} {top}]");
    assert!(now.contains(&before), "{now}");
    let below = format!("/Rect [{} 1 {} {}]", left, right, 1.0 + top - bottom);
    let empty = rewritten(base, id, now.replace(&before, &below).as_bytes());
    assert_eq!(check(&by(&PAPERS.forger, &empty, "party-1")).problems, []);
}

#[test]
fn where_somebody_signs_nothing_is_written() {
    let hand = place("party-2");
    for up in [60.0, 200.0, 380.0] {
        assert_eq!(
            moved("party-2", raised(hand, 0.0, up)),
            [Code::Overlay],
            "{up}"
        );
    }
}

#[test]
fn places_that_lie_over_each_other_are_refused() {
    let hand = place("party-1");
    assert_eq!(moved("party-2", hand), [Code::Overlay]);
    assert_eq!(moved("party-2", raised(hand, 200.0, 0.0)), [Code::Overlay]);
    let [left, bottom, _, _] = place("party-1");
    let [from, low, to, high] = place("seal");
    let over = [left, bottom, left + to - from, bottom + high - low];
    assert_eq!(moved("seal", over), [Code::Overlay]);
}

#[test]
fn what_a_signature_shows_is_as_large_as_its_place() {
    let [left, bottom, right, top] = place("party-2");
    for larger in [
        [left, bottom, right - 40.0, top],
        [left, bottom - 8.0, right, top],
    ] {
        assert_eq!(moved("party-2", larger), [Code::Overlay]);
    }
}

#[test]
fn ink_beyond_the_place_of_a_signature_is_refused() {
    let papers = &*PAPERS;
    let drawn = |look: &str| {
        let written = Written {
            look: Some(look),
            ..Written::default()
        };
        pdf::signed(&papers.base, "party-1", &written, |digest| {
            papers
                .forger
                .signer
                .sign(digest, Some(&papers.forger.now()))
        })
    };
    for look in [
        "0 0 m 300 20 l S",
        "0 0 m 9 -9 l S",
        "-9 0 m 9 9 l S",
        "0 0 300 20 re f",
        "0 0 9 90 re f",
        "-1 0 9 9 re f",
        "0 0 m 9 9 9 99 9 9 c S",
        "0 0 m 9 9 9 9 300 9 c f",
    ] {
        assert_eq!(refused(&drawn(look)), [Code::Look], "{look}");
    }
    assert_eq!(
        check(&drawn("0 0 206 58 re f 0 0 m 206 58 l S")).problems,
        []
    );
}
