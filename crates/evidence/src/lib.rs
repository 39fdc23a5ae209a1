//! An append-only Merkle log: bytes in, proofs out.
