//! Extensions of operations: rate limits and rules for parameters.

use openapiv3::Operation as OpenApiOperation;
use serde_json::{Map, Value};

use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::ir::extension::RateLimit;
use crate::ir::request::Parameter;

const EXACTLY: &str = "exactly-one-of";
const AT_MOST: &str = "at-most-one-of";

/// Rules for combinations of parameters, as groups of names.
#[derive(Default)]
pub(in crate::lower) struct Rules {
    pub(in crate::lower) exactly_one_of: Vec<Vec<String>>,
    pub(in crate::lower) at_most_one_of: Vec<Vec<String>>,
}

pub(in crate::lower) fn rules(
    findings: &mut Findings,
    declared: &OpenApiOperation,
    parameters: &[Parameter],
    at: &Pointer,
) -> Rules {
    let mut rules = Rules::default();
    let Some(value) = declared.extensions.get("x-parameter-rules") else { return rules };
    let at = at.child("x-parameter-rules");
    for (rule, groups) in value.as_object().into_iter().flatten() {
        match (rule.as_str(), groups.as_array().and_then(|groups| self::groups(groups))) {
            (EXACTLY, Some(groups)) => rules.exactly_one_of = groups,
            (AT_MOST, Some(groups)) => rules.at_most_one_of = groups,
            _ => bad_rule(findings, &at.child(rule)),
        }
    }
    if value.as_object().is_none_or(Map::is_empty) {
        bad_rule(findings, &at);
    }
    for name in rules.exactly_one_of.iter().chain(&rules.at_most_one_of).flatten() {
        if parameters.iter().all(|parameter| parameter.wire.as_str() != name) {
            let message =
                format!("x-parameter-rules names {name:?}, which is not a parameter of the operation");
            findings.problem(&at, message, "write names of declared parameters only");
        }
    }
    // A rule with problems can't be checked.
    if findings.any_below(&at) { Rules::default() } else { rules }
}

fn bad_rule(findings: &mut Findings, at: &Pointer) {
    let message =
        format!("x-parameter-rules needs `{EXACTLY}` or `{AT_MOST}`, each an array of groups of names");
    findings.problem(at, message, format!("for example {{{EXACTLY}: [[start_time, cursor]]}}"));
}

/// Reads `x-rate-limit`. Its keys and their types were checked before.
pub(in crate::lower) fn rate_limit(declared: &OpenApiOperation) -> Option<RateLimit> {
    let value = declared.extensions.get("x-rate-limit")?;
    Some(RateLimit {
        bucket: text(value, "bucket")?,
        requests: number(value, "requests"),
        seconds: number(value, "seconds"),
        header: text(value, "header"),
    })
}

fn groups(groups: &[Value]) -> Option<Vec<Vec<String>>> {
    let names =
        |group: &Value| group.as_array()?.iter().map(|name| Some(name.as_str()?.to_owned())).collect();
    groups.iter().map(names).collect()
}

/// The string under a key of an extension.
pub(in crate::lower) fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned)
}

/// The strings of an array under a key of an extension; none if the key is absent.
pub(in crate::lower) fn texts(value: &Value, key: &str) -> Vec<String> {
    let list = value.get(key).and_then(Value::as_array).into_iter().flatten();
    list.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The number under a key of an extension, which was checked to be small; 0 if the key is absent.
pub(in crate::lower) fn number(value: &Value, key: &str) -> u32 {
    let number = value.get(key).and_then(Value::as_u64);
    number.and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
}
