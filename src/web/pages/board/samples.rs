//! Every face of the board, for the tests of the templates.

use super::super::terms::ClauseShown;
use super::{
    Assent, Board, BoardClause, BoardFragment, BoardPage, FactShown, SecondMatter, ToTranslate,
};
use crate::i18n::Text;
use crate::web::{Choice, Form, Page};

impl Page for BoardFragment {
    const TEMPLATE: &'static str = "fragments/board.html";

    fn samples() -> Vec<Self> {
        vec![Self {
            board: Board::sample("open", false),
        }]
    }
}

impl Page for BoardPage {
    const TEMPLATE: &'static str = "pages/board.html";

    fn samples() -> Vec<Self> {
        let page = |board: Board, editing, form| Self {
            number: "和调〔2026〕000128号".to_owned(),
            parties: ["王秀英", "李建国"]
                .map(|name| Choice {
                    value: name.to_owned(),
                    label: name.to_owned(),
                    hint: String::new(),
                })
                .to_vec(),
            languages: vec![Choice {
                value: "en".to_owned(),
                label: "English".to_owned(),
                hint: String::new(),
            }],
            board,
            editing,
            form,
        };
        let mut wrong = Form::blank().filled("amount", "many");
        wrong.refuse("amount", Text::key("law-money-not-a-number"));
        let mut empty = Board::sample("open", true);
        empty.facts.clear();
        empty.undisputed.clear();
        empty.clauses.clear();
        let mut bilingual = Board::sample("open", true);
        bilingual.speak();
        bilingual.agent_first = vec!["和风物业服务有限公司".to_owned()];
        let mut read = Board::sample("open", false);
        read.speak();
        vec![
            page(bilingual, false, Form::blank()),
            page(read, false, Form::blank()),
            page(Board::sample("open", false), false, Form::blank()),
            page(Board::sample("open", true), true, wrong),
            page(empty, false, Form::blank()),
            page(Board::sample("signing", false), false, Form::blank()),
            page(Board::sample("closed", false), false, Form::blank()),
        ]
    }
}

impl Board {
    fn sample(state: &'static str, edits: bool) -> Self {
        let assents = ["王秀英", "李建国"].map(|name| Assent {
            name: name.to_owned(),
            agreed: name == "王秀英",
        });
        Self {
            case: "019a0000-0000-7000-8000-000000000000".to_owned(),
            action: "/cases/019a0000-0000-7000-8000-000000000000/board".to_owned(),
            state,
            revision: 7,
            facts: "李建国家的孩子晚上练琴，声音传到楼下王秀英家。".to_owned(),
            disputed: "练琴练到几点。".to_owned(),
            responsibility: String::new(),
            undisputed: vec![FactShown {
                text: "两家是上下楼邻居。".to_owned(),
                second: "They live above each other.".to_owned(),
                assents: assents.to_vec(),
                mine_to_agree: state == "open" && !edits,
                later: false,
            }],
            clauses: vec![BoardClause {
                clause: ClauseShown::sample(),
                assents: assents.to_vec(),
                mine_to_agree: state == "open" && !edits,
                later: true,
            }],
            second: None,
            translation: None,
            edits,
            can_prepare: edits,
            identity_first: None,
            agent_first: Vec::new(),
            can_reopen: state == "signing",
            unsigned: (state == "open").then_some("declined"),
            reason: if edits {
                "金额写错了。".to_owned()
            } else {
                String::new()
            },
        }
    }

    /// In two languages, as far as they are there.
    fn speak(&mut self) {
        self.second = Some(SecondMatter {
            language: "en",
            facts: "The child upstairs plays the piano at night.".to_owned(),
            disputed: String::new(),
            responsibility: String::new(),
        });
        self.translation = self.edits.then(|| ToTranslate {
            href: "/cases/019a0000-0000-7000-8000-000000000000/translation".to_owned(),
            missing: vec![Text::key("translation-place-act").with("number", 1_u32)],
            last: true,
        });
        self.clauses[0].clause = ClauseShown::bilingual_sample();
    }
}
