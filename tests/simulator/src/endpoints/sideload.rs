//! Sideloads: related records that a page includes.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::account::Row;
use crate::account::record::Extras;
use crate::json::{self, Object};
use crate::resource::Resource;

use super::call::Call;

/// The sideloads, and the resource that each one is taken from, if the simulator has it.
const SIDELOADS: [(&str, Option<Resource>); 6] = [
    ("users", Some(Resource::Users)),
    ("organizations", Some(Resource::Organizations)),
    ("groups", None),
    ("brands", None),
    ("roles", None),
    ("identities", None),
];

/// Writes the arrays of the sideloads that a request includes.
pub(super) fn write(call: &Call<'_>, resource: Resource, rows: &[Row], page: &mut Object<'_>) {
    for (name, source) in SIDELOADS {
        if name == resource.key() || !call.request.includes("include", name) {
            continue;
        }
        let Some(source) = source else {
            page.field(name, [Value::Null; 0]);
            continue;
        };
        let writer = call.server.writer();
        // Any records will do: a client can't check that the page refers to them.
        let indexes: BTreeSet<u32> = rows.iter().map(|row| row.index / 2).take(20).collect();
        let account = call.server.account();
        let found: Vec<Row> = indexes.iter().filter_map(|index| account.rows(source).get(*index)).collect();
        drop(account);
        page.raw(name, |out| {
            json::array(out, found, |out, row| writer.write(source, row, Extras::default(), out));
        });
    }
}
