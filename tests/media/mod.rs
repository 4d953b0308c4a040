//! Video and sound between real peers through the real rooms.
