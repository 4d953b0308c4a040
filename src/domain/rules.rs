//! What the law and the house say about disputes, read from data that the operator may change.

pub mod calendar;
