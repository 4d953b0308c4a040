//! The messages that people got, read from the demo town's page.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::support::eventually;
use crate::support::http::Client;

/// Everybody's letter box. Each code is given out once, so that an old one is not taken for the new.
pub(super) struct Outbox {
    client: RefCell<Client>,
    used: RefCell<BTreeSet<String>>,
}

impl Outbox {
    pub(super) fn new(base: &str) -> Self {
        Self {
            client: RefCell::new(Client::new(base)),
            used: RefCell::default(),
        }
    }

    /// Every code and every link that was given out.
    pub(super) fn used(&self) -> BTreeSet<String> {
        self.used.borrow().clone()
    }

    /// The newest code that this contact got and has not used, awaited.
    pub(super) async fn code(&self, contact: &str) -> String {
        self.await_word(&format!("a code for {contact}"), contact, |words| {
            let six =
                |word: &&str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
            words
                .split(|c: char| !c.is_ascii_digit())
                .find(six)
                .map(str::to_owned)
        })
        .await
    }

    /// The newest link below `part` that this contact got and has not used, awaited.
    pub(super) async fn link(&self, contact: &str, part: &str) -> String {
        self.await_word(&format!("a link {part} for {contact}"), contact, |words| {
            let word = words.split(|c: char| c.is_whitespace() || "，。；）".contains(c));
            let link = word.map(|word| &word[word.find("http").unwrap_or(0)..]);
            link.into_iter()
                .find(|link| link.contains(part))
                .map(str::to_owned)
        })
        .await
    }

    async fn await_word(
        &self,
        what: &str,
        contact: &str,
        find: impl Fn(&str) -> Option<String>,
    ) -> String {
        eventually(what, async || {
            let messages = self.messages(contact).await;
            let mut found = messages.iter().filter_map(|words| find(words));
            found.find(|word| self.used.borrow_mut().insert(word.clone()))
        })
        .await
    }

    /// The words of each message to this contact, the newest first.
    #[expect(clippy::await_holding_refcell_ref, reason = "one story asks at a time")]
    pub(super) async fn messages(&self, contact: &str) -> Vec<String> {
        let page = self.client.borrow_mut().get("/demo/outbox").await;
        assert_eq!(page.status, 200);
        let cards = page.body.split("class=\"preline\">");
        let heads: Vec<&str> = cards.collect();
        // What a card says stands after the mark; to whom, before it.
        let pairs = heads.windows(2).filter(|pair| pair[0].contains(contact));
        pairs
            .map(|pair| plain(pair[1].split("</p>").next().unwrap()))
            .collect()
    }
}

/// HTML without its tags.
fn plain(html: &str) -> String {
    let pieces = html.split('<').enumerate();
    let text: Vec<&str> = pieces
        .map(|(at, piece)| {
            if at == 0 {
                piece
            } else {
                piece.split_once('>').map_or("", |(_, rest)| rest)
            }
        })
        .collect();
    text.join("").replace("&#x2F;", "/").replace("&amp;", "&")
}
