//! The log, its index and the readings on disk.

pub mod appender;
mod blobs;
mod catch_up;
pub mod checkpoint;
pub mod disk;
pub mod error;
pub mod fsck;
pub mod index;
mod late;
pub mod layout;
pub mod lock;
pub mod log;
mod memory;
pub mod private;
pub mod proof;
pub mod segment;
pub mod store;
pub mod subject;
mod tiles;
pub mod turns;

pub use appender::{Appended, Appender};
pub use checkpoint::SignCheckpoint;
pub use disk::{Disk, LocalDisk};
pub use error::Error;
pub use fsck::{Report, fsck};
pub use index::{Entry, Located, Question};
pub use layout::Layout;
pub use log::Settings;
pub use memory::Placed;
pub use store::Store;
pub use turns::Turns;
