//! Splits ids at the separators of namespaces and words.

use super::words::is_generic;

/// Separators of namespaces.
pub(super) const STRONG: [&str; 5] = ["::", ".", "/", "#", ":"];

/// Separators of words, which may also separate a namespace.
pub(super) const WEAK: [char; 2] = ['_', '-'];

/// Splits a name at its first separator.
pub(super) fn first_part(name: &str) -> Option<(&str, &str)> {
    let strong = STRONG.iter().filter_map(|sign| name.find(sign).map(|at| (at, sign.len())));
    let weak = name.find(WEAK).map(|at| (at, 1));
    // `::` comes before `:`.
    let (at, length) = strong.chain(weak).min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)))?;
    let (prefix, rest) = (&name[..at], &name[at + length..]);
    let is_named = |text: &str| text.chars().any(char::is_alphabetic);
    (is_named(prefix) || is_generic(prefix)).then_some((prefix, rest)).filter(|(_, rest)| is_named(rest))
}

/// Splits a name at its namespaces.
pub(super) fn segments(name: &str) -> Vec<&str> {
    let mut segments = vec![name];
    for sign in STRONG {
        segments = segments.into_iter().flat_map(|segment| segment.split(sign)).collect();
    }
    segments.retain(|segment| !segment.is_empty());
    segments
}
