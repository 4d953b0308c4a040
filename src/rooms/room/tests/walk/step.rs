//! What happens in a random walk.

use proptest::prelude::*;

use crate::rooms::signaling::{Addressee, SeatKind};

/// One thing that happens in a random walk.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Join(u8),
    Leave(u8),
    Break(u8),
    Admit(u8),
    Remove(u8),
    /// With whom, and whether those left may talk meanwhile.
    Caucus(Vec<u8>, bool),
    LeftMayTalk(bool),
    Joint,
    Mute(u8),
    Unmute(u8),
    Acknowledge(u8),
    Refuse(u8),
    Wait(u8),
    Restart(u8),
    Sit(Vec<SeatKind>),
    /// A line, for all or for the mediators.
    Say(u8, Addressee),
    Resume(u8),
    /// With whose consent; none stops it.
    Record(Option<Vec<u8>>),
    /// A file of this number is shown; file 3 is for the mediator and person 1 alone.
    Show(u8, u8),
    Share(u8, bool),
    Point(u8),
    Turn(u8, u8),
    Allow(u8, bool),
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let who = 0..6_u8;
    prop_oneof![
        4 => who.clone().prop_map(Step::Join),
        1 => who.clone().prop_map(Step::Leave),
        1 => who.clone().prop_map(Step::Break),
        4 => who.clone().prop_map(Step::Admit),
        1 => who.clone().prop_map(Step::Remove),
        4 => (prop::collection::vec(1..6_u8, 1..4), any::<bool>())
            .prop_map(|(ns, talk)| Step::Caucus(ns, talk)),
        1 => any::<bool>().prop_map(Step::LeftMayTalk),
        3 => Just(Step::Joint),
        1 => who.clone().prop_map(Step::Mute),
        1 => who.clone().prop_map(Step::Unmute),
        8 => who.clone().prop_map(Step::Acknowledge),
        1 => who.clone().prop_map(Step::Refuse),
        1 => (1..70_u8).prop_map(Step::Wait),
        1 => who.prop_map(Step::Restart),
        3 => prop::collection::vec(side(), 0..3).prop_map(Step::Sit),
        4 => (0..6_u8, addressee()).prop_map(|(n, to)| Step::Say(n, to)),
        2 => (0..6_u8).prop_map(Step::Resume),
        4 => prop::option::weighted(0.9, prop::sample::subsequence((0..6_u8).collect::<Vec<_>>(), 3..=6))
            .prop_map(Step::Record),
        4 => (0..6_u8, 0..4_u8).prop_map(|(n, file)| Step::Show(n, file)),
        2 => (0..6_u8, any::<bool>()).prop_map(|(n, on)| Step::Share(n, on)),
        2 => (0..6_u8).prop_map(Step::Point),
        1 => (0..6_u8, 1..4_u8).prop_map(|(n, page)| Step::Turn(n, page)),
        3 => (1..6_u8, any::<bool>()).prop_map(|(n, on)| Step::Allow(n, on)),
    ]
}

fn addressee() -> impl Strategy<Value = Addressee> {
    prop_oneof![Just(Addressee::Everybody), Just(Addressee::Mediators)]
}

fn side() -> impl Strategy<Value = SeatKind> {
    prop_oneof![Just(SeatKind::Applicant), Just(SeatKind::Respondent)]
}
