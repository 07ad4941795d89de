//! What is fixed about an operation: method, path, rules, ways to page, limits.

use super::api::{requirements, server};
use super::format::File;
use super::literal::{literal, literals};
use super::symbol::{Imports, Names as _, Outside, RUNTIME, Symbol};
use crate::ir::api::Operation;
use crate::ir::extension::{Pagination, RateLimit};
use crate::ir::request::{Location, Parameter};

/// Width of a line that is laid out here.
const LINE: usize = 100;

/// The static that the operation's requests refer to.
pub(super) fn descriptor(file: &mut File, imports: &mut Imports, operation: &Operation) {
    let name = &operation.constant;
    let ty = imports.symbol(Symbol::OPERATION);
    let method = operation.method.as_str().to_lowercase();
    let head = format!("{ty}::{method}({}, {})", literal(&operation.id), literal(&operation.path));
    let mut calls = Vec::new();
    let required: Vec<_> = operation
        .required()
        .filter(|parameter| is_checked(parameter))
        .map(|parameter| parameter.wire.as_str())
        .collect();
    if !required.is_empty() {
        calls.push(format!(".requires(&[{}])", literals(required)));
    }
    let rules =
        [("exactly_one_of", &operation.exactly_one_of), ("at_most_one_of", &operation.at_most_one_of)];
    for (rule, groups) in rules {
        calls.extend(groups.iter().map(|group| format!(".{rule}(&[{}])", literals(group))));
    }
    calls.extend(operation.accept.iter().map(|media_types| format!(".accepts({})", literal(media_types))));
    if !operation.servers.is_empty() {
        let servers: Vec<_> =
            operation.servers.iter().map(|own| server(&mut Outside(RUNTIME), own)).collect();
        calls.push(format!(".on_servers(&[{}])", servers.join(", ")));
    }
    calls.extend(operation.security.iter().map(|own| format!(".secured_by({})", requirements(own))));
    calls.extend(operation.pagination.iter().map(|way| call("paged", &pagination(imports, way))));
    calls.extend(operation.rate_limit.iter().map(|limit| call("limited", &rate_limit(imports, limit))));
    if let Some(pending) = &operation.pending {
        let pointer = literal(&pending.pointer.to_path());
        calls.push(format!(".pending_while({pointer}, &[{}])", literals(&pending.values)));
    }
    let one_line = format!("static {name}: {ty} = {head};\n");
    if calls.is_empty() && one_line.chars().count() <= LINE {
        return file.text(&one_line);
    }
    let calls: String = calls.iter().map(|call| format!("\n        {call}")).collect();
    file.text(&format!("static {name}: {ty} =\n    {head}{calls};\n"));
}

/// Whether the request is checked for the parameter: those of the path are, one by one.
fn is_checked(parameter: &Parameter) -> bool {
    let sent = matches!(parameter.location, Location::Query | Location::Header | Location::Cookie);
    sent && !parameter.may_be_empty
}

/// A call whose argument is a chain of calls, a line each where there is more than one.
fn call(name: &str, chain: &[String]) -> String {
    match chain {
        [one] => format!(".{name}({one})"),
        calls => format!(".{name}(\n            {},\n        )", calls.join("\n                ")),
    }
}

fn pagination(imports: &mut Imports, way: &Pagination) -> Vec<String> {
    let ty = imports.symbol(Symbol::PAGINATION);
    let mut calls = vec![format!("{ty}::{}({}, {})", way.style, literal(&way.items), way.max_page_size)];
    calls.extend(way.size.iter().map(|name| format!(".sized_by({})", literal(name))));
    if !way.identity.is_empty() {
        calls.push(format!(".known_by(&[{}])", literals(&way.identity)));
    }
    calls.extend(way.position.iter().map(|name| format!(".placed_by({})", literal(name))));
    if way.late > 0 {
        calls.push(format!(".late_by({})", way.late));
    }
    calls
}

fn rate_limit(imports: &mut Imports, limit: &RateLimit) -> Vec<String> {
    let bucket = literal(&limit.bucket);
    let ty = imports.symbol(Symbol::RATE_LIMIT);
    let mut calls = vec![format!("{ty}::new({bucket}, {}, {})", limit.requests, limit.seconds)];
    calls.extend(limit.header.iter().map(|name| format!(".told_by({})", literal(name))));
    calls
}
