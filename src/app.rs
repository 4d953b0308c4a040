//! What every request shares, and the wiring of the rooms of the house.
