//! Whom chats name.

use serde_json::{Value, json};

use crate::dice::Dice;

const AGENT: i64 = 383_486_450_414;

/// An agent's id, as text or as a number.
pub(super) fn agent(dice: &mut Dice) -> Value {
    if dice.percent(60) { json!(AGENT.to_string()) } else { json!(AGENT + 1) }
}

/// A department's id, as a number, as text, or none.
pub(super) fn department(dice: &mut Dice) -> Value {
    match dice.below(4) {
        0 => json!(null),
        1 => json!("123"),
        _ => json!(123),
    }
}
