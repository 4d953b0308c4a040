//! Video rooms: an SFU in the same process, on a thread of its own.
