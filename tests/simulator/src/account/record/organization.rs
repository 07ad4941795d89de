//! Organizations. Deleted ones remain in the export, under another name.

use serde_json::json;

use crate::account::Row;
use crate::json::Object;
use crate::resource::Resource;
use crate::time::{seconds, stamp};

use super::writer::{API_URL, RecordWriter, number};

impl RecordWriter {
    pub(super) fn organization(&self, row: Row, out: &mut Vec<u8>) {
        let mut random = self.random(Resource::Organizations, row.index);
        let id = number(Resource::Organizations, row.index);
        let name = format!("Branch {}", row.index);
        let name = if row.deleted { format!("{name} deleted {}", seconds(row.change)) } else { name };
        let mut organization = Object::open(out);
        organization
            .field("url", format_args!("{API_URL}/organizations/{id}.json"))
            .field("id", id)
            .field("name", name)
            .field("shared_tickets", random.percent(20))
            .field("shared_comments", random.percent(20))
            .field("external_id", random.pick(&[None, Some("ABC198")]))
            .field("created_at", stamp(row.created))
            .field("updated_at", stamp(row.change))
            .field("domain_names", random.pick(&[&[][..], &["example.com", "example.org"][..]]))
            .field("details", random.pick(&[None, Some("caterpillar =)")]))
            .field("notes", random.pick(&[None, Some("donkey")]))
            .field("group_id", random.pick(&[None, Some(1_835_962)]))
            .field("tags", random.pick(&[&[][..], &["smiley"][..]]))
            .field(
                "organization_fields",
                json!({"since": "2018-11-04T00:00:00+00:00", "seats": random.below(90), "discount": 0.15,
                    "partner": random.percent(50), "renewal": null}),
            )
            .field("deleted_at", row.deleted.then(|| stamp(row.change)));
        organization.close();
    }
}
