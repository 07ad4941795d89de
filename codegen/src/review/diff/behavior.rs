//! Compares the extensions of operations: rules on parameters, pagination, rate limits, background work.

use super::compare::ApiComparison;
use super::kind::ChangeKind;
use super::operation_pair::OperationPair;
use crate::ir::api::Operation;
use crate::ir::extension::{Pagination, Pending, RateLimit};

impl ApiComparison<'_> {
    pub(super) fn behavior(&mut self, subject: &str, pair: OperationPair<'_>) {
        let OperationPair { old, new } = pair;
        let (items, at) = (pair.items(), pair.at());
        let (before, after) = (rules(old), rules(new));
        for rule in after.iter().filter(|rule| !before.contains(rule)) {
            self.changed(ChangeKind::RuleAdded, subject, &items, at).after(rule);
        }
        for rule in before.iter().filter(|rule| !after.contains(rule)) {
            self.changed(ChangeKind::RuleRemoved, subject, &items, at).before(rule);
        }
        let (was, is) = (all(&old.pagination, pagination), all(&new.pagination, pagination));
        match (old.pagination.is_empty(), new.pagination.is_empty()) {
            (true, false) => self.changed(ChangeKind::PagingAdded, subject, &items, at).after(is),
            (false, true) => self.changed(ChangeKind::PagingRemoved, subject, &items, at).before(was),
            _ if old.pagination != new.pagination => {
                self.changed(ChangeKind::PagingChanged, subject, &items, at).between(was, is);
            }
            _ => {}
        }
        if old.rate_limit != new.rate_limit {
            let text = |operation: &Operation| {
                operation.rate_limit.as_ref().map_or_else(|| "none".to_owned(), limit)
            };
            self.changed(ChangeKind::LimitChanged, subject, &items, at).between(text(old), text(new));
        }
        match (&old.pending, &new.pending) {
            (None, Some(is)) => {
                self.changed(ChangeKind::PendingAdded, subject, &items, at).after(pending(is))
            }
            (Some(was), None) => {
                self.changed(ChangeKind::PendingRemoved, subject, &items, at).before(pending(was))
            }
            (Some(was), Some(is)) if was != is => {
                self.changed(ChangeKind::PendingChanged, subject, &items, at)
                    .between(pending(was), pending(is));
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

fn pagination(declared: &Pagination) -> String {
    let mut text = format!("{} of `{}`, {} per page", declared.style, declared.items, declared.max_page_size);
    text.extend(declared.size.iter().map(|name| format!(", page size `{name}`")));
    if !declared.identity.is_empty() {
        text.push_str(&format!(", identified by {}", declared.identity.join(", ")));
    }
    text.extend(declared.position.iter().map(|name| format!(", ordered by `{name}`")));
    if declared.late > 0 {
        text.push_str(&format!(", up to {} seconds late", declared.late));
    }
    text
}

fn limit(limit: &RateLimit) -> String {
    let header = limit.header.iter().map(|header| format!(", header `{header}`"));
    let text = format!("{} in {} seconds, bucket `{}`", limit.requests, limit.seconds, limit.bucket);
    [text].into_iter().chain(header).collect()
}

fn pending(pending: &Pending) -> String {
    format!("while `{}` is {}", pending.pointer.to_path(), pending.values.join(" or "))
}
