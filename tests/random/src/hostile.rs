//! Ways to break a document.

use serde_json::{Map, Value, json};

use crate::choices::Choices;

/// Texts that would do harm if they were taken for Rust, TOML, Markdown or a path. Whatever is made of them has
/// more words to its name than `pwned`, which so stands alone only where a text broke out.
pub const TEXTS: [&str; 24] = [
    "\"; } pub fn pwned() {} //",
    "*/ pub fn pwned() {} /*",
    "\"# ; pub fn pwned() {} const X: &str = r#\"",
    "x\npub fn pwned() {}\n",
    "x\r\n\r\npub mod pwned;\r\n#![allow(warnings)]",
    "\u{2028}pub fn pwned() {}\u{85}",
    "\\\"; pub fn pwned() {}",
    "{x} {0} {} {x pwned} {{skipped}} ${y pwned}",
    "')]\npub fn pwned() {}",
    "]\n[dependencies]\npwned = \"*\"\n[package.metadata]\nx = \"",
    "\"\"\"\nx = '''\npwned = 1",
    "--> <!-- x\n# pwned\n--> y",
    "``` \nfn pwned() {}\n```rust\nfn pwned() {}\n",
    "text\n\n    fn pwned() {}\n\ntext",
    "<script>pwned()</script><img src=x onerror=pwned()>",
    "[x](javascript:pwned()) [pwned] [`pwned`]: http://x",
    "../../../../tmp/pwned x",
    "/tmp/pwned x",
    "..\\..\\pwned x.rs",
    "C:\\pwned:x",
    "x\u{0}y\u{1b}[31m\u{7}",
    "\u{202e}pwned\u{2066} x\u{200b}\u{feff}\u{e0041}",
    "include_str!(\"/etc/passwd\") env!(\"HOME\") pwned!()",
    "r#fn::pwned<'a>() -> impl x",
];

/// Keywords that mean something, wherever they turn up.
const KEYWORDS: [&str; 20] = [
    "$ref",
    "type",
    "properties",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
    "enum",
    "const",
    "discriminator",
    "additionalProperties",
    "required",
    "nullable",
    "schema",
    "content",
    "parameters",
    "responses",
    "default",
    "format",
    "in",
];

/// Breaks some of a document's parts.
pub(crate) fn spoil(document: &mut Value, choices: &mut Choices<'_>) {
    for _ in 0..=choices.up_to(5) {
        let spare = document.pointer(&place(document, choices)).cloned().unwrap_or_default();
        let path = place(document, choices);
        let Some(place) = document.pointer_mut(&path) else { continue };
        match choices.up_to(9) {
            0..=2 => *place = anything(choices),
            3 => *place = choices.pick(&TEXTS).into(),
            4 => *place = json!({"$ref": reference(choices)}),
            5 => *place = spare,
            6 => *place = nested(std::mem::take(place), choices),
            7 => rename(place, choices.pick(&TEXTS)),
            8 => shorten(place, choices),
            _ => add(place, spare, choices),
        }
    }
}

/// The way to some node of a tree.
fn place(root: &Value, choices: &mut Choices<'_>) -> String {
    let mut path = String::new();
    let mut value = root;
    for _ in 0..2 + choices.up_to(10) {
        let (step, child) = match value {
            Value::Object(entries) if !entries.is_empty() => {
                let index = choices.up_to(entries.len() - 1);
                let Some((key, child)) = entries.iter().nth(index) else { break };
                (key.replace('~', "~0").replace('/', "~1"), child)
            }
            Value::Array(items) if !items.is_empty() => {
                let index = choices.up_to(items.len() - 1);
                (index.to_string(), &items[index])
            }
            _ => break,
        };
        path.push('/');
        path.push_str(&step);
        value = child;
    }
    path
}

fn anything(choices: &mut Choices<'_>) -> Value {
    match choices.up_to(9) {
        0 => Value::Null,
        1 => json!(choices.chance(2)),
        2 => json!(choices.bits()),
        3 => choices.pick(&[json!(u64::MAX), json!(1e308), json!(-0.0), json!(i64::MIN), json!(0)]),
        4 => json!(choices.text()),
        5 => json!([]),
        6 => json!({}),
        7 => json!([{}, null, "text", 1]),
        8 => json!("long ".repeat(2_000)),
        _ => json!({choices.pick(&KEYWORDS): choices.pick(&KEYWORDS)}),
    }
}

fn reference(choices: &mut Choices<'_>) -> String {
    const TARGETS: [&str; 14] = [
        "",
        "#",
        "#/",
        "#/paths",
        "#/components/schemas",
        "#/components/schemas/Gone",
        "#/components/schemas/id",
        "#/components/schemas/name",
        "#/components/schemas/status/properties/id",
        "#/components/responses/id",
        "#anchor",
        "../../etc/passwd#/x",
        "https://example.com/x.yaml#/components/schemas/X",
        "#/%ZZ/~2/\u{0}",
    ];
    if choices.chance(4) { choices.text() } else { choices.pick(&TARGETS).to_owned() }
}

/// The value far below the place where it was.
fn nested(value: Value, choices: &mut Choices<'_>) -> Value {
    let depth = choices.pick(&[3, 30, 300]);
    let way = choices.up_to(4);
    (0..depth).fold(value, |inner, _| match way {
        0 => json!({"type": "array", "items": inner}),
        1 => json!({"type": "object", "properties": {"p": inner}, "required": ["p"]}),
        2 => json!({"allOf": [inner]}),
        3 => json!({"oneOf": [inner, {"type": "string"}]}),
        _ => json!([inner]),
    })
}

fn rename(value: &mut Value, name: &str) {
    let Value::Object(entries) = value else { return };
    let Some(key) = entries.keys().next_back().cloned() else { return };
    let inner = entries.shift_remove(&key).unwrap_or_default();
    entries.insert(name.to_owned(), inner);
}

fn shorten(value: &mut Value, choices: &mut Choices<'_>) {
    match value {
        Value::Object(entries) => {
            let index = choices.up_to(entries.len().saturating_sub(1));
            let key = entries.keys().nth(index).cloned();
            drop(key.and_then(|key| entries.shift_remove(&key)));
        }
        Value::Array(items) => drop(items.pop()),
        _ => *value = Value::Null,
    }
}

fn add(value: &mut Value, spare: Value, choices: &mut Choices<'_>) {
    match value {
        Value::Object(entries) => {
            let key = choices.pick(&KEYWORDS).to_owned();
            let inner = if choices.chance(2) { spare } else { anything(choices) };
            entries.insert(key, inner);
        }
        Value::Array(items) => items.push(spare),
        leaf => {
            let mut entries = Map::new();
            entries.insert(choices.pick(&KEYWORDS).to_owned(), std::mem::take(leaf));
            *leaf = Value::Object(entries);
        }
    }
}
