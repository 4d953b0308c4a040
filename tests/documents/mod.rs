//! Papers, checked by verifiers that are not ours.
