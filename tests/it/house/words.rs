//! The generator, its command and its runtime serve any API, so they contain no word of a vendor.

use std::fs;

use crate::{files, project};

/// Words of this vendor only, wherever they occur.
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
/// Words that are also part of other words. Only whole words count, also in names like `ChatPage` and `chat_page`.
const WORDS: [&str; 5] = ["acme", "agent", "agents", "chat", "chats"];

/// Names from HTTP and an HTTP library that contain one of the words.
const HEADER: [&str; 5] = ["user_agent", "user-agent", "user agent", "useragent", "ureq::agent"];
/// The name of a pagination style. It is allowed as a whole name in code, but not in strings, in comments or inside
/// other names.
const NAMES: [&str; 2] = ["chat", "Chat"];
/// The same pagination style as a description names it.
const TEXT: &str = "\"chat\"";

/// Returns the vendor's words in a line.
fn found(line: &str) -> Vec<&'static str> {
    let lower = line.to_lowercase();
    let mut found: Vec<_> = ANYWHERE.into_iter().filter(|word| lower.contains(word)).collect();
    let words = words(line);
    found.extend(WORDS.into_iter().filter(|word| words.iter().any(|other| other == word)));
    found
}

/// Returns the words of a line in lower case. A name is split where an upper-case letter follows a lower-case one.
pub(super) fn words(line: &str) -> Vec<String> {
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

/// Returns a line without comments and without the allowed names.
fn without_allowed(line: &str) -> String {
    let mut line = line.replace(TEXT, "·");
    for name in HEADER {
        while let Some(at) = line.to_ascii_lowercase().find(name) {
            line.replace_range(at..at + name.len(), "·");
        }
    }
    let (mut rest, mut kept) = (&line[..], String::new());
    let mut in_string = false;
    while let Some(letter) = rest.chars().next() {
        if !in_string && rest.starts_with("//") {
            break;
        }
        in_string ^= letter == '"';
        let name = rest.len() - rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len();
        let taken = name.max(letter.len_utf8());
        kept.push_str(if !in_string && NAMES.contains(&&rest[..name]) { "·" } else { &rest[..taken] });
        rest = &rest[taken..];
    }
    kept + rest
}

/// Checks that these files and folders contain no word of a vendor.
fn check(paths: &[&str]) {
    let root = project::root();
    let mut problems = Vec::new();
    for path in paths.iter().flat_map(|path| files::below(&root.join(path))) {
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in (1..).zip(text.lines()) {
            let words = found(&without_allowed(line)).join(", ");
            if !words.is_empty() {
                let path = files::relative(&path, &root);
                problems.push(format!("{path}:{number}: {words}: {}", line.trim()));
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
fn serve_names_no_vendor() {
    let of_serve = ["Cargo.toml", "LICENSE-MIT", "README.md", "src", "tests"]
        .map(|name| format!("codegen/serve/{name}"));
    check(&of_serve.each_ref().map(String::as_str));
}

#[test]
fn runtime_names_no_vendor() {
    let of_runtime =
        ["Cargo.toml", "LICENSE-MIT", "README.md", "src"].map(|name| format!("codegen/runtime/{name}"));
    check(&of_runtime.each_ref().map(String::as_str));
}

#[test]
fn vendor_words_are_found_in_names_but_not_inside_other_words() {
    assert_eq!(found("https://ACME.zendesk.com"), ["zendesk", "acme"]);
    assert_eq!(found("TicketPage"), ["ticket"]);
    assert_eq!(found("the ChatPage of chat_page"), ["chat"]);
    assert_eq!(found("No help desk, agents"), ["help desk", "agents"]);
    assert_eq!(found("chatty reagents of a placement"), [""; 0]);
}

#[test]
fn the_name_of_a_pagination_style_is_allowed_in_code_only() {
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
