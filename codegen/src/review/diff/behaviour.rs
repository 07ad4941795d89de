//! What extensions declare: rules, paging, limits, background work.

use super::compare::Comparison;
use super::kind::Kind;
use super::pair::Pair;
use crate::ir::api::Operation;
use crate::ir::extension::{Pagination, Pending, RateLimit};

impl Comparison<'_> {
    pub(super) fn behaviour(&mut self, subject: &str, pair: Pair<'_>) {
        let Pair { old, new } = pair;
        let (items, at) = (pair.items(), pair.at());
        let (before, after) = (rules(old), rules(new));
        for rule in after.iter().filter(|rule| !before.contains(rule)) {
            self.changed(Kind::RuleAdded, subject, &items, at).after(rule);
        }
        for rule in before.iter().filter(|rule| !after.contains(rule)) {
            self.changed(Kind::RuleRemoved, subject, &items, at).before(rule);
        }
        let (was, is) = (all(&old.pagination, pagination), all(&new.pagination, pagination));
        match (old.pagination.is_empty(), new.pagination.is_empty()) {
            (true, false) => self.changed(Kind::PagingAdded, subject, &items, at).after(is),
            (false, true) => self.changed(Kind::PagingRemoved, subject, &items, at).before(was),
            _ if old.pagination != new.pagination => {
                self.changed(Kind::PagingChanged, subject, &items, at).between(was, is);
            }
            _ => {}
        }
        if old.rate_limit != new.rate_limit {
            let text = |operation: &Operation| {
                operation.rate_limit.as_ref().map_or_else(|| "none".to_owned(), limit)
            };
            self.changed(Kind::LimitChanged, subject, &items, at).between(text(old), text(new));
        }
        match (&old.pending, &new.pending) {
            (None, Some(is)) => self.changed(Kind::PendingAdded, subject, &items, at).after(pending(is)),
            (Some(was), None) => self.changed(Kind::PendingRemoved, subject, &items, at).before(pending(was)),
            (Some(was), Some(is)) if was != is => {
                self.changed(Kind::PendingChanged, subject, &items, at).between(pending(was), pending(is));
            }
            _ => {}
        }
    }
}

fn rules(operation: &Operation) -> Vec<String> {
    let exactly = operation.exactly_one_of.iter().map(|group| format!("exactly one of {}", group.join(", ")));
    let at_most = operation.at_most_one_of.iter().map(|group| format!("at most one of {}", group.join(", ")));
    exactly.chain(at_most).collect()
}

fn all<T>(list: &[T], text: fn(&T) -> String) -> String {
    let texts: Vec<_> = list.iter().map(text).collect();
    texts.join("; ")
}

fn pagination(way: &Pagination) -> String {
    let mut text = format!("{} of `{}`, {} a page", way.style, way.items, way.max_page_size);
    text.extend(way.size.iter().map(|name| format!(", sized by `{name}`")));
    if !way.identity.is_empty() {
        text.push_str(&format!(", known by {}", way.identity.join(", ")));
    }
    text.extend(way.position.iter().map(|name| format!(", placed by `{name}`")));
    if way.late > 0 {
        text.push_str(&format!(", {} seconds late", way.late));
    }
    text
}

fn limit(limit: &RateLimit) -> String {
    let header = limit.header.iter().map(|header| format!(", told by `{header}`"));
    let text = format!("{} in {} seconds, bucket `{}`", limit.requests, limit.seconds, limit.bucket);
    [text].into_iter().chain(header).collect()
}

fn pending(pending: &Pending) -> String {
    format!("while `{}` is {}", pending.pointer.to_path(), pending.values.join(" or "))
}
