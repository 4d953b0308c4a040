//! Signing the agreement: read it to the end, put one's name to it, confirm with a code bound to its hash.

mod turn;

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use serde::Serialize;

use super::paper_text::PaperText;
use super::proof::{Proof, Round, mark, name_of, reply, signer_name};
use super::refusals::out_of_order;
use super::terms::ClauseShown;
use crate::casework::{self, CaseworkError};
use crate::documents::Look;
use crate::domain::action::{Action, ActionKind};
use crate::domain::agreement::{Agreement, Consent, Signer};
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::lifecycle::OutOfOrder;
use crate::domain::offered::is_offered;
use crate::domain::paper::Paper;
use crate::domain::party::Party;
use crate::domain::team::Capacity;
use crate::i18n::Text;
use crate::paperwork::{self, text_hash};
use crate::rooms::Topic;
use crate::web::{Form, Page, Path, Policy, Routes, Viewer, Web, WebError, parse, see_other};

#[derive(Serialize)]
pub struct SignPage {
    pub case: String,
    pub action: String,
    pub pdf: String,
    /// `read`, `code`, `wait`, `done`, `agent` where somebody else signs in the reader's place, or `look` for whoever signs nothing.
    pub step: &'static str,
    /// Whose turn it is.
    pub turn: String,
    pub text: PaperText,
    pub clauses: Vec<ClauseShown>,
    pub signers: Vec<SignerShown>,
    /// The hash of the text, which comes back with the form.
    pub hash: String,
    /// Its beginning, for comparing by eye.
    pub mark: String,
    /// Whose name is put, in the reader's place where it is not theirs.
    pub name: String,
    /// `code` or `second_factor`.
    pub proof: &'static str,
    pub sent_to: String,
    /// When the reader agreed to sign electronically.
    pub consented: Option<Timestamp>,
    /// Of the words in which that is asked.
    pub version: &'static str,
    /// When the signing lapses.
    pub lapses: Option<Timestamp>,
    pub may_decline: bool,
    pub form: Form,
}

/// Changes whenever the words do in which somebody agrees to sign electronically.
const CONSENT_VERSION: &str = "2026-11";

/// Of a reason for not signing.
const LONGEST_REASON: usize = 500;

/// One line of who has signed.
#[derive(Clone, Debug, Serialize)]
pub struct SignerShown {
    /// `party`, `mediator`, `co-mediator`, `interpreter` or `organisation`.
    pub role: &'static str,
    pub name: String,
    pub at: Option<Timestamp>,
}

impl Page for SignPage {
    const TEMPLATE: &'static str = "pages/sign.html";

    fn samples() -> Vec<Self> {
        let page = |step, proof, form| Self {
            case: "019a0000-0000-7000-8000-000000000000".to_owned(),
            action: "/cases/019a0000-0000-7000-8000-000000000000/sign".to_owned(),
            pdf: "/cases/1/papers/2".to_owned(),
            step,
            turn: "李建国".to_owned(),
            text: PaperText::sample(),
            clauses: vec![ClauseShown::sample()],
            signers: SignerShown::samples(),
            hash: "0".repeat(64),
            mark: "0000 0000 0000 0000".to_owned(),
            name: "王秀英".to_owned(),
            proof,
            sent_to: "138****1234".to_owned(),
            consented: None,
            version: CONSENT_VERSION,
            lapses: Some(Timestamp::UNIX_EPOCH),
            may_decline: step == "read",
            form,
        };
        let mut willing = page("read", "code", Form::blank());
        willing.consented = Some(Timestamp::UNIX_EPOCH);
        let mut bilingual = page("read", "code", Form::blank());
        bilingual.text = PaperText::bilingual_sample();
        let mut wrong = Form::blank().filled("way", "typed").filled("typed", "王");
        wrong.refuse(
            "typed",
            Text::key("sign-typed-other").with("name", "王秀英"),
        );
        wrong.refuse("strokes", Text::key("sign-draw-missing"));
        wrong.refuse("consent", Text::key("sign-tick"));
        let mut code = Form::blank();
        code.refuse("code", Text::key("sign-code-wrong").with("left", 3_u32));
        vec![
            page("read", "code", Form::blank()),
            page("read", "code", wrong),
            bilingual,
            willing,
            page("code", "code", code),
            page("code", "second_factor", Form::blank()),
            page("wait", "code", Form::blank()),
            page("agent", "code", Form::blank()),
            page("look", "code", Form::blank()),
            page("done", "code", Form::blank()),
        ]
    }
}

impl SignerShown {
    pub(super) fn samples() -> Vec<Self> {
        let one = |role, name: &str, at: Option<&str>| Self {
            role,
            name: name.to_owned(),
            at: at.and_then(|at| at.parse().ok()),
        };
        vec![
            one("party", "王秀英", Some("2026-11-22T02:00:00Z")),
            one("party", "李建国", None),
            one("mediator", "陈调解", None),
            one("co-mediator", "周明", None),
            one("interpreter", "玛依拉", None),
            one("organisation", "柳荫街道人民调解委员会", None),
        ]
    }
}

const DONE_HERE: [ActionKind; 4] = [
    ActionKind::Sign,
    ActionKind::ConsentToSign,
    ActionKind::WithdrawConsent,
    ActionKind::DeclineToSign,
];

pub(in crate::web) fn routes() -> Routes {
    Routes::new()
        .get("/cases/{id}/sign", Policy::Sees, show)
        .post("/cases/{id}/sign", Policy::Does(&DONE_HERE), act)
}

/// Whoever reads the page, and what they can do on it.
struct Reader {
    place: Option<Signer>,
    name: String,
    step: &'static str,
}

async fn show(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if case.stage.signing().is_some_and(|it| it.by_hand.is_some()) {
        return Ok(see_other(&format!("/cases/{id}/on-paper")));
    }
    if case.stage.signing().is_none() {
        // Signed by all, or back on the board: the case's page says which.
        return Ok(see_other(&format!("/cases/{id}")));
    }
    let page = page(&web, &viewer, &case, Form::blank()).await?;
    viewer.show(&web, &page)
}

async fn page(web: &Web, viewer: &Viewer, case: &Case, form: Form) -> Result<SignPage, WebError> {
    let (agreement, paper) = signing(case)?;
    let reader = reader(web, viewer, case, agreement).await?;
    let hash = text_hash(agreement, paper);
    let signers = signers(web, viewer, case, agreement).await?;
    let text = PaperText::of(web.chancery.agreement_text(case).await?);
    // Where the paper itself says everything in a second language nothing has to be told beside it.
    let told = agreement
        .clauses
        .iter()
        .filter(|_| !text.is_in_two_languages());
    Ok(SignPage {
        case: case.id.to_string(),
        action: format!("/cases/{}/sign", case.id),
        pdf: format!("/cases/{}/papers/{}", case.id, paper.id),
        step: reader.step,
        turn: turn::turn(web, viewer, (case, agreement), &signers),
        clauses: told.map(|clause| ClauseShown::of(case, clause)).collect(),
        text,
        signers,
        hash: hash.to_string(),
        mark: mark(hash),
        name: reader.name,
        proof: "code",
        sent_to: String::new(),
        consented: consent_of(agreement, reader.place).map(|it| it.at),
        version: CONSENT_VERSION,
        lapses: agreement.lapses.as_ref().map(|due| due.at),
        may_decline: is_offered(
            &web.desk.rules,
            case,
            &viewer.actor,
            ActionKind::DeclineToSign,
            web.accounts.clock.now(),
        ),
        form,
    })
}

fn consent_of(agreement: &Agreement, place: Option<Signer>) -> Option<&Consent> {
    match place {
        Some(Signer::Party { party }) => agreement.consent_of(party),
        _ => None,
    }
}

fn signing(case: &Case) -> Result<(&Agreement, &Paper), WebError> {
    let agreement = case.stage.signing();
    let agreement = agreement.ok_or(out_of_order(OutOfOrder::WrongState))?;
    let paper = case.paper(agreement.paper).ok_or(WebError::NotFound)?;
    Ok((agreement, paper))
}

async fn reader(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    agreement: &Agreement,
) -> Result<Reader, WebError> {
    let place = paperwork::signer_place(case, agreement, &viewer.actor, false);
    let is_mine = match place {
        Some(Signer::Party { party }) => {
            let (seat, me) = (case.party(party), viewer.actor.person());
            seat.zip(me).is_some_and(|(seat, me)| seat.is_signed_by(me))
        }
        _ => true,
    };
    let step = match place {
        Some(_) if !is_mine => "agent",
        Some(place) if agreement.is_signed_by(place) => "done",
        Some(place) if agreement.may_sign_next(place, &case.party_ids()) => "read",
        Some(_) => "wait",
        None => "look",
    };
    let name = match place {
        Some(Signer::Party { party }) if !is_mine => {
            let agent = case.party(party).and_then(Party::signing_agent);
            agent.map_or_else(String::new, |agent| agent.name.to_string())
        }
        Some(place) => signer_name(web, viewer, case, place).await?,
        None => String::new(),
    };
    Ok(Reader { place, name, step })
}

/// Everybody whose name belongs under the agreement, in the order of signing.
pub(super) async fn signers(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    agreement: &Agreement,
) -> Result<Vec<SignerShown>, WebError> {
    let at = |signer: Signer| {
        let mut signatures = agreement.signatures.iter();
        signatures
            .find(|signature| signature.signer == signer)
            .map(|signature| signature.at)
    };
    let hand = |party: &Party| {
        let place = Signer::Party { party: party.id };
        let mut signatures = agreement.signatures.iter();
        let signed = signatures.find(|it| it.signer == place).map(|it| it.person);
        let signs = || party.signing_agent().and_then(|agent| agent.person);
        hand_of(web, viewer, case, party, signed.or_else(signs))
    };
    let mut signers: Vec<SignerShown> = case
        .parties
        .iter()
        .map(|party| SignerShown {
            role: "party",
            name: hand(party),
            at: at(Signer::Party { party: party.id }),
        })
        .collect();
    if let Some(mediator) = case.stage.mediator() {
        signers.push(SignerShown {
            role: "mediator",
            name: name_of(web, mediator).await?.as_str().to_owned(),
            at: at(Signer::Mediator),
        });
    }
    for member in &agreement.members {
        let person = member.person;
        signers.push(SignerShown {
            role: match member.capacity {
                Capacity::CoMediator => "co-mediator",
                _ => "interpreter",
            },
            name: name_of(web, person).await?.as_str().to_owned(),
            at: at(Signer::Member { person }),
        });
    }
    signers.push(SignerShown {
        role: "organisation",
        name: web
            .chancery
            .organisation_name(case.organisation, viewer.locale)
            .await?,
        at: at(Signer::Organisation),
    });
    Ok(signers)
}

/// Whose name stands in the place of a party.
pub(super) fn hand_of(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    party: &Party,
    hand: Option<PersonId>,
) -> String {
    let named = hand.and_then(|person| case.named_as(person));
    let Some(agent) = named.filter(|named| named.right.is_some()) else {
        return party.name.to_string();
    };
    let text = Text::key("sign-by-agent")
        .with("party", party.name.as_str())
        .with("agent", agent.name.as_str());
    web.words(case).say(viewer.locale, &text)
}

async fn act(
    State(web): State<Web>,
    viewer: Viewer,
    Path(id): Path<CaseId>,
    mut form: Form,
) -> Result<Response, WebError> {
    let case = casework::load(&web.desk, &viewer.actor, id).await?;
    if let Some(done) = without_a_name(&web, &viewer, &case, &mut form).await? {
        return Ok(done);
    }
    let (agreement, paper) = signing(&case)?;
    let reader = reader(&web, &viewer, &case, agreement).await?;
    let place = reader.place.ok_or(WebError::NotFound)?;
    if reader.step != "read" {
        let page = page(&web, &viewer, &case, Form::blank()).await?;
        return viewer.show(&web, &page);
    }
    let hash = text_hash(agreement, paper);
    agree(&web, &viewer, (&case, agreement), (place, hash), &form).await?;
    let proof = Proof::of_signer(&web, &viewer, &case, place, hash).await?;
    let (chancery, actor) = (&web.chancery, &viewer.actor);
    let sign =
        |look: Look, shown| async move { chancery.sign(actor, id, hash, &look, shown).await };
    let named = (&mut form, reader.name.as_str());
    let round = proof.round(&web, &viewer, named, sign).await?;
    if let Round::Signed(case) = &round {
        super::room::refresh(&web, case, Topic::Case);
        return Ok(see_other(&format!("/cases/{id}/sign")));
    }
    let now = casework::load(&web.desk, &viewer.actor, id).await?;
    if now.stage.signing().is_none() {
        return Ok(see_other(&format!("/cases/{id}")));
    }
    let mut page = page(&web, &viewer, &now, form).await?;
    if matches!(round, Round::Prove) {
        // The second page carries what the first one gave, so that nothing has to be drawn again.
        page.step = "code";
        page.proof = proof.name();
        page.sent_to = proof.sent_to(&page.form);
    }
    reply(&web, &viewer, &page, &page.form)
}

/// What is done on the page without putting a name: saying no, or taking back the consent.
async fn without_a_name(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    form: &mut Form,
) -> Result<Option<Response>, WebError> {
    let (action, to) = match form.value("act") {
        "decline" => {
            let Some(reason) = form.read_optional("reason", parse::text(LONGEST_REASON)) else {
                let page = page(web, viewer, case, form.clone()).await?;
                return Ok(Some(viewer.show_again(web, &page)?));
            };
            let reason = reason.unwrap_or_default();
            (Action::DeclineToSign { reason }, "")
        }
        "withdraw" => (Action::WithdrawConsent, "/sign"),
        _ => return Ok(None),
    };
    let case = casework::perform(&web.desk, &viewer.actor, case.id, action).await?;
    super::room::refresh(web, &case, Topic::Case);
    Ok(Some(see_other(&format!("/cases/{}{to}", case.id))))
}

/// Writes down that a party signs electronically of its own free will, in the words that it ticked, before a code is
/// sent (电子签名法 3).
async fn agree(
    web: &Web,
    viewer: &Viewer,
    (case, agreement): (&Case, &Agreement),
    (place, hash): (Signer, &ContentHash),
    form: &Form,
) -> Result<(), WebError> {
    let ticked = form.value("consent") == "yes" && form.value("hash") == hash.as_str();
    let is_party = matches!(place, Signer::Party { .. });
    if !ticked || !is_party || consent_of(agreement, Some(place)).is_some() {
        return Ok(());
    }
    let words = web.words(case);
    let say = |key: &'static str| words.say(viewer.locale, &Text::key(key));
    let asked = format!("{}\n{}", say("sign-consent"), say("sign-consent-more"));
    let action = Action::ConsentToSign {
        version: CONSENT_VERSION.to_owned(),
        text: ContentHash::of(asked.as_bytes()),
        words: Some(asked),
    };
    match casework::perform(&web.desk, &viewer.actor, case.id, action).await {
        // Pressed twice.
        Ok(_) | Err(CaseworkError::OutOfOrder(OutOfOrder::AlreadyDone)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Locale, Texts};

    /// What a certificate of such an end says is told beforehand, no more and no less.
    #[test]
    fn whoever_does_not_sign_is_told_what_a_certificate_will_say_of_it() {
        let certificate = include_str!("../../../assets/papers/cn/zh-CN/certificate.txt");
        let texts = Texts::load(None).unwrap();
        let told = texts.t(Locale::ZhCn, "sign-decline-more", &[]);
        assert!(certificate.contains("调解协议未经各方当事人签章"));
        assert!(told.contains("证明里只写协议没有签成"), "{told}");
        let told = texts.t(Locale::En, "sign-decline-more", &[]);
        assert!(told.contains("certificate says no more than"), "{told}");
    }

    /// Whoever changes these words gives them a new version: what somebody agreed to can be found again.
    #[test]
    fn the_words_of_the_consent_are_those_of_their_version() {
        let texts = Texts::load(None).unwrap();
        let say = |locale, key| texts.t(locale, key, &[]);
        let marks = Locale::ALL.map(|locale| {
            let asked = [
                say(locale, "sign-consent"),
                say(locale, "sign-consent-more"),
            ];
            ContentHash::of(asked.join("\n").as_bytes()).as_str()[..8].to_owned()
        });
        assert_eq!(
            (CONSENT_VERSION, marks.join(" ").as_str()),
            ("2026-11", "c5b147b9 0813dba9")
        );
    }
}
