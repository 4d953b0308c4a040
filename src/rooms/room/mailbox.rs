//! The numbered messages to one page, kept for a while so that a broken socket loses none, and the number up to which its
//! requests were heard.

use std::collections::VecDeque;

use crate::rooms::signaling::{Envelope, Message};

/// Messages kept for replay; more than a page misses in the minute its seat is kept.
const KEPT: usize = 256;

#[derive(Debug, Default)]
pub(super) struct Mailbox {
    next: u64,
    kept: VecDeque<(u64, String)>,
    heard: u64,
}

impl Mailbox {
    /// The numbered text of the message.
    pub(super) fn post(&mut self, message: &Message) -> String {
        self.next += 1;
        let text = written(self.next, message);
        if self.kept.len() == KEPT {
            self.kept.pop_front();
        }
        self.kept.push_back((self.next, text.clone()));
        text
    }

    /// Whether the request of this number was not heard before.
    pub(super) const fn hear(&mut self, n: u64) -> bool {
        let new = n > self.heard;
        if new {
            self.heard = n;
        }
        new
    }

    /// The number of the last request that was heard.
    pub(super) const fn heard(&self) -> u64 {
        self.heard
    }

    /// The number of the last message.
    pub(super) const fn last(&self) -> u64 {
        self.next
    }

    /// What a page that has seen number `seen` missed; `None` if some of it is gone.
    pub(super) fn since(&self, seen: u64) -> Option<Vec<String>> {
        let oldest = self.kept.front().map_or(self.next + 1, |(seq, _)| *seq);
        if seen + 1 < oldest || seen > self.next {
            return None;
        }
        let missed = self.kept.iter().filter(|(seq, _)| *seq > seen);
        Some(missed.map(|(_, text)| text.clone()).collect())
    }
}

/// A message outside the count.
pub(super) fn unnumbered(message: &Message) -> String {
    written(0, message)
}

fn written(seq: u64, message: &Message) -> String {
    match serde_json::to_string(&Envelope { seq, message }) {
        Ok(text) => text,
        Err(error) => {
            tracing::error!(%error, "a room message could not be written; the page gets an empty one");
            format!(r#"{{"seq":{seq}}}"#)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_missed_is_replayed_in_order_and_once() {
        let mut mailbox = Mailbox::default();
        let texts: Vec<String> = (0..5).map(|_| mailbox.post(&Message::Muted)).collect();
        assert_eq!(mailbox.since(2).unwrap(), texts[2..]);
        assert_eq!(mailbox.since(5).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_thread_that_is_too_old_or_not_ours_is_not_resumed() {
        let mut mailbox = Mailbox::default();
        for _ in 0..=KEPT {
            mailbox.post(&Message::Muted);
        }
        assert_eq!(mailbox.since(0), None);
        assert!(mailbox.since(1).is_some());
        assert_eq!(mailbox.since(10_000), None);
    }
}
