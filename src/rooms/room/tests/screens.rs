//! The screen of a room: one participant, who sits before it, and when it is no place for a private talk.

use super::*;

/// The mediator, a party with a phone, and the screen, all admitted.
fn with_screen(seated: &[SeatKind]) -> (Stage, [Link; 3]) {
    let mut stage = Stage::new();
    stage.seated = seated.to_vec();
    let links = [stage.join(0), stage.join(1), stage.join(SCREEN)];
    for n in [1, SCREEN] {
        stage.ask(links[0], Request::Admit { person: person(n) });
    }
    (stage, links)
}

#[test]
fn a_screen_moves_whole_into_a_private_talk_and_all_read_who_sits_before_it() {
    let (mut stage, [mediator, party, screen]) = with_screen(&[SeatKind::Respondent]);
    let shown = stage
        .scene(party)
        .people
        .iter()
        .find(|it| it.person == person(SCREEN));
    assert_eq!(shown.unwrap().seat.seated[0].kind, SeatKind::Respondent);
    stage.ask(mediator, alone_with(SCREEN));
    assert_eq!(stage.hearers(0), people(&[SCREEN]));
    assert_eq!(stage.hearers(SCREEN), people(&[0]));
    assert_eq!(stage.hearers(1), people(&[]));
    assert_eq!(stage.scene(screen).place, PlaceShown::Caucus);
    assert_eq!(stage.scene(party).place, PlaceShown::Joint);
}

#[test]
fn no_private_talk_before_a_screen_with_both_sides_or_with_nobody_known() {
    for seated in [&[SeatKind::Applicant, SeatKind::Respondent][..], &[]] {
        let (mut stage, [mediator, _, screen]) = with_screen(seated);
        stage.ask(mediator, alone_with(SCREEN));
        let person = person(SCREEN);
        let refused = Message::NotAlone { person };
        assert!(
            stage.pages[&mediator].others.contains(&refused),
            "{seated:?}"
        );
        assert_eq!(stage.hearers(0), people(&[1, SCREEN]), "nobody was moved");
        assert!(!stage.pages[&screen].closed);
        stage.ask(mediator, alone_with(1));
        assert_eq!(stage.hearers(0), people(&[1]), "the screen stays behind");
        assert_eq!(stage.hearers(1), people(&[0]));
    }
}

#[test]
fn whoever_came_with_the_other_side_or_with_neither_makes_a_screen_no_place_for_a_private_talk() {
    let (mut stage, [mediator, ..]) = with_screen(&[SeatKind::Applicant]);
    for kind in [SeatKind::Kin, SeatKind::Interpreter] {
        for with in [Some(SeatKind::Respondent), None] {
            stage.with = with;
            stage.sit(&[SeatKind::Applicant, kind]);
            stage.ask(mediator, alone_with(SCREEN));
            let place = stage.scene(mediator).place;
            assert_eq!(place, PlaceShown::Joint, "{kind:?} with {with:?}");
        }
        stage.with = Some(SeatKind::Applicant);
        stage.sit(&[SeatKind::Applicant, kind]);
        stage.ask(mediator, alone_with(SCREEN));
        assert_eq!(stage.scene(mediator).place, PlaceShown::Caucus, "{kind:?}");
        stage.ask(mediator, Request::Joint);
    }
}

#[test]
fn a_private_talk_ends_when_the_other_side_sits_down_before_the_screen() {
    let (mut stage, [mediator, ..]) = with_screen(&[SeatKind::Applicant]);
    stage.ask(mediator, alone_with(SCREEN));
    stage.prompt = false;
    stage.sit(&[SeatKind::Applicant, SeatKind::Respondent]);
    assert_eq!(stage.scene(mediator).place, PlaceShown::Joint);
    assert!(matches!(
        stage.reports.last(),
        Some(What::CaucusClosed { .. })
    ));
    assert_eq!(
        stage.hearers(1),
        people(&[]),
        "not before all were shown who hears"
    );
}

#[test]
fn who_sits_down_before_the_screen_speaks_by_it_alone() {
    let (mut stage, [_, party, _]) = with_screen(&[]);
    stage.welcome.remove(&person(1));
    let (person, seat) = (person(1), None);
    stage.input(Input::Reseated { person, seat });
    assert!(stage.pages[&party].closed);
    assert_eq!(stage.hearers(0), people(&[SCREEN]));
}
