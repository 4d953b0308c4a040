//! One configuration from file and environment, validated whole; unknown keys are refused by name.

use std::fmt;
use std::path::PathBuf;

/// Where the data lies. `Debug` keeps the password of a PostgreSQL address to itself.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// The file of the embedded database.
    Sqlite(PathBuf),
    /// `postgres://user:password@host/database`.
    Postgres(String),
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(file) => write!(f, "sqlite:{}", file.display()),
            Self::Postgres(_) => f.write_str("postgres:(address withheld)"),
        }
    }
}
