//! `review`: a page that shows what a new description means, from its lines to the request on the wire.

mod arguments;
mod change;
mod code;
mod columns;
mod files;
mod lines;
mod page;
mod parts;
mod side;
mod sketch;
mod unified;
mod wire;
mod write;

pub use self::arguments::Arguments;
pub use self::page::page;
pub use self::write::{OUT, run};
