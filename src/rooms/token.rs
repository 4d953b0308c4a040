//! The room token: a signed note of at most a minute that lets one person open one socket of one room, once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::clock::Clock;
use crate::domain::ids::PersonId;
use crate::rooms::RoomId;

/// Seconds a token is good for.
const LIFE: i64 = 60;

/// Issues room tokens and takes each of them back once. The key is made at the start and dies with the
/// process, so no token outlives the rooms it opens.
pub(crate) struct Tokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    /// Tokens taken back that would still be in time, by id, with their expiry.
    spent: Mutex<BTreeMap<String, i64>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TokenError {
    #[error("the room token cannot be made")]
    NotMade,
    #[error("this is no token of ours for this room")]
    Forged,
    #[error("the room token is too old or too new")]
    OutOfTime,
    #[error("the room token was used before")]
    Spent,
}

/// All claims are required and typed: a missing one, or a text where a number belongs, is a forgery.
#[derive(Serialize, Deserialize)]
struct Claims {
    sub: PersonId,
    aud: String,
    nbf: i64,
    exp: i64,
    jti: String,
}

impl Tokens {
    pub(crate) fn new(clock: &Clock) -> Self {
        let key = clock.random::<32>();
        Self {
            encoding: EncodingKey::from_secret(&key),
            decoding: DecodingKey::from_secret(&key),
            spent: Mutex::default(),
        }
    }

    /// A token for one socket of `room`, good from now for a minute.
    pub(crate) fn issue(
        &self,
        room: RoomId,
        person: PersonId,
        clock: &Clock,
    ) -> Result<String, TokenError> {
        let now = clock.now().as_second();
        let claims = Claims {
            sub: person,
            aud: audience(room),
            nbf: now,
            exp: now + LIFE,
            jti: clock.new_id().to_string(),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
            .or(Err(TokenError::NotMade))
    }

    /// Whom the token lets into `room`; from now on it lets nobody in.
    pub(crate) fn redeem(
        &self,
        token: &str,
        room: RoomId,
        now: Timestamp,
    ) -> Result<PersonId, TokenError> {
        let claims = self.read(token, room)?;
        let now = now.as_second();
        if now < claims.nbf || now >= claims.exp || claims.exp - claims.nbf > LIFE {
            return Err(TokenError::OutOfTime);
        }
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        spent.retain(|_, expiry| *expiry > now);
        match spent.insert(claims.jti, claims.exp) {
            None => Ok(claims.sub),
            Some(_) => Err(TokenError::Spent),
        }
    }

    /// The signature and the audience; the time is compared with the caller's, not with the library's clock.
    fn read(&self, token: &str, room: RoomId) -> Result<Claims, TokenError> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.validate_exp = false;
        validation.set_required_spec_claims(&["exp", "nbf", "aud", "sub"]);
        validation.set_audience(&[audience(room)]);
        jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation)
            .map(|token| token.claims)
            .or(Err(TokenError::Forged))
    }
}

fn audience(room: RoomId) -> String {
    format!("heyi-room:{room}")
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::domain::ids::{CaseId, SessionId};

    /// Claims that an old library took for none.
    #[derive(Serialize)]
    struct Bare {
        sub: PersonId,
        aud: String,
        nbf: i64,
        exp: &'static str,
        jti: &'static str,
    }

    fn room_id(clock: &Clock) -> RoomId {
        let (case, session) = (CaseId(clock.new_id()), SessionId(clock.new_id()));
        RoomId { case, session }
    }

    fn ids(clock: &Clock) -> (RoomId, PersonId) {
        (room_id(clock), PersonId(clock.new_id()))
    }

    fn clock() -> Clock {
        Clock::fixed("2026-11-22T08:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_token_opens_its_room_once() {
        let clock = clock();
        let (room, person) = ids(&clock);
        let tokens = Tokens::new(&clock);
        let token = tokens.issue(room, person, &clock).unwrap();
        assert_eq!(tokens.redeem(&token, room, clock.now()), Ok(person));
        assert_eq!(
            tokens.redeem(&token, room, clock.now()),
            Err(TokenError::Spent)
        );
    }

    #[test]
    fn a_token_opens_no_other_room_and_is_not_spent_by_trying() {
        let clock = clock();
        let (room, person) = ids(&clock);
        let tokens = Tokens::new(&clock);
        let token = tokens.issue(room, person, &clock).unwrap();
        let other = room_id(&clock);
        assert_eq!(
            tokens.redeem(&token, other, clock.now()),
            Err(TokenError::Forged)
        );
        assert_eq!(tokens.redeem(&token, room, clock.now()), Ok(person));
    }

    #[test]
    fn a_token_lives_a_minute() {
        let clock = clock();
        let (room, person) = ids(&clock);
        let tokens = Tokens::new(&clock);
        let token = tokens.issue(room, person, &clock).unwrap();
        let early = clock.now() - SignedDuration::from_secs(1);
        assert_eq!(
            tokens.redeem(&token, room, early),
            Err(TokenError::OutOfTime)
        );
        clock.advance(SignedDuration::from_secs(60));
        assert_eq!(
            tokens.redeem(&token, room, clock.now()),
            Err(TokenError::OutOfTime)
        );
    }

    #[test]
    fn a_token_of_another_key_or_without_a_claim_is_forged() {
        let clock = clock();
        let (room, person) = ids(&clock);
        let tokens = Tokens::new(&clock);
        let foreign = Tokens::new(&clock).issue(room, person, &clock).unwrap();
        assert_eq!(
            tokens.redeem(&foreign, room, clock.now()),
            Err(TokenError::Forged)
        );
        let bare = Bare {
            sub: person,
            aud: audience(room),
            nbf: 0,
            exp: "9999999999",
            jti: "1",
        };
        let header = Header::new(Algorithm::HS256);
        let token = jsonwebtoken::encode(&header, &bare, &tokens.encoding).unwrap();
        assert_eq!(
            tokens.redeem(&token, room, clock.now()),
            Err(TokenError::Forged)
        );
    }

    #[test]
    fn only_one_algorithm_is_accepted() {
        let clock = clock();
        let (room, person) = ids(&clock);
        let tokens = Tokens::new(&clock);
        let now = clock.now().as_second();
        let claims = Claims {
            sub: person,
            aud: audience(room),
            nbf: now,
            exp: now + 60,
            jti: "1".into(),
        };
        let other = jsonwebtoken::encode(&Header::new(Algorithm::HS384), &claims, &tokens.encoding)
            .unwrap();
        assert_eq!(
            tokens.redeem(&other, room, clock.now()),
            Err(TokenError::Forged)
        );
    }
}
