//! Records that are sent along with a page.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::json::{self, Object};
use crate::resource::Resource;
use crate::world::Row;
use crate::world::record::Extras;

use super::call::Call;

/// What can be sent along, and the resource that it is taken from, if the simulator has it.
const SIDELOADS: [(&str, Option<Resource>); 6] = [
    ("users", Some(Resource::Users)),
    ("organizations", Some(Resource::Organizations)),
    ("groups", None),
    ("brands", None),
    ("roles", None),
    ("identities", None),
];

/// Writes the arrays that a request asks for beside the records.
pub(super) fn write(call: &Call<'_>, resource: Resource, rows: &[Row], page: &mut Object<'_>) {
    for (name, source) in SIDELOADS {
        if name == resource.key() || !call.request.lists("include", name) {
            continue;
        }
        let Some(source) = source else {
            page.field(name, [Value::Null; 0]);
            continue;
        };
        let maker = call.server.maker();
        // Some of the records that the page could refer to: a client can't tell more.
        let indexes: BTreeSet<u32> = rows.iter().map(|row| row.index / 2).take(20).collect();
        let world = call.server.world();
        let found: Vec<Row> = indexes.iter().filter_map(|index| world.rows(source).get(*index)).collect();
        drop(world);
        page.raw(name, |out| {
            json::array(out, found, |out, row| maker.write(source, row, Extras::default(), out));
        });
    }
}
