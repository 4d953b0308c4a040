//! Lines for the mediators alone.

use super::*;

/// Writes a line for the mediators.
fn confides(stage: &mut Stage, link: Link, text: &str) {
    let epoch = stage.scene(link).epoch;
    let (to, text) = (Addressee::Mediators, text.to_owned());
    stage.ask(link, Request::Say { epoch, to, text });
}

fn lines(stage: &Stage, link: Link) -> Vec<(&str, Addressee)> {
    let others = stage.pages[&link].others.iter();
    let said = others.filter_map(|message| match message {
        Message::Said { text, to, .. } => Some((text.as_str(), *to)),
        _ => None,
    });
    said.collect()
}

#[test]
fn a_line_for_the_mediator_is_read_by_nobody_else_now_or_later() {
    let (mut stage, [mediator, first, second]) = Stage::three();
    let before = stage.pages[&second].seen;
    confides(&mut stage, first, "my limit is 500");
    let line = [("my limit is 500", Addressee::Mediators)];
    for link in [mediator, first] {
        assert_eq!(lines(&stage, link), line);
    }
    assert_eq!(lines(&stage, second), []);
    let resume = Resume {
        id: stage.pages[&second].resume.clone(),
        seen: 0,
    };
    let again = stage.join_with(2, Some(resume));
    assert!(stage.pages[&again].seen >= before, "all was replayed");
    assert_eq!(lines(&stage, again), []);
}

#[test]
fn a_line_for_the_mediator_comes_back_where_no_mediator_sits() {
    let (mut stage, [mediator, first, second]) = Stage::three();
    stage.ask(mediator, alone_with(1));
    confides(&mut stage, second, "is she there?");
    let back = Message::NotSaid {
        to: Addressee::Mediators,
        text: "is she there?".to_owned(),
        why: WhyNot::NoMediator,
    };
    assert!(stage.pages[&second].others.contains(&back));
    for link in [mediator, first, second] {
        assert_eq!(lines(&stage, link), []);
    }
}

#[test]
fn every_mediator_who_sits_there_reads_it() {
    let (mut stage, [mediator, first, second]) = Stage::three();
    stage.welcome.insert(person(3), SeatKind::Mediator);
    let other = stage.join(3);
    confides(&mut stage, first, "to both of you");
    assert_eq!(
        [mediator, other].map(|link| lines(&stage, link).len()),
        [1, 1]
    );
    assert_eq!(lines(&stage, second), []);
}
