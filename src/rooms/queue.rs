//! A bounded queue of packets for one hearer, which loses picture before sound.

use std::collections::VecDeque;

use super::rewrite::Kind;

/// About a second of picture and sound of five people.
const LIMIT: usize = 512;

/// Packets that wait for the socket.
#[derive(Debug)]
pub(crate) struct Queue<T> {
    waiting: VecDeque<(Kind, T)>,
    /// Picture was lost: those who see need a key frame.
    lost_picture: bool,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self {
            waiting: VecDeque::new(),
            lost_picture: false,
        }
    }
}

impl<T> Queue<T> {
    /// A full queue throws out all waiting picture, since a part of it is of no use; only when there is nothing
    /// but sound does the oldest sound go.
    pub(crate) fn push(&mut self, kind: Kind, packet: T) {
        if self.waiting.len() >= LIMIT {
            self.waiting.retain(|(kind, _)| *kind == Kind::Audio);
            self.lost_picture = true;
        }
        if self.waiting.len() >= LIMIT {
            self.waiting.pop_front();
        }
        self.waiting.push_back((kind, packet));
    }

    pub(crate) fn pop(&mut self) -> Option<T> {
        self.waiting.pop_front().map(|(_, packet)| packet)
    }

    /// Whether picture was lost since the last time this was asked.
    pub(crate) fn take_lost_picture(&mut self) -> bool {
        std::mem::take(&mut self.lost_picture)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picture_is_lost_before_sound() {
        let mut queue = Queue::default();
        for n in 0..LIMIT {
            let kind = if n % 4 == 0 { Kind::Audio } else { Kind::Video };
            queue.push(kind, n);
        }
        queue.push(Kind::Audio, LIMIT);
        assert!(queue.take_lost_picture() && !queue.take_lost_picture());
        let left: Vec<usize> = std::iter::from_fn(|| queue.pop()).collect();
        assert!(left.iter().all(|n| n % 4 == 0));
        assert_eq!(left.len(), LIMIT / 4 + 1);
    }

    #[test]
    fn sound_alone_never_grows_beyond_the_limit() {
        let mut queue = Queue::default();
        (0..LIMIT * 3).for_each(|n| queue.push(Kind::Audio, n));
        assert_eq!(queue.pop(), Some(LIMIT * 2));
        assert_eq!(std::iter::from_fn(|| queue.pop()).count(), LIMIT - 1);
    }
}
