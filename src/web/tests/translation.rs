//! An agreement in two languages, from the choice on the board to the signed paper.

use super::matter::Matter;
use super::*;
use crate::documents::verify;
use crate::domain::action::Action;
use crate::domain::fixture::{CLAUSE, Quarrel};
use crate::domain::paper::PaperKind;
use crate::domain::translation::Place;

on_each!(
    two_languages_are_chosen_translated_read_and_signed,
    a_translation_of_other_words_stays_marked_until_somebody_looks_at_it,
);

const ENGLISH: [(&str, &str); 3] = [
    ("act", "pays for the new ceiling"),
    ("proof", "a transfer record"),
    ("default", "ten yuan for each day"),
];

async fn agreed(house: &House) -> Matter<'_> {
    let rules = rules();
    let mut quarrel = Quarrel::new(&rules).agreed();
    for (seat, mark) in quarrel.case.parties.iter_mut().zip(["aa", "bb"]) {
        mark.clone_into(&mut seat.identity.as_mut().unwrap().fingerprint);
    }
    Matter::begin(house, quarrel.case).await
}

/// The value of a hidden field.
fn hidden<'a>(page: &'a str, name: &str) -> &'a str {
    let begin = format!("name=\"{name}\" value=\"");
    let rest = page.split(&begin).nth(1).expect(name);
    rest.split('"').next().unwrap()
}

/// The fields of the translations named, with the words given, as a browser sends them.
fn typed(page: &str, texts: &[(&str, &str)]) -> Vec<(String, String)> {
    let fields = texts.iter().flat_map(|(kind, text)| {
        let name = format!("{kind}-{CLAUSE}");
        let of = format!("of-{name}");
        let read = hidden(page, &of).to_owned();
        [(name, (*text).to_owned()), (of, read)]
    });
    fields.collect()
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

/// Both languages are read before anybody signs, and all sign one whole paper.
async fn read_and_signed(house: &House, matter: &mut Matter<'_>, mediator: &mut Visitor<'_>) {
    let board = matter.at("board");
    let mut respondent = matter.visitor("respondent").await;
    let sign = matter.at("sign");
    mediator.expect(&board, &[("act", "prepare")], &sign).await;
    let read = respondent.get(&sign).await.body;
    for said in [
        "以中文文本为准",
        "the Chinese text prevails",
        "Settlement Agreement",
        ENGLISH[0].1,
        ENGLISH[1].1,
        ENGLISH[2].1,
    ] {
        assert!(read.contains(said), "{said}: {read}");
    }
    matter.reload().await;
    let act = &matter.case.stage.signing().unwrap().clauses[0].terms.act;
    assert!(read.contains(act.as_str()), "{act}: {read}");
    matter.sign_all().await;
    let file = matter.file(PaperKind::Agreement).await;
    let roots = house.web.chancery.authority.roots().unwrap();
    let report = verify::run(&file, &roots);
    assert!(
        report.accepted && report.signatures.len() == 4,
        "{report:?}"
    );
    let paper = matter.paper(PaperKind::Agreement).id;
    let large = format!("{}?print=large", matter.at(&format!("papers/{paper}")));
    assert_eq!(respondent.get(&large).await.status, StatusCode::OK);
}

async fn two_languages_are_chosen_translated_read_and_signed(database: Database) {
    let house = house(database, false).await;
    let mut matter = agreed(&house).await;
    let (board, page) = (matter.at("board"), matter.at("translation"));
    let mut mediator = matter.visitor("mediator").await;
    let choose = [("act", "language"), ("tongue", "en")];
    mediator.expect(&board, &choose, &page).await;
    // Nothing is signed while a text has no translation, and each is named.
    let first = mediator.get(&board).await.body;
    assert!(first.contains("还要补齐译文") && first.contains("第 1 条：做什么"));
    assert!(!first.contains("value=\"prepare\""), "{first}");
    let early = mediator.fill(&board, &[("act", "prepare")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = mediator.get(&format!("{page}?missing=yes")).await.body;
    for (kind, _) in ENGLISH {
        let beside = format!("id=\"{kind}-{CLAUSE}-error\"");
        assert!(told.contains(&beside), "{kind}: {told}");
    }
    // What no paper can show is refused beside its field, and what was typed elsewhere stays.
    let mut texts = ENGLISH;
    texts[1].1 = "사진";
    let sent = typed(&told, &texts);
    let refused = mediator.fill(&page, &borrowed(&sent)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused
            .body
            .contains(&format!("id=\"proof-{CLAUSE}-error\""))
    );
    assert!(refused.body.contains("사진") && refused.body.contains(ENGLISH[2].1));
    // A part can be saved and is read by the parties on the board.
    let sent = typed(&told, &ENGLISH[..2]);
    mediator.expect(&page, &borrowed(&sent), &page).await;
    let mut respondent = matter.visitor("respondent").await;
    let shown = respondent.get(&board).await.body;
    assert!(
        shown.contains(ENGLISH[0].1) && shown.contains("lang=\"en\""),
        "{shown}"
    );
    let sent = typed(&told, &ENGLISH[2..]);
    mediator.expect(&page, &borrowed(&sent), &board).await;
    read_and_signed(&house, &mut matter, &mut mediator).await;
}

/// The mediator writes the clause anew, in Chinese.
async fn changed(matter: &Matter<'_>, mediator: &mut Visitor<'_>) {
    let board = matter.at("board");
    let (id, debtor) = (CLAUSE.to_string(), matter.case.parties[0].id.to_string());
    let change = [
        ("act", "clause"),
        ("clause", id.as_str()),
        ("debtor", debtor.as_str()),
        ("terms", "把天花板修好"),
        ("due", "2027-03-01"),
        ("proof", "照片"),
        ("on_default", "另付十元"),
    ];
    mediator.expect(&board, &change, &board).await;
}

async fn a_translation_of_other_words_stays_marked_until_somebody_looks_at_it(database: Database) {
    let house = house(database, false).await;
    let mut matter = agreed(&house).await;
    let (board, page) = (matter.at("board"), matter.at("translation"));
    let mut mediator = matter.visitor("mediator").await;
    let choose = [("act", "language"), ("tongue", "en")];
    mediator.expect(&board, &choose, &page).await;
    let before = mediator.get(&page).await.body;
    let sent = typed(&before, &ENGLISH);
    mediator.expect(&page, &borrowed(&sent), &board).await;
    changed(&matter, &mut mediator).await;
    let shown = mediator.get(&board).await.body;
    assert!(!shown.contains(ENGLISH[0].1), "no party reads it any more");
    let now = mediator.get(&page).await.body;
    assert!(
        now.contains("中文改过了") && now.contains(ENGLISH[0].1),
        "{now}"
    );
    // Saved as it stands it says nothing of the new Chinese, nor does what was read before the change.
    let sent = typed(&now, &ENGLISH);
    mediator.expect(&page, &borrowed(&sent), &page).await;
    let mut late = typed(&before, &ENGLISH);
    "mends the ceiling".clone_into(&mut late[0].1);
    mediator.expect(&page, &borrowed(&late), &page).await;
    matter.reload().await;
    let parties = matter.case.party_ids();
    let draft = &matter.case.stage.work().unwrap().draft;
    assert_eq!(draft.untranslated(&parties).len(), 3);
    let mut sent = typed(&now, &ENGLISH);
    "mends the ceiling".clone_into(&mut sent[0].1);
    for kind in ["proof", "default"] {
        sent.push((format!("fits-{kind}-{CLAUSE}"), "yes".to_owned()));
    }
    mediator.expect(&page, &borrowed(&sent), &page).await;
    matter.reload().await;
    let draft = &matter.case.stage.work().unwrap().draft;
    // The words of the act are those that were typed after the change, so they have to be looked at as well.
    assert_eq!(
        draft.untranslated(&parties),
        [Place::Act { clause: CLAUSE }]
    );
    sent.push((format!("fits-act-{CLAUSE}"), "yes".to_owned()));
    mediator.expect(&page, &borrowed(&sent), &board).await;
    let act = Place::Act { clause: CLAUSE };
    matter.reload().await;
    let draft = &matter.case.stage.work().unwrap().draft;
    assert_eq!(draft.rendered(act).unwrap().text, "mends the ceiling");
    let refused = mediator.fill(&board, &[("act", "prepare")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let (clause, revision) = (CLAUSE, draft.revision);
    for name in ["claimant", "respondent"] {
        matter
            .act(name, Action::AgreeClause { clause, revision })
            .await;
    }
    let sign = matter.at("sign");
    mediator.expect(&board, &[("act", "prepare")], &sign).await;
}
