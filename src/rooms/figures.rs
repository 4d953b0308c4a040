//! What the rooms of this process do, in numbers that tell of nobody: for whoever watches over the machine.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::domain::quality::Quality;

/// Now, and since the process began.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// Rooms in which somebody is, sockets of pages, and connections for sound and picture.
    pub rooms: usize,
    pub sockets: usize,
    pub connections: usize,
    /// Packets of sound and picture sent on.
    pub forwarded: u64,
    /// Counted in all sessions.
    pub quality: Quality,
}

/// Written by the thread of the rooms, read by everybody.
#[derive(Clone, Debug, Default)]
pub(super) struct Board(Arc<Mutex<Figures>>);

impl Board {
    pub(super) fn read(&self) -> Figures {
        self.lock().clone()
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Figures> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
