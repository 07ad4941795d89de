//! What extensions declare about an operation: ways to page, limits, rules among parameters.

use openapiv3::Operation as Declared;
use serde_json::{Map, Value};

use super::Lowerer;
use crate::ir::{Pagination, Parameter, RateLimit};
use crate::name::RustName;
use crate::pointer::Pointer;

/// Ways to page that the runtime knows.
const STYLES: [&str; 6] = ["cursor", "time", "next-page", "routing-cursor", "chat", "page-cursor"];

const EXACTLY: &str = "exactly-one-of";
const AT_MOST: &str = "at-most-one-of";

/// Rules among parameters, as lists of their names.
#[derive(Default)]
pub(super) struct Rules {
    pub(super) exactly_one_of: Vec<Vec<String>>,
    pub(super) at_most_one_of: Vec<Vec<String>>,
}

impl Lowerer<'_, '_> {
    pub(super) fn rules(&mut self, declared: &Declared, parameters: &[Parameter], at: &Pointer) -> Rules {
        let mut rules = Rules::default();
        let Some(value) = declared.extensions.get("x-parameter-rules") else { return rules };
        let at = at.child("x-parameter-rules");
        for (rule, groups) in value.as_object().into_iter().flatten() {
            match (rule.as_str(), groups.as_array().and_then(|groups| self::groups(groups))) {
                (EXACTLY, Some(groups)) => rules.exactly_one_of = groups,
                (AT_MOST, Some(groups)) => rules.at_most_one_of = groups,
                _ => self.bad_rule(&at.child(rule)),
            }
        }
        if value.as_object().is_none_or(Map::is_empty) {
            self.bad_rule(&at);
        }
        for name in rules.exactly_one_of.iter().chain(&rules.at_most_one_of).flatten() {
            if parameters.iter().all(|parameter| parameter.wire.as_str() != name) {
                let message =
                    format!("x-parameter-rules names {name:?}, which is no parameter of the operation");
                self.findings.error(&at, message, "name declared parameters only");
            }
        }
        rules
    }

    fn bad_rule(&mut self, at: &Pointer) {
        let message =
            format!("x-parameter-rules needs `{EXACTLY}` or `{AT_MOST}`, each a list of groups of names");
        self.findings.error(at, message, format!("for example {{{EXACTLY}: [[start_time, cursor]]}}"));
    }

    pub(super) fn pagination(&mut self, declared: &Declared, at: &Pointer) -> Vec<Pagination> {
        let Some(value) = declared.extensions.get("x-pagination") else { return Vec::new() };
        let at = at.child("x-pagination");
        let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let mut ways = Vec::new();
        for way in list {
            let text = |key: &str| way.get(key).and_then(Value::as_str);
            let size = way.get("max-page-size").and_then(number);
            let style = text("style").filter(|style| STYLES.contains(style));
            if let (Some(style), Some(items), Some(max_page_size)) = (style, text("items"), size) {
                ways.push(Pagination {
                    style: RustName::snake(style),
                    items: items.to_owned(),
                    max_page_size,
                });
            } else {
                let message = "x-pagination needs `style`, `items` and `max-page-size`";
                self.findings.error(&at, message, format!("known styles: {}", STYLES.join(", ")));
            }
        }
        ways
    }

    pub(super) fn rate_limit(&mut self, declared: &Declared, at: &Pointer) -> Option<RateLimit> {
        let value = declared.extensions.get("x-rate-limit")?;
        let number = |key: &str| value.get(key).and_then(number);
        let bucket = value.get("bucket").and_then(Value::as_str);
        if let (Some(bucket), Some(requests), Some(seconds)) = (bucket, number("requests"), number("seconds"))
        {
            return Some(RateLimit { bucket: bucket.to_owned(), requests, seconds });
        }
        let message = "x-rate-limit needs `bucket`, `requests` and `seconds`";
        self.findings.error(
            &at.child("x-rate-limit"),
            message,
            "for example {bucket: exports, requests: 10, seconds: 60}",
        );
        None
    }
}

fn groups(groups: &[Value]) -> Option<Vec<Vec<String>>> {
    let names =
        |group: &Value| group.as_array()?.iter().map(|name| Some(name.as_str()?.to_owned())).collect();
    groups.iter().map(names).collect()
}

fn number(value: &Value) -> Option<u32> {
    value.as_u64().and_then(|number| u32::try_from(number).ok())
}
