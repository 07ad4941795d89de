//! Prefixes that nearly all ids of the document share: `api.v1.books.list`.

use std::collections::{BTreeMap, BTreeSet};

use super::drafts::Drafts;
use super::separators::first_part;
use super::words::{is_generic, is_verb, throughout};

/// The minimum number of ids for a prefix of the whole document.
const MIN_SHARED: usize = 5;

/// Removes `api` and versions that nearly all ids of the document begin with. Returns the operations.
pub(super) fn take_off_generic(drafts: &mut Drafts<'_>) -> Vec<usize> {
    take_off_first(drafts, is_generic)
}

/// Removes a prefix that nearly all ids of the document share, unless it is a verb. Returns the operations.
pub(super) fn take_off_shared(drafts: &mut Drafts<'_>) -> Vec<usize> {
    take_off_first(drafts, |prefix| !is_verb(prefix))
}

fn take_off_first(drafts: &mut Drafts<'_>, is_redundant: impl Fn(&str) -> bool) -> Vec<usize> {
    let mut changed = BTreeSet::new();
    loop {
        let open: Vec<usize> = drafts.open().collect();
        let mut counts: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        for index in &open {
            if let Some((prefix, rest)) = first_part(&drafts.names[*index]) {
                counts.entry(prefix.to_lowercase()).or_default().push((*index, rest.to_owned()));
            }
        }
        let Some((prefix, rests)) = counts.into_iter().max_by_key(|(_, rests)| rests.len()) else { break };
        let is_pattern = open.len() >= MIN_SHARED && throughout(rests.len(), open.len());
        if !is_pattern || !is_redundant(&prefix) {
            break;
        }
        let now = drafts.apply(rests);
        if now.is_empty() {
            break;
        }
        changed.extend(now);
    }
    changed.into_iter().collect()
}
