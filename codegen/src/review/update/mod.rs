//! What becomes of overlays when the document that they patch is replaced by a newer one.
//!
//! The actions are applied to both documents side by side, in their order. Before each, what it patches in the
//! old document is compared with what it finds in the new one, value by value; that gives its [`Fate`]. What the
//! new document says by itself is not applied again, all else is, so that later actions find what they expect.
//!
//! A list or a value is replaced by two actions: one removes, one writes. Where the new document holds what the
//! two come to, the removal is left out in a second round, and the writing then finds itself said.

mod compare;
mod fate;
mod identity;
mod judge;
mod mend;
mod moved;
mod versions;

pub use self::fate::{ActionId, Conflict, Fate, Outcome, Parts, Reason, Said};
pub use self::mend::{ByHand, Edit, Mended, mend};
pub use self::versions::Update;
