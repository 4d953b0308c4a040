//! One configuration from file and environment, validated whole; unknown keys are refused by name.
