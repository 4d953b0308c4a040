//! Writing an offer: shown to the mediator alone first, or sent to the other side.

use axum::extract::State;
use axum::response::Response;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::party;
use crate::casework;
use crate::domain::action::ActionKind as Kind;
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, OfferId, PartyId};
use crate::domain::money::Fen;
use crate::domain::time::civil_date;
use crate::domain::writing::{Conduct, Instalment, OfferTerms, Payment};
use crate::i18n::Text;
use crate::web::pages::case::Head;
use crate::web::pages::case::act::open;
use crate::web::pages::refusals;
use crate::web::pages::terms::ClauseShown;
use crate::web::{Choice, Form, Page, Path, Query, Viewer, Web, WebError, parse, see_other};

/// Rows of the form. Who needs more writes to the mediator.
const INSTALMENTS: usize = 12;
const ACTS: usize = 4;
/// Rows that show before one asks for more.
const SHOWN_INSTALMENTS: usize = 3;
const LONGEST: usize = 500;
/// Days for the answer, unless the giver says otherwise.
const DAYS_TO_ANSWER: i64 = 7;

#[derive(Serialize)]
pub struct OfferPage {
    pub head: Head,
    pub parties: Vec<Choice>,
    /// The parties, and nobody.
    pub doers: Vec<Choice>,
    pub first: Vec<Row>,
    pub more: Vec<Row>,
    pub more_open: bool,
    pub acts: Vec<Row>,
    /// It answers an offer of the other side.
    pub counters: bool,
    /// What goes from the agreement once all accept it.
    pub replaces: Vec<ClauseShown>,
    pub form: Form,
}

/// A numbered row of fields.
#[derive(Serialize)]
pub struct Row {
    pub number: usize,
    pub day: String,
    pub amount: String,
    pub who: String,
    pub act: String,
    /// Something stands in it.
    pub used: bool,
}

impl Row {
    fn of(number: usize) -> Self {
        Self {
            number,
            day: format!("day_{number}"),
            amount: format!("amount_{number}"),
            who: format!("who_{number}"),
            act: format!("act_{number}"),
            used: false,
        }
    }

    /// As it was filled in.
    fn filled(number: usize, form: &Form) -> Self {
        let mut row = Self::of(number);
        let fields = [&row.day, &row.amount, &row.who, &row.act];
        row.used = fields.iter().any(|field| !form.value(field).is_empty());
        row
    }
}

fn instalments(form: &Form) -> Vec<Row> {
    let rows = 1..=INSTALMENTS;
    rows.map(|number| Row::filled(number, form)).collect()
}

fn acts(form: &Form) -> Vec<Row> {
    let rows = 101..=100 + ACTS;
    rows.map(|number| Row::filled(number, form)).collect()
}

impl Page for OfferPage {
    const TEMPLATE: &'static str = "pages/offer.html";

    fn samples() -> Vec<Self> {
        let choice = |name: &str| super::face::audience(name, name);
        let page = |counters, form| Self {
            head: Head::sample(),
            parties: vec![choice("王秀英"), choice("李建国")],
            doers: vec![choice(""), choice("王秀英"), choice("李建国")],
            first: (1..=SHOWN_INSTALMENTS).map(Row::of).collect(),
            more: (SHOWN_INSTALMENTS + 1..=INSTALMENTS).map(Row::of).collect(),
            more_open: counters,
            acts: acts(&form),
            counters,
            replaces: counters.then(ClauseShown::sample).into_iter().collect(),
            form,
        };
        let mut wrong = Form::blank().filled("sum", "三千");
        wrong.read("sum", parse::money);
        wrong.refuse("day_1", Text::key("form-date"));
        wrong.refuse("act_103", Text::key("form-required"));
        vec![page(false, Form::blank()), page(true, wrong)]
    }
}

/// What the form begins with.
#[derive(Deserialize)]
pub(super) struct Asked {
    counters: Option<OfferId>,
    kept: Option<String>,
}

pub(super) async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::MakeOffer]).await?;
    let mut form = beginning(&web, &viewer, &open.case);
    let read = casework::correspondence(&web.desk, &viewer.actor, id).await?;
    let mine = open.case.seat_for(&viewer.actor);
    let own = read.kept.iter().find(|it| Some(it.party) == mine);
    if let Some(kept) = own.filter(|_| asked.kept.is_some()) {
        form = filled(&form, &kept.terms.0);
    }
    let work = open.case.stage.work();
    let theirs = work
        .and_then(|work| work.writing.as_ref())
        .zip(asked.counters)
        .and_then(|(writing, id)| writing.offer(id));
    if let Some(theirs) = theirs {
        form = filled(&form, &theirs.terms).filled("counters", theirs.id.to_string());
    }
    viewer.show(&web, &page(&web, &viewer, &open.case, form))
}

fn beginning(web: &Web, viewer: &Viewer, case: &Case) -> Form {
    let say = |key: &str| web.words(case).t(viewer.locale, key, &[]);
    let day =
        civil_date(web.desk.clock.now()).saturating_add(jiff::Span::new().days(DAYS_TO_ANSWER));
    Form::blank()
        .filled("valid_until", day.to_string())
        .filled("proof", say("writing-proof-usual"))
        .filled("on_default", say("writing-default-usual"))
}

/// The form with the terms that were written before; its last day to answer is a new one.
fn filled(form: &Form, terms: &OfferTerms) -> Form {
    let valid_until = form.value("valid_until").to_owned();
    let mut form = Form::blank()
        .filled("valid_until", valid_until)
        .filled("proof", &*terms.proof)
        .filled("on_default", &*terms.on_default);
    if let Some(payment) = &terms.payment {
        form = form
            .filled("debtor", payment.debtor.to_string())
            .filled("purpose", &*payment.purpose)
            .filled("sum", payment.sum.to_string());
        for (row, part) in (1..).map(Row::of).zip(&payment.instalments) {
            form = form
                .filled(&row.day, part.due.to_string())
                .filled(&row.amount, part.amount.to_string());
        }
    }
    for (row, act) in (101..).map(Row::of).zip(&terms.conduct) {
        form = form
            .filled(&row.who, act.debtor.to_string())
            .filled(&row.act, &*act.act)
            .filled(&row.day, act.due.to_string());
    }
    form
}

fn page(web: &Web, viewer: &Viewer, case: &Case, form: Form) -> OfferPage {
    let parties: Vec<_> = case
        .parties
        .iter()
        .map(|party| super::face::audience(&party.id.to_string(), party.name.as_str()))
        .collect();
    let nobody = web.words(case).t(viewer.locale, "writing-nobody", &[]);
    let mut doers = vec![super::face::audience("", &nobody)];
    doers.extend(parties.clone());
    let mut first = instalments(&form);
    let more = first.split_off(SHOWN_INSTALMENTS);
    OfferPage {
        head: Head::of(web, viewer, case),
        parties,
        doers,
        first,
        more_open: more.iter().any(|row| row.used),
        more,
        acts: acts(&form),
        counters: !form.value("counters").is_empty(),
        replaces: super::face::replaced(case),
        form,
    }
}

pub(super) async fn send(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let open = open(&web, &viewer, id, &[Kind::MakeOffer]).await?;
    let today = civil_date(web.desk.clock.now());
    let counters: Option<OfferId> = form.value("counters").parse().ok();
    if let Some(terms) = read(&mut form, today) {
        let (desk, actor) = (&web.desk, &viewer.actor);
        let done = if form.value("do") == "show" {
            casework::show_offer(desk, actor, id, &terms).await
        } else {
            let sent = casework::send_offer(desk, actor, id, counters, &terms);
            sent.await.map(|_case| ())
        };
        match done {
            Ok(()) => return Ok(see_other(&format!("/cases/{id}/writing"))),
            Err(error) => refusals::above(&mut form, error)?,
        }
    }
    viewer.show_again(&web, &page(&web, &viewer, &open.case, form))
}

/// The terms; nothing where a field is wrong.
fn read(form: &mut Form, today: Date) -> Option<OfferTerms> {
    let payment = read_payment(form);
    let conduct = read_conduct(form);
    let proof = form.read("proof", parse::printed(LONGEST));
    let on_default = form.read("on_default", parse::printed(LONGEST));
    let valid_until = form.read("valid_until", parse::date);
    let (payment, mut days) = payment.ok()?;
    let (conduct, of_acts): (Vec<_>, Vec<_>) = conduct?.into_iter().unzip();
    days.extend(of_acts);
    let terms = OfferTerms {
        payment,
        conduct,
        proof: proof?,
        on_default: on_default?,
        valid_until: valid_until?,
    };
    check(form, &terms, &days, today).then_some(terms)
}

/// A day that something is due, and the field in which it stands.
type Day = (Date, String);

/// What the door would refuse, beside the field that is to blame.
fn check(form: &mut Form, terms: &OfferTerms, days: &[Day], today: Date) -> bool {
    if terms.payment.is_none() && terms.conduct.is_empty() {
        form.refuse("sum", Text::key("writing-nothing-offered"));
    }
    if terms.valid_until < today {
        form.refuse("valid_until", Text::key("board-due-past"));
    }
    for (due, field) in days {
        if *due < terms.valid_until {
            form.refuse(field, Text::key("writing-due-early"));
        }
    }
    if let Some(payment) = &terms.payment
        && !payment.adds_up()
    {
        let sum = payment.instalments.iter().map(|part| part.amount.0).sum();
        let wrong = Text::key("writing-does-not-add-up")
            .with("sum", payment.sum.to_string())
            .with("parts", Fen(sum).to_string());
        form.refuse("sum", wrong);
    }
    !form.has_errors()
}

/// A sum, whole on one day or in instalments, with the days of its parts; nothing where none is written.
fn read_payment(form: &mut Form) -> Result<(Option<Payment>, Vec<Day>), Wrong> {
    let rows = instalments(form);
    let written = ["sum", "purpose"].map(|field| !form.value(field).is_empty());
    if !written.contains(&true) && !rows.iter().any(|row| row.used) {
        return Ok((None, Vec::new()));
    }
    let debtor = form.read("debtor", party);
    let purpose = form.read("purpose", parse::printed(LONGEST));
    let sum = form.read("sum", parse::money);
    let used: Vec<_> = rows.iter().filter(|row| row.used).collect();
    let whole = used.len() <= 1;
    let used = if used.is_empty() {
        vec![&rows[0]]
    } else {
        used
    };
    let (mut instalments, mut days) = (Vec::new(), Vec::new());
    for row in used {
        let due = form.read(&row.day, parse::date);
        // One day and no part of its own: the whole sum.
        let amount = if whole && form.value(&row.amount).is_empty() {
            sum
        } else {
            form.read(&row.amount, parse::money)
        };
        instalments.push(due.zip(amount));
        days.extend(due.map(|due| (due, row.day.clone())));
    }
    let instalments: Option<Vec<_>> = instalments
        .into_iter()
        .map(|part| part.map(|(due, amount)| Instalment { due, amount }))
        .collect();
    let payment = Payment {
        debtor: debtor.ok_or(Wrong)?,
        purpose: purpose.ok_or(Wrong)?,
        sum: sum.ok_or(Wrong)?,
        instalments: instalments.ok_or(Wrong)?,
    };
    Ok((Some(payment), days))
}

/// A field is wrong, and says so.
struct Wrong;

fn read_conduct(form: &mut Form) -> Option<Vec<(Conduct, Day)>> {
    let mut read = Vec::new();
    for row in acts(form).into_iter().filter(|row| row.used) {
        let debtor: Option<PartyId> = form.read(&row.who, party);
        let act = form.read(&row.act, parse::printed(LONGEST));
        let due = form.read(&row.day, parse::date);
        let conduct = debtor.zip(act).zip(due);
        let conduct =
            conduct.map(|((debtor, act), due)| (Conduct { debtor, act, due }, (due, row.day)));
        read.push(conduct);
    }
    read.into_iter().collect()
}
