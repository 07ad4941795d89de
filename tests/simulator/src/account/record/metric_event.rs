//! Events of tickets' metrics.

use serde_json::json;

use crate::account::Row;
use crate::json::Object;
use crate::resource::Resource;
use crate::time::stamp;

use super::writer::{RecordWriter, number};

const METRICS: [&str; 8] = [
    "agent_work_time",
    "pausable_update_time",
    "periodic_update_time",
    "reply_time",
    "requester_wait_time",
    "resolution_time",
    "group_ownership_time",
    "total_resolution_time",
];

impl RecordWriter {
    pub(super) fn metric_event(&self, row: Row, out: &mut Vec<u8>) {
        let mut random = self.random(Resource::MetricEvents, row.index);
        let ticket = u32::try_from(random.below(self.tickets.into())).unwrap_or(0);
        let kind = if row.announced || row.deleted {
            "breach"
        } else {
            random.pick(&[
                "activate",
                "pause",
                "fulfill",
                "apply_sla",
                "apply_group_sla",
                "breach",
                "update_status",
                "measure",
            ])
        };
        let mut event = Object::open(out);
        event
            .field("id", number(Resource::MetricEvents, row.index))
            .field("ticket_id", number(Resource::Tickets, ticket))
            .field("metric", random.pick(&METRICS))
            .field("instance_id", random.below(3))
            .field("type", kind)
            .field("time", stamp(row.change));
        match kind {
            "apply_sla" => event.field(
                "sla",
                json!({
                "target": 60, "target_in_seconds": 3_600, "business_hours": random.percent(50),
                "policy": {"id": 360_001, "title": "Gold", "description": null}}),
            ),
            "apply_group_sla" => event.field(
                "group_sla",
                json!({
                "target": null, "target_in_seconds": 90, "business_hours": true,
                "policy": {"id": "01HQ", "title": "Team", "description": "Night shift"}}),
            ),
            "update_status" => {
                event.field("status", json!({"calendar": random.below(900), "business": random.below(300)}))
            }
            "breach" if row.deleted || random.percent(10) => event.field("deleted", row.deleted),
            _ => &mut event,
        };
        event.close();
    }
}
