//! Names, docs and messages use the terms of the glossary in CONTRIBUTING.md, not the words that these replace.

use std::fs;

use super::words::words;
use crate::{files, project};

/// Words that must not return, each with what to write instead. They are also found in names such as `LateAnswer`.
const WORDS: [(&[&str], &str); 10] = [
    (&["answer", "answers", "answered", "answering", "unanswered"], "response, respond, return"),
    (&["refusal", "refusals"], "error response, rejection"),
    (&["refuse", "refuses", "refused", "refusing"], "reject, is not allowed, is an error"),
    (&["tell", "tells", "telling", "told"], "report, print, show, distinguish"),
    (&["place", "places", "placing", "spot", "spots"], "location, span, position"),
    (&["mend", "mends", "mended", "mending"], "fix, repair"),
    (&["nobody", "whoever"], "the caller, the user, the server"),
    (&["anew", "afresh"], "again"),
    (&["bookmark", "bookmarks"], "checkpoint"),
    (&["mime"], "media type"),
];
/// The same for spellings and expressions of several words, which may be on two lines.
const PHRASES: [(&str, &str); 5] = [
    ("time-out", "timeout"),
    ("read-me", "README"),
    ("broke off", "is incomplete"),
    ("breaks off", "is incomplete"),
    ("broken off", "incomplete"),
];
/// Expressions that may contain such a word.
const ALLOWED: [&str; 4] = ["in place", "in-place", "in_place", "connection refused"];

/// Files that are not ours to word, that a machine has found or made, or that list the words, as here.
const EXCLUDED: [&str; 8] = [
    ".git/",
    "Cargo.lock",
    "spec/zendesk.yaml",
    "target/",
    "tests/fuzz/Cargo.lock",
    "tests/fuzz/artifacts/",
    "tests/fuzz/corpus/",
    "tests/fuzz/regressions/",
];
/// This file, which lists the words.
const OWN: &str = "tests/it/house/vocabulary.rs";
/// The document with the glossary.
const GLOSSARY: &str = "CONTRIBUTING.md";

/// Returns a text in lower case without the expressions that may contain such a word.
fn without_allowed(text: &str) -> String {
    let mut text = text.to_owned();
    for phrase in ALLOWED {
        let mut from = 0;
        while let Some(at) = text[from..].to_ascii_lowercase().find(phrase).map(|at| from + at) {
            let end = at + phrase.len();
            let is_part =
                text[..at].ends_with(char::is_alphanumeric) || text[end..].starts_with(char::is_alphanumeric);
            if !is_part {
                text.replace_range(at..end, "·");
            }
            from = if is_part { end } else { at + "·".len() };
        }
    }
    text
}

/// Returns the words of a line that must not return, each with what to write instead.
fn found(line: &str) -> Vec<(&'static str, &'static str)> {
    let line = without_allowed(line);
    let lower = line.to_lowercase();
    let mut found: Vec<_> = PHRASES.into_iter().filter(|(phrase, _)| lower.contains(phrase)).collect();
    let words = words(&split_acronyms(&line));
    for (forms, instead) in WORDS {
        found.extend(
            forms.iter().filter(|form| words.iter().any(|word| word == *form)).map(|form| (*form, instead)),
        );
    }
    found
}

/// Separates an acronym from the word behind it, as in `HTTPError`.
fn split_acronyms(line: &str) -> String {
    let letters: Vec<_> = line.chars().collect();
    let mut split = String::with_capacity(line.len());
    for (index, letter) in letters.iter().enumerate() {
        let follows = index > 0 && letters[index - 1].is_uppercase();
        if follows && letter.is_uppercase() && letters.get(index + 1).is_some_and(|next| next.is_lowercase())
        {
            split.push(' ');
        }
        split.push(*letter);
    }
    split
}

/// Returns the last cell of a row of the glossary, with the words to avoid, and the rest of the row.
fn avoided<'l>(path: &str, line: &'l str) -> Option<(&'l str, &'l str)> {
    let row = line.strip_prefix("| ").filter(|_| path == GLOSSARY).map(|_| line.trim_end())?;
    row.strip_suffix('|')?.rsplit_once('|')
}

/// Returns a line for each word in a file or in its path.
fn problems(path: &str, text: &str) -> Vec<String> {
    let lines: Vec<_> = text.lines().map(|line| avoided(path, line).map_or(line, |(rest, _)| rest)).collect();
    let mut problems = Vec::new();
    for (number, line) in std::iter::once((0, path)).chain((1..).zip(lines.iter().copied())) {
        for (word, instead) in found(line) {
            problems.push(format!("{path}:{number}: `{word}`, write {instead}: {}", line.trim()));
        }
    }
    for (number, pair) in (1..).zip(lines.windows(2)) {
        let joined =
            format!("{} {}", pair[0].trim_end(), pair[1].trim_start_matches([' ', '/', '!', '#', '*']));
        let is_new = |phrase: &str| !pair.iter().any(|line| line.to_lowercase().contains(phrase));
        for (phrase, instead) in PHRASES {
            if joined.to_lowercase().contains(phrase) && is_new(phrase) {
                problems.push(format!("{path}:{number}: `{phrase}`, write {instead}: {}", joined.trim()));
            }
        }
    }
    problems
}

/// Whether a file is worded by this project.
fn is_ours(name: &str) -> bool {
    let is_excluded = EXCLUDED.iter().any(|excluded| name.starts_with(excluded) || name.contains("/target/"));
    let is_license = name.rsplit('/').next().is_some_and(|name| name.starts_with("LICENSE"));
    !is_excluded && !is_license && name != OWN
}

#[test]
fn the_words_that_the_glossary_replaces_appear_nowhere() {
    let root = project::root();
    let mut all = Vec::new();
    for entry in fs::read_dir(&root).unwrap() {
        let path = entry.unwrap().path();
        if !is_ours(&format!("{}/", files::relative(&path, &root))) {
            continue;
        }
        for path in files::below(&path) {
            let name = files::relative(&path, &root);
            // A file that isn't text has no words.
            if let (true, Ok(text)) = (is_ours(&name), fs::read_to_string(&path)) {
                all.extend(problems(&name, &text));
            }
        }
    }
    assert!(all.is_empty(), "{} lines use a word that the glossary replaces:\n{}", all.len(), all.join("\n"));
}

#[test]
fn the_glossary_avoids_forbidden_words_only_and_has_at_most_forty_rows() {
    let text = fs::read_to_string(project::root().join(GLOSSARY)).unwrap();
    let rows: Vec<_> = text.lines().filter_map(|line| avoided(GLOSSARY, line)).collect();
    let header = rows.iter().position(|(_, cell)| cell.trim() == "not").unwrap();
    let glossary = &rows[header + 1..];
    assert!((20..=40).contains(&glossary.len()), "{} rows", glossary.len());
    for word in
        glossary.iter().flat_map(|(_, cell)| cell.split(',')).map(str::trim).filter(|word| !word.is_empty())
    {
        assert!(!found(word).is_empty(), "the glossary avoids `{word}`, but the test allows it");
    }
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
            format!("enum API{capital} {{}}"),
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
    assert_eq!(found("error: connection refused (os error 111)"), []);
    assert_eq!(found("the main place of the plain_place").len(), 1);
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
    assert_eq!(problems("a.rs", "/// The body broke\n/// off.").len(), 1);
}

#[test]
fn the_glossary_may_name_the_words_it_replaces_in_its_last_column_only() {
    let row = "| response | what the server sends | answer |";
    assert_eq!(problems("CONTRIBUTING.md", row), [""; 0]);
    assert_eq!(problems("README.md", row).len(), 1);
    assert_eq!(problems("CONTRIBUTING.md", "| answer | what the server sends | |").len(), 1);
}
