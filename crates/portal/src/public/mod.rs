//! What everyone may see, without signing in.

pub(crate) mod answer;
pub(crate) mod certificate;
pub(crate) mod check;
pub(crate) mod files;
pub(crate) mod found;
pub(crate) mod home;
pub(crate) mod line;
pub(crate) mod obligation;
pub(crate) mod problem;
pub(crate) mod register;
pub(crate) mod round;
pub(crate) mod session;
pub(crate) mod stability;
pub(crate) mod statement;
pub(crate) mod thing;
pub(crate) mod uncertainty;
pub(crate) mod who;
pub(crate) mod why;
