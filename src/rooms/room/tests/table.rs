//! What lies on the table of a conversation: who lays it there, who sees it, and when it goes.

use super::*;
use crate::rooms::signaling::table::{
    Showing, Shown, Spot, TableMessage, TableRequest, WhyNotShown,
};

const PHOTO: EvidenceId = EvidenceId(uuid::Uuid::from_u128(0x70));

fn show() -> Request {
    Request::Table(TableRequest::Show { evidence: PHOTO })
}

fn share(on: bool) -> Request {
    Request::Table(TableRequest::Share { on })
}

fn allow(n: u8, on: bool) -> Request {
    let person = person(n);
    Request::Table(TableRequest::Allow { person, on })
}

const fn point(number: u32, at: Option<Spot>) -> Request {
    Request::Table(TableRequest::Point { number, at })
}

const SPOT: Spot = Spot { x: 10, y: 9_990 };

impl Stage {
    fn table(&self, link: Link) -> Option<&Showing> {
        self.scene(link).table.as_ref()
    }

    /// Which of these see something lying there.
    fn see(&self, links: &[Link]) -> Vec<bool> {
        links
            .iter()
            .map(|link| self.table(*link).is_some())
            .collect()
    }

    fn last_refusal(&self, link: Link) -> Option<(WhyNotShown, Vec<PersonId>)> {
        let mut told = self.pages[&link].others.iter().rev();
        told.find_map(|message| match message {
            Message::Table(TableMessage::NotShown { why, people }) => Some((*why, people.clone())),
            _ => None,
        })
    }

    fn pointed(&self, link: Link) -> Vec<(u32, Option<Spot>)> {
        let told = self.pages[&link].others.iter();
        told.filter_map(|message| match message {
            Message::Table(TableMessage::Pointing { number, at, .. }) => Some((*number, *at)),
            _ => None,
        })
        .collect()
    }
}

#[test]
fn a_file_is_seen_by_all_who_sit_there_and_goes_with_whoever_shows_it() {
    let (mut stage, links) = Stage::three();
    stage.ask(links[0], show());
    assert_eq!(stage.see(&links), [true, true, true]);
    let showing = stage.table(links[2]).unwrap();
    assert_eq!(showing.by, person(0));
    assert_eq!(
        showing.shown,
        Shown::File {
            evidence: PHOTO,
            page: 1,
            plays: false,
            at_ms: 0
        }
    );

    stage.ask(links[0], alone_with(1));
    assert_eq!(stage.see(&links), [false, false, false]);
    stage.ask(links[0], show());
    assert_eq!(stage.see(&links), [true, true, false]);
    let hint = PHOTO.to_string();
    let told = format!("{:?}", stage.pages[&links[2]].scenes.last());
    assert!(
        !told.contains(&hint),
        "the one left out is told nothing of it"
    );
    stage.ask(links[0], Request::Joint);
    assert_eq!(stage.see(&links), [false, false, false]);
}

#[test]
fn what_one_of_them_may_not_see_is_shown_to_nobody() {
    let (mut stage, links) = Stage::three();
    stage.hidden.insert(PHOTO, people(&[2]));
    stage.ask(links[0], show());
    assert_eq!(stage.see(&links), [false, false, false]);
    let refused = (WhyNotShown::NotForAll, vec![person(2)]);
    assert_eq!(stage.last_refusal(links[0]), Some(refused));
    assert_eq!(stage.last_refusal(links[2]), None);
    assert!(
        !stage.pages[&links[2]].closed,
        "they lose nothing else by it"
    );

    stage.ask(links[0], alone_with(1));
    stage.ask(links[0], show());
    assert_eq!(stage.see(&links), [true, true, false]);
}

#[test]
fn whoever_comes_sees_it_once_the_platform_lets_them_and_otherwise_it_goes() {
    for may in [true, false] {
        let (mut stage, links) = Stage::three();
        stage.ask(links[0], show());
        let late = stage.join(3);
        if !may {
            stage.hidden.insert(PHOTO, people(&[3]));
        }
        stage.ask(links[0], Request::Admit { person: person(3) });
        let all = [links[0], links[1], links[2], late];
        assert_eq!(stage.see(&all), [may; 4]);
        assert!(
            stage.pages[&late]
                .scenes
                .iter()
                .all(|scene| may || scene.table.is_none())
        );
        assert_eq!(stage.last_refusal(links[0]).is_some(), !may);
    }
}

#[test]
fn a_file_that_is_taken_back_goes_from_the_table() {
    let (mut stage, links) = Stage::three();
    stage.ask(links[0], show());
    stage.input(Input::Recheck);
    assert_eq!(stage.see(&links), [true, true, true]);
    stage.hidden.insert(PHOTO, people(&[1, 2]));
    stage.input(Input::Recheck);
    assert_eq!(stage.see(&links), [false, false, false]);
}

#[test]
fn a_party_shows_things_while_the_mediator_lets_them() {
    let (mut stage, links) = Stage::three();
    stage.ask(links[1], show());
    assert_eq!(
        stage.last_refusal(links[1]),
        Some((WhyNotShown::NotAllowed, vec![]))
    );
    stage.ask(links[1], allow(1, true));
    stage.ask(links[2], allow(1, true));
    stage.ask(links[1], show());
    assert_eq!(
        stage.see(&links),
        [false, false, false],
        "nobody allows it to themselves"
    );

    stage.ask(links[0], allow(1, true));
    stage.ask(links[1], show());
    assert_eq!(stage.table(links[2]).unwrap().by, person(1));
    stage.ask(links[2], Request::Table(TableRequest::Clear));
    assert_eq!(stage.see(&links), [true, true, true]);
    stage.ask(links[0], allow(2, true));
    stage.ask(links[2], show());
    assert_eq!(
        stage.last_refusal(links[2]),
        Some((WhyNotShown::Taken, vec![]))
    );
    stage.ask(links[0], allow(1, false));
    assert_eq!(stage.see(&links), [false, false, false]);

    stage.ask(links[0], allow(1, true));
    stage.ask(links[0], alone_with(1));
    stage.ask(links[1], show());
    assert_eq!(
        stage.see(&links),
        [false, false, false],
        "leave to show ends with the talk"
    );
}

#[test]
fn a_clip_plays_on_for_whoever_comes_late_and_only_its_shower_turns_the_page() {
    let (mut stage, links) = Stage::three();
    stage.ask(links[0], show());
    let plays = TableRequest::Play {
        plays: true,
        at_ms: 2_000,
    };
    stage.ask(links[0], Request::Table(plays));
    stage.ask(links[1], Request::Table(TableRequest::Turn { page: 4 }));
    stage.now += Duration::from_secs(3);
    stage.ask(links[2], Request::Hand { up: true });
    let expected = Shown::File {
        evidence: PHOTO,
        page: 1,
        plays: true,
        at_ms: 5_000,
    };
    assert_eq!(stage.table(links[1]).unwrap().shown, expected);
    stage.ask(links[0], Request::Table(TableRequest::Turn { page: 4 }));
    let Shown::File { page, .. } = stage.table(links[1]).unwrap().shown else {
        panic!("a file lies there");
    };
    assert_eq!(page, 4);
}

#[test]
fn a_pointer_moves_fifteen_times_a_second_on_what_is_shown_and_nowhere_else() {
    let (mut stage, links) = Stage::three();
    stage.ask(links[0], show());
    let number = stage.table(links[0]).unwrap().number;
    for _ in 0..200 {
        stage.ask(links[0], point(number, Some(SPOT)));
        stage.now += Duration::from_millis(5);
    }
    let seen = stage.pointed(links[1]).len();
    assert!((14..=16).contains(&seen), "{seen} in a second");
    assert_eq!(stage.pointed(links[0]), [], "whoever points sees their own");
    stage.ask(links[0], point(number, None));
    assert_eq!(stage.pointed(links[1]).last(), Some(&(number, None)));

    let before = stage.pointed(links[1]).len();
    stage.now += Duration::from_secs(1);
    stage.ask(links[1], point(number, Some(SPOT)));
    stage.ask(links[0], point(number + 1, Some(SPOT)));
    let outside = Spot { x: 10_001, y: 0 };
    stage.ask(links[0], point(number, Some(outside)));
    stage.ask(links[0], Request::Table(TableRequest::Turn { page: 2 }));
    stage.ask(links[0], point(number, Some(SPOT)));
    for link in links {
        let late = stage.pointed(link).len();
        assert!(late <= before, "not let, of another page, or beside it");
    }
}

#[test]
fn a_screen_is_shown_until_its_sharer_moves_stops_loses_leave_or_loads_the_page_again() {
    for way in 0..5 {
        let (mut stage, links) = Stage::three();
        stage.ask(links[0], allow(1, true));
        stage.ask(links[1], share(true));
        assert_eq!(stage.table(links[2]).unwrap().shown, Shown::Screen);
        assert_eq!(stage.takers(1, Kind::Video), people(&[0, 2]));
        let mut sharer = links[1];
        match way {
            0 => stage.ask(links[1], share(false)),
            1 => stage.ask(links[0], allow(1, false)),
            2 => stage.ask(links[0], alone_with(1)),
            3 => stage.ask(links[0], show()),
            _ => {
                // The camera that `join` turns on is the page's own word.
                sharer = stage.join(1);
                stage.ask(sharer, Request::Camera { on: false });
            }
        }
        assert_ne!(
            stage.table(links[2]).map(|it| it.shown.clone()),
            Some(Shown::Screen),
            "{way}"
        );
        stage.now += Duration::from_secs(1);
        assert_eq!(stage.takers(1, Kind::Video), people(&[]), "{way}");
        if way < 4 {
            let heard = if way == 2 { &[0][..] } else { &[0, 2] };
            stage.ask(sharer, Request::Camera { on: true });
            assert_eq!(stage.takers(1, Kind::Video), people(heard), "{way}");
        }
    }
}

#[test]
fn those_who_wait_in_silence_show_each_other_nothing() {
    let (mut stage, links) = Stage::three();
    let fourth = stage.join(3);
    stage.ask(links[0], Request::Admit { person: person(3) });
    stage.ask(links[0], allow(1, true));
    stage.ask(links[1], show());
    stage.ask(links[0], alone_with(2));
    let left = [links[1], fourth];
    assert_eq!(stage.see(&left), [false, false]);
    stage.ask(links[1], show());
    assert_eq!(stage.see(&left), [false, false]);
    stage.ask(links[0], Request::LeftMayTalk { on: true });
    stage.ask(links[1], show());
    assert_eq!(stage.see(&left), [true, true]);
    assert_eq!(stage.see(&[links[0], links[2]]), [false, false]);
}

#[test]
fn one_thing_lies_there_at_a_time_and_a_mediators_gives_way_to_no_party() {
    let (mut stage, links) = Stage::three();
    stage.ask(links[0], share(true));
    stage.ask(links[0], allow(1, true));
    stage.ask(links[1], share(true));
    assert_eq!(
        stage.last_refusal(links[1]),
        Some((WhyNotShown::Taken, vec![]))
    );
    assert_eq!(stage.table(links[2]).unwrap().by, person(0));
    stage.ask(links[0], Request::Table(TableRequest::Clear));
    stage.ask(links[1], share(true));
    assert_eq!(stage.table(links[2]).unwrap().by, person(1));
    stage.ask(links[0], Request::Table(TableRequest::Clear));
    assert_eq!(stage.see(&links), [false, false, false]);
}

#[test]
fn whoever_comes_back_in_another_seat_has_nothing_lying_there() {
    let (mut stage, links) = Stage::three();
    stage.ask(links[0], show());
    assert_eq!(stage.see(&links[1..]), [true, true]);
    let no_longer_leads = SeatKind::Respondent;
    stage.welcome.insert(person(0), no_longer_leads);
    stage.join(0);
    assert_eq!(stage.see(&links[1..]), [false, false]);
}
