//! The segments of a JSONPath query as text, and suggestions for a query that selects nothing.

use std::ops::Range;

use jsonpath_rfc9535::JsonPath;
use serde_json::Value;

use crate::base::suggest::Suggestions;

/// The maximum number of `..` in a query.
const MAX_DESCENTS: usize = 2;
/// The maximum of the product of the numbers of selectors in brackets.
const MAX_SELECTORS: usize = 10_000;

/// Returns the name in the document that is closest to the first name of the query that selects nothing.
pub(crate) fn nearest<'v>(path: &str, tree: &'v Value) -> Option<&'v str> {
    let segments: Vec<_> = ranges(path).collect();
    // From the end, so that the first prefix that selects nodes is the longest.
    segments.into_iter().rev().find_map(|segment| {
        let query = JsonPath::parse(&path[..segment.start]).ok()?;
        let nodes: Vec<&Value> = query.query(tree).values().collect();
        (!nodes.is_empty()).then(|| nearest_child(&path[segment], &nodes))
    })?
}

/// Returns whether the time for a query grows with the size of the document, not with a power of it.
///
/// Each `..` visits all nodes below each node that was selected before, also those that were selected several times.
/// Each further selector in brackets selects the same nodes again. A filter is evaluated for each node, so a query of
/// the entire document in it must have a single result.
pub(crate) fn is_bounded(path: &str) -> bool {
    let (mut quote, mut escaped) = (None, false);
    let (mut descents, mut selected, mut in_root) = (0_usize, 1_usize, false);
    let mut brackets: Vec<(char, usize)> = Vec::new();
    let mut previous = ' ';
    for (at, c) in path.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(closing), c) if c == closing => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '[' | '(') => brackets.push((c, 1)),
            (None, ']' | ')') => match brackets.pop() {
                Some(('[', selectors)) => selected = selected.saturating_mul(selectors),
                _ => in_root = false,
            },
            (None, ',') => brackets.last_mut().into_iter().for_each(|(_, selectors)| *selectors += 1),
            (None, '.' | '*') if in_root && (c == '*' || previous == '.') => return false,
            (None, '.') if previous == '.' => descents += 1,
            (None, '$') => in_root = at > 0,
            (None, '@' | '|' | '&' | '=' | '<' | '>') => in_root = false,
            _ => {}
        }
        previous = c;
    }
    descents <= MAX_DESCENTS && selected <= MAX_SELECTORS
}

/// Returns the segments after `$` as they are written.
pub(crate) fn segments(path: &str) -> impl Iterator<Item = &str> {
    ranges(path).map(|segment| &path[segment])
}

/// Returns the name that a segment selects. `None` if it has other selectors.
pub(crate) fn segment_name(segment: &str) -> Option<String> {
    if let Some(name) = segment.strip_prefix('.') {
        return Some(name.to_owned()).filter(|name| is_plain(name));
    }
    let inside = segment.strip_prefix('[')?.strip_suffix(']')?.trim();
    let quote = inside.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let name = inside.strip_prefix(quote)?.strip_suffix(quote)?;
    // Names with escapes are rare, and are not supported. A segment with several names doesn't select a single one.
    (!name.contains(['\\', '\'', '"'])).then(|| name.to_owned())
}

/// Returns the segment that selects a name, in the shortest form.
pub(crate) fn segment(name: &str) -> String {
    if is_plain(name) { format!(".{name}") } else { bracketed(name) }
}

/// Returns the segment that selects a name, in brackets and quotes.
pub(crate) fn bracketed(name: &str) -> String {
    let escape = |c: char| match c {
        '\'' | '\\' => format!("\\{c}"),
        c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    format!("['{}']", name.chars().map(escape).collect::<String>())
}

/// Returns whether a name needs no quotes in a query.
fn is_plain(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric())
}

/// Returns the byte ranges of the segments after `$`.
fn ranges(path: &str) -> impl Iterator<Item = Range<usize>> {
    let mut starts = starts(path);
    starts.push(path.len());
    let ends: Vec<_> = starts.iter().skip(1).copied().collect();
    starts.into_iter().zip(ends).map(|(start, end)| start..end)
}

/// Returns the name among the children of some nodes that is closest to the one in a segment.
fn nearest_child<'v>(segment: &str, nodes: &[&'v Value]) -> Option<&'v str> {
    let suggestions = Suggestions::default();
    let objects = nodes.iter().filter_map(|node| node.as_object());
    let keys = || objects.clone().flat_map(|entries| entries.keys().map(String::as_str));
    if let Some(name) = segment.strip_prefix('.') {
        return suggestions.nearest(name, keys());
    }
    let inside = segment.strip_prefix('[')?.trim_end_matches(']').trim();
    let Some(filter) = inside.strip_prefix('?') else {
        return suggestions.nearest(inside.trim_matches(['\'', '"']), keys());
    };
    // A filter compares values of the children.
    let children = nodes.iter().flat_map(|node| children(node)).flat_map(children);
    let strings: Vec<&str> = children.filter_map(Value::as_str).collect();
    quoted(filter).find_map(|text| {
        let known = strings.iter().copied().filter(|known| *known != text);
        if strings.contains(&text) { None } else { suggestions.nearest(text, known) }
    })
}

fn children(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Object(entries) => Box::new(entries.values()),
        Value::Array(items) => Box::new(items.iter()),
        _ => Box::new(std::iter::empty()),
    }
}

/// Returns the byte offsets of the segments after `$`.
fn starts(path: &str) -> Vec<usize> {
    let (mut depth, mut quote) = (0_usize, None);
    let mut starts = Vec::new();
    for (at, c) in path.char_indices().skip(1) {
        match (quote, c) {
            (Some(closing), c) if c == closing => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '[') => {
                if depth == 0 {
                    starts.push(at);
                }
                depth += 1;
            }
            (None, ']') => depth = depth.saturating_sub(1),
            (None, '.') if depth == 0 => starts.push(at),
            _ => {}
        }
    }
    starts
}

/// Returns the quoted strings of a filter.
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

    #[test]
    fn queries_that_select_nodes_many_times_are_not_bounded() {
        let names = vec!["'a'"; 200].join(",");
        for bounded in [
            "$",
            "$..*..*",
            "$.paths['/a..b/..c/..d'].get",
            "$..[?@.a == '..' || $.info.title == \"*..*\"].x",
            "$.paths[?(@.*.tags[0] == 'a')][*]",
            &format!("$.paths[{names}]"),
            "$.a[?@['\\'..'] == 1]..b",
            "$.x[?$.info.version == '1' && @.*].a",
            "$.x[?match(@.a, 'x.*')]",
        ] {
            assert!(super::is_bounded(bounded), "{bounded}");
        }
        for unbounded in [
            "$..*..*..*",
            "$..a[?@..b[?@..c]]",
            "$..[?count($..*) > 1]",
            "$.paths.*[?$.paths.*]",
            &format!("$.a{}", "[*,*]".repeat(20)),
            &format!("$[{names}][{names}]"),
        ] {
            assert!(!super::is_bounded(unbounded), "{unbounded}");
        }
    }

    #[test]
    fn the_first_segment_that_selects_nothing_has_a_suggestion() {
        let tree = json!({
            "paths": {"/pets.all": {"get": {"operationId": "listPets", "tags": ["a"]}, "post": {"operationId": "addPet"}}},
            "tags": [{"name": "pets"}],
        });
        let nearest = |path| super::nearest(path, &tree);
        assert_eq!(nearest("$.path"), Some("paths"));
        assert_eq!(nearest("$.paths['/pet.all'].get"), Some("/pets.all"));
        assert_eq!(nearest("$.paths[\"/pets.all\"].gett.tags[0]"), Some("get"));
        assert_eq!(nearest("$.paths.*[?@.operationId == 'listPest']"), Some("listPets"));
        assert_eq!(nearest("$.paths.*[?@.operationId=='addPet' && @.x=='y'].tags"), None);
        assert_eq!(nearest("$.tags[?@.name == 'toys']"), None);
        assert_eq!(nearest("$.tags[7]"), None);
        assert_eq!(nearest("$"), None);
    }
}
