//! The act of signing: how the name looks, and the proof that its holder wants it, bound to the hash of the text.

use crate::accounts::address::Address;
use crate::accounts::codes::{self, Checked, Purpose, Request};
use crate::accounts::{AccountsError, people, second_factor, staff};
use crate::documents::{Look, Strokes};
use crate::domain::hash::ContentHash;
use crate::domain::identity::PersonName;
use crate::domain::ids::PersonId;
use crate::domain::party::Contact;
use crate::i18n::Text;
use crate::storage::accounts::staff as credentials;
use crate::web::{Form, Viewer, Web, WebError, parse};

/// How somebody proves the will to sign.
#[derive(Clone, Debug)]
pub(super) enum Proof {
    /// A code of six digits sent to the contact of the seat.
    Code(Address),
    /// The one-time password of an enrolled authenticator.
    SecondFactor(PersonId),
    /// The password, for staff without a second factor.
    Password { person: PersonId, login: String },
}

impl Proof {
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Code(_) => "code",
            Self::SecondFactor(_) => "second_factor",
            Self::Password { .. } => "password",
        }
    }

    /// Where the code went, as much of it as its holder needs.
    pub(super) fn sent_to(&self) -> String {
        match self {
            Self::Code(address) => address.masked(),
            Self::SecondFactor(_) | Self::Password { .. } => String::new(),
        }
    }

    /// A party proves by the contact of the seat.
    ///
    /// # Errors
    /// `Forbidden` for a seat without any contact.
    pub(super) fn of_party(contact: &Contact) -> Result<Self, WebError> {
        let phone = contact.phone.clone().map(Address::Phone);
        phone
            .or_else(|| contact.mail.clone().map(Address::Mail))
            .map(Self::Code)
            .ok_or_else(|| WebError::Forbidden("no contact to send a code to".to_owned()))
    }

    /// Staff prove by the second factor, or by their password where none is enrolled.
    pub(super) async fn of_staff(web: &Web, person: PersonId) -> Result<Self, WebError> {
        let mut read = web.accounts.store.read().await?;
        let found = credentials::of(&mut read, person).await?;
        let staff = found.ok_or_else(|| WebError::Forbidden("no credentials".to_owned()))?;
        Ok(if staff.enrolled_at.is_some() {
            Self::SecondFactor(person)
        } else {
            Self::Password {
                person,
                login: staff.login,
            }
        })
    }

    /// Sends a code where there is one to send. What to wait for is said in the message beside the form.
    pub(super) async fn begin(
        &self,
        web: &Web,
        viewer: &Viewer,
        purpose: Purpose<'_>,
        form: &mut Form,
    ) -> Result<(), WebError> {
        let Self::Code(address) = self else {
            return Ok(());
        };
        let request = Request {
            purpose,
            to: address,
            client: viewer.client,
            locale: viewer.locale.tag(),
        };
        match codes::issue(&web.accounts, &request, true).await {
            Err(AccountsError::TooMany { seconds }) => {
                form.refuse("code", Text::key("sign-code-wait").with("seconds", seconds));
            }
            other => {
                other?;
            }
        }
        Ok(())
    }

    /// Whether what was typed is the proof; a message stands beside the field if not.
    pub(super) async fn holds(
        &self,
        web: &Web,
        purpose: Purpose<'_>,
        hash: &ContentHash,
        form: &mut Form,
    ) -> Result<bool, WebError> {
        match self {
            Self::Code(address) => code(web, purpose, address, form).await,
            Self::SecondFactor(person) => one_time_password(web, *person, hash, form).await,
            Self::Password { person, login } => password(web, *person, login, form).await,
        }
    }
}

async fn code(
    web: &Web,
    purpose: Purpose<'_>,
    address: &Address,
    form: &mut Form,
) -> Result<bool, WebError> {
    let Some(typed) = form.read("code", parse::code) else {
        return Ok(false);
    };
    let wrong = match codes::check(&web.accounts, purpose, address, &typed).await? {
        Checked::Right => return Ok(true),
        Checked::Wrong { tries_left } => Text::key("sign-code-wrong").with("left", tries_left),
        Checked::Void => Text::key("sign-code-void"),
    };
    form.forget("code");
    form.refuse("code", wrong);
    Ok(false)
}

/// Asked again for every paper: a one-time password that opened the session seals nothing.
pub(super) async fn one_time_password(
    web: &Web,
    person: PersonId,
    hash: &ContentHash,
    form: &mut Form,
) -> Result<bool, WebError> {
    let Some(typed) = form.read("code", parse::code) else {
        return Ok(false);
    };
    let subject = format!("paper {hash}");
    let right = second_factor::check(&web.accounts, person, &typed, &subject).await?;
    form.forget("code");
    if !right {
        form.refuse("code", Text::key("sign-totp-wrong"));
    }
    Ok(right)
}

async fn password(
    web: &Web,
    person: PersonId,
    login: &str,
    form: &mut Form,
) -> Result<bool, WebError> {
    let Some(typed) = form.read("code", parse::text(200)) else {
        return Ok(false);
    };
    let found = staff::sign_in(&web.accounts, login, &typed).await?;
    let right = found.is_some_and(|staff| staff.person == person);
    form.forget("code");
    if !right {
        form.refuse("code", Text::key("sign-password-wrong"));
    }
    Ok(right)
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
