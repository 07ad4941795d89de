//! The page, parsed by a browser's HTML parser.

use base64::Engine as _;
use html5ever::tendril::TendrilSink as _;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use sha2::{Digest as _, Sha256};

/// The elements of the page, and the attributes that each may have.
const KNOWN: [(&str, &[&str]); 43] = [
    ("html", &["lang"]),
    ("head", &[]),
    ("meta", &["charset", "http-equiv", "content", "name"]),
    ("title", &[]),
    ("style", &[]),
    ("script", &[]),
    ("body", &[]),
    ("header", &["class"]),
    ("main", &["id", "tabindex"]),
    ("nav", &["class", "aria-label"]),
    ("section", &["class", "aria-labelledby"]),
    ("div", &["class", "role", "tabindex", "aria-label"]),
    ("h1", &[]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &[]),
    ("h5", &[]),
    ("p", &["class", "id", "hidden"]),
    ("a", &["class", "href"]),
    ("ul", &[]),
    ("li", &["class"]),
    ("fieldset", &["class"]),
    ("legend", &[]),
    ("label", &["class", "for", "title"]),
    ("input", &["type", "id", "checked", "autocomplete", "placeholder", "spellcheck"]),
    ("output", &["id", "for"]),
    ("button", &["type", "id"]),
    ("details", &["class", "id", "open"]),
    ("summary", &[]),
    ("figure", &[]),
    ("figcaption", &[]),
    ("pre", &["class", "id", "tabindex", "role", "aria-label"]),
    ("code", &["class"]),
    ("span", &["class", "data-n"]),
    ("strong", &[]),
    ("b", &[]),
    ("i", &["class"]),
    ("del", &["data-n"]),
    ("ins", &["data-n"]),
    ("table", &[]),
    ("thead", &[]),
    ("tbody", &[]),
    ("tr", &[]),
];
const CELLS: [(&str, &[&str]); 2] = [("th", &["scope", "class"]), ("td", &["class"])];

/// A parsed page.
pub(super) struct Page(RcDom);

/// An element.
pub(super) struct Element(Handle);

impl Page {
    /// Parses a page, which must be valid HTML.
    pub(super) fn read(text: &str) -> Self {
        let page = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(text);
        let errors = page.errors.borrow();
        assert!(errors.is_empty(), "{errors:?}");
        drop(errors);
        Self(page)
    }

    /// Returns all elements of a name in document order.
    pub(super) fn all(&self, name: &str) -> Vec<Element> {
        let mut found = Vec::new();
        walk(&self.0.document, &mut |node| {
            if element(node).is_some_and(|(known, _)| known == name) {
                found.push(Element(node.clone()));
            }
        });
        found
    }

    pub(super) fn text(&self) -> String {
        Element(self.0.document.clone()).text()
    }

    /// Returns the first change of a subject as text: one line for each part, with the signs that the styles show.
    pub(super) fn change(&self, subject: &str) -> String {
        let of_subject = |details: &Element| {
            details.has_class("change") && details.first("code").is_some_and(|code| code.text() == subject)
        };
        let change = self.all("details").into_iter().find(of_subject).unwrap();
        let mut text = String::new();
        draw(&change.0, &mut text);
        text.trim_end().to_owned()
    }

    /// Checks that the page has only known elements and attributes, and loads nothing.
    pub(super) fn is_safe(&self) {
        walk(&self.0.document, &mut |node| {
            if let NodeData::Comment { contents } = &node.data {
                panic!("a comment: {contents}");
            }
            if let NodeData::Text { contents } = &node.data {
                let hidden = |c: char| {
                    c.is_control() && c != '\n'
                        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
                };
                assert!(!contents.borrow().contains(hidden), "{contents:?}");
            }
            let Some((name, attributes)) = element(node) else { return };
            let known = KNOWN.iter().chain(&CELLS).find(|(known, _)| *known == name);
            let (_, allowed) = known.unwrap_or_else(|| panic!("unexpected <{name}>"));
            for (attribute, value) in attributes {
                assert!(
                    allowed.contains(&attribute.as_str()),
                    "unexpected {attribute}={value:?} of <{name}>"
                );
                assert!(attribute != "href" || value.starts_with('#'), "{value}");
            }
        });
        let [style] = &self.all("style")[..] else { panic!("one style") };
        let [script] = &self.all("script")[..] else { panic!("one script") };
        assert!(!style.text().contains("url(") && !style.text().contains("@import"));
        let policy = self.all("meta").into_iter().find(|meta| meta.has("http-equiv")).unwrap();
        let expected = format!(
            "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
            hash(&style.text()),
            hash(&script.text())
        );
        assert_eq!(
            policy.attribute("content"),
            Some(expected),
            "the policy has the hashes of the style and of the script"
        );
        self.ids_are_unique();
    }

    /// Checks that each link and label refers to exactly one element.
    fn ids_are_unique(&self) {
        let mut ids = std::collections::BTreeSet::new();
        let mut links = Vec::new();
        walk(&self.0.document, &mut |node| {
            for (attribute, value) in element(node).map(|(_, attributes)| attributes).unwrap_or_default() {
                match attribute.as_str() {
                    "id" => assert!(ids.insert(value.clone()), "the id {value} is not unique"),
                    "href" => links.push(value.trim_start_matches('#').to_owned()),
                    "for" | "aria-labelledby" => links.push(value),
                    _ => {}
                }
            }
        });
        for link in links {
            assert!(ids.contains(&link), "no element has the id {link}");
        }
    }
}

impl Element {
    pub(super) fn text(&self) -> String {
        self.text_with("")
    }

    /// Returns the text nodes of the element, joined by a separator.
    pub(super) fn text_with(&self, separator: &str) -> String {
        let mut texts = Vec::new();
        walk(&self.0, &mut |node| {
            if let NodeData::Text { contents } = &node.data {
                texts.push(contents.borrow().to_string());
            }
        });
        texts.join(separator)
    }

    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let (_, attributes) = element(&self.0)?;
        attributes.into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    pub(super) fn has(&self, attribute: &str) -> bool {
        self.attribute(attribute).is_some()
    }

    pub(super) fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split(' ').any(|known| known == class))
    }

    fn first(&self, name: &str) -> Option<Element> {
        let mut found = None;
        walk(&self.0, &mut |node| {
            if found.is_none() && element(node).is_some_and(|(known, _)| known == name) {
                found = Some(Element(node.clone()));
            }
        });
        found
    }
}

/// Returns a text with single spaces between its words.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn walk(node: &Handle, visit: &mut impl FnMut(&Handle)) {
    visit(node);
    for child in node.children.borrow().iter() {
        walk(child, visit);
    }
}

fn element(node: &Handle) -> Option<(String, Vec<(String, String)>)> {
    let NodeData::Element { name, attrs, .. } = &node.data else { return None };
    let attributes = attrs.borrow();
    let attributes =
        attributes.iter().map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()));
    Some((name.local.to_string(), attributes.collect()))
}

fn draw(node: &Handle, text: &mut String) {
    let this = Element(node.clone());
    let Some((name, _)) = element(node) else { return };
    let heading = |mark: &str| format!("{mark}{}\n", squeezed(&this.text()));
    match name.as_str() {
        "h4" | "p" => text.push_str(&heading("")),
        "h5" => text.push_str(&heading("\n## ")),
        "summary" if this.first("h4").is_none() => text.push_str(&heading("> ")),
        "figcaption" => text.push_str(&heading("# ")),
        "pre" => node.children.borrow().iter().for_each(|line| draw_line(line, text)),
        _ => node.children.borrow().iter().for_each(|child| draw(child, text)),
    }
}

fn draw_line(line: &Handle, text: &mut String) {
    let line = Element(line.clone());
    let number = line.attribute("data-n").unwrap_or_default();
    let sign = match element(&line.0).as_ref().map(|(name, _)| name.as_str()) {
        Some("del") => "-",
        Some("ins") => "+",
        Some("i") if line.has_class("filler") => "/",
        Some("i") => "…",
        Some("b") => "@",
        _ => " ",
    };
    text.push_str(format!("{number:>3} {sign} {}", line.text().trim_end()).trim_end());
    text.push('\n');
}

fn hash(text: &str) -> String {
    format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text.as_bytes())))
}
