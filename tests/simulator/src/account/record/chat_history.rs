//! The history of a chat.

use serde_json::{Value, json};

use crate::random::Random;
use crate::time::{SECOND, stamp};

use super::people::{agent, department};

/// Returns the history of a chat that ended at `ended`. Some entries have an unknown type.
pub(super) fn history(random: &mut Random, ended: i64) -> Value {
    let channel = "#supportchat:10414779-11mjg3Gvk0uhEiK";
    let message_id = if random.percent(50) { json!("1608612869871") } else { json!(1_608_612_869_872_i64) };
    let mut entries = vec![
        json!({"type": "chat.memberjoin", "name": "Ada", "source": "chat.invite",
            "department_id": department(random),
            "department_name": null}),
        json!({"type": "chat.memberjoin", "name": "Grace", "nick": "agent:1"}),
        json!({"type": "chat.msg", "name": "Ada", "msg": "Hello \u{1f44b}", "msg_id": message_id,
            "options": "",
            "sender_type": "Visitor"}),
        json!({"type": "chat.msg", "name": "Grace", "msg": "Hi Ada", "agent_id": agent(random),
            "sender_type": "Agent",
            "department_id": department(random), "skills_name": []}),
    ];
    if random.percent(40) {
        entries.push(json!({"type": "chat.tag", "name": "Grace", "tags": [], "new_tags": ["order"]}));
        entries.push(json!({"type": "chat.request.rating", "name": "Grace"}));
        entries.push(json!({"type": "chat.rating", "name": "Ada", "rating": null, "new_rating": "good"}));
    }
    if random.percent(20) {
        entries.push(json!({"type": "chat.comment", "name": "Ada", "comment": null, "new_comment": "Quick"}));
        entries.push(
            json!({"type": "chat.file", "name": "Ada", "attachment": {"name": "receipt.pdf", "size": 4_711}}),
        );
        entries.push(json!({"type": "chat.transfer", "agent_name": "Alan", "to": [123, "456"]}));
    }
    entries.push(json!({"type": "chat.memberleave", "name": "Ada", "reason": "user_leave_chat"}));
    let first = ended - 60 * SECOND;
    for (position, entry) in (0_i64..).zip(&mut entries) {
        entry["index"] = json!(position);
        entry["channel"] = json!(channel);
        entry["timestamp"] =
            json!(stamp(first + position * SECOND + if random.percent(30) { 312_082 } else { 0 }));
    }
    Value::Array(entries)
}
