//! The API as a whole: title, servers, ways to sign in, and what is left out.

use std::collections::BTreeSet;

use serde_json::Value;

use super::change::Item;
use super::compare::{Comparison, Items};
use super::kind::Kind;
use crate::base::pointer::Pointer;
use crate::base::skipped::Skipped;
use crate::ir::api::Api;

/// Longest value that is shown.
const SHOWN: usize = 120;

impl Comparison<'_> {
    pub(super) fn access(&mut self) {
        let (old, new) = (self.old.output, self.new.output);
        let items = Items { old: Item::Crate, new: Item::Crate };
        let root = Pointer::root();
        if old.api.title != new.api.title {
            let at = root.child("info").child("title");
            self.changed(Kind::TitleChanged, "the crate", &items, (&at, &at))
                .between(old.api.title.as_str(), new.api.title.as_str());
        }
        let schemes = root.child("components").child("securitySchemes");
        let parts = [
            (Kind::ServerChanged, root.child("servers")),
            (Kind::SecurityChanged, root.child("security")),
            (Kind::SecurityChanged, schemes),
        ];
        for (kind, at) in parts {
            let (before, after) = (plain(at.find(&old.patched)), plain(at.find(&new.patched)));
            if before != after {
                self.changed(kind, "the crate", &items, (&at, &at)).between(shown(&before), shown(&after));
            }
        }
        self.skipped(&old.api, &new.api);
    }

    fn skipped(&mut self, old: &Api, new: &Api) {
        let pointers =
            |list: &[Skipped]| list.iter().map(|part| part.pointer.clone()).collect::<BTreeSet<_>>();
        let (before, after) = (pointers(&old.skipped), pointers(&new.skipped));
        for part in old.skipped.iter().filter(|part| !after.contains(&part.pointer)) {
            self.removed(Kind::PartEmitted, "the crate", &Item::Crate, &part.pointer).before(&part.reason);
        }
        for part in new.skipped.iter().filter(|part| !before.contains(&part.pointer)) {
            self.added(Kind::PartSkipped, "the crate", &Item::Crate, &part.pointer).after(&part.reason);
        }
    }
}

/// A node without its prose, which changes nothing.
fn plain(node: Option<&Value>) -> Value {
    match node {
        Some(Value::Object(entries)) => entries
            .iter()
            .filter(|(key, value)| !(key.as_str() == "description" && value.is_string()))
            .map(|(key, value)| (key.clone(), plain(Some(value))))
            .collect(),
        Some(Value::Array(items)) => items.iter().map(|item| plain(Some(item))).collect(),
        Some(other) => other.clone(),
        None => Value::Null,
    }
}

fn shown(value: &Value) -> String {
    if value.is_null() {
        return "none".to_owned();
    }
    let text = value.to_string();
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
