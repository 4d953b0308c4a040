//! Video and sound between real browsers through the real rooms, and rooms beside rooms.

mod door;
mod house;
mod interop;
mod link;
mod rooms;
mod session;
