//! Names, docs and messages use the terms of the glossary in CONTRIBUTING.md, not the words that these replace.

use std::fs;

use super::words::words;
use crate::{files, project};

/// Words that must not return, each with what to write instead. They are also found in names such as `LateAnswer`.
const WORDS: [(&[&str], &str); 7] = [
    (&["answer", "answers", "answered", "answering"], "response, respond, return"),
    (&["refusal", "refusals"], "error response, rejection"),
    (&["tell", "tells", "telling", "told"], "report, print, show, distinguish"),
    (&["place", "places", "spot", "spots"], "location, span, position"),
    (&["mend", "mends", "mended", "mending"], "fix, repair"),
    (&["nobody", "whoever"], "the caller, the user, the server"),
    (&["anew", "afresh"], "again"),
];
/// The same for spellings and expressions of several words.
const PHRASES: [(&str, &str); 5] = [
    ("time-out", "timeout"),
    ("read-me", "README"),
    ("broke off", "is incomplete"),
    ("breaks off", "is incomplete"),
    ("broken off", "incomplete"),
];
/// Expressions that may contain such a word.
const ALLOWED: [&str; 3] = ["in place", "in-place", "in_place"];

/// Everything that people read, and all sources. The vendor's own document is not ours to word.
const PATHS: [&str; 16] = [
    ".ci/run",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.toml",
    "README.md",
    "clippy.toml",
    "codegen",
    "deny.toml",
    "generated",
    "spec/CHANGES.md",
    "spec/README.md",
    "spec/overlays",
    "tests/bench",
    "tests/simulator",
    "xtask",
];
/// Sources of tests, without inputs that a machine has found.
const TESTS: [&str; 6] =
    ["tests/fixtures", "tests/fuzz/fuzz_targets", "tests/fuzz/src", "tests/it", "tests/random", "tests/src"];
/// This file, which lists the words.
const OWN: &str = "tests/it/house/vocabulary.rs";

/// Returns the words of a line that must not return, each with what to write instead.
fn found(line: &str) -> Vec<(&'static str, &'static str)> {
    let mut line = line.to_owned();
    for phrase in ALLOWED {
        line = line.replace(phrase, "·");
    }
    let lower = line.to_lowercase();
    let mut found: Vec<_> = PHRASES.into_iter().filter(|(phrase, _)| lower.contains(phrase)).collect();
    let words = words(&line);
    for (forms, instead) in WORDS {
        found.extend(
            forms.iter().filter(|form| words.iter().any(|word| word == *form)).map(|form| (*form, instead)),
        );
    }
    found
}

/// Removes the last cell of a row of the glossary, which names the words to avoid.
fn without_avoided<'l>(path: &str, line: &'l str) -> &'l str {
    let cells = line.strip_prefix("| ").filter(|_| path == "CONTRIBUTING.md");
    cells.and_then(|_| line.trim_end().strip_suffix('|')?.rsplit_once('|')).map_or(line, |(rest, _)| rest)
}

/// Returns a line for each word in a file or in its path.
fn problems(path: &str, text: &str) -> Vec<String> {
    let lines = (1..).zip(text.lines()).map(|(number, line)| (number, without_avoided(path, line)));
    let mut problems = Vec::new();
    for (number, line) in std::iter::once((0, path)).chain(lines) {
        for (word, instead) in found(line) {
            problems.push(format!("{path}:{number}: `{word}`, write {instead}: {}", line.trim()));
        }
    }
    problems
}

#[test]
fn the_words_that_the_glossary_replaces_appear_nowhere() {
    let root = project::root();
    let mut all = Vec::new();
    for path in PATHS.into_iter().chain(TESTS).flat_map(|path| files::below(&root.join(path))) {
        let name = files::relative(&path, &root);
        // A file that isn't text has no words.
        let skipped = name == OWN || name.contains("LICENSE");
        if let (false, Ok(text)) = (skipped, fs::read_to_string(&path)) {
            all.extend(problems(&name, &text));
        }
    }
    assert!(all.is_empty(), "{} lines use a word that the glossary replaces:\n{}", all.len(), all.join("\n"));
}

#[test]
fn each_word_is_found_in_a_sentence_and_in_names() {
    for word in WORDS.into_iter().flat_map(|(forms, _)| forms) {
        let capital = format!("{}{}", word[..1].to_uppercase(), &word[1..]);
        for line in [
            format!("//! Has the {word} of the server."),
            format!("f(\"{capital}: 404\");"),
            format!("let the_{word}_here = 1;"),
            format!("struct Last{capital}Kind;"),
        ] {
            let words: Vec<_> = found(&line).into_iter().map(|(word, _)| word).collect();
            assert_eq!(words, [*word], "{line}");
        }
    }
    for (phrase, instead) in PHRASES {
        assert_eq!(found(&format!("/// The {phrase}s.")), [(phrase, instead)]);
    }
}

#[test]
fn other_words_and_expressions_are_not_found() {
    let line =
        "Replaces the value in place: a placeholder of std::ptr::drop_in_place, amended, placed, spotless";
    assert_eq!(found(line), []);
}

#[test]
fn a_word_is_reported_with_its_line_and_in_the_path() {
    let text = "//! Fine.\n//! The answer.\n";
    assert_eq!(
        problems("a/told.rs", text),
        [
            "a/told.rs:0: `told`, write report, print, show, distinguish: a/told.rs",
            "a/told.rs:2: `answer`, write response, respond, return: //! The answer.",
        ]
    );
}

#[test]
fn the_glossary_may_name_the_words_it_replaces_in_its_last_column_only() {
    let row = "| response | what the server sends | answer |";
    assert_eq!(problems("CONTRIBUTING.md", row), [""; 0]);
    assert_eq!(problems("README.md", row).len(), 1);
    assert_eq!(problems("CONTRIBUTING.md", "| answer | what the server sends | |").len(), 1);
}
