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

use super::paper::{Block, Check, Slot, SlotKind};
use super::words::Words;
pub use crate::i18n::forms::bare;

pub use agreement::{Agreement, Obligation, Regime, Sum};
pub use application::{Application, ServiceChoice};
pub use certificate::{Certificate, Course, Ending, Remedy};
pub use check::{check, previews};
pub use dossier::{Dossier, Enclosed, Section, dossier};
pub use evidence::{
    Certificate as SignerCertificate, Consent as SignerConsent, Evidence, Identity, Link, Shown,
    Signer as SignerFacts, Subject, evidence,
};
pub use extension::{Assent, Basis, Extension};
pub use intake::{Asked, Consent, Intake, Named};
pub use letter::Letter;
pub use minutes::{Checked, Member, Minutes, Present, Statement, Told};
pub use party::{Agent, Party, Right, Role, Signatory};
pub use rights::Rights;
pub use ruling::{Ground, Outcome, Ruling};
pub use scan::{Enclosures, Scan, ScanFile, scan};
pub use service::{ElectronicWay, ServiceForm};
pub use slip::Slip;
pub use wording::{OF_PAPERS, Worded, in_words};

/// Collects the blocks of a paper and counts its sections.
struct Draft<'a> {
    words: Words<'a>,
    sections: usize,
    blocks: Vec<Block>,
}

impl<'a> Draft<'a> {
    const fn new(words: Words<'a>) -> Self {
        Self {
            words,
            sections: 0,
            blocks: Vec::new(),
        }
    }

    /// Begins a numbered section.
    fn section(&mut self, key: &str) {
        let heading = self.words.heading(self.sections, key);
        self.sections += 1;
        self.blocks.push(Block::Heading(heading));
    }

    fn paragraph(&mut self, text: String) {
        self.blocks.push(Block::Paragraph(text));
    }

    fn notice(&mut self, title: &str, text: String) {
        self.blocks.push(Block::Notice {
            title: self.words.plain(title),
            text,
        });
    }

    fn signatures(&mut self, slots: Vec<Slot>) {
        self.blocks.push(Block::Signatures(slots));
    }

    /// The square code to the public page of the paper.
    fn check(&self, url: &str) -> Check {
        Check {
            url: url.to_owned(),
            on_each_page: false,
            caption: self.words.plain("documents-check-caption"),
        }
    }
}

/// A place for the seal of an organisation over its name and the date.
fn seal(words: Words<'_>, organisation: &str, field: &str, date: &str) -> Slot {
    Slot {
        field: field.to_owned(),
        label: words.say("documents-seal-of", &[("organisation", organisation)]),
        kind: SlotKind::Seal {
            organisation: organisation.to_owned(),
            date: date.to_owned(),
        },
    }
}
