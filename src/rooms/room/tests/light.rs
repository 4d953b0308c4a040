//! Whom the mediator puts into the light.

use super::*;

#[test]
fn who_is_put_into_the_light_is_shown_large_to_those_who_sit_with_them() {
    let (mut stage, [mediator, first, second]) = Stage::three();
    let shine = |on: Option<u8>| Request::Spotlight {
        person: on.map(person),
    };
    let seen = |stage: &Stage| [mediator, first, second].map(|it| stage.scene(it).spotlight);
    stage.ask(first, shine(Some(1)));
    assert_eq!(seen(&stage), [None; 3], "only a mediator does it");
    stage.ask(mediator, shine(Some(1)));
    assert_eq!(seen(&stage), [Some(person(1)); 3]);
    stage.ask(mediator, alone_with(1));
    assert_eq!(seen(&stage), [Some(person(1)), Some(person(1)), None]);
    stage.ask(mediator, Request::Joint);
    stage.ask(mediator, shine(Some(9)));
    assert_eq!(seen(&stage), [None; 3], "nobody of that name is here");
    stage.ask(mediator, shine(Some(2)));
    stage.ask(second, Request::Leave);
    assert_eq!(stage.scene(mediator).spotlight, None);
    stage.ask(mediator, shine(None));
    let again = stage.join(2);
    assert_eq!(stage.scene(again).spotlight, None);
}
