//! What stands in the way of confirmation.

use jiff::civil::date;

use super::*;
use crate::domain::money::Fen;
use crate::domain::rules::conditions::{Application, ClauseFacts, Seen};

#[test]
fn every_item_of_articles_355_and_358_is_a_condition() {
    let rules = rules();
    let items = |article| -> Vec<u8> {
        rules
            .conditions()
            .filter(|c| c.article.article == article)
            .filter_map(|c| c.article.item)
            .collect()
    };
    assert_eq!(items(355), [1, 2, 3, 4, 5]);
    assert_eq!(items(358), [1, 2, 3, 4, 5, 6]);
}

const NOW: &str = "2026-12-01T08:00:00Z";

const CLEAR: ClauseFacts<'_> = ClauseFacts {
    act: "支付补偿款",
    amount: Some(Fen(80_000)),
    deadline: Some(date(2026, 12, 31)),
};

/// What the platform suspects of an agreement that took effect on 22 November 2026.
fn suspected(
    dispute: &str,
    track: Track,
    joined: bool,
    filed: &str,
    clauses: &[ClauseFacts<'_>],
) -> Vec<String> {
    let rules = rules();
    let effect = "2026-11-22T08:00:00Z".parse().unwrap();
    let looks = rules.precheck(&Application {
        dispute: &key(dispute),
        track,
        all_parties_joined: joined,
        filed_at: filed.parse().unwrap(),
        confirm_by: &rules.due(TermKey::Confirmation, Track::People, effect),
        clauses,
    });
    assert_eq!(looks.len(), rules.conditions().count());
    looks
        .iter()
        .filter(|look| matches!(look.seen, Seen::Suspected { .. }))
        .map(|look| look.condition.key.clone())
        .collect()
}

#[test]
fn the_platform_points_at_status_title_and_unfit_tracks() {
    let people = |dispute| suspected(dispute, Track::People, true, NOW, &[CLEAR]);
    assert!(people("noise").is_empty());
    assert_eq!(people("divorce"), ["identity-relation"]);
    assert_eq!(
        suspected("land-title", Track::Administrative, true, NOW, &[CLEAR]),
        ["title", "no-organisation"]
    );
}

#[test]
fn an_application_must_be_joint_and_in_time() {
    let filed = |joined, at| suspected("noise", Track::People, joined, at, &[CLEAR]);
    assert_eq!(filed(false, "2026-12-23T00:00:00Z"), ["not-joint", "late"]);
    assert!(filed(true, "2026-12-22T15:59:59Z").is_empty());
}

#[test]
fn a_clause_without_act_sum_or_day_is_unclear() {
    let amount = ClauseFacts {
        amount: None,
        ..CLEAR
    };
    let deadline = ClauseFacts {
        deadline: None,
        ..CLEAR
    };
    let act = ClauseFacts { act: " ", ..CLEAR };
    for unclear in [amount, deadline, act] {
        assert_eq!(
            suspected("noise", Track::People, true, NOW, &[CLEAR, unclear]),
            ["unclear"]
        );
    }
    let quiet = ClauseFacts {
        act: "晚上十点后不弹琴",
        amount: None,
        ..CLEAR
    };
    assert!(suspected("noise", Track::People, true, NOW, &[quiet]).is_empty());
}
