//! Splits identifiers into words, and compares and classifies these.

use heck::ToSnakeCase as _;

/// Last words of classes and packages that don't describe the subject.
const ROLES: [&str; 12] = [
    "api",
    "apis",
    "controller",
    "controllers",
    "endpoint",
    "endpoints",
    "handler",
    "resource",
    "router",
    "service",
    "view",
    "viewset",
];

/// Verbs that names of functions begin with. A shared verb is not a namespace.
const VERBS: [&str; 52] = [
    "accept", "activate", "add", "apply", "approve", "assign", "attach", "batch", "bulk", "cancel", "check",
    "clear", "complete", "count", "create", "delete", "deploy", "destroy", "disable", "download", "enable",
    "execute", "fetch", "find", "generate", "get", "head", "import", "insert", "invite", "list", "lookup",
    "move", "options", "patch", "post", "put", "query", "read", "remove", "replace", "reset", "retrieve",
    "run", "send", "set", "show", "start", "stop", "trace", "update", "upload",
];

/// Splits a text into words in lower case, at separators and changes of case.
pub(super) fn words(text: &str) -> Vec<String> {
    text.to_snake_case().split('_').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether a word is a verb that names of functions begin with.
pub(super) fn is_verb(word: &str) -> bool {
    VERBS.contains(&word)
}

/// Whether a segment of a path, or a word, is generic: `api`, or a version.
pub(super) fn is_generic(segment: &str) -> bool {
    let segment = segment.to_ascii_lowercase();
    if matches!(segment.as_str(), "api" | "apis" | "rest" | "public" | "latest" | "openapi") {
        return true;
    }
    is_version(&segment)
}

/// Whether it is a version: `v1`, `v2.0`, `v1beta1`, `2010-04-01`.
pub(super) fn is_version(text: &str) -> bool {
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '_'));
    let Some(rest) = text.strip_prefix(['v', 'V']) else {
        return text.starts_with(|c: char| c.is_ascii_digit()) && digits(text);
    };
    let number = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
    let (number, stage) = rest.split_at(number);
    let stage = stage.trim_end_matches(|c: char| c.is_ascii_digit());
    number.starts_with(|c: char| c.is_ascii_digit()) && matches!(stage, "" | "alpha" | "beta" | "rc")
}

/// Irregular plurals.
const IRREGULAR: [(&str, &str); 12] = [
    ("children", "child"),
    ("halves", "half"),
    ("indices", "index"),
    ("leaves", "leaf"),
    ("lives", "life"),
    ("matrices", "matrix"),
    ("men", "man"),
    ("people", "person"),
    ("shelves", "shelf"),
    ("statuses", "status"),
    ("vertices", "vertex"),
    ("women", "woman"),
];

/// The singular of a word.
pub(super) fn singular(word: &str) -> String {
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) && stem.len() > 1 => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// The subject of a name for comparisons: its words in the singular, without generic words and roles, joined.
pub(super) fn subject(text: &str) -> String {
    let words = words(text);
    let words = without_role(&words);
    let begin = words.iter().take_while(|word| is_generic(word)).count();
    let words = if begin < words.len() { &words[begin..] } else { words };
    words.iter().map(|word| singular(word)).collect()
}

/// The words without the role at the end: `pets_controller`.
pub(super) fn without_role(words: &[String]) -> &[String] {
    let roles = words.iter().rev().take_while(|word| ROLES.contains(&word.as_str())).count();
    if roles < words.len() { &words[..words.len() - roles] } else { words }
}

/// Whether a word names the role of a class or function.
pub(super) fn is_role(word: &str) -> bool {
    ROLES.contains(&word) || matches!(word, "operation" | "action" | "request" | "route" | "method")
}

/// Whether the last of several words names a role.
pub(super) fn has_role(text: &str) -> bool {
    let words = words(text);
    without_role(&words).len() < words.len()
}

/// Whether a rule applies throughout: to at least two, and to nine in ten.
pub(super) fn throughout(count: usize, of: usize) -> bool {
    count >= 2 && count * 10 >= of * 9
}

#[cfg(test)]
mod tests {
    use super::{is_generic, is_version, singular, subject, throughout};

    #[test]
    fn a_controller_has_the_subject_of_its_tag() {
        for (one, other) in [
            ("PetsController", "pets"),
            ("pet_store", "Pet Stores"),
            ("api_v1_pets", "pet"),
            ("PetService", "pets"),
            ("categories", "Category"),
            ("flow-runs", "FlowRun"),
        ] {
            assert_eq!(subject(one), subject(other), "{one}");
        }
        assert_ne!(subject("list"), subject("pets"));
        assert_eq!(subject("Api"), "api");
    }

    #[test]
    fn plurals_lose_their_ending() {
        let plurals = [
            "people",
            "shelves",
            "pets",
            "boxes",
            "addresses",
            "status",
            "cities",
            "ties",
            "is",
            "os",
            "analysis",
            "class",
        ];
        let singulars = [
            "person", "shelf", "pet", "box", "address", "status", "city", "tie", "is", "os", "analysis",
            "class",
        ];
        assert_eq!(plurals.map(singular), singulars);
    }

    #[test]
    fn versions_are_recognized() {
        for version in ["v1", "V2", "v2.0", "v1beta1", "v1alpha", "2010-04-01", "3", "1.0"] {
            assert!(is_version(version), "{version}");
        }
        for other in ["v", "vat", "v1x", "pets", "vm1", "2fa"] {
            assert!(!is_version(other), "{other}");
        }
        assert!(is_generic("API") && is_generic("rest") && !is_generic("pets"));
    }

    #[test]
    fn nine_in_ten_are_throughout() {
        assert!(throughout(2, 2) && throughout(9, 10) && throughout(90, 100));
        assert!(!throughout(1, 1) && !throughout(8, 9) && !throughout(89, 100));
    }
}
