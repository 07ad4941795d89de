//! The ids of agents and departments in chats.

use serde_json::{Value, json};

use crate::random::Random;

const AGENT: i64 = 383_486_450_414;

/// Returns an agent's id, as a string or a number.
pub(super) fn agent(random: &mut Random) -> Value {
    if random.percent(60) { json!(AGENT.to_string()) } else { json!(AGENT + 1) }
}

/// Returns a department's id: a number, a string or null.
pub(super) fn department(random: &mut Random) -> Value {
    match random.below(4) {
        0 => json!(null),
        1 => json!("123"),
        _ => json!(123),
    }
}
