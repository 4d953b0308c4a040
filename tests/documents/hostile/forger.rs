//! Certificates, signatures, timestamps and lists of anybody's making.

use heyi::documents::keys::{Roots, Use};
use heyi::documents::samples::COMMITTEE;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest, Sha256};
use signature::Signer as _;

use super::der::{
    CONTENT_TYPE, DATA, EC_KEY, ECDSA_SHA256, MESSAGE_DIGEST, P256, POLICY, SHA256, SIGNED_DATA,
    SIGNING_CERTIFICATE, SIGNS_PAPERS, STAMP, TELLS_TIME, TST_INFO, algorithm, attribute, bits,
    int, octets, oid, seq, sorted, tlv, utc,
};

/// The second of every signature of these tests, in the forms of a certificate, a timestamp and a PDF.
pub(super) const NOW: &str = "261122020000Z";
pub(super) const NOW_LONG: &str = "20261122020000Z";
pub(super) const NOW_PDF: &str = "D:20261122100000+08'00";

/// A key with its certificate.
#[derive(Clone)]
pub(super) struct Holder {
    key: SigningKey,
    name: Vec<u8>,
    serial: u8,
    pub(super) certificate: Vec<u8>,
    issuer_name: Vec<u8>,
    /// Which certificates come along with its own.
    companions: Vec<Vec<u8>>,
    /// Whether it makes the other of the two signatures that ECDSA has for one.
    other: bool,
}

/// What a certificate says.
pub(super) struct Terms {
    pub(super) valid: [&'static str; 2],
    /// Bits of the key usage from the first, and how many of the byte are not used.
    pub(super) usage: (u8, u8),
    pub(super) purposes: Vec<&'static [u8]>,
    pub(super) authority: bool,
}

impl Terms {
    pub(super) fn root() -> Self {
        Self {
            valid: ["260101000000Z", "460101000000Z"],
            usage: (0x06, 1),
            purposes: Vec::new(),
            authority: true,
        }
    }

    pub(super) fn signer() -> Self {
        Self {
            valid: ["261122015900Z", "291122015900Z"],
            usage: (0xC0, 6),
            purposes: vec![SIGNS_PAPERS],
            authority: false,
        }
    }

    pub(super) fn stamp() -> Self {
        Self {
            valid: ["260101000000Z", "360101000000Z"],
            usage: (0x80, 7),
            purposes: vec![TELLS_TIME],
            authority: false,
        }
    }
}

fn key(seed: &str) -> SigningKey {
    SigningKey::from_slice(&Sha256::digest(seed)).unwrap()
}

fn name(common: &str) -> Vec<u8> {
    let part = |id: &[u8], value: Vec<u8>| tlv(0x31, &seq(&[oid(id), value]));
    let office = part(&[0x55, 4, 10], tlv(0x0C, common.as_bytes()));
    let office = if common == COMMITTEE {
        office
    } else {
        Vec::new()
    };
    seq(&[
        part(&[0x55, 4, 6], tlv(0x13, b"CN")),
        office,
        part(&[0x55, 4, 3], tlv(0x0C, common.as_bytes())),
    ])
}

/// ECDSA has two signatures for one; ours is that with the smaller number.
fn sign(key: &SigningKey, bytes: &[u8], other: bool) -> Vec<u8> {
    let signature: Signature = key.sign(bytes);
    let low = signature.normalize_s();
    let high = Signature::from_scalars(low.r(), -low.s()).unwrap();
    let signature = if other { high } else { low };
    signature.to_der().as_bytes().to_vec()
}

fn sealed(key: &SigningKey, tbs: Vec<u8>) -> Vec<u8> {
    let signature = bits(0, &sign(key, &tbs, false));
    seq(&[tbs, algorithm(ECDSA_SHA256), signature])
}

fn extensions(terms: &Terms) -> Vec<u8> {
    let extension = |id: u8, value: Vec<u8>| {
        let critical = tlv(0x01, &[0xFF]);
        seq(&[oid(&[0x55, 0x1D, id]), critical, octets(&value)])
    };
    let authority = if terms.authority {
        tlv(0x01, &[0xFF])
    } else {
        Vec::new()
    };
    let mut all = vec![
        extension(0x13, seq(&[authority])),
        extension(0x0F, bits(terms.usage.1, &[terms.usage.0])),
    ];
    if !terms.purposes.is_empty() {
        let purposes: Vec<_> = terms.purposes.iter().map(|one| oid(one)).collect();
        all.push(extension(0x25, seq(&purposes)));
    }
    tlv(0xA3, &seq(&all))
}

/// A certificate for `common`, with a key of its own.
pub(super) fn certify(common: &str, serial: u8, terms: &Terms, by: Option<&Holder>) -> Holder {
    certify_key(key(common), common, (serial, terms), by)
}

/// Another root of the same name.
pub(super) fn twin(common: &str) -> Holder {
    let own = key(&[common, " again"].concat());
    certify_key(own, common, (1, &Terms::root()), None)
}

fn certify_key(
    own: SigningKey,
    common: &str,
    (serial, terms): (u8, &Terms),
    by: Option<&Holder>,
) -> Holder {
    let own_name = name(common);
    let issuer_name = by.map_or_else(|| own_name.clone(), |by| by.name.clone());
    let point = own.verifying_key().to_sec1_point(false);
    let public = seq(&[seq(&[oid(EC_KEY), oid(P256)]), bits(0, point.as_bytes())]);
    let tbs = seq(&[
        tlv(0xA0, &int(2)),
        int(serial),
        algorithm(ECDSA_SHA256),
        issuer_name.clone(),
        seq(&terms.valid.map(utc)),
        own_name.clone(),
        public,
        extensions(terms),
    ]);
    let certificate = sealed(by.map_or(&own, |by| &by.key), tbs);
    Holder {
        key: own,
        name: own_name,
        serial,
        companions: Vec::new(),
        certificate,
        issuer_name,
        other: false,
    }
}

impl Holder {
    /// The same, making the other of the two signatures that ECDSA has for one.
    pub(super) fn otherwise(&self) -> Self {
        Self {
            other: true,
            ..self.clone()
        }
    }

    /// The same, with other certificates beside its own.
    pub(super) fn beside(&self, companions: &[&[u8]]) -> Self {
        Self {
            companions: companions.iter().map(|one| one.to_vec()).collect(),
            ..self.clone()
        }
    }

    /// The same certificate said to come with another key.
    pub(super) fn with_key_of(&self, other: &Self) -> Self {
        Self {
            key: other.key.clone(),
            ..self.clone()
        }
    }

    /// The same key under another certificate.
    pub(super) fn under(&self, other: &Self) -> Self {
        Self {
            certificate: other.certificate.clone(),
            ..self.clone()
        }
    }

    /// The list of what this authority took back at `since`.
    pub(super) fn list(&self, revoked: &[u8], since: &str) -> Vec<u8> {
        let entry = |serial: &u8| seq(&[int(*serial), utc(since)]);
        let entries: Vec<_> = revoked.iter().map(entry).collect();
        let number = octets(&int(1));
        let number = seq(&[oid(&[0x55, 0x1D, 0x14]), number]);
        let mut tbs = vec![
            int(1),
            algorithm(ECDSA_SHA256),
            self.name.clone(),
            utc(NOW),
            utc("261222020000Z"),
        ];
        if !entries.is_empty() {
            tbs.push(seq(&entries));
        }
        tbs.push(tlv(0xA0, &seq(&[number])));
        sealed(&self.key, seq(&tbs))
    }

    fn signer_info(&self, kind: &[u8], digest: &[u8], stamp: Option<&Stamp<'_>>) -> Vec<u8> {
        let hash = Sha256::digest(&self.certificate);
        let binding = seq(&[seq(&[seq(&[octets(&hash)])])]);
        let attributes = sorted(vec![
            attribute(CONTENT_TYPE, &oid(kind)),
            attribute(MESSAGE_DIGEST, &octets(digest)),
            attribute(SIGNING_CERTIFICATE, &binding),
        ]);
        let signature = sign(&self.key, &tlv(0x31, &attributes), self.other);
        let mut info = vec![
            int(1),
            seq(&[self.issuer_name.clone(), int(self.serial)]),
            algorithm(SHA256),
            tlv(0xA0, &attributes),
            algorithm(ECDSA_SHA256),
            octets(&signature),
        ];
        if let Some(stamp) = stamp {
            let over = stamp
                .over
                .map_or_else(|| Sha256::digest(&signature).to_vec(), <[u8]>::to_vec);
            let token = stamp.by.token(&over, stamp.at);
            info.push(tlv(0xA1, &attribute(STAMP, &token)));
        }
        seq(&info)
    }

    fn cms(&self, version: u8, content: Vec<u8>, info: &[u8]) -> Vec<u8> {
        let mut certificates = vec![self.certificate.clone()];
        certificates.extend(self.companions.clone());
        let certificates = sorted(certificates);
        let data = seq(&[
            int(version),
            tlv(0x31, &algorithm(SHA256)),
            content,
            tlv(0xA0, &certificates),
            tlv(0x31, info),
        ]);
        seq(&[oid(SIGNED_DATA), tlv(0xA0, &data)])
    }

    /// A signature over a digest.
    pub(super) fn sign(&self, digest: &[u8], stamp: Option<&Stamp<'_>>) -> Vec<u8> {
        let info = self.signer_info(DATA, digest, stamp);
        self.cms(1, seq(&[oid(DATA)]), &info)
    }

    /// A timestamp over a digest.
    pub(super) fn token(&self, digest: &[u8], at: &str) -> Vec<u8> {
        let info = seq(&[
            int(1),
            oid(POLICY),
            seq(&[algorithm(SHA256), octets(digest)]),
            int(7),
            tlv(0x18, at.as_bytes()),
            seq(&[int(1)]),
        ]);
        let signer = self.signer_info(TST_INFO, &Sha256::digest(&info), None);
        let content = seq(&[oid(TST_INFO), tlv(0xA0, &octets(&info))]);
        self.cms(3, content, &signer)
    }
}

/// What is said about the time of a signature.
pub(super) struct Stamp<'a> {
    pub(super) by: &'a Holder,
    pub(super) at: &'a str,
    /// The digest it is for, where it is not that of the signature.
    pub(super) over: Option<&'a [u8]>,
}

/// Two roots and whom they vouch for, made without our code.
pub(super) struct Forger {
    pub(super) signing: Holder,
    pub(super) stamping: Holder,
    pub(super) signer: Holder,
    pub(super) stamp: Holder,
}

impl Forger {
    pub(super) fn new(seed: &str) -> Self {
        let signing = certify(&format!("{seed} signing"), 1, &Terms::root(), None);
        let stamping = certify(&format!("{seed} stamping"), 1, &Terms::root(), None);
        let signer = certify("张䶮", 2, &Terms::signer(), Some(&signing));
        let stamp = certify(
            &format!("{seed} clock"),
            2,
            &Terms::stamp(),
            Some(&stamping),
        );
        Self {
            signing,
            stamping,
            signer,
            stamp,
        }
    }

    pub(super) fn certificates(&self) -> Vec<Vec<u8>> {
        [&self.signing, &self.stamping]
            .map(|root| root.certificate.clone())
            .to_vec()
    }

    /// Each trusted for what it is there for.
    pub(super) fn roots(&self) -> Roots {
        let uses = [Use::Signing, Use::Stamping];
        Roots::of(uses.into_iter().zip(self.certificates()))
    }

    /// The same, trusted as those of services elsewhere.
    pub(super) fn roots_elsewhere(&self) -> Roots {
        let uses = [Use::SigningElsewhere, Use::StampingElsewhere];
        Roots::of(uses.into_iter().zip(self.certificates()))
    }

    /// Whose place it is.
    pub(super) fn holder(&self, field: &str) -> Holder {
        let certified =
            |common, serial| certify(common, serial, &Terms::signer(), Some(&self.signing));
        match field {
            "party-1" => self.signer.clone(),
            "party-2" => certified("欧阳建国", 3),
            "mediator-1" => certified("王和平", 4),
            _ => certified(COMMITTEE, 5),
        }
    }

    pub(super) fn now(&self) -> Stamp<'_> {
        Stamp {
            by: &self.stamp,
            at: NOW_LONG,
            over: None,
        }
    }
}
