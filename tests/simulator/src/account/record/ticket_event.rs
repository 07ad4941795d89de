//! Ticket events: the audits of tickets, with the changes of each.

use serde_json::{Value, json};

use crate::account::Row;
use crate::json::Object;
use crate::random::Random;
use crate::resource::Resource;
use crate::time::{seconds, stamp};

use super::ticket;
use super::writer::{Extras, RecordWriter, number};

impl RecordWriter {
    pub(super) fn ticket_event(&self, row: Row, extras: Extras, out: &mut Vec<u8>) {
        let mut random = self.random(Resource::TicketEvents, row.index);
        let id = number(Resource::TicketEvents, row.index);
        let via = random.pick(&["Web form", "Sample Ticket", "Mail", "Rule", "Web service (API)"]);
        let by_system = via == "Rule";
        let updater = u32::try_from(random.below(self.users.into())).unwrap_or(0);
        let children = child_events(&mut random, id, via, extras.comment_events.then(|| stamp(row.change)));
        let mut event = Object::open(out);
        event
            .field("child_events", children)
            .field("id", id)
            .field(
                "ticket_id",
                number(Resource::Tickets, u32::try_from(random.below(self.tickets.into())).unwrap_or(0)),
            )
            .field("timestamp", seconds(row.change))
            .field("created_at", stamp(row.change))
            .field("updater_id", if by_system { -1 } else { number(Resource::Users, updater) })
            .field("via", via)
            .field("system", system(&mut random, by_system))
            .field("event_type", "Audit");
        if by_system {
            event.field("via_reference_id", 22);
        }
        event.close();
    }
}

/// Returns the data about the client; null values for changes by the system.
fn system(random: &mut Random, by_system: bool) -> Value {
    if by_system {
        return json!({"client": null, "location": null, "latitude": null, "longitude": null});
    }
    let mut system = json!({
        "client": "Mozilla/5.0 (X11; Linux x86_64)", "location": "Quito, P, Ecuador",
        "latitude": -0.2201, "longitude": -78.512_000_000_000_01,
    });
    if random.percent(50) {
        system["ip_address"] = json!("203.0.113.7");
    }
    system
}

/// Returns up to four changes of an update. With `comments`, comments are complete, with this creation time.
fn child_events(random: &mut Random, audit: i64, via: &str, comments: Option<String>) -> Value {
    let first = match comments {
        Some(created_at) => json!({
            "id": audit + 1, "via": ticket::via(random), "via_reference_id": null, "type": "Comment",
            "author_id": 26_363_656_426_259_i64, "body": "Hello there", "public": true, "attachments": [],
            "html_body": "<div class=\"zd-comment\"><p dir=\"auto\">Hello there</p></div>",
            "plain_body": "Hello there",
            "audit_id": audit, "created_at": created_at, "event_type": "Comment",
        }),
        None => {
            json!({"comment_present": true, "comment_public": random.percent(80), "event_type": "Comment"})
        }
    };
    let choices = [
        first,
        json!({"status": "open", "event_type": "Create"}),
        json!({"group_id": 360_003_235_353_i64, "event_type": "Create"}),
        json!({"organization_id": "360857467053", "event_type": "Create"}),
        json!({"priority": null, "event_type": "Create"}),
        json!({"type": "incident", "event_type": "Change", "previous_value": "0"}),
        json!({"assignee_id": 374_673_563_333_i64, "event_type": "Change", "previous_value": null}),
        json!({"tags": ["lamp", "hall"], "added_tags": ["hall"], "removed_tags": [], "event_type": "Change",
            "previous_value": ["lamp"]}),
        json!({"subject": "The lamp", "recipients": [374_673_563_333_i64], "event_type": "Notification"}),
        json!({"custom_ticket_fields": {"360001": true}, "event_type": "FollowerChange"}),
    ];
    let start = random.index(choices.len());
    let count = 1 + random.index(4);
    let chosen = choices.into_iter().cycle().skip(start).take(count);
    (1..).zip(chosen).map(|(position, child)| with_origin(child, audit + position, via)).collect()
}

/// Adds the fields that all child events have, if they are missing.
fn with_origin(mut child: Value, id: i64, via: &str) -> Value {
    if let Some(fields) = child.as_object_mut() {
        fields.insert("id".to_owned(), json!(id));
        fields.entry("via").or_insert_with(|| json!(via));
        fields.entry("via_reference_id").or_insert(Value::Null);
    }
    child
}
