//! The generator, its command and its runtime serve any API: no word of one vendor's is in them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::project;

/// What nobody says but this vendor, its docs and those who speak of it, wherever it stands in a text.
const ANYWHERE: [&str; 8] = [
    "zendesk",
    "ticket",
    "helpdesk",
    "help desk",
    "help_desk",
    "help-desk",
    "subdomain",
    "incremental_export",
];
/// What is part of other words, too; these are looked for as words, also of names such as `ChatPage` and `chat_page`.
const WORDS: [&str; 5] = ["acme", "agent", "agents", "chat", "chats"];

/// The header of HTTP that names a program is no agent, nor is a client as an HTTP library calls it.
const HEADER: [&str; 5] = ["user_agent", "user-agent", "user agent", "useragent", "ureq::agent"];
/// Names that may stand in code by themselves, not in texts, in comments or as parts of other names: a way of paging is
/// called `chat` for where it was met first. Ways of paging are to become data of a description; then this list goes.
/// Its neighbour `routing_cursor` holds none of the words above.
const NAMES: [&str; 2] = ["chat", "Chat"];
/// The same way as a description names it.
const TEXT: &str = "\"chat\"";

/// The vendor's words in a line.
fn found(line: &str) -> Vec<&'static str> {
    let lower = line.to_lowercase();
    let mut found: Vec<_> = ANYWHERE.into_iter().filter(|word| lower.contains(word)).collect();
    let words = words(line);
    found.extend(WORDS.into_iter().filter(|word| words.iter().any(|other| other == word)));
    found
}

/// The words of a line, in lower case; a name is split where an upper-case letter follows a lower-case one.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for letter in line.chars() {
        if !letter.is_alphabetic() || (letter.is_uppercase() && before.is_lowercase()) {
            words.push(String::new());
        }
        if letter.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    words
}

/// A line of a file without what may stand in it.
fn without_allowed(line: &str) -> String {
    let mut line = line.replace(TEXT, "·");
    for name in HEADER {
        while let Some(at) = line.to_ascii_lowercase().find(name) {
            line.replace_range(at..at + name.len(), "·");
        }
    }
    let (mut rest, mut kept) = (&line[..], String::new());
    let mut in_text = false;
    while let Some(letter) = rest.chars().next() {
        if !in_text && rest.starts_with("//") {
            break;
        }
        in_text ^= letter == '"';
        let name = rest.len() - rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
        let taken = name.max(letter.len_utf8());
        kept.push_str(if !in_text && NAMES.contains(&&rest[..name]) { "·" } else { &rest[..taken] });
        rest = &rest[taken..];
    }
    kept + rest
}

fn files(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        let mut entries: Vec<_> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        for entry in entries {
            self::files(&entry, files);
        }
    } else {
        files.push(path.to_owned());
    }
}

/// Looks for a vendor's words in these files and folders.
fn check(places: &[&str]) {
    let root = project::root();
    let mut all = Vec::new();
    for place in places {
        files(&root.join(place), &mut all);
    }
    let mut problems = Vec::new();
    for path in all {
        let parts: Vec<_> =
            path.strip_prefix(&root).unwrap().iter().map(|part| part.to_string_lossy()).collect();
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in (1..).zip(text.lines()) {
            let words = found(&without_allowed(line)).join(", ");
            if !words.is_empty() {
                problems.push(format!("{}:{number}: {words}: {}", parts.join("/"), line.trim()));
            }
        }
    }
    assert!(problems.is_empty(), "{} lines name a vendor:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn codegen_names_no_vendor() {
    check(&["codegen/Cargo.toml", "codegen/LICENSE-MIT", "codegen/README.md", "codegen/src"]);
}

#[test]
fn cli_names_no_vendor() {
    let of_cli = ["Cargo.toml", "LICENSE-MIT", "README.md", "src", "templates"]
        .map(|name| format!("codegen/cli/{name}"));
    check(&of_cli.each_ref().map(String::as_str));
}

#[test]
fn runtime_names_no_vendor() {
    let of_runtime =
        ["Cargo.toml", "LICENSE-MIT", "README.md", "src"].map(|name| format!("codegen/runtime/{name}"));
    check(&of_runtime.each_ref().map(String::as_str));
}

#[test]
fn words_are_found_in_names_and_not_in_other_words() {
    assert_eq!(found("https://ACME.zendesk.com"), ["zendesk", "acme"]);
    assert_eq!(found("TicketPage"), ["ticket"]);
    assert_eq!(found("the ChatPage of chat_page"), ["chat"]);
    assert_eq!(found("No help desk, agents"), ["help desk", "agents"]);
    assert_eq!(found("chatty reagents of a placement"), [""; 0]);
}

#[test]
fn the_name_of_a_way_of_paging_may_stand_in_code_only() {
    let left = |line: &str| found(&without_allowed(line));
    for line in
        ["PaginationStyle::Chat => chat::judge(turn, user_agent),", "const STYLES: &[&str] = &[\"chat\"];"]
    {
        assert_eq!(left(line), [""; 0], "{line}");
    }
    for line in
        ["ChatPage", "let chat_page = 1;", "chat(1) // the chat exports", "f(\"a chat\")", "//! Of chat."]
    {
        assert_eq!(left(line), ["chat"], "{line}");
    }
    assert_eq!(left("User-Agent of an agent"), ["agent"]);
}
