//! Organizations. Deleted ones stay in the stream under another name.

use serde_json::json;

use crate::json::Object;
use crate::resource::Resource;
use crate::time::{seconds, stamp};
use crate::world::Row;

use super::maker::{HOME, Maker, number};

impl Maker {
    pub(super) fn organization(&self, row: Row, out: &mut Vec<u8>) {
        let mut dice = self.dice(Resource::Organizations, row.index);
        let id = number(Resource::Organizations, row.index);
        let name = format!("Branch {}", row.index);
        let name = if row.deleted { format!("{name} deleted {}", seconds(row.change)) } else { name };
        let mut organization = Object::open(out);
        organization
            .field("url", format_args!("{HOME}/organizations/{id}.json"))
            .field("id", id)
            .field("name", name)
            .field("shared_tickets", dice.percent(20))
            .field("shared_comments", dice.percent(20))
            .field("external_id", dice.pick(&[None, Some("ABC198")]))
            .field("created_at", stamp(row.created))
            .field("updated_at", stamp(row.change))
            .field("domain_names", dice.pick(&[&[][..], &["example.com", "example.org"][..]]))
            .field("details", dice.pick(&[None, Some("caterpillar =)")]))
            .field("notes", dice.pick(&[None, Some("donkey")]))
            .field("group_id", dice.pick(&[None, Some(1_835_962)]))
            .field("tags", dice.pick(&[&[][..], &["smiley"][..]]))
            .field(
                "organization_fields",
                json!({"since": "2018-11-04T00:00:00+00:00", "seats": dice.below(90), "discount": 0.15,
                    "partner": dice.percent(50), "renewal": null}),
            )
            .field("deleted_at", row.deleted.then(|| stamp(row.change)));
        organization.close();
    }
}
