//! Chats and offline messages.

use serde_json::{Value, json};

use crate::account::Row;
use crate::json::Object;
use crate::random::Random;
use crate::resource::Resource;
use crate::time::{MINUTE, SECOND, stamp};

use super::chat_history;
use super::people::{agent, department};
use super::writer::{Extras, RecordWriter};

impl RecordWriter {
    pub(super) fn chat(&self, row: Row, extras: Extras, out: &mut Vec<u8>) {
        let mut random = self.random(Resource::Chats, row.index);
        let id = self.text_id(Resource::Chats, row.index);
        let mut chat = Object::open(out);
        chat.field("id", &id);
        if extras.all_fields {
            let ended = row.change - random.between(0, 90) * MINUTE;
            common(&mut chat, &mut random, row);
            if random.percent(15) {
                chat.field("type", "offline_msg").field("message", "Is anybody there?");
                chat.field("timestamp", stamp(ended));
            } else {
                chat.field("type", "chat");
                times(&mut chat, &mut random, ended);
                outcome(&mut chat, &mut random);
                people(&mut chat, &mut random, &id, ended);
                chat.field("history", chat_history::history(&mut random, ended));
            }
        }
        chat.close();
    }
}

/// Writes the fields that offline messages have, too.
fn common(chat: &mut Object<'_>, random: &mut Random, row: Row) {
    let session = json!({
        "id": "250201.10414779.1KhqS0Nw", "start_date": stamp(row.change - 99 * MINUTE),
        "end_date": stamp(row.change),
        "browser": "Safari", "platform": "Mac OS", "user_agent": "Mozilla/5.0", "ip": "203.0.113.99",
        "city": "Orlando",
        "region": "Florida", "country_code": "US", "country_name": "United States",
    });
    let ticket = random.percent(50).then(|| 1 + random.below(2_500));
    chat.field("update_timestamp", stamp(row.change))
        .field("deleted", row.deleted)
        .field("unread", if random.percent(20) { json!(random.below(5)) } else { json!(random.percent(50)) })
        .field("tags", if row.revision > 0 { vec!["survey"] } else { Vec::new() })
        .field("department_id", department(random))
        .field("department_name", random.pick(&[None, Some("Sales")]))
        .field("session", if random.percent(20) { Value::Null } else { session })
        .field("webpath", webpath(random, row))
        .field(
            "visitor",
            json!({"id": "3.45678", "name": "Ada", "email": "ada@example.com", "phone": "", "notes": ""}),
        )
        .field("zendesk_ticket_id", ticket);
}

/// Returns the visited pages: objects, sometimes with scalars among them.
fn webpath(random: &mut Random, row: Row) -> Value {
    let visit =
        json!({"from": "", "to": "https://example.com/", "title": "Home", "timestamp": stamp(row.change)});
    match random.below(4) {
        0 => json!([]),
        1 => json!([visit, "https://example.com/prices", 1_735_108_434, true]),
        _ => json!([visit]),
    }
}

fn times(chat: &mut Object<'_>, random: &mut Random, ended: i64) {
    let duration = random.between(0, 3_000);
    chat.field("timestamp", stamp(ended - duration * SECOND))
        .field("end_timestamp", stamp(ended))
        .field("duration", duration)
        .field("abandon_time", random.percent(20).then_some(29.434_000_015_258_79))
        .field("response_time", response_time(random))
        .field("count", json!({"agent": 2, "visitor": 1, "total": 3}));
}

fn response_time(random: &mut Random) -> Value {
    match random.below(3) {
        0 => json!({"avg": null, "first": null, "max": null}),
        1 => json!({"avg": 5.5, "first": 4, "max": 7}),
        _ => json!({"avg": 4, "first": 4, "max": 4}),
    }
}

fn outcome(chat: &mut Object<'_>, random: &mut Random) {
    chat.field("started_by", random.pick(&["visitor", "agent", "trigger"]))
        .field("rating", random.pick(&[None, Some("good"), Some("bad")]))
        .field("comment", random.pick(&[None, Some("Quick")]))
        .field("triggered", random.percent(10))
        .field("triggered_response", random.pick(&[None, Some(true)]))
        .field("missed", random.percent(10))
        .field("dropped", random.percent(10))
        .field("proactive", random.percent(10))
        .field("conversions", json!([]))
        .field("skills_requested", json!([]))
        .field("skills_fulfilled", false)
        .field("referrer_search_engine", "")
        .field("referrer_search_terms", "");
    if random.percent(20) {
        chat.field("nick", "visitor:10414779")
            .field("skills_name", ["english"])
            .field("conversion", Value::Null);
    }
}

fn people(chat: &mut Object<'_>, random: &mut Random, id: &str, ended: i64) {
    let engagement = json!({
        "id": format!("{id}.1"), "agent_id": agent(random), "agent_name": "Grace",
        "agent_full_name": "Grace H.",
        "started_by": random.pick(&["agent", "transfer"]), "department_id": department(random), "assigned": false,
        "accepted": random.percent(70), "rating": null, "comment": null, "skills_requested": [],
        "skills_fulfilled": true,
        "timestamp": stamp(ended - 60 * SECOND), "duration": 43.444_999_933_242_8,
        "response_time": response_time(random),
        "count": {"agent": 1, "visitor": 0, "total": 1},
    });
    chat.field("agent_ids", json!([agent(random), agent(random)]))
        .field("agent_names", ["Grace", "Alan"])
        .field("engagements", [engagement]);
}
