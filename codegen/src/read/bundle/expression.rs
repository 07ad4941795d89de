//! Expressions of RFC 6570 in path templates. OpenAPI allows only the name of a parameter in braces.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use crate::base::json_object::JsonObject;
use crate::base::pointer::Pointer;
use crate::grammar::paths::{METHODS, TEMPLATE_KEYS};
use crate::grammar::reference::resolve;

/// The operators, with the style that they stand for.
const OPERATORS: [(char, &str); 7] = [
    ('+', "simple"),
    ('#', "simple"),
    ('/', "simple"),
    ('.', "label"),
    (';', "matrix"),
    ('?', "form"),
    ('&', "form"),
];

/// One variable of an expression.
struct Variable<'p> {
    name: &'p str,
    operator: Option<char>,
    explode: bool,
}

impl Variable<'_> {
    fn style(&self) -> Option<&'static str> {
        let operator = self.operator?;
        OPERATORS.iter().find(|(known, _)| *known == operator).map(|(_, style)| *style)
    }
}

/// A part of a path template: text, or the content of braces.
enum Part<'p> {
    Text(&'p str),
    Braces(&'p str),
}

/// Returns the path with names of parameters in place of expressions. Parameters of a query are not part of the path.
pub(super) fn plain(path: &str, declared: &HashSet<String>) -> String {
    let mut plain = String::with_capacity(path.len());
    for part in parts(path) {
        match part {
            Part::Text(text) => plain.push_str(text),
            Part::Braces(content) if declared.contains(content) => plain.push_str(&format!("{{{content}}}")),
            Part::Braces(content) => {
                let variables = variables(content);
                let operator = variables.first().and_then(|variable| variable.operator);
                let names: Vec<_> =
                    variables.iter().map(|variable| format!("{{{}}}", variable.name)).collect();
                match operator {
                    Some('?' | '&' | '#') => {}
                    Some('/') => plain.push_str(&format!("/{}", names.join("/"))),
                    Some('.' | ';') => plain.push_str(&names.concat()),
                    _ => plain.push_str(&names.join(",")),
                }
            }
        }
    }
    plain
}

/// Sets the styles of parameters that are declared without one to those of their expressions. Swagger 2.0 has no styles, so
/// they are kept in an extension.
pub(super) fn set_styles(path: &str, item: &mut Value, is_swagger: bool) {
    let variables: Vec<_> = parts(path)
        .into_iter()
        .filter_map(|part| if let Part::Braces(content) = part { Some(variables(content)) } else { None })
        .flatten()
        .collect();
    let Some(item) = item.as_object_mut() else { return };
    for (key, value) in item {
        let list = if METHODS.contains(&key.as_str()) { value.get_mut("parameters") } else { Some(value) };
        for parameter in list.and_then(Value::as_array_mut).into_iter().flatten() {
            set_style(&variables, parameter, is_swagger);
        }
    }
}

fn set_style(variables: &[Variable<'_>], parameter: &mut Value, is_swagger: bool) {
    let Some(entries) = parameter.as_object_mut() else { return };
    let name = entries.get("name").and_then(Value::as_str).unwrap_or_default();
    let Some(variable) = variables.iter().find(|variable| variable.name == name) else { return };
    if entries.get("in") != Some(&json!("path")) || entries.contains_key("style") {
        return;
    }
    let mut keys = JsonObject::new();
    if let Some(style) = variable.style().filter(|style| *style != "form") {
        keys.insert("style".to_owned(), json!(style));
    }
    if variable.explode {
        keys.insert("explode".to_owned(), json!(true));
    }
    if variable.operator == Some('+') {
        keys.insert("allowReserved".to_owned(), json!(true));
    }
    if is_swagger {
        if !keys.is_empty() {
            entries.insert(TEMPLATE_KEYS.to_owned(), Value::Object(keys));
        }
        return;
    }
    for (key, value) in keys {
        entries.entry(key).or_insert(value);
    }
}

/// Returns the names of the path parameters of each path.
pub(super) fn declared_names(tree: &Value) -> HashMap<String, HashSet<String>> {
    let paths = tree.get("paths").and_then(Value::as_object);
    let with_braces = paths.into_iter().flatten().filter(|(path, _)| path.contains('{'));
    with_braces
        .map(|(path, item)| {
            let operations = METHODS.iter().filter_map(|method| item.get(method));
            let lists = operations.chain([item]).filter_map(|holder| holder.get("parameters")?.as_array());
            let names = lists.flatten().filter_map(|parameter| {
                let (parameter, _) = resolve(tree, parameter, Pointer::root());
                (parameter.get("in")? == "path")
                    .then(|| parameter.get("name")?.as_str().map(str::to_owned))?
            });
            (path.clone(), names.collect())
        })
        .collect()
}

/// Splits a path at its braces. Braces within braces, such as those of a regular expression, belong to the content.
fn parts(path: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = path;
    while let Some(start) = rest.find('{') {
        let Some(length) = closing(&rest[start..]) else { break };
        parts.push(Part::Text(&rest[..start]));
        parts.push(Part::Braces(&rest[start + 1..start + length]));
        rest = &rest[start + length + 1..];
    }
    parts.push(Part::Text(rest));
    parts
}

/// Returns the offset of the brace that closes the first one.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.char_indices().find_map(|(index, c)| {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth == 0).then_some(index)
    })
}

/// Returns the variables of an expression: names, with modifiers of RFC 6570 or a pattern after them.
fn variables(content: &str) -> Vec<Variable<'_>> {
    let operator = content.chars().next().filter(|c| OPERATORS.iter().any(|(known, _)| known == c));
    let names = operator.map_or(content, |operator| &content[operator.len_utf8()..]);
    // A pattern may contain commas.
    let has_pattern = names.contains([':', '=', '(', '[', '{']);
    let names: Vec<&str> = if has_pattern { vec![names] } else { names.split(',').collect() };
    let variables = names.into_iter().map(|name| {
        let plain = name.split([':', '=']).next().unwrap_or_default();
        Variable { name: plain.trim_end_matches('*'), operator, explode: plain.ends_with('*') }
    });
    let variables: Vec<_> = variables.collect();
    if variables.iter().any(|variable| variable.name.is_empty()) {
        // It is no expression.
        return vec![Variable { name: content, operator: None, explode: false }];
    }
    variables
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::plain;

    #[test]
    fn expressions_are_replaced_by_names() {
        let cases = [
            ("/a/{id}", "/a/{id}"),
            ("/a{.param*}", "/a{param}"),
            ("/a/{param*}", "/a/{param}"),
            ("/a{;x}/b", "/a{x}/b"),
            ("/a/{+rest}", "/a/{rest}"),
            ("/a{/x,y}", "/a/{x}/{y}"),
            ("/a/{x,y}", "/a/{x},{y}"),
            ("/a{?q,lang}{&page}", "/a"),
            ("/a/{id:[0-9]{3}}/b", "/a/{id}/b"),
            ("/v1/{name=things/*}:run", "/v1/{name}:run"),
            ("/a/{}", "/a/{}"),
            ("/a/{b", "/a/{b"),
        ];
        for (path, expected) in cases {
            assert_eq!(plain(path, &HashSet::new()), expected);
        }
        let declared = HashSet::from([".param*".to_owned()]);
        assert_eq!(plain("/a{.param*}", &declared), "/a{.param*}");
    }
}
