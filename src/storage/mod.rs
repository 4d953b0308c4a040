//! SQL and nothing else: one text for SQLite and PostgreSQL.
