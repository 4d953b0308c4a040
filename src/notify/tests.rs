//! Messages as they arrive.
