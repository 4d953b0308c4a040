//! Video and sound between real browsers through the real rooms.

mod house;
mod session;
