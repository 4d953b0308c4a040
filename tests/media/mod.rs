//! Video and sound between real browsers through the real rooms, and rooms beside rooms.

mod house;
mod rooms;
mod session;
