//! The text of an error page in HTML, and of an error in XML.

/// How much of a page is read, in bytes.
const MAX_READ: usize = 16 * 1024;

/// Returns the code and the message of a document in HTML or XML: its elements `Code` and `Message`, else its title,
/// else its text.
pub(super) fn markup_message(document: &str) -> (Option<String>, Option<String>) {
    let document = beginning(document);
    let first = |names: &[&str]| names.iter().find_map(|name| element(document, name));
    let code = element(document, "code").filter(|code| !code.contains(char::is_whitespace));
    let message = first(&["message", "title", "h1", "faultstring", "body"]);
    (code, message.or_else(|| text_of(document)))
}

/// Returns the title of a document in HTML.
pub(super) fn title(document: &str) -> Option<String> {
    element(beginning(document), "title")
}

fn beginning(document: &str) -> &str {
    let end = document.char_indices().map(|(at, _)| at).find(|at| *at >= MAX_READ);
    document.get(..end.unwrap_or(document.len())).unwrap_or_default()
}

/// Returns the text of the first element with a name, in any case.
fn element(document: &str, name: &str) -> Option<String> {
    let mut rest = document;
    while let Some((_, tag)) = rest.split_once('<') {
        rest = tag;
        let (found, after) = tag.split_at_checked(name.len())?;
        let is_end = after.starts_with(|char: char| char == '>' || char.is_ascii_whitespace());
        if is_end && found.eq_ignore_ascii_case(name) {
            let (_, content) = after.split_once('>')?;
            return text_of(content.get(..end_of(content, name)).unwrap_or_default());
        }
    }
    None
}

/// Returns the offset of the end tag of an element.
fn end_of(content: &str, name: &str) -> usize {
    let is_end = |at: usize| {
        let after = content.get(at + 2..at + 2 + name.len());
        after.is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    content.match_indices("</").map(|(at, _)| at).find(|at| is_end(*at)).unwrap_or(content.len())
}

/// Returns the text between tags, without the content of scripts and styles, in one line.
fn text_of(content: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = content;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let hidden = ["script", "style", "!--"].into_iter().find(|name| starts_with(tag, name));
        rest = match hidden {
            Some("!--") => tag.split_once("-->").map_or("", |(_, after)| after),
            Some(name) => tag
                .get(end_of(tag, name)..)
                .and_then(|end| end.split_once('>'))
                .map_or("", |(_, after)| after),
            None => tag.split_once('>').map_or("", |(_, after)| after),
        };
    }
    text.push_str(rest);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = unescaped(&text);
    (!text.is_empty()).then_some(text)
}

fn starts_with(text: &str, start: &str) -> bool {
    text.get(..start.len()).is_some_and(|found| found.eq_ignore_ascii_case(start))
}

/// Returns a text with the usual character references replaced.
fn unescaped(text: &str) -> String {
    const REFERENCES: &[(&str, &str)] =
        &[("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"), ("&nbsp;", " ")];
    let replaced = REFERENCES.iter().fold(text.to_owned(), |text, (name, char)| text.replace(name, char));
    replaced.replace("&amp;", "&")
}
