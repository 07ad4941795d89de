//! A JSONPath as text: its parts, and what one that selects nothing most likely means.

use std::ops::Range;

use jsonpath_rfc9535::JsonPath;
use serde_json::Value;

use crate::base::suggest::Suggestions;

/// The name in a document that comes nearest to the one where a path stops leading anywhere.
pub(crate) fn nearest<'v>(path: &str, tree: &'v Value) -> Option<&'v str> {
    let parts: Vec<_> = ranges(path).collect();
    // From the end: the first beginning that leads somewhere is the longest.
    parts.into_iter().rev().find_map(|part| {
        let query = JsonPath::parse(&path[..part.start]).ok()?;
        let nodes: Vec<&Value> = query.query(tree).values().collect();
        (!nodes.is_empty()).then(|| meant(&path[part], &nodes))
    })?
}

/// The parts of a path behind `$`, as they are written.
pub(crate) fn parts(path: &str) -> impl Iterator<Item = &str> {
    ranges(path).map(|part| &path[part])
}

/// The name that a part of a path selects, if it selects one by name.
pub(crate) fn name(part: &str) -> Option<String> {
    if let Some(name) = part.strip_prefix('.') {
        return Some(name.to_owned()).filter(|name| is_plain(name));
    }
    let inside = part.strip_prefix('[')?.strip_suffix(']')?.trim();
    let quote = inside.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let name = inside.strip_prefix(quote)?.strip_suffix(quote)?;
    // Names with escapes are rare, and several names in one part are no single name.
    (!name.contains(['\\', '\'', '"'])).then(|| name.to_owned())
}

/// The part that selects a name, in the shortest form.
pub(crate) fn part(name: &str) -> String {
    if is_plain(name) { format!(".{name}") } else { bracketed(name) }
}

/// The part that selects a name, in quotes.
pub(crate) fn bracketed(name: &str) -> String {
    let escape = |c: char| match c {
        '\'' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    format!("['{}']", name.chars().map(escape).collect::<String>())
}

/// Whether a name needs no quotes in a path.
fn is_plain(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
}

/// Where the parts of a path behind `$` stand.
fn ranges(path: &str) -> impl Iterator<Item = Range<usize>> {
    let mut cuts = cuts(path);
    cuts.push(path.len());
    let ends: Vec<_> = cuts.iter().skip(1).copied().collect();
    cuts.into_iter().zip(ends).map(|(start, end)| start..end)
}

/// What is meant by a part of a path, among the children of some nodes.
fn meant<'v>(part: &str, nodes: &[&'v Value]) -> Option<&'v str> {
    let suggestions = Suggestions::default();
    let objects = nodes.iter().filter_map(|node| node.as_object());
    let keys = || objects.clone().flat_map(|entries| entries.keys().map(String::as_str));
    if let Some(name) = part.strip_prefix('.') {
        return suggestions.nearest(name, keys());
    }
    let inside = part.strip_prefix('[')?.trim_end_matches(']').trim();
    let Some(filter) = inside.strip_prefix('?') else {
        return suggestions.nearest(inside.trim_matches(['\'', '"']), keys());
    };
    // A filter compares what stands in the children.
    let children = nodes.iter().flat_map(|node| children(node)).flat_map(children);
    let texts: Vec<&str> = children.filter_map(Value::as_str).collect();
    quoted(filter).find_map(|text| {
        let known = texts.iter().copied().filter(|known| *known != text);
        if texts.contains(&text) { None } else { suggestions.nearest(text, known) }
    })
}

fn children(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Object(entries) => Box::new(entries.values()),
        Value::Array(items) => Box::new(items.iter()),
        _ => Box::new(std::iter::empty()),
    }
}

/// Where the parts of a path begin, behind `$`.
fn cuts(path: &str) -> Vec<usize> {
    let (mut depth, mut quote) = (0_usize, None);
    let mut cuts = Vec::new();
    for (at, c) in path.char_indices().skip(1) {
        match (quote, c) {
            (Some(closing), c) if c == closing => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '[') => {
                if depth == 0 {
                    cuts.push(at);
                }
                depth += 1;
            }
            (None, ']') => depth = depth.saturating_sub(1),
            (None, '.') if depth == 0 => cuts.push(at),
            _ => {}
        }
    }
    cuts
}

/// The quoted texts of a filter.
fn quoted(filter: &str) -> impl Iterator<Item = &str> {
    let mut rest = filter;
    std::iter::from_fn(move || {
        let start = rest.find(['\'', '"'])?;
        let quote = rest.as_bytes().get(start).copied().map(char::from)?;
        let (text, behind) = rest.get(start + 1..)?.split_once(quote)?;
        rest = behind;
        Some(text)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::nearest;

    #[test]
    fn the_part_that_leads_nowhere_is_understood() {
        let tree = json!({
            "paths": {"/pets.all": {"get": {"operationId": "listPets", "tags": ["a"]}, "post": {"operationId": "addPet"}}},
            "tags": [{"name": "pets"}],
        });
        let meant = |path| nearest(path, &tree);
        assert_eq!(meant("$.path"), Some("paths"));
        assert_eq!(meant("$.paths['/pet.all'].get"), Some("/pets.all"));
        assert_eq!(meant("$.paths[\"/pets.all\"].gett.tags[0]"), Some("get"));
        assert_eq!(meant("$.paths.*[?@.operationId == 'listPest']"), Some("listPets"));
        assert_eq!(meant("$.paths.*[?@.operationId=='addPet' && @.x=='y'].tags"), None);
        assert_eq!(meant("$.tags[?@.name == 'toys']"), None);
        assert_eq!(meant("$.tags[7]"), None);
        assert_eq!(meant("$"), None);
    }
}
