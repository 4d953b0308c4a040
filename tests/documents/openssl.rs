//! What OpenSSL says of our certificates, lists, signatures and timestamps.

use std::path::{Path, PathBuf};
use std::process::Command;

#[cfg(feature = "sm")]
use der::{Decode, Encode};
use heyi::clock::Clock;
use heyi::config::Algorithm;
use heyi::documents::keys::Authority;
use sha2::{Digest, Sha256};

use super::samples;

/// The files that a check needs, in a folder.
struct Bench {
    folder: tempfile::TempDir,
    revisions: Vec<Vec<u8>>,
}

impl Bench {
    fn new(algorithm: Algorithm) -> Self {
        let clock = Clock::system();
        let authority = Authority::create_with(algorithm, &clock).unwrap();
        let revisions = samples::signed_by_all(&samples::settlement(), &authority, &clock);
        let bench = Self {
            folder: tempfile::tempdir().unwrap(),
            revisions,
        };
        bench.keep("roots.pem", authority.roots_pem().unwrap().as_bytes());
        let lists = authority.revocations(clock.now()).unwrap();
        let pem = lists.iter().enumerate().map(|(number, list)| {
            let file = bench.keep(&format!("{number}.crl"), list);
            openssl(&["crl", "-inform", "DER", "-in", text(&file)])
        });
        let pem: String = pem.collect();
        bench.keep("lists.pem", pem.as_bytes());
        bench
    }

    fn keep(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// What it says when it is content.
fn openssl(arguments: &[&str]) -> String {
    let output = Command::new("openssl").args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
    said
}

/// The newest signature of a file in DER, and what it covers.
fn newest(bytes: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mark = b"/Contents <";
    let found = bytes.windows(mark.len()).rposition(|it| it == mark);
    let start = found.unwrap() + mark.len();
    let length = bytes[start..]
        .iter()
        .position(|byte| *byte == b'>')
        .unwrap();
    let digits = std::str::from_utf8(&bytes[start..start + length]).unwrap();
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).unwrap();
    let padded: Vec<u8> = (0..length).step_by(2).map(byte).collect();
    let inner = usize::from(u16::from_be_bytes([padded[2], padded[3]]));
    assert_eq!(padded[..2], [0x30, 0x82]);
    let covered = [&bytes[..start - 1], &bytes[start + length + 1..]].concat();
    (padded[..inner + 4].to_vec(), covered)
}

/// That of the signer, beside which nothing comes along with a signature.
fn certificate(bench: &Bench, cms: &Path) -> PathBuf {
    let all = openssl(&["pkcs7", "-inform", "DER", "-in", text(cms), "-print_certs"]);
    assert_eq!(all.matches("BEGIN CERTIFICATE").count(), 1, "{all}");
    bench.keep("own.pem", all.as_bytes())
}

#[test]
fn openssl_trusts_the_certificate_of_a_signer_and_finds_that_it_is_not_taken_back() {
    let bench = Bench::new(Algorithm::P256);
    let (roots, lists) = (bench.path("roots.pem"), bench.path("lists.pem"));
    for bytes in &bench.revisions[1..bench.revisions.len() - 1] {
        let (cms, covered) = newest(bytes);
        let (cms, covered) = (
            bench.keep("signature", &cms),
            bench.keep("covered", &covered),
        );
        let own = certificate(&bench, &cms);
        let check = [
            "verify",
            "-x509_strict",
            "-CAfile",
            text(&roots),
            "-crl_check",
        ];
        let rest = ["-CRLfile", text(&lists), text(&own)];
        let said = openssl(&[check.as_slice(), &rest].concat());
        assert!(said.contains(": OK"), "{said}");
        let check = [
            "cms",
            "-verify",
            "-binary",
            "-inform",
            "DER",
            "-in",
            text(&cms),
        ];
        let rest = ["-content", text(&covered), "-CAfile", text(&roots)];
        let purpose = ["-purpose", "any", "-cades", "-out", "/dev/null"];
        openssl(&[check.as_slice(), &rest, &purpose].concat());
    }
}

/// What the one signer of a CMS signed, in DER, and with what.
#[cfg(feature = "sm")]
fn signed(cms: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let outer = cms::content_info::ContentInfo::from_der(cms).unwrap();
    let inner: cms::signed_data::SignedData = outer.content.decode_as().unwrap();
    let signer = inner.signer_infos.0.get(0).unwrap();
    let attributes = signer.signed_attrs.as_ref().unwrap().to_der().unwrap();
    (attributes, signer.signature.as_bytes().to_vec())
}

#[cfg(feature = "sm")]
#[test]
fn openssl_finds_that_an_sm2_root_certified_the_signer_and_that_the_signer_signed() {
    let bench = Bench::new(Algorithm::Sm2);
    let (cms, covered) = newest(&bench.revisions[1]);
    let (attributes, signature) = signed(&cms);
    let cms = bench.keep("signature", &cms);
    let own = certificate(&bench, &cms);
    let identity = "distid:1234567812345678";
    // Over attributes that hold the digest of what the signature covers.
    let digest = Sha256::digest(&covered);
    assert!(attributes.windows(32).any(|it| it == digest.as_slice()));
    let key = openssl(&["x509", "-in", text(&own), "-noout", "-pubkey"]);
    let key = bench.keep("key.pem", key.as_bytes());
    let made = bench.keep("made", &signature);
    let judged = |attributes: &[u8]| {
        let said = bench.keep("attributes", attributes);
        let check = ["dgst", "-sm3", "-sigopt", identity, "-verify", text(&key)];
        let rest = ["-signature", text(&made), text(&said)];
        let all = [check.as_slice(), &rest].concat();
        let output = Command::new("openssl").args(all).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(judged(&attributes), "Verified OK\n");
    let mut changed = attributes.clone();
    *changed.last_mut().unwrap() ^= 1;
    assert_eq!(judged(&changed), "Verification failure\n");
    let roots = bench.path("roots.pem");
    let check = [
        "verify",
        "-vfyopt",
        identity,
        "-CAfile",
        text(&roots),
        text(&own),
    ];
    let said = openssl(&check);
    assert!(said.contains(": OK"), "{said}");
    let read = openssl(&["x509", "-in", text(&own), "-noout", "-text"]);
    assert!(read.contains("SM2-with-SM3"), "{read}");
}

#[test]
fn openssl_reads_the_archive_timestamp() {
    let bench = Bench::new(Algorithm::P256);
    let (token, covered) = newest(bench.revisions.last().unwrap());
    let token = bench.keep("token", &token);
    let digest = |bytes: &[u8]| format!("{:x}", HexOf(&Sha256::digest(bytes)));
    let roots = bench.path("roots.pem");
    let check = |digest: &str| {
        let arguments = [
            "ts",
            "-verify",
            "-token_in",
            "-in",
            text(&token),
            "-digest",
            digest,
        ];
        let all = [arguments.as_slice(), &["-CAfile", text(&roots)]].concat();
        Command::new("openssl").args(all).output().unwrap()
    };
    let output = check(&digest(&covered));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("Verification: OK"),
        "{said}"
    );
    assert!(!check(&digest(b"something else")).status.success());
    let said = openssl(&["ts", "-reply", "-token_in", "-in", text(&token), "-text"]);
    assert!(
        said.contains("Policy OID: 2.25.1214601577.3161.1"),
        "{said}"
    );
}

/// Bytes as lower-case digits.
struct HexOf<'a>(&'a [u8]);

impl std::fmt::LowerHex for HexOf<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
