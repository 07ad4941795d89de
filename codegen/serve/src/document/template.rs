//! Path templates, and the values of their parameters in a path.

use std::fmt::Write as _;

/// The characters that a path contains as they are, besides letters and digits.
const PLAIN: &[u8] = b"-._~!$&'()*+,;=:@/";
/// The maximum number of ways to divide a path among parameters.
const MAX_MATCHES: usize = 16;

/// A path template without its query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Template {
    parts: Vec<Part>,
    /// The pairs of a query in the template. The value is a parameter if it is in braces.
    query: Vec<(String, String)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Parameter(String),
}

/// The names of path parameters, and their values as they were sent.
pub(crate) type PathValues = Vec<(String, String)>;

impl Template {
    pub(crate) fn parse(template: &str) -> Self {
        let template = template.split('#').next().unwrap_or_default();
        let (path, query) = template.split_once('?').unwrap_or((template, ""));
        let query = query.split('&').filter_map(|pair| pair.split_once('='));
        let query = query.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        let mut parts = Vec::new();
        let mut rest = path;
        while let Some((literal, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            if !literal.is_empty() {
                parts.push(Part::Literal(canonical(literal)));
            }
            parts.push(Part::Parameter(name.to_owned()));
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(Part::Literal(canonical(rest)));
        }
        Self { parts, query }
    }

    /// Returns the number of parameters. A template with fewer takes precedence.
    pub(crate) fn parameters(&self) -> usize {
        self.parts.iter().filter(|part| matches!(part, Part::Parameter(_))).count()
    }

    /// Returns the number of characters outside of parameters.
    pub(crate) fn literals(&self) -> usize {
        let length = |part: &Part| match part {
            Part::Literal(text) => text.len(),
            Part::Parameter(_) => 0,
        };
        self.parts.iter().map(length).sum()
    }

    /// Returns each way in which a path and its pairs of a query match. No value contains a slash.
    pub(crate) fn matches(&self, path: &str, pairs: &[(String, String)]) -> Vec<PathValues> {
        let mut found = Vec::new();
        divide(&self.parts, &canonical(path), &mut Vec::new(), &mut found);
        let mut fixed = Vec::new();
        for (name, value) in &self.query {
            let Some((_, sent)) = pairs.iter().find(|(own, _)| own == name) else { return Vec::new() };
            match value.strip_prefix('{').and_then(|value| value.strip_suffix('}')) {
                Some(parameter) => fixed.push((parameter.to_owned(), sent.clone())),
                None if value == sent => {}
                None => return Vec::new(),
            }
        }
        for values in &mut found {
            values.extend(fixed.clone());
        }
        found
    }
}

fn divide(parts: &[Part], path: &str, values: &mut PathValues, found: &mut Vec<PathValues>) {
    if found.len() >= MAX_MATCHES {
        return;
    }
    match parts.split_first() {
        None if path.is_empty() => found.push(values.clone()),
        None => {}
        Some((Part::Literal(text), rest)) => {
            if let Some(after) = path.strip_prefix(text.as_str()) {
                divide(rest, after, values, found);
            }
        }
        Some((Part::Parameter(name), rest)) => {
            let most = path.find('/').unwrap_or(path.len());
            let ends = (0..=most).filter(|end| path.is_char_boundary(*end));
            // An empty value comes last: no path parameter should be empty.
            for end in ends.clone().skip(1).chain(ends.take(1)) {
                let (value, after) = path.split_at(end);
                values.push((name.clone(), value.to_owned()));
                divide(rest, after, values, found);
                values.pop();
            }
        }
    }
}

/// Returns a path in which the same characters are percent-encoded as in every other one.
fn canonical(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut bytes = path.bytes();
    while let Some(byte) = bytes.next() {
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let ahead: Vec<u8> = bytes.clone().take(2).collect();
        let encoded = match (byte, ahead.as_slice()) {
            (b'%', [high, low]) => digit(*high).zip(digit(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        let decoded = encoded.and_then(|code| u8::try_from(code).ok());
        if decoded.is_some() {
            bytes.nth(1);
        }
        match decoded {
            Some(code) if code.is_ascii_alphanumeric() || b"-._~".contains(&code) => {
                text.push(char::from(code))
            }
            Some(code) => _ = write!(text, "%{code:02X}"),
            None if byte.is_ascii_alphanumeric() || PLAIN.contains(&byte) => text.push(char::from(byte)),
            None => _ = write!(text, "%{byte:02X}"),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Template;

    #[test]
    fn values_are_found_in_a_path() {
        let values = |template: &str, path: &str| {
            let found = Template::parse(template).matches(path, &[]);
            let first = found.into_iter().next()?;
            Some(
                first
                    .into_iter()
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect::<Vec<_>>()
                    .join(" "),
            )
        };
        for (template, path, expected) in [
            ("/a", "/a", Some("")),
            ("/a", "/b", None),
            ("/a/{x}", "/a/1", Some("x=1")),
            ("/a/{x}", "/a/1/2", None),
            ("/a/{x}", "/a/1%2f2", Some("x=1%2F2")),
            ("/a/{x}.{y}", "/a/1.2.3", Some("x=1 y=2.3")),
            ("/名/{x}", "/%E5%90%8d/%41", Some("x=A")),
            ("/a b", "/a%20b", Some("")),
            ("/a/{x}/", "/a//", Some("x=")),
        ] {
            assert_eq!(values(template, path).as_deref(), expected, "{template} {path}");
        }
    }

    #[test]
    fn the_query_of_a_template_is_part_of_it() {
        let template = Template::parse("/a?kind=big&id={id}#note");
        let pairs =
            |value: &str| vec![("kind".to_owned(), value.to_owned()), ("id".to_owned(), "7".to_owned())];
        assert_eq!(template.matches("/a", &pairs("big")), [[("id".to_owned(), "7".to_owned())]]);
        assert!(template.matches("/a", &pairs("small")).is_empty());
        assert!(template.matches("/a", &[]).is_empty());
    }
}
