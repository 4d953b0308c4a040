//! The papers of a case, each from a plain struct of what it says.

mod agreement;
mod application;
mod certificate;
mod check;
mod dossier;
mod evidence;
mod extension;
mod intake;
mod letter;
mod minutes;
mod party;
mod rights;
mod ruling;
mod samples;
mod scan;
mod service;
mod slip;
mod wording;

pub use crate::i18n::forms::bare;

pub use agreement::{Agreement, Obligation, PREVAILS, Regime, Sum, Translation};
pub use application::{Application, ServiceChoice};
pub use certificate::{Certificate, Course, Ending, Remedy};
pub use check::{check, previews};
pub use dossier::{Dossier, Enclosed, Section, dossier};
pub use evidence::{
    Acts, ByHand, Certificate as SignerCertificate, Consent as SignerConsent, Evidence, Identity,
    Link, Seat, Shown, Signer as SignerFacts, Subject,
};
pub use extension::{Assent, Basis, Extension};
pub use intake::{Asked, Consent, Intake, Named};
pub use letter::Letter;
pub use minutes::{ActsFor, Checked, Member, Minutes, Present, Statement, Told};
pub use party::{Agent, Document, Party, Right, Role, Signatory, Title};
pub use rights::Rights;
pub use ruling::{Ground, Outcome, Ruling};
pub use scan::{Enclosures, Scan, ScanFile, scan};
pub use service::{ElectronicWay, ServiceForm};
pub use slip::Slip;
pub use wording::{BESIDE, Beside, InEnglish, OF_PAPERS, OF_WORDING, Worded, in_words, of_data};
