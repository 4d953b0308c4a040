//! The board of clauses: the mediator writes, everybody reads, each party agrees clause by clause.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::Response;
use serde::{Deserialize, Serialize};

use super::case::doors::ON_THE_BOARD;
use super::library;
use super::terms::{ClauseShown, party_name};
use super::translation;
use crate::casework;
use crate::domain::action::ActionKind;
use crate::domain::agreement::{Clause, Draft, UndisputedFact};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, ClauseId, PartyId};
use crate::domain::offered::offered;
use crate::domain::party::Party;
use crate::domain::stage::{Mediate, Stage, Work};
use crate::domain::translation::{Place, Tongue};
use crate::i18n::Text;
use crate::paperwork::PaperworkError;
use crate::rooms::Topic;
use crate::web::see_other;
use crate::web::{Choice, Form, Path, Policy, Query, Routes, Viewer, Web, WebError};

mod read;
mod samples;

use read::{Wish, read};

/// In which names in braces stand for what the case says.
const FILLABLE: &[&str] = &["terms", "proof", "on_default"];

/// What the component `board_shown` shows, on the page and in the room.
#[derive(Clone, Debug, Serialize)]
pub struct Board {
    pub case: String,
    /// Where its forms go.
    pub action: String,
    /// `open`, `signing` or `closed`.
    pub state: &'static str,
    pub revision: u32,
    pub facts: String,
    pub disputed: String,
    pub responsibility: String,
    pub undisputed: Vec<FactShown>,
    pub clauses: Vec<BoardClause>,
    /// What stands above in the second language of the paper, where it has one.
    pub second: Option<SecondMatter>,
    /// Where texts are translated, and those that are not, while the reader may do so.
    pub translation: Option<ToTranslate>,
    /// The reader is the mediator, and the board is open.
    pub edits: bool,
    pub can_prepare: bool,
    /// Where identities are checked, while nothing else is missing.
    pub identity_first: Option<String>,
    /// The companies for which nobody signs yet, while nothing else is missing.
    pub agent_first: Vec<String>,
    pub can_reopen: bool,
    /// `declined` or `lapsed`, where the last signing came to nothing.
    pub unsigned: Option<&'static str>,
    /// Why somebody declined, for the mediator alone.
    pub reason: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct FactShown {
    pub text: String,
    /// In the second language; empty while it is not translated.
    pub second: String,
    pub assents: Vec<Assent>,
    pub mine_to_agree: bool,
    /// Something before it waits for the reader too; large text asks for one thing at a time.
    pub later: bool,
}

/// What the quarrel is about in the second language; what is not translated is empty.
#[derive(Clone, Debug, Serialize)]
pub struct SecondMatter {
    pub language: &'static str,
    pub facts: String,
    pub disputed: String,
    pub responsibility: String,
}

/// What is still to translate before anybody signs.
#[derive(Clone, Debug, Serialize)]
pub struct ToTranslate {
    pub href: String,
    pub missing: Vec<Text>,
    /// Everything else is agreed.
    pub last: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct BoardClause {
    #[serde(flatten)]
    pub clause: ClauseShown,
    pub assents: Vec<Assent>,
    pub mine_to_agree: bool,
    /// As for facts.
    pub later: bool,
}

/// Whether a party has agreed.
#[derive(Clone, Debug, Serialize)]
pub struct Assent {
    pub name: String,
    pub agreed: bool,
}

#[derive(Serialize)]
pub struct BoardPage {
    pub number: String,
    pub board: Board,
    pub parties: Vec<Choice>,
    /// In which the paper could speak beside Chinese.
    pub languages: Vec<Choice>,
    /// The clause in the form is one of the board.
    pub editing: bool,
    pub form: Form,
}

/// The board alone, for the page of the room.
#[derive(Serialize)]
pub struct BoardFragment {
    pub board: Board,
}

impl Board {
    fn of(web: &Web, viewer: &Viewer, case: &Case) -> Self {
        let now = web.accounts.clock.now();
        let offers = offered(&web.desk.rules, case, &viewer.actor, now);
        let work = case.stage.work();
        let blank = Draft::default();
        let draft = work.map_or(&blank, |work| &work.draft);
        let reader = case.seat_for(&viewer.actor);
        let open =
            matches!(&case.stage, Stage::Mediate { at } if matches!(**at, Mediate::Active { .. }));
        let state = match (open, case.stage.signing()) {
            (true, _) => "open",
            (false, Some(_)) => "signing",
            (false, None) => "closed",
        };
        let mine = |agreed: &BTreeSet<PartyId>| {
            open && reader.is_some_and(|party| !agreed.contains(&party))
        };
        let last = work.and_then(|work| work.unsigned.last());
        let edits = offers.contains(&ActionKind::AddClause);
        let ready = edits && draft.is_agreed_by(&case.party_ids());
        let board = Self {
            case: case.id.to_string(),
            action: format!("/cases/{}/board", case.id),
            state,
            revision: draft.revision,
            facts: draft.matter.facts.clone(),
            disputed: draft.matter.disputed.clone(),
            responsibility: draft.matter.responsibility.clone(),
            undisputed: facts(case, draft, &mine),
            clauses: clauses(case, draft, &mine),
            second: second_matter(draft),
            translation: offers
                .contains(&ActionKind::Translate)
                .then(|| to_translate(case, draft)),
            edits,
            can_prepare: offers.contains(&ActionKind::PrepareSigning),
            identity_first: (ready && !case.parties.iter().all(Party::is_known))
                .then(|| format!("/cases/{}/identity", case.id)),
            agent_first: case
                .parties
                .iter()
                .filter(|party| ready && party.lacks_hand())
                .map(|party| party.name.to_string())
                .collect(),
            can_reopen: offers.contains(&ActionKind::ReopenDraft),
            unsigned: last.filter(|_| open).map(|it| it.why.name()),
            reason: last.map_or("", |it| it.why.reason(edits)).to_owned(),
        };
        board.in_turn()
    }

    /// Marks what waits behind the first thing the reader is asked to agree to.
    fn in_turn(mut self) -> Self {
        let facts = self.undisputed.iter_mut();
        let facts = facts.map(|fact| (fact.mine_to_agree, &mut fact.later));
        let clauses = self.clauses.iter_mut();
        let clauses = clauses.map(|clause| (clause.mine_to_agree, &mut clause.later));
        let mine = facts.chain(clauses).filter(|(mine, _)| *mine);
        mine.skip(1).for_each(|(_, later)| *later = true);
        self
    }
}

type Mine<'a> = &'a dyn Fn(&BTreeSet<PartyId>) -> bool;

fn facts(case: &Case, draft: &Draft, mine: Mine<'_>) -> Vec<FactShown> {
    let fact = |(index, fact): (usize, &UndisputedFact)| FactShown {
        text: fact.text.clone(),
        second: second_of(draft, Place::Undisputed { index }, &fact.text),
        assents: assents(case, &fact.agreed),
        mine_to_agree: mine(&fact.agreed),
        later: false,
    };
    draft.undisputed.iter().enumerate().map(fact).collect()
}

fn clauses(case: &Case, draft: &Draft, mine: Mine<'_>) -> Vec<BoardClause> {
    let clause = |clause: &Clause| BoardClause {
        clause: ClauseShown::of(case, clause),
        assents: assents(case, &clause.agreed),
        mine_to_agree: mine(&clause.agreed),
        later: false,
    };
    draft.clauses.iter().map(clause).collect()
}

/// Nothing where it is not translated, or was changed since.
fn second_of(draft: &Draft, place: Place, chinese: &str) -> String {
    let found = draft.translation_of(place, chinese);
    found.unwrap_or_default().to_owned()
}

fn second_matter(draft: &Draft) -> Option<SecondMatter> {
    let matter = &draft.matter;
    Some(SecondMatter {
        language: draft.translation.tongue?.tag(),
        facts: second_of(draft, Place::Facts, &matter.facts),
        disputed: second_of(draft, Place::Disputed, &matter.disputed),
        responsibility: second_of(draft, Place::Responsibility, &matter.responsibility),
    })
}

fn to_translate(case: &Case, draft: &Draft) -> ToTranslate {
    let parties = case.party_ids();
    let missing = draft.untranslated(&parties).into_iter();
    ToTranslate {
        href: format!("/cases/{}/translation", case.id),
        missing: missing
            .map(|place| translation::label(draft, place))
            .collect(),
        last: draft.is_agreed_by(&parties),
    }
}

fn assents(case: &Case, agreed: &BTreeSet<PartyId>) -> Vec<Assent> {
    case.parties
        .iter()
        .map(|party| Assent {
            name: party_name(case, party.id),
            agreed: agreed.contains(&party.id),
        })
        .collect()
}

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/board", Policy::Sees, show)
        .post("/cases/{id}/board", Policy::Does(&ON_THE_BOARD), act)
        .get("/cases/{id}/board/fragment", Policy::Sees, fragment)
}

/// Which clause lies in the form.
#[derive(Deserialize)]
struct Asked {
    edit: Option<ClauseId>,
    /// A clause of the library, to begin with.
    begin: Option<String>,
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let draft = case.stage.work().map(|work| &work.draft);
    let mut form = Form::blank();
    let edited = draft
        .zip(asked.edit)
        .and_then(|(draft, edit)| draft.clauses.iter().find(|clause| clause.id == edit));
    if let Some(clause) = edited {
        form = filled(form, clause);
    } else if let Some(key) = &asked.begin {
        form = library::begun(&web, &viewer, &case, key, form).await?;
    }
    viewer.show(&web, &page(&web, &viewer, &case, form))
}

async fn fragment(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    let board = Board::of(&web, &viewer, &case);
    viewer.show(&web, &BoardFragment { board })
}

fn page(web: &Web, viewer: &Viewer, case: &Case, mut form: Form) -> BoardPage {
    // Whoever wrote a clause finds beside it what was written of the matter before.
    if let Some(work) = case.stage.work().filter(|_| form.value("act") != "facts") {
        let matter = &work.draft.matter;
        form = form
            .filled("facts", &*matter.facts)
            .filled("disputed", &*matter.disputed)
            .filled("responsibility", &*matter.responsibility);
    }
    if let Some(work) = case
        .stage
        .work()
        .filter(|_| form.value("act") != "language")
    {
        let tongue = work.draft.translation.tongue;
        form = form.filled("tongue", tongue.map_or("", Tongue::tag));
    }
    BoardPage {
        number: case.number.clone(),
        board: Board::of(web, viewer, case),
        parties: case
            .parties
            .iter()
            .map(|party| Choice {
                value: party.id.to_string(),
                label: party.name.as_str().to_owned(),
                hint: String::new(),
            })
            .collect(),
        languages: translation::choices(web, viewer, case),
        editing: !form.value("clause").is_empty(),
        form,
    }
}

fn filled(form: Form, clause: &Clause) -> Form {
    let terms = &clause.terms;
    form.filled("clause", clause.id.to_string())
        .filled("debtor", terms.debtor.to_string())
        .filled("terms", &*terms.act)
        .filled(
            "amount",
            terms.amount.map_or_else(String::new, |fen| fen.to_string()),
        )
        .filled("due", terms.due.to_string())
        .filled("proof", &*terms.proof)
        .filled("on_default", &*terms.on_default)
}

async fn act(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    form = library::fill(&web, &case, form, FILLABLE).await?;
    let Some(wish) = read(&web, &mut form)? else {
        return viewer.show_again(&web, &page(&web, &viewer, &case, form));
    };
    let done = match wish {
        Wish::Prepare(order) => {
            web.chancery
                .prepare_signing(&viewer.actor, &case, order)
                .await
        }
        Wish::Do(action) => casework::perform(&web.desk, &viewer.actor, id, *action)
            .await
            .map_err(PaperworkError::from),
    };
    match done {
        Ok(case) => {
            super::room::refresh(&web, &case, Topic::Board);
            let chosen = |work: &Work| work.draft.translation.tongue.is_some();
            let to = if case.stage.signing().is_some() {
                "sign"
            } else if form.value("act") == "language" && case.stage.work().is_some_and(chosen) {
                "translation"
            } else {
                "board"
            };
            Ok(see_other(&format!("/cases/{id}/{to}")))
        }
        Err(error) => {
            super::refusals::above(&mut form, error)?;
            let case = casework::load(&web.desk, &viewer.actor, id).await?;
            viewer.show_again(&web, &page(&web, &viewer, &case, form))
        }
    }
}
