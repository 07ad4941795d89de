//! Resolves the URIs of references.

/// Returns whether a URI has a scheme, such as `https:`. A single letter is a Windows drive, not a scheme.
pub(crate) fn has_scheme(uri: &str) -> bool {
    let Some((scheme, _)) = uri.split_once(':') else { return false };
    scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// Resolves a relative path against the folder of another file.
pub(crate) fn join(base: &str, relative: &str) -> String {
    if relative.starts_with('/') {
        return relative.to_owned();
    }
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let root = if base.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// Resolves a URI reference without a fragment against a base: an absolute URI, or a path.
pub(crate) fn resolved(base: &str, reference: &str) -> String {
    if reference.is_empty() {
        return base.to_owned();
    }
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let Some((scheme, rest)) = base.split_once("://") else {
        // Nothing is relative to a URN.
        return if has_scheme(base) { reference.to_owned() } else { join(base, reference) };
    };
    if reference.starts_with("//") {
        return format!("{scheme}:{reference}");
    }
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let path = join(if path.is_empty() { "/" } else { path }, reference);
    format!("{scheme}://{authority}{path}")
}

/// Decodes percent-encoded bytes. Returns the text unchanged if the result is not UTF-8.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = match tail {
            [high, low, tail @ ..] if *first == b'%' => hex(*high).zip(hex(*low)).map(|pair| (pair, tail)),
            _ => None,
        };
        let (byte, tail) = escaped.map_or((*first, tail), |((high, low), tail)| (high * 16 + low, tail));
        bytes.push(byte);
        rest = tail;
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::{decoded, has_scheme, join, resolved};

    #[test]
    fn paths_are_resolved_against_the_folder_of_the_file() {
        let joined = [
            join("", "a.yaml"),
            join("paths/pets.yaml", "../schemas/./Pet.yaml"),
            join("paths/pets.yaml", "../../common.yaml"),
            join("../common.yaml", "../x.yaml"),
            join("/a/b.yaml", "c.yaml"),
            join("a.yaml", "/etc/passwd"),
        ];
        let expected =
            ["a.yaml", "schemas/Pet.yaml", "../common.yaml", "../../x.yaml", "/a/c.yaml", "/etc/passwd"];
        assert_eq!(joined, expected);
    }

    /// The examples are those of RFC 3986, 5.4, without queries and fragments.
    #[test]
    fn references_are_resolved_against_a_base_uri() {
        let base = "http://a/b/c/d;p";
        let cases = [
            ("urn:h", "urn:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("", "http://a/b/c/d;p"),
            ("../g", "http://a/b/g"),
            ("../../g", "http://a/g"),
        ];
        for (reference, expected) in cases {
            assert_eq!(resolved(base, reference), expected, "{reference}");
        }
        assert_eq!(resolved("http://a", "g"), "http://a/g");
        assert_eq!(resolved("schemas/a.json", "b.json"), "schemas/b.json");
        assert_eq!(resolved("urn:example:a", "b"), "b");
    }

    #[test]
    fn a_path_or_a_windows_drive_is_not_a_scheme() {
        assert!(has_scheme("https://example.com/a") && has_scheme("urn:x"));
        assert!(!has_scheme("a/b:c.yaml") && !has_scheme("C:/a.yaml") && !has_scheme("Pet"));
    }

    #[test]
    fn percent_encoded_bytes_are_decoded() {
        assert_eq!(
            ["a%20b", "%7Bid%7d", "100%", "%zz", "%ff"].map(decoded),
            ["a b", "{id}", "100%", "%zz", "%ff"]
        );
    }
}
