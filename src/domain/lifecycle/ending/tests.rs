//! What goes with a case that leaves for arbitration or court.

use super::super::super::fixture::{CLAUSE, MEDIATOR, Quarrel, Refused, actor, rules};
use super::*;

/// The agreement of two neighbours, not kept and taken to court.
fn sued(rules: &super::super::super::rules::Rules) -> Quarrel<'_> {
    let mut quarrel = Quarrel::new(rules).settled();
    quarrel.wait(11);
    quarrel.act("claimant", Action::ReportBreach);
    quarrel.act("claimant", Action::HandOver { to: Way::Court });
    quarrel
}

#[test]
fn an_agreement_that_was_not_kept_goes_with_the_case_to_court() {
    let rules = rules();
    let settled = Quarrel::new(&rules).settled();
    let agreed = &settled.case.stage.settlement().unwrap().agreement;
    let quarrel = sued(&rules);
    assert_eq!(quarrel.case.stage.name(), "litigate");
    let kept = quarrel.case.stage.settlement().unwrap();
    assert_eq!(&kept.agreement, agreed, "with every signature and consent");
    assert_eq!(quarrel.case.stage.mediator(), Some(MEDIATOR));
    assert!(quarrel.case.may_see(&actor("mediator")));
    assert!(quarrel.case.to_verify().is_none(), "nobody is sent to look");
    let late = Action::AcknowledgePerformance { clause: CLAUSE };
    let refused = quarrel.refuses("claimant", late);
    assert_eq!(refused, Refused::OutOfOrder(OutOfOrder::WrongState));
}

#[test]
fn a_case_that_went_to_court_before_is_read_without_its_agreement() {
    let rules = rules();
    let mut old = serde_json::to_value(&sued(&rules).case.stage).unwrap();
    let handed_over = old["handed_over"].as_object_mut().unwrap();
    assert!(handed_over.remove("settled").is_some());
    let read: Stage = serde_json::from_value(old).unwrap();
    assert!(read.settlement().is_none() && read.mediator().is_none());
}
