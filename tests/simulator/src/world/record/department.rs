//! The smaller chat exports: agents' timespans, conversions, changes of departments.

use serde_json::{Value, json};

use crate::json::Object;
use crate::resource::Resource;
use crate::time::{MINUTE, SECOND, stamp};
use crate::world::{Row, Version};

use super::maker::{Extras, Maker};
use super::people::{agent, department};

impl Maker {
    /// Agent, whether its id is sent as text, and how long the timespan that ended at a change was, in
    /// microseconds.
    fn span(&self, index: u32) -> (i64, bool, i64) {
        let mut dice = self.dice(Resource::AgentTimeline, index);
        (360_786_799_676 + dice.between(0, 20), dice.percent(20), dice.between(1, 9_000 * SECOND))
    }

    pub(super) fn timespan(&self, row: Row, out: &mut Vec<u8>) {
        let (agent, as_text, duration) = self.span(row.index);
        let mut dice = self.dice(Resource::AgentTimeline, row.index);
        let mut span = Object::open(out);
        let seconds = serde_json::Number::from_f64(
            std::time::Duration::from_micros(duration.unsigned_abs()).as_secs_f64(),
        );
        span.field("agent_id", if as_text { json!(agent.to_string()) } else { json!(agent) })
            .field("start_time", stamp(row.change - duration))
            .field("duration", seconds)
            .field("status", dice.pick(&["online", "away", "invisible", "back_soon"]))
            .field("engagement_count", dice.below(4));
        span.close();
    }

    /// A timespan has no id: its key is the agent, its change the start.
    pub(super) fn timespan_version(&self, index: u32, change: i64) -> Version {
        let (agent, _, duration) = self.span(index);
        (agent.to_string(), stamp(change - duration))
    }

    pub(super) fn conversion(&self, row: Row, extras: Extras, out: &mut Vec<u8>) {
        let mut dice = self.dice(Resource::Conversions, row.index);
        let attribution = match dice.below(4) {
            0 => Value::Null,
            1 => json!({"agent_id": null, "agent_name": null, "chat_id": null, "chat_timestamp": null,
                "department_id": null, "department_name": null}),
            _ => {
                json!({"agent_id": agent(&mut dice), "agent_name": "Grace",
                    "chat_id": "2502.10414779.Sabcde0000001",
                "chat_timestamp": stamp(row.change - MINUTE), "department_id": department(&mut dice),
                "department_name": "Sales"})
            }
        };
        let mut conversion = Object::open(out);
        conversion.field("id", self.text_id(Resource::Conversions, row.index));
        if extras.all_fields {
            let goal = dice.percent(80);
            conversion
                .field("goal_id", goal.then_some(1_863))
                .field("goal_name", goal.then_some("add to cart"))
                .field("timestamp", stamp(row.change))
                .field("attribution", attribution);
        }
        conversion.close();
    }

    pub(super) fn department_event(&self, row: Row, extras: Extras, out: &mut Vec<u8>) {
        let mut dice = self.dice(Resource::DepartmentEvents, row.index);
        let mut event = Object::open(out);
        event.field("id", self.text_id(Resource::DepartmentEvents, row.index));
        if extras.all_fields {
            let queue = dice.percent(80);
            let sizes = json!({"assigned": dice.below(9), "incoming": dice.below(9)});
            event
                .field("department_id", if dice.percent(80) { json!(123) } else { Value::Null })
                .field("field_name", if queue { "queue_sizes" } else { "opening_hours" })
                .field("timestamp", stamp(row.change))
                .field("value", if queue { sizes } else { json!({"open": true, "until": "17:00"}) });
            if dice.percent(50) {
                event.field("previous_value", json!({"assigned": 1, "incoming": 3}));
            }
        }
        event.close();
    }
}
