//! Mail, text messages and calendar files.
