//! The words people read, by code, in Chinese and in English.
