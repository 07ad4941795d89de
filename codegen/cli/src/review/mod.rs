//! `review`: writes a page that shows the changes of a description, from its lines to the request on the wire.

mod arguments;
mod change;
mod changed_files;
mod columns;
mod crate_side;
mod emitted_items;
mod json_outline;
mod line_parts;
mod lines;
mod page;
mod unified;
mod wire;
mod write;

pub use self::arguments::ReviewArguments;
pub use self::page::page;
pub use self::write::{DEFAULT_OUT, run};
