//! Names in braces, of path templates and of server URLs.

/// The names in braces, each once.
pub(in crate::lower) fn placeholders(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (name, _) in path.split('{').skip(1).filter_map(|rest| rest.split_once('}')) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Removes the pairs `name={name}` from the query of a path template that a query parameter sends.
pub(in crate::lower) fn without_pairs(path: &str, is_query_parameter: impl Fn(&str) -> bool) -> String {
    let Some((before, query)) = path.split_once('?') else { return path.to_owned() };
    let (query, fragment) = query.split_once('#').map_or((query, None), |(query, rest)| (query, Some(rest)));
    let is_sent = |pair: &&str| {
        let name = pair.split_once('=').filter(|(name, value)| *value == format!("{{{name}}}"));
        name.is_some_and(|(name, _)| is_query_parameter(name))
    };
    let pairs: Vec<_> = query.split('&').filter(|pair| !is_sent(pair)).collect();
    let mut path = before.to_owned();
    for (mark, part) in [('?', Some(pairs.join("&"))), ('#', fragment.map(str::to_owned))] {
        if let Some(part) = part.filter(|part| !part.is_empty()) {
            path.push(mark);
            path.push_str(&part);
        }
    }
    path
}
