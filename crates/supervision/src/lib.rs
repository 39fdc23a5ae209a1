//! The cases people work through, and which statement each step makes.
