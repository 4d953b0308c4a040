//! Every face that the page for checking can show.

use jiff::Timestamp;

use super::{Found, Known, Record, VerifyPage, name};
use crate::domain::paper::{PaperKind, WhyVoid};
use crate::i18n::Text;
use crate::web::{Form, Page};

impl Page for VerifyPage {
    const TEMPLATE: &'static str = "pages/verify.html";

    fn samples() -> Vec<Self> {
        let page = |record, result| Self {
            action: "/verify".to_owned(),
            record,
            result,
            form: Form::blank(),
        };
        let mut wrong = page(None, None);
        let missing = Text::key("verify-file-missing");
        wrong.form.refuse("file", missing);
        let mut pages = vec![
            wrong,
            page(None, None),
            page(None, Some(sample(true, true, "same"))),
            page(None, Some(sample(false, true, "other"))),
            page(None, Some(from_elsewhere())),
            page(None, Some(worded_otherwise())),
            page(None, Some(cut_off())),
            page(Some(record("agreement", "unknown")), None),
        ];
        let behind = [
            ("ruling", "current", "referred"),
            ("agreement", "current", "report"),
            ("agreement", "over", "over"),
            ("agreement", "declined", "over"),
            ("agreement", "signing", "older"),
            ("agreement", "current", "printed"),
        ];
        pages.extend(behind.map(|(kind, state, compared)| {
            let found = sample(true, true, compared);
            page(Some(record(kind, state)), Some(found))
        }));
        pages.extend(["unsigned", ""].map(|compared| {
            let found = sample(false, false, compared);
            page(Some(record("agreement", "signing")), Some(found))
        }));
        pages.extend(
            ["signing", "filed", "decided", "dropped"]
                .into_iter()
                .chain(WhyVoid::ALL.map(WhyVoid::name))
                .map(|state| page(Some(record("application", state)), None)),
        );
        let beside = ["yes", "no", "foreign"].map(|about| {
            let good = about != "foreign";
            Found {
                about,
                ..sample(good, good, "")
            }
        });
        pages.extend(beside.map(|found| page(None, Some(found))));
        pages.extend(PaperKind::ALL.map(|kind| page(Some(record(&name(kind), "current")), None)));
        pages
    }
}

fn record(kind: &str, state: &'static str) -> Record {
    let is_void = WhyVoid::ALL.iter().any(|why| why.name() == state);
    Record {
        state,
        file: (state != "unknown").then(|| "/v/0123/record.json".to_owned()),
        proof: (state == "current").then(|| "/cases/1/papers/2?proof=inclusion".to_owned()),
        known: (!["over", "unknown"].contains(&state)).then(|| Known {
            kind: kind.to_owned(),
            issuer: "柳荫街道人民调解委员会".to_owned(),
            made_at: Timestamp::UNIX_EPOCH,
            void_at: is_void.then_some(Timestamp::UNIX_EPOCH),
            places: if is_void { 0 } else { 4 },
            signed: if state == "signing" { 2 } else { 4 },
            ink: match state {
                "current" => "done",
                "signing" => "waiting",
                _ => "",
            },
            mark: "0000 0000 0000 0000".to_owned(),
        }),
    }
}

fn from_elsewhere() -> Found {
    Found {
        elsewhere: true,
        ..sample(false, true, "")
    }
}

fn worded_otherwise() -> Found {
    Found {
        worded: true,
        ..sample(false, true, "")
    }
}

fn cut_off() -> Found {
    Found {
        cut: true,
        ..sample(false, true, "")
    }
}

fn sample(accepted: bool, whole: bool, compared: &'static str) -> Found {
    Found {
        accepted,
        elsewhere: false,
        worded: false,
        whole,
        cut: false,
        compared,
        about: "",
        waiting: compared == "older",
        lines: vec!["文件完整，全部签名有效。".to_owned()],
        steps: vec!["第1次添加：申请人王秀英的签名".to_owned()],
        hash: "0".repeat(64),
    }
}
