//! The log, its index and the readings on disk.
