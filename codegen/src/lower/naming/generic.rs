//! Parses keys of schemas: namespaces, and the arguments of generic types.

use super::words::is_version;

/// A parsed key: `com.example.Page«com.example.Book»`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spelled {
    /// The namespaces, with the type's own name at the end.
    pub(super) segments: Vec<String>,
    /// The arguments of a generic type.
    pub(super) arguments: Vec<Self>,
}

impl Spelled {
    /// Parses a key.
    pub(super) fn parse(key: &str) -> Self {
        let mut reader = Reader { rest: key };
        let spelled = reader.spelled();
        // A key with another syntax is a name without parts.
        spelled
            .filter(|_| reader.rest.trim().is_empty())
            .unwrap_or_else(|| Self { segments: vec![key.to_owned()], arguments: Vec::new() })
    }

    /// The names of the type and of its arguments, without namespaces.
    pub(super) fn short(&self) -> String {
        let own = self.segments.last().map_or("", String::as_str);
        self.with_arguments(own.to_owned(), &Self::short)
    }

    /// The same, with the given number of namespaces before the type.
    pub(super) fn with_namespaces(&self, count: usize) -> String {
        let begin = self.segments.len().saturating_sub(count + 1);
        self.with_arguments(self.segments[begin..].join(" "), &Self::short)
    }

    fn with_arguments(&self, name: String, argument: &impl Fn(&Self) -> String) -> String {
        let arguments = self.arguments.iter().map(argument);
        [name].into_iter().chain(arguments).collect::<Vec<_>>().join(" ")
    }
}

/// Brackets around the arguments of a generic type.
const BRACKETS: [(char, char); 3] = [('<', '>'), ('«', '»'), ('[', ']')];

struct Reader<'k> {
    rest: &'k str,
}

impl Reader<'_> {
    fn spelled(&mut self) -> Option<Spelled> {
        let is_end = |c: char| c == ',' || BRACKETS.iter().any(|(open, close)| c == *open || c == *close);
        let end = self.rest.find(is_end).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        // The number of arguments follows a backtick.
        let name = name.split('`').next().unwrap_or_default().trim();
        let segments = segments(name);
        let mut arguments = Vec::new();
        if let Some((open, close)) = BRACKETS.iter().find(|(open, _)| rest.starts_with(*open)) {
            self.rest = &rest[open.len_utf8()..];
            arguments = self.arguments(*close)?;
        }
        (!segments.is_empty()).then_some(Spelled { segments, arguments })
    }

    /// Parses the arguments up to the closing bracket.
    fn arguments(&mut self, close: char) -> Option<Vec<Spelled>> {
        let mut arguments = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            if let Some(rest) = self.rest.strip_prefix('[') {
                self.rest = rest;
                // The assembly of the type follows it.
                let argument = self.spelled()?;
                let end = self.rest.find(']')?;
                self.rest = &self.rest[end + 1..];
                arguments.push(argument);
            } else {
                arguments.push(self.spelled()?);
            }
            let mut chars = self.rest.trim_start().chars();
            let next = chars.next()?;
            self.rest = chars.as_str();
            if next == close {
                return Some(arguments);
            }
            if next != ',' {
                return None;
            }
        }
    }
}

/// Splits a name at its namespaces. Nested types are one segment.
fn segments(name: &str) -> Vec<String> {
    let mut segments = vec![name.to_owned()];
    for sign in ["::", ".", "/", "\\"] {
        segments = segments.iter().flat_map(|segment| segment.split(sign)).map(str::to_owned).collect();
    }
    segments.retain(|segment| !segment.is_empty());
    let Some(last) = segments.pop() else { return segments };
    if let (true, Some((version, own))) = (segments.is_empty(), versioned(&last)) {
        return vec![version.to_owned(), own.to_owned()];
    }
    // Modules in lower case before a class: `app__models__Book`.
    let mut modules: Vec<&str> = last.split("__").collect();
    let own = modules.pop().unwrap_or_default();
    let are_modules = own.starts_with(char::is_uppercase)
        && modules.iter().all(|module| !module.is_empty() && !module.contains(char::is_uppercase));
    if are_modules && !modules.is_empty() {
        segments.extend(modules.into_iter().map(str::to_owned));
        segments.push(own.to_owned());
    } else {
        segments.push(last);
    }
    segments
}

/// Splits a version off the start of a name: `v1Book`.
fn versioned(name: &str) -> Option<(&str, &str)> {
    let end = name.find(char::is_uppercase)?;
    let (version, own) = name.split_at(end);
    (version.starts_with('v') && is_version(version)).then_some((version, own))
}

#[cfg(test)]
mod tests {
    use super::Spelled;

    #[test]
    fn namespaces_and_arguments_are_read() {
        for (key, short) in [
            ("Book", "Book"),
            ("com.example.lib.Book", "Book"),
            ("Page«Book»", "Page Book"),
            ("com.example.Page<com.example.Book>", "Page Book"),
            (
                "Lib.Page`1[[Lib.Models.Book, Lib, Version=1.0.0.0, Culture=empty_value, PublicKeyToken=null]]",
                "Page Book",
            ),
            ("Pair`2[[Lib.Book, Lib],[System.String, mscorlib]]", "Pair Book String"),
            ("Map<string, List<a.Book>>", "Map string List Book"),
            ("app__models__Book", "Book"),
            ("app__my_models__Book-Input", "Book-Input"),
            ("lib::Book", "Book"),
            ("lib.List<?>", "List ?"),
            ("v1beta1Book", "Book"),
            ("Lib.Outer+Inner", "Outer+Inner"),
        ] {
            assert_eq!(Spelled::parse(key).short(), short, "{key}");
        }
    }

    #[test]
    fn other_keys_stand_as_they_are() {
        for key in ["ids[]", "a<b", "a>b", "[a]", "", "x,y", "Page<>", "Foo__Bar", "__a", "1<2>3"] {
            assert_eq!(Spelled::parse(key).segments, [key], "{key}");
        }
    }

    #[test]
    fn some_namespaces_may_be_kept() {
        let spelled = Spelled::parse("a.b.v1.Book");
        assert_eq!(
            [0, 1, 2, 9].map(|count| spelled.with_namespaces(count)),
            ["Book", "v1 Book", "b v1 Book", "a b v1 Book"]
        );
    }
}
