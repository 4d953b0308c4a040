use super::super::action::Action;
use super::super::agreement::{Draft, Matter};
use super::super::fixture::{CLAUSE, Quarrel, Refused, actor, rules};
use super::super::lifecycle::OutOfOrder;
use super::super::paper::PaperKind;
use super::super::permission::permit;
use super::*;

fn draft<'a>(quarrel: &'a Quarrel<'_>) -> &'a Draft {
    &quarrel.case.stage.work().unwrap().draft
}

/// Every text of the board, said in English or whatever else.
fn all(quarrel: &Quarrel<'_>, tongue: Tongue) -> Vec<Rendered> {
    let texts = draft(quarrel).texts().into_iter();
    let rendered = |(place, of): (Place, &str)| Rendered {
        tongue,
        place,
        of: of.to_owned(),
        text: format!("{} of {of}", tongue.tag()),
    };
    texts.map(rendered).collect()
}

fn prepare(quarrel: &Quarrel<'_>) -> Action {
    Action::PrepareSigning {
        number: "1".to_owned(),
        paper: quarrel.paper(PaperKind::Agreement, "base"),
        order: None,
    }
}

fn choose(tongue: Option<Tongue>) -> Action {
    Action::ChooseLanguage { tongue }
}

fn refused(why: OutOfOrder) -> Refused {
    Refused::OutOfOrder(why)
}

fn in_english(rules: &super::super::rules::Rules) -> Quarrel<'_> {
    let mut quarrel = Quarrel::new(rules).agreed();
    let matter = Matter {
        facts: "夜里拖椅子".to_owned(),
        ..Matter::default()
    };
    quarrel.act("mediator", Action::WriteFacts { matter });
    quarrel.act("mediator", choose(Some(Tongue::En)));
    quarrel
}

#[test]
fn what_is_signed_in_two_languages_has_every_text_in_both() {
    let rules = rules();
    let mut quarrel = in_english(&rules);
    let missing = draft(&quarrel).untranslated(&quarrel.case.party_ids());
    assert_eq!(missing.len(), 4, "facts, act, proof, default: {missing:?}");
    let early = quarrel.refuses("mediator", prepare(&quarrel));
    assert_eq!(early, refused(OutOfOrder::TranslationMissing));
    let mut texts = all(&quarrel, Tongue::En);
    let last = texts.split_off(3);
    quarrel.act("mediator", Action::Translate { texts });
    let early = quarrel.refuses("mediator", prepare(&quarrel));
    assert_eq!(early, refused(OutOfOrder::TranslationMissing));
    quarrel.act("mediator", Action::Translate { texts: last });
    quarrel.act("mediator", prepare(&quarrel));
    let agreement = quarrel.case.stage.signing().unwrap();
    let translated = agreement.translated.as_ref().unwrap();
    assert_eq!(translated.tongue, Tongue::En);
    assert_eq!(translated.matter.facts, "en of 夜里拖椅子");
    assert_eq!(translated.matter.disputed, "");
    let act = &agreement.clauses[0].terms.act;
    assert_eq!(translated.clauses[0].act, format!("en of {act}"));
    assert_eq!(translated.clauses.len(), agreement.clauses.len());
}

#[test]
fn a_translation_of_words_that_were_changed_goes_on_no_paper_and_is_not_lost() {
    let rules = rules();
    let mut quarrel = in_english(&rules);
    let texts = all(&quarrel, Tongue::En);
    quarrel.act("mediator", Action::Translate { texts });
    let mut terms = draft(&quarrel).clauses[0].terms.clone();
    terms.act = "别的事".to_owned();
    let clause = CLAUSE;
    quarrel.act("mediator", Action::ChangeClause { clause, terms });
    for name in ["claimant", "respondent"] {
        let revision = draft(&quarrel).revision;
        quarrel.act(name, Action::AgreeClause { clause, revision });
    }
    let place = Place::Act { clause };
    let parties = quarrel.case.party_ids();
    assert_eq!(draft(&quarrel).untranslated(&parties), [place]);
    assert!(draft(&quarrel).translated(&parties).is_none());
    let stale = quarrel.refuses("mediator", prepare(&quarrel));
    assert_eq!(stale, refused(OutOfOrder::TranslationMissing));
    let kept = draft(&quarrel).rendered(place).unwrap();
    assert!(kept.text.starts_with("en of ") && kept.of != "别的事");
    // Whoever translated what stood there before says nothing of what stands there now.
    let late = Rendered {
        text: "read before the change".to_owned(),
        ..kept.clone()
    };
    quarrel.act("mediator", Action::Translate { texts: vec![late] });
    assert_eq!(draft(&quarrel).untranslated(&parties), [place]);
}

#[test]
fn other_words_in_the_second_language_void_the_assents_to_their_clause() {
    let rules = rules();
    let mut quarrel = in_english(&rules);
    let texts = all(&quarrel, Tongue::En);
    let (again, revision) = (texts.clone(), draft(&quarrel).revision);
    quarrel.act("mediator", Action::Translate { texts });
    let parties = quarrel.case.party_ids();
    assert!(draft(&quarrel).is_agreed_by(&parties));
    assert_eq!(draft(&quarrel).revision, revision + 1);
    quarrel.act("mediator", Action::Translate { texts: again });
    assert_eq!(draft(&quarrel).revision, revision + 1, "nothing is new");
    let mut other = all(&quarrel, Tongue::En);
    other.retain(|it| matches!(it.place, Place::Proof { .. }));
    "a photograph".clone_into(&mut other[0].text);
    quarrel.act("mediator", Action::Translate { texts: other });
    assert!(draft(&quarrel).clauses[0].agreed.is_empty());
    let unagreed = quarrel.refuses("mediator", prepare(&quarrel));
    assert_eq!(unagreed, refused(OutOfOrder::NotAgreed));
}

#[test]
fn another_choice_of_language_loses_nothing_and_no_choice_asks_for_nothing() {
    let rules = rules();
    let mut quarrel = in_english(&rules);
    let texts = all(&quarrel, Tongue::En);
    quarrel.act("mediator", Action::Translate { texts });
    quarrel.act("mediator", choose(Some(Tongue::Ru)));
    let parties = quarrel.case.party_ids();
    assert_eq!(draft(&quarrel).untranslated(&parties).len(), 4);
    let texts = all(&quarrel, Tongue::En);
    let wrong = quarrel.refuses("mediator", Action::Translate { texts });
    assert_eq!(wrong, refused(OutOfOrder::Unknown));
    quarrel.act("mediator", choose(Some(Tongue::En)));
    assert!(draft(&quarrel).untranslated(&parties).is_empty());
    quarrel.act("mediator", choose(None));
    let none = quarrel.refuses("mediator", Action::Translate { texts: Vec::new() });
    assert_eq!(none, refused(OutOfOrder::WrongState));
    quarrel.act("mediator", prepare(&quarrel));
    assert_eq!(quarrel.case.stage.signing().unwrap().translated, None);
}

#[test]
fn whoever_leads_and_the_interpreter_translate_and_no_party_does() {
    let rules = rules();
    let quarrel = in_english(&rules);
    let texts = all(&quarrel, Tongue::En);
    let translate = || Action::Translate {
        texts: texts.clone(),
    };
    assert!(permit(&actor("mediator"), &quarrel.case, translate()).is_ok());
    for name in ["claimant", "respondent", "head", "dispatcher"] {
        assert!(
            permit(&actor(name), &quarrel.case, translate()).is_err(),
            "{name}"
        );
    }
}

#[test]
fn a_draft_from_before_is_in_chinese_alone() {
    let rules = rules();
    let quarrel = Quarrel::new(&rules).agreed();
    let body = serde_json::to_value(draft(&quarrel)).unwrap();
    assert!(body.get("translation").is_none());
    let loaded: Draft = serde_json::from_value(body).unwrap();
    assert_eq!(loaded.translation, Translation::default());
    assert!(loaded.untranslated(&quarrel.case.party_ids()).is_empty());
    let place = Place::Act { clause: CLAUSE };
    let written = serde_json::to_value(Rendered {
        tongue: Tongue::Vi,
        place,
        of: "道歉".to_owned(),
        text: "xin lỗi".to_owned(),
    });
    let read: Rendered = serde_json::from_value(written.unwrap()).unwrap();
    assert_eq!((read.place, read.tongue), (place, Tongue::Vi));
}
