//! What survives when the process is killed.
