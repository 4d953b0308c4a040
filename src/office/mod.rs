//! Organisations, rosters and who is free: the people a case can be given to.
