//! Foreign formats, read into statements and written from them.

mod attributes;
pub mod dcc;
pub mod document;
pub mod gtc;
pub mod ledger;
pub mod ocmf;
pub mod ocpp;
pub mod pdf;
mod places;
pub mod plan;
pub mod plan_report;
pub mod record;
pub mod round;
mod sheets;
mod text;
mod told;
pub mod uncertain;
pub mod unclib;
