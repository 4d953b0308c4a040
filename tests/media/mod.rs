//! Video and sound between real browsers through the real rooms, and rooms beside rooms.

mod door;
mod house;
mod link;
mod relay;
mod rooms;
mod session;
mod trial;
