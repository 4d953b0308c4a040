//! One signing act: the very paper that was read, how the name looks, and the proof that its holder wants it, bound
//! to the hash of the text.

use axum::response::Response;

use super::refusals;
use super::terms::party_name;
use crate::accounts::address::Address;
use crate::accounts::codes::{self, Checked, Purpose, Request};
use crate::accounts::{AccountsError, people, second_factor};
use crate::documents::{Look, Strokes};
use crate::domain::agent::Agent;
use crate::domain::agreement::Signer;
use crate::domain::case::Case;
use crate::domain::hash::ContentHash;
use crate::domain::identity::{Email, PersonName, Phone};
use crate::domain::ids::{PartyId, PersonId, RecordingId};
use crate::domain::party::Contact;
use crate::domain::signature::{Means as Shows, Shown};
use crate::i18n::Text;
use crate::paperwork::PaperworkError;
use crate::storage::accounts::staff as credentials;
use crate::web::{Form, Page, Viewer, Web, WebError, parse};

/// What shows that somebody wants to sign the text with this hash, and no other.
#[derive(Clone, Debug)]
pub(super) struct Proof<'a> {
    hash: &'a ContentHash,
    means: Means<'a>,
}

#[derive(Clone, Debug)]
enum Means<'a> {
    /// A code of six digits sent to an address of the signer's own.
    Code { to: Address, purpose: Purpose<'a> },
    /// The one-time password of an enrolled authenticator.
    SecondFactor(PersonId),
}

/// How far a signing act has come.
#[derive(Clone, Debug)]
pub(super) enum Step<L> {
    /// The paper has changed or something is missing: it is read again.
    Read,
    /// The proof is asked for.
    Prove,
    /// Read, wanted and proved in this way; the name looks like this.
    Sign(L, Shown),
}

/// Where a page of signing goes on.
pub(super) enum Round {
    /// Signed; this is the case now.
    Signed(Box<Case>),
    /// The proof is asked for.
    Prove,
    /// It is shown again.
    Read,
}

/// Whose name is put in a place.
pub(super) async fn signer_name(
    web: &Web,
    viewer: &Viewer,
    case: &Case,
    place: Signer,
) -> Result<String, WebError> {
    match place {
        Signer::Party { party } => match agent_of(viewer, case, party) {
            Some(agent) => Ok(agent.name.to_string()),
            None => Ok(party_name(case, party)),
        },
        _ => Ok(name_of(web, viewer.person()?).await?.to_string()),
    }
}

impl<'a> Proof<'a> {
    /// A code to the contact of a seat.
    ///
    /// # Errors
    /// `Forbidden` for a seat without any contact.
    pub(super) fn of_party(
        contact: &Contact,
        hash: &'a ContentHash,
        purpose: Purpose<'a>,
    ) -> Result<Self, WebError> {
        let means = code_to(contact.phone.as_ref(), contact.mail.as_ref(), purpose)?;
        Ok(Self { hash, means })
    }

    /// What shows that whoever signs in this place wants it: a party at the contact of its seat.
    pub(super) async fn of_signer(
        web: &Web,
        viewer: &Viewer,
        case: &Case,
        place: Signer,
        hash: &'a ContentHash,
    ) -> Result<Self, WebError> {
        match place {
            Signer::Party { party } => {
                Self::of_seat(
                    web,
                    viewer,
                    (case, party),
                    Purpose::Sign { party, hash },
                    hash,
                )
                .await
            }
            Signer::Member { .. } | Signer::Mediator | Signer::Organisation => {
                let person = viewer.person()?;
                let purpose = Purpose::SignInOffice { person, hash };
                Self::of_person(web, person, purpose, hash).await
            }
        }
    }

    /// What shows that somebody at the table agrees to be recorded: a party at the contact of its seat.
    pub(super) async fn of_recording(
        web: &Web,
        viewer: &Viewer,
        case: &Case,
        (recording, hash): (RecordingId, &'a ContentHash),
    ) -> Result<Self, WebError> {
        let person = viewer.person()?;
        let purpose = Purpose::Recording {
            recording,
            person,
            hash,
        };
        let mut seats = case.parties.iter();
        match seats.find(|seat| seat.person == Some(person)) {
            Some(seat) => Self::of_party(&seat.contact, hash, purpose),
            None => Self::of_person(web, person, purpose, hash).await,
        }
    }

    /// A code to the contact of a seat, or to whoever acts for the party at their own.
    pub(super) async fn of_seat(
        web: &Web,
        viewer: &Viewer,
        (case, party): (&Case, PartyId),
        purpose: Purpose<'a>,
        hash: &'a ContentHash,
    ) -> Result<Self, WebError> {
        if agent_of(viewer, case, party).is_some() {
            let person = viewer.person()?;
            let office = Purpose::SignInOffice { person, hash };
            return Self::of_person(web, person, office, hash).await;
        }
        let seat = case.party(party).ok_or(WebError::NotFound)?;
        Self::of_party(&seat.contact, hash, purpose)
    }

    /// The second factor, or a code to the own address where none is enrolled.
    async fn of_person(
        web: &Web,
        person: PersonId,
        purpose: Purpose<'a>,
        hash: &'a ContentHash,
    ) -> Result<Self, WebError> {
        let mut read = web.accounts.store.read().await?;
        let staff = credentials::of(&mut read, person).await?;
        if staff.is_some_and(|staff| staff.enrolled_at.is_some()) {
            return Ok(Self::of_authority(person, hash));
        }
        let found = people::load(&mut read, person).await?;
        let known = found.ok_or(WebError::NotFound)?;
        let means = code_to(known.phone.as_ref(), known.mail.as_ref(), purpose)?;
        Ok(Self { hash, means })
    }

    /// The second factor and nothing else, for judges and holders of seals: what they sign binds others.
    pub(super) const fn of_authority(person: PersonId, hash: &'a ContentHash) -> Self {
        let means = Means::SecondFactor(person);
        Self { hash, means }
    }

    /// `code` or `second_factor`.
    pub(super) const fn name(&self) -> &'static str {
        match self.means {
            Means::Code { .. } => "code",
            Means::SecondFactor(_) => "second_factor",
        }
    }

    /// Where the code went, as much of it as its holder needs; nothing where none was sent.
    pub(super) fn sent_to(&self, form: &Form) -> String {
        match &self.means {
            Means::Code { to, .. } if !(is_look(form) && form.has_errors()) => to.masked(),
            Means::Code { .. } | Means::SecondFactor(_) => String::new(),
        }
    }

    /// How far the act has come by what the form says. For a paper that is not the one which was read, nothing is
    /// sent and nothing spent.
    pub(super) async fn step<L>(
        &self,
        web: &Web,
        viewer: &Viewer,
        form: &mut Form,
        look: impl FnOnce(&mut Form) -> Option<L>,
    ) -> Result<Step<L>, WebError> {
        if form.value("hash") != self.hash.as_str() {
            form.forget("read");
            form.refuse_whole(Text::key("sign-paper-changed"));
            return Ok(Step::Read);
        }
        let Some(look) = look(form) else {
            return Ok(Step::Read);
        };
        if is_look(form) {
            self.begin(web, viewer, form).await?;
        } else if let Some(shown) = self.holds(web, viewer, form).await? {
            return Ok(Step::Sign(look, shown));
        }
        Ok(Step::Prove)
    }

    /// One round of the act on a page: puts the name with `sign` once everything was read, ticked and proved.
    pub(super) async fn round<F>(
        &self,
        web: &Web,
        viewer: &Viewer,
        (form, name): (&mut Form, &str),
        sign: impl FnOnce(Look, Shown) -> F + Send,
    ) -> Result<Round, WebError>
    where
        F: Future<Output = Result<Case, PaperworkError>> + Send,
    {
        match self
            .step(web, viewer, form, |form| read_look(form, name))
            .await?
        {
            Step::Read => Ok(Round::Read),
            Step::Prove => Ok(Round::Prove),
            Step::Sign(look, shown) => {
                let signed = signed(sign(look, shown).await, form)?;
                Ok(signed.map_or(Round::Read, |case| Round::Signed(Box::new(case))))
            }
        }
    }

    /// Sends a code where there is one to send.
    async fn begin(&self, web: &Web, viewer: &Viewer, form: &mut Form) -> Result<(), WebError> {
        let Means::Code { to, purpose } = &self.means else {
            return Ok(());
        };
        let request = Request {
            purpose: *purpose,
            to,
            client: viewer.client,
            locale: viewer.locale.tag(),
        };
        match codes::issue(&web.accounts, &request, true).await {
            Err(AccountsError::TooMany { seconds }) => {
                form.refuse("code", Text::key("sign-code-wait").with("seconds", seconds));
            }
            other => other?,
        }
        Ok(())
    }

    /// What shows that it was they, if what was typed is the proof; a message stands beside the field if not.
    async fn holds(
        &self,
        web: &Web,
        viewer: &Viewer,
        form: &mut Form,
    ) -> Result<Option<Shown>, WebError> {
        let Some(typed) = form.read("code", parse::code) else {
            return Ok(None);
        };
        let shown = |means, at| Shown {
            identified: Some(means),
            code_at: Some(at),
            device: viewer.device,
        };
        form.forget("code");
        let wrong = match &self.means {
            Means::Code { to, purpose } => {
                match codes::check(&web.accounts, *purpose, to, &typed).await? {
                    Checked::Right { made_at } => return Ok(Some(shown(shows(to), made_at))),
                    Checked::Wrong { tries_left } => {
                        Text::key("sign-code-wrong").with("left", tries_left)
                    }
                    Checked::Void => Text::key("sign-code-void"),
                }
            }
            // Asked again for every paper: a one-time password that opened the session seals nothing.
            Means::SecondFactor(person) => {
                let subject = format!("paper {}", self.hash);
                match second_factor::check(&web.accounts, *person, &typed, &subject).await {
                    Ok(true) => {
                        let now = web.accounts.clock.now();
                        return Ok(Some(shown(Shows::SecondFactor, now)));
                    }
                    Ok(false) => Text::key("sign-totp-wrong"),
                    Err(AccountsError::TooMany { seconds }) => {
                        Text::key("sign-code-wait").with("seconds", seconds)
                    }
                    Err(error) => return Err(error.into()),
                }
            }
        };
        form.refuse("code", wrong);
        Ok(None)
    }
}

/// The reader, where they act for a party in whose seat somebody else sits.
fn agent_of<'a>(viewer: &Viewer, case: &'a Case, party: PartyId) -> Option<&'a Agent> {
    let seat = case.party(party)?;
    let me = viewer.actor.person()?;
    seat.agent().filter(|agent| agent.is(me))
}

const fn shows(to: &Address) -> Shows {
    match to {
        Address::Phone(_) => Shows::CodeByPhone,
        Address::Mail(_) => Shows::CodeByMail,
    }
}

fn is_look(form: &Form) -> bool {
    form.value("act") == "look"
}

fn code_to<'a>(
    phone: Option<&Phone>,
    mail: Option<&Email>,
    purpose: Purpose<'a>,
) -> Result<Means<'a>, WebError> {
    let phone = phone.cloned().map(Address::Phone);
    phone
        .or_else(|| mail.cloned().map(Address::Mail))
        .map(|to| Means::Code { to, purpose })
        .ok_or_else(|| WebError::Forbidden("no contact to send a code to".to_owned()))
}

/// What shows that whoever binds others has read it as it stands and gave the one-time password for it.
pub(super) async fn is_authorised(
    web: &Web,
    viewer: &Viewer,
    hash: &ContentHash,
    form: &mut Form,
) -> Result<Option<Shown>, WebError> {
    let proof = Proof::of_authority(viewer.person()?, hash);
    Ok(match proof.step(web, viewer, form, |_| Some(())).await? {
        Step::Sign((), shown) => Some(shown),
        Step::Read | Step::Prove => None,
    })
}

/// The case as signing left it; or nothing, and the form says why.
pub(super) fn signed(
    outcome: Result<Case, PaperworkError>,
    form: &mut Form,
) -> Result<Option<Case>, WebError> {
    match outcome {
        Ok(case) => Ok(Some(case)),
        Err(error) => {
            refusals::above(form, error)?;
            Ok(None)
        }
    }
}

/// The page of the next step, or the same page again with its messages.
pub(super) fn reply<P: Page>(
    web: &Web,
    viewer: &Viewer,
    page: &P,
    form: &Form,
) -> Result<Response, WebError> {
    if form.has_errors() {
        viewer.show_again(web, page)
    } else {
        viewer.show(web, page)
    }
}

/// How the name will look, and whether everything was ticked; messages stand beside the fields if not.
pub(super) fn read_look(form: &mut Form, name: &str) -> Option<Look> {
    let look = if form.value("way") == "draw" {
        drawn(form)
    } else {
        typed(form, name)
    };
    for tick in ["read", "consent"] {
        if form.value(tick) != "yes" {
            form.refuse(tick, Text::key("sign-tick"));
        }
    }
    look.filter(|_| !form.has_errors())
}

fn drawn(form: &mut Form) -> Option<Look> {
    // Longer than any other field, so that it is not read as one; its own reader limits it.
    match serde_json::from_str::<Strokes>(form.value("strokes")) {
        Ok(strokes) => Some(Look::Strokes(strokes)),
        Err(_not_drawn) => {
            form.refuse("strokes", Text::key("sign-draw-missing"));
            None
        }
    }
}

/// The way for whoever cannot or does not want to draw: the own name, letter by letter.
fn typed(form: &mut Form, name: &str) -> Option<Look> {
    let typed = form.read("typed", parse::person_name)?;
    if plain(typed.as_str()) == plain(name) {
        return Some(Look::Typed(name.to_owned()));
    }
    form.refuse("typed", Text::key("sign-typed-other").with("name", name));
    None
}

fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && *c != '·' && *c != '•')
        .flat_map(char::to_lowercase)
        .collect()
}

/// The name of somebody in an office.
pub(super) async fn name_of(web: &Web, person: PersonId) -> Result<PersonName, WebError> {
    let mut read = web.accounts.store.read().await?;
    let found = people::load(&mut read, person).await?;
    Ok(found.ok_or(WebError::NotFound)?.name)
}

/// The beginning of a hash in groups of four, for comparing by eye.
pub(super) fn mark(hash: &ContentHash) -> String {
    let digits: Vec<char> = hash.as_str().chars().take(16).collect();
    let groups: Vec<String> = digits
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(way: &str, strokes: &str, typed: &str) -> Form {
        Form::blank()
            .filled("way", way)
            .filled("strokes", strokes)
            .filled("typed", typed)
            .filled("read", "yes")
            .filled("consent", "yes")
    }

    #[test]
    fn a_name_is_drawn_or_typed_as_it_stands_at_the_seat() {
        let drawn = read_look(&mut form("draw", "[[[0,0],[30,10]]]", ""), "王秀英");
        assert!(matches!(drawn, Some(Look::Strokes(_))));
        let typed = read_look(&mut form("typed", "", "王 秀英"), "王秀英");
        assert_eq!(typed, Some(Look::Typed("王秀英".to_owned())));
    }

    #[test]
    fn another_name_a_dot_and_a_missing_tick_are_no_signature() {
        assert!(read_look(&mut form("typed", "", "李建国"), "王秀英").is_none());
        assert!(read_look(&mut form("draw", "[[[1,1]]]", ""), "王秀英").is_none());
        assert!(read_look(&mut form("draw", "not json", ""), "王秀英").is_none());
        let mut unticked = form("typed", "", "王秀英");
        unticked.forget("consent");
        assert!(read_look(&mut unticked, "王秀英").is_none());
    }
}
