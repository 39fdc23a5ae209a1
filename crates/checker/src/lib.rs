//! Whether a document tells the truth, from its own bytes and a policy.
