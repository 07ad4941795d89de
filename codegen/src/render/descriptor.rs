//! Renders the static of an operation: method, path, rules, pagination, rate limit.

use super::api::{requirements, server};
use super::format::CodeFile;
use super::literal::{literal, literals};
use super::symbol::{ExternalPaths, Imports, RUNTIME, ResolveNames as _, Symbol};
use crate::ir::api::{Operation, Streaming};
use crate::ir::extension::{Pagination, RateLimit};
use crate::ir::request::{Method, Parameter, ParameterLocation};

/// The maximum length of a line.
const LINE: usize = 100;

/// Writes the static that requests of the operation refer to.
pub(super) fn descriptor(file: &mut CodeFile, imports: &mut Imports, operation: &Operation) {
    let name = &operation.constant;
    let ty = imports.symbol(Symbol::OPERATION);
    let (id, path) = (literal(&operation.id), literal(&operation.path));
    let head = match &operation.method {
        Method::Other(method) => format!("{ty}::with_method({}, {id}, {path})", literal(method)),
        method => format!("{ty}::{}({id}, {path})", method.as_str().to_lowercase()),
    };
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
    for (rule, groups) in rules.into_iter().filter(|(_, groups)| !groups.is_empty()) {
        let groups: Vec<_> = groups.iter().map(|group| format!("&[{}]", literals(group))).collect();
        calls.push(format!(".{rule}(&[{}])", groups.join(", ")));
    }
    calls.extend(operation.accept.iter().map(|media_types| format!(".accepts({})", literal(media_types))));
    if !operation.other_media_types().is_empty() {
        let media_types = operation.media_types.iter().map(String::as_str);
        calls.push(format!(".offers(&[{}])", literals(media_types)));
    }
    if !operation.redirects.is_empty() {
        calls.push(format!(".redirects_with(&[{}])", literals(&operation.redirects)));
    }
    calls.extend(operation.streaming.as_ref().map(streaming));
    if !operation.servers.is_empty() {
        let servers: Vec<_> =
            operation.servers.iter().map(|own| server(&mut ExternalPaths(RUNTIME), own)).collect();
        calls.push(format!(".on_servers(&[{}])", servers.join(", ")));
    }
    calls.extend(operation.security.iter().map(|own| format!(".secured_by({})", requirements(own))));
    if !operation.pagination.is_empty() {
        let styles: Vec<_> = operation.pagination.iter().map(|style| pagination(imports, style)).collect();
        calls.push(paged(&styles));
    }
    calls.extend(operation.rate_limit.iter().map(|limit| limited(&rate_limit(imports, limit))));
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

/// Returns how the response is read as a stream.
fn streaming(declared: &Streaming) -> String {
    let mut value = format!("{RUNTIME}::Streaming::new()");
    if !declared.end.is_empty() {
        value.push_str(&format!(".ends_with(&[{}])", literals(&declared.end)));
    }
    if declared.has_whole_events {
        value.push_str(".of_whole_events()");
    }
    if declared.reconnects {
        value.push_str(".reconnecting()");
    }
    format!(".streams({value})")
}

/// Returns whether sending a request without the parameter is an error. The runtime checks path parameters itself.
fn is_checked(parameter: &Parameter) -> bool {
    let sent = matches!(
        parameter.location,
        ParameterLocation::Query | ParameterLocation::Header | ParameterLocation::Cookie
    );
    sent && !parameter.may_be_empty
}

/// Formats the pagination styles, each a chain of calls: one line for each call if there are several.
fn paged(styles: &[Vec<String>]) -> String {
    match styles {
        [style] if style.len() == 1 => format!(".paged(&[{}])", style.concat()),
        styles => {
            let styles =
                styles.iter().map(|style| format!("\n            {},", style.join("\n                ")));
            format!(".paged(&[{}\n        ])", styles.collect::<String>())
        }
    }
}

/// Formats the rate limit, a chain of calls: one line for each if there are several.
fn limited(chain: &[String]) -> String {
    match chain {
        [one] => format!(".limited({one})"),
        calls => format!(".limited(\n            {},\n        )", calls.join("\n                ")),
    }
}

fn pagination(imports: &mut Imports, declared: &Pagination) -> Vec<String> {
    let ty = imports.symbol(Symbol::PAGINATION);
    let mut calls =
        vec![format!("{ty}::{}({}, {})", declared.style, literal(&declared.items), declared.max_page_size)];
    calls.extend(declared.size.iter().map(|name| format!(".sized_by({})", literal(name))));
    if !declared.identity.is_empty() {
        calls.push(format!(".identified_by(&[{}])", literals(&declared.identity)));
    }
    calls.extend(declared.position.iter().map(|name| format!(".ordered_by({})", literal(name))));
    if declared.late > 0 {
        calls.push(format!(".late_by({})", declared.late));
    }
    calls
}

fn rate_limit(imports: &mut Imports, limit: &RateLimit) -> Vec<String> {
    let bucket = literal(&limit.bucket);
    let ty = imports.symbol(Symbol::RATE_LIMIT);
    let mut calls = vec![format!("{ty}::new({bucket}, {}, {})", limit.requests, limit.seconds)];
    calls.extend(limit.header.iter().map(|name| format!(".state_header({})", literal(name))));
    calls
}
