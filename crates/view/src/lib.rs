//! What follows on a given day from the statements and the rules.
