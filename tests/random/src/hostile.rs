//! Corrupts a document.

use serde_json::{Map, Value, json};

use crate::choices::Choices;

/// Strings that do harm if they are emitted as Rust, TOML, Markdown or a path without escapes. A name that is derived
/// from them always has more words than `pwned`. So `pwned` alone in the output means that a string was not escaped.
pub const HOSTILE_STRINGS: [&str; 25] = [
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
    "| x | y |\n|---|---|\n| `z | <img src=x onerror=pwned()>` |",
];

/// Keywords that have a meaning wherever they occur.
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

/// Corrupts up to six parts of a document.
pub(crate) fn corrupt(document: &mut Value, choices: &mut Choices<'_>) {
    for _ in 0..=choices.up_to(5) {
        let spare = document.pointer(&random_pointer(document, choices)).cloned().unwrap_or_default();
        let path = random_pointer(document, choices);
        let Some(node) = document.pointer_mut(&path) else { continue };
        match choices.up_to(9) {
            0..=2 => *node = any_value(choices),
            3 => *node = choices.pick(&HOSTILE_STRINGS).into(),
            4 => *node = json!({"$ref": reference(choices)}),
            5 => *node = spare,
            6 => *node = nest(std::mem::take(node), choices),
            7 => rename_key(node, choices.pick(&HOSTILE_STRINGS)),
            8 => remove_part(node, choices),
            _ => add(node, spare, choices),
        }
    }
}

/// Returns the JSON pointer of a random node.
fn random_pointer(root: &Value, choices: &mut Choices<'_>) -> String {
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

fn any_value(choices: &mut Choices<'_>) -> Value {
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

/// Nests the value deeply.
fn nest(value: Value, choices: &mut Choices<'_>) -> Value {
    let depth = choices.pick(&[3, 30, 300]);
    let kind = choices.up_to(4);
    (0..depth).fold(value, |inner, _| match kind {
        0 => json!({"type": "array", "items": inner}),
        1 => json!({"type": "object", "properties": {"p": inner}, "required": ["p"]}),
        2 => json!({"allOf": [inner]}),
        3 => json!({"oneOf": [inner, {"type": "string"}]}),
        _ => json!([inner]),
    })
}

fn rename_key(value: &mut Value, name: &str) {
    let Value::Object(entries) = value else { return };
    let Some(key) = entries.keys().next_back().cloned() else { return };
    let inner = entries.shift_remove(&key).unwrap_or_default();
    entries.insert(name.to_owned(), inner);
}

fn remove_part(value: &mut Value, choices: &mut Choices<'_>) {
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
            let inner = if choices.chance(2) { spare } else { any_value(choices) };
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
