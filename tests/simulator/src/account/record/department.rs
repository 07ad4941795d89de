//! The smaller chat exports: agents' timespans, conversions, department events.

use serde_json::{Value, json};

use crate::account::{Row, Version};
use crate::json::Object;
use crate::resource::Resource;
use crate::time::{MINUTE, SECOND, stamp};

use super::people::{agent, department};
use super::writer::{Extras, RecordWriter};

impl RecordWriter {
    /// Returns the agent of a timespan, whether its id is sent as a string, and the duration in microseconds.
    fn span(&self, index: u32) -> (i64, bool, i64) {
        let mut random = self.random(Resource::AgentTimeline, index);
        (360_786_799_676 + random.between(0, 20), random.percent(20), random.between(1, 9_000 * SECOND))
    }

    pub(super) fn timespan(&self, row: Row, out: &mut Vec<u8>) {
        let (agent, as_text, duration) = self.span(row.index);
        let mut random = self.random(Resource::AgentTimeline, row.index);
        let mut span = Object::open(out);
        let seconds = serde_json::Number::from_f64(
            std::time::Duration::from_micros(duration.unsigned_abs()).as_secs_f64(),
        );
        span.field("agent_id", if as_text { json!(agent.to_string()) } else { json!(agent) })
            .field("start_time", stamp(row.change - duration))
            .field("duration", seconds)
            .field("status", random.pick(&["online", "away", "invisible", "back_soon"]))
            .field("engagement_count", random.below(4));
        span.close();
    }

    /// Returns the version of a timespan. It has no id: its key is the agent's id, its change is the start time.
    pub(super) fn timespan_version(&self, index: u32, change: i64) -> Version {
        let (agent, _, duration) = self.span(index);
        (agent.to_string(), stamp(change - duration))
    }

    pub(super) fn conversion(&self, row: Row, extras: Extras, out: &mut Vec<u8>) {
        let mut random = self.random(Resource::Conversions, row.index);
        let attribution = match random.below(4) {
            0 => Value::Null,
            1 => json!({"agent_id": null, "agent_name": null, "chat_id": null, "chat_timestamp": null,
                "department_id": null, "department_name": null}),
            _ => {
                json!({"agent_id": agent(&mut random), "agent_name": "Grace",
                    "chat_id": "2502.10414779.Sabcde0000001",
                "chat_timestamp": stamp(row.change - MINUTE), "department_id": department(&mut random),
                "department_name": "Sales"})
            }
        };
        let mut conversion = Object::open(out);
        conversion.field("id", self.text_id(Resource::Conversions, row.index));
        if extras.all_fields {
            let goal = random.percent(80);
            conversion
                .field("goal_id", goal.then_some(1_863))
                .field("goal_name", goal.then_some("add to cart"))
                .field("timestamp", stamp(row.change))
                .field("attribution", attribution);
        }
        conversion.close();
    }

    pub(super) fn department_event(&self, row: Row, extras: Extras, out: &mut Vec<u8>) {
        let mut random = self.random(Resource::DepartmentEvents, row.index);
        let mut event = Object::open(out);
        event.field("id", self.text_id(Resource::DepartmentEvents, row.index));
        if extras.all_fields {
            let queue = random.percent(80);
            let sizes = json!({"assigned": random.below(9), "incoming": random.below(9)});
            event
                .field("department_id", if random.percent(80) { json!(123) } else { Value::Null })
                .field("field_name", if queue { "queue_sizes" } else { "opening_hours" })
                .field("timestamp", stamp(row.change))
                .field("value", if queue { sizes } else { json!({"open": true, "until": "17:00"}) });
            if random.percent(50) {
                event.field("previous_value", json!({"assigned": 1, "incoming": 3}));
            }
        }
        event.close();
    }
}
