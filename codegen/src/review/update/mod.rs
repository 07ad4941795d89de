//! The status of overlay actions after the document that they patch is replaced by a newer one.
//!
//! The actions are applied in order to the old and to the new document. Before each action, the values that it patches
//! in the old document are compared with those in the new one; the result is its [`ActionStatus`]. An action that the
//! new document makes redundant isn't applied to it. All others are applied, so that later actions find the nodes that
//! they expect.
//!
//! An overlay replaces an array or a value with two actions: one removes it, one writes it. If the new document has the
//! result of both, a second pass leaves out the removal, and the action that writes is then satisfied.

mod classify;
mod compare;
mod edit;
mod identity;
mod outcome;
mod overlay_update;
mod retarget;

pub use self::edit::{ActionEdit, EditedOverlay, NotEditable, edit_overlay};
pub use self::outcome::{
    ActionId, ActionOutcome, ActionParts, ActionStatus, Conflict, ConflictReason, LocatedValue,
};
pub use self::overlay_update::OverlayUpdate;
