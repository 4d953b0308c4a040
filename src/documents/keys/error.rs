//! Why the authority cannot be opened, or cannot issue.

/// Why the authority cannot be opened or cannot issue.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("{file}: {source}")]
    File {
        file: String,
        source: std::io::Error,
    },
    #[error("the passphrase does not open the keys of the authority, or their file was changed")]
    Passphrase,
    #[error("the file of the keys is damaged, or is none of ours")]
    Damaged,
    #[error("the key and the certificate of the authority do not belong together")]
    Mismatch,
    #[error("{0}: there are keys already, which nothing overwrites; move the folder away first")]
    Exists(String),
    #[error(
        "{0}: the certificates are there and their keys are not; `heyi ca restore` puts back what `heyi ca backup` wrote. To begin \
         anew, move the folder away"
    )]
    Lost(String),
    #[error("{0}: there are no keys; `heyi ca init` makes them")]
    Missing(String),
    #[error("{0:?} is no serial number in hexadecimal digits")]
    Serial(String),
    #[error("{0} is taken back already")]
    RevokedBefore(String),
    #[error("{0} is a root, which no list takes back: `heyi ca rotate` makes another")]
    IsRoot(String),
    #[error("{name} ran out on {}: `heyi ca rotate` makes the next one", until.strftime("%F"))]
    RanOut {
        name: String,
        until: jiff::Timestamp,
    },
    #[error(
        "a pseudonym is 32 to 64 lower-case hexadecimal digits, never a number of an identity document"
    )]
    Pseudonym,
    #[error("the key of a certificate lies on no curve that is known here")]
    Curve,
    #[error("certificate: {0}")]
    Certificate(#[from] x509_cert::builder::Error),
    #[error("certificate: {0}")]
    Der(#[from] der::Error),
    #[error("key: {0}")]
    Key(#[from] signature::Error),
    #[error("deriving the key from the passphrase: {0}")]
    Derive(argon2::Error),
}
