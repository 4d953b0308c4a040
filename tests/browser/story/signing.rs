//! Reading to the end, signing each in their own way, the mediator, the seal; then other people's verifiers.

use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::{CLAIMANT_PHONE, MEDIATOR, MEDIATOR_PHONE, RESPONDENT, RESPONDENT_PHONE, Town};
use crate::browser::outbox::Outbox;
use crate::browser::person::Person;
use crate::documents::checkers::{pdfsig, pyhanko, qpdf, text};

/// The button below the form one just filled in.
const NEXT: &str = "form:has([name=consent]) button[type=submit]";

impl Person {
    /// Two strokes with a finger.
    pub(in crate::browser) async fn draws_a_name(&self) {
        let canvas = self.browser.find("#strokes").await;
        canvas.scroll_into_view().await.unwrap();
        for (from, to) in [((-80, -10), (60, 10)), ((-20, -30), (-20, 40))] {
            let hand = self.browser.driver.action_chain();
            let drawn = hand
                .move_to_element_with_offset(&canvas, from.0, from.1)
                .click_and_hold()
                .move_to_element_with_offset(&canvas, to.0, to.1)
                .release();
            drawn.perform().await.unwrap();
        }
    }

    /// The way that needs no dragging.
    pub(in crate::browser) async fn types_a_name(&self, name: &str) {
        if self
            .browser
            .has("[data-draw]:not([hidden]) [data-type]")
            .await
        {
            self.click("[data-type]").await;
        }
        self.browser.fill("typed", name).await;
    }

    pub(in crate::browser) async fn consents(&self) {
        self.tick("read").await;
        self.tick("consent").await;
        self.press(NEXT).await;
        assert!(
            !self.browser.has(".error-summary").await,
            "{}",
            self.browser.text().await
        );
    }

    /// Types the name, consents and proves it by the code that comes to this phone.
    pub(in crate::browser) async fn signs(&self, name: &str, outbox: &Outbox, phone: &str) {
        self.types_a_name(name).await;
        self.press_in_vain(NEXT).await;
        self.consents().await;
        self.confirms_with(&outbox.code(phone).await).await;
    }

    pub(in crate::browser) async fn confirms_with(&self, code: &str) {
        self.browser.fill("code", code).await;
        self.go("form:has([name=code]) button[type=submit]").await;
    }

    /// A file of the server that only this person may read.
    pub(in crate::browser) async fn download(&self, path: &str) -> Vec<u8> {
        let script = format!(
            "const answer = await fetch('{path}');
             if (!answer.ok) return answer.status;
             const bytes = new Uint8Array(await answer.arrayBuffer());
             return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))"
        );
        let file = self.browser.evaluate(&script).await;
        let file = file.as_str().unwrap_or_else(|| panic!("{path}: {file}"));
        BASE64_STANDARD.decode(file).unwrap()
    }
}

impl Town {
    pub(super) async fn all_sign(&self) {
        let one = &self.claimant;
        one.visit(&self.below("sign")).await;
        one.draws_a_name().await;
        one.consents().await;
        one.confirms_with(&self.outbox.code(CLAIMANT_PHONE).await)
            .await;
        let other = &self.respondent;
        other.visit(&self.below("sign")).await;
        other
            .signs(RESPONDENT, &self.outbox, RESPONDENT_PHONE)
            .await;
        let mediator = &self.mediator;
        mediator.visit(&self.below("sign")).await;
        mediator.types_a_name(MEDIATOR).await;
        mediator.consents().await;
        let code = self.outbox.code(MEDIATOR_PHONE).await;
        mediator.confirms_with(&code).await;
        let office = &self.office;
        let code = office
            .become_one("方书怡")
            .await
            .expect("a seal wants a second factor");
        office.visit(&self.below("seal")).await;
        office.confirms_with(&code).await;
    }

    /// Two parties, the mediator and the seal.
    pub(super) async fn agreement_convinces_others(&self) {
        self.claimant.visit(&self.case).await;
        let path = self.claimant.link("main a[href*='/papers/']").await;
        let words = self.convinces(&self.claimant, &path, 4).await;
        assert_eq!(words.matches("，住柳荫小区").count(), 2, "{words}");
        let check = self.claimant.link("main a[href*='/v/']").await;
        self.claimant.visit(&check).await;
    }

    /// Other verifiers accept the paper; gives back what it says.
    pub(super) async fn convinces(&self, reader: &Person, path: &str, signatures: usize) -> String {
        let file = reader.keeps(path).await;
        convinces(file.path(), &authority(&self.data()), signatures).0
    }
}

impl Person {
    /// A file of the server that only this person may read, kept for other programs.
    pub(in crate::browser) async fn keeps(&self, path: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::with_suffix(".pdf").unwrap();
        std::fs::write(file.path(), self.download(path).await).unwrap();
        file
    }
}

/// Other verifiers and our own accept the paper with so many signatures; what it says, and what `heyi verify` says of it.
pub(in crate::browser) fn convinces(
    file: &Path,
    root: &Path,
    signatures: usize,
) -> (String, String) {
    qpdf(file);
    let said = pdfsig(file);
    let valid = said.matches("Signature is Valid").count();
    assert_eq!(valid, signatures, "{said}");
    let (valid, said) = pyhanko(file, root);
    assert!(valid, "{said}");
    assert_eq!(said.matches("judged VALID").count(), signatures, "{said}");
    let mut verify = Command::new(env!("CARGO_BIN_EXE_heyi"));
    let verify = verify.arg("verify").arg(file).arg("--trust").arg(root);
    let verify = verify.output().unwrap();
    assert!(verify.status.success(), "{verify:?}");
    let words = text(file).split_whitespace().collect();
    (words, String::from_utf8(verify.stdout).unwrap())
}

/// The certificate of the own authority of a town, whose data lie there.
pub(in crate::browser) fn authority(data: &Path) -> PathBuf {
    data.join("authority/authority.crt")
}
