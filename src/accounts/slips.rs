//! Slips by which a party rates once. A slip names the committee and nothing else: it is no identity, leads to no case,
//! and neither it nor what is kept of it tells whose it was.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use hmac::Mac as _;
use uuid::Uuid;

use super::secrets::{KeyUse, Secrets};
use crate::domain::case::Case;
use crate::domain::ids::{OrganisationId, PartyId};

const ID: usize = 9;
const ORGANISATION: usize = 16;
const MARK: usize = 8;

/// What a slip says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slip {
    /// By which it counts once.
    pub id: String,
    pub organisation: OrganisationId,
}

/// The slip of a seat, always the same.
pub fn token(secrets: &Secrets, case: &Case, party: PartyId) -> String {
    let seat = [case.id.to_string(), party.to_string()];
    let seat: Vec<&[u8]> = seat.iter().map(String::as_bytes).collect();
    let mut slip = mac(secrets, b"slip", &seat)[..ID].to_vec();
    slip.extend(case.organisation.0.as_bytes());
    let mark = mac(secrets, b"slip mark", &[&slip]);
    slip.extend(&mark[..MARK]);
    BASE64URL.encode(slip)
}

/// What the slip says, if it is one of ours.
pub fn read(secrets: &Secrets, token: &str) -> Option<Slip> {
    let bytes = BASE64URL.decode(token).ok()?;
    if bytes.len() != ID + ORGANISATION + MARK {
        return None;
    }
    let (slip, given) = bytes.split_at(ID + ORGANISATION);
    // Who guesses learns nothing from how long the comparison takes: a hash is compared, not the mark.
    let mark = mac(secrets, b"slip mark", &[slip]);
    if mac(secrets, b"same", &[&mark[..MARK]]) != mac(secrets, b"same", &[given]) {
        return None;
    }
    let (id, organisation) = slip.split_at(ID);
    Some(Slip {
        id: BASE64URL.encode(id),
        organisation: OrganisationId(Uuid::from_slice(organisation).ok()?),
    })
}

fn mac(secrets: &Secrets, what: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let parts: Vec<&[u8]> = std::iter::once(what).chain(parts.iter().copied()).collect();
    let mac = secrets.mac(KeyUse::Token, &parts);
    mac.finalize().into_bytes().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::domain::fixture::{CLAIMANT, Quarrel, RESPONDENT, rules};

    #[test]
    fn a_slip_is_known_again_and_another_is_not() {
        let rules = rules();
        let case = Quarrel::new(&rules).case;
        let secrets = Secrets::fleeting(&Clock::system());
        let slip = token(&secrets, &case, CLAIMANT);
        let read_again = read(&secrets, &slip).unwrap();
        assert_eq!(read_again.organisation, case.organisation);
        let other = token(&secrets, &case, RESPONDENT);
        assert_ne!(read(&secrets, &other).unwrap().id, read_again.id);
        let foreign = Secrets::fleeting(&Clock::system());
        assert_eq!(read(&foreign, &slip), None);
        let mut bytes = BASE64URL.decode(&slip).unwrap();
        bytes[20] ^= 1;
        for guessed in [BASE64URL.encode(bytes), String::new(), "…".to_owned()] {
            assert_eq!(read(&secrets, &guessed), None);
        }
        let bytes = BASE64URL.decode(&slip).unwrap();
        let id = case.id.0.as_bytes();
        assert!(!bytes.windows(id.len()).any(|part| part == id), "no case");
    }
}
