//! The one door for changing a case: open, perform, and what follows.
