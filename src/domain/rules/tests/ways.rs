//! Which ways lie open.

use super::*;
use crate::domain::rules::ways::WayKind;

#[test]
fn each_type_shows_three_ways_and_says_why_one_is_barred() {
    let rules = rules();
    for dispute in rules.disputes() {
        let ways = rules.ways(&dispute.key);
        assert_eq!(
            ways.iter().map(|card| card.way).collect::<Vec<_>>(),
            Way::ALL,
            "{}",
            dispute.key
        );
        assert!(ways.iter().all(|card| !card.basis.is_empty()));
        assert!(rules.is_open(&dispute.key, Way::Mediation));
    }
    assert!(
        Way::ALL
            .into_iter()
            .all(|way| rules.is_open(&key("noise"), way))
    );
    // 仲裁法 3: marriage and inheritance cannot be arbitrated.
    assert!(!rules.is_open(&key("divorce"), Way::Arbitration));
    assert!(!rules.is_open(&key("inheritance"), Way::Arbitration));
    // 劳动争议调解仲裁法 5: arbitration comes before the suit.
    assert!(!rules.is_open(&key("wages"), Way::Court));
    // 农村土地承包经营纠纷调解仲裁法 4: both lie open.
    assert!(
        rules.is_open(&key("contracted-land"), Way::Arbitration)
            && rules.is_open(&key("contracted-land"), Way::Court)
    );
    // 土地管理法 14: the government decides first.
    assert_eq!(
        rules.ways(&key("land-title"))[2].kind,
        WayKind::CourtAfterGovernment
    );
    assert!(!rules.is_open(&key("no-such-type"), Way::Mediation));
}
