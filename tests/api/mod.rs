//! The JSON interface, over HTTP, against the real binary.

mod cases;
mod logs;
