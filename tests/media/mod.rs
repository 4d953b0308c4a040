//! Video and sound between real browsers through the real rooms, and rooms beside rooms.

mod abuse;
mod door;
mod house;
mod interop;
mod ladder;
mod lines;
mod link;
mod recording;
mod relay;
mod rooms;
mod seats;
mod session;
mod stage;
mod trial;
