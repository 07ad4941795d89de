//! The rows of the table, as the files in `tests/standards/rows` declare them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

/// The keys of a row. `defaults` of a file has those that all of its rows share.
const KEYS: [&str; 33] = [
    // The requirement: `like` is the id of the row that declares the operation of this one.
    "id",
    "section",
    "says",
    "like",
    // The operation: added to the document of a version, or in a document of its own with other files.
    "version",
    "document",
    "files",
    "path",
    "method",
    "parameter",
    "parameters",
    "body",
    "schema",
    "responses",
    "operation",
    "components",
    // Rust: calls that are added to the client's builder, and the request. `op` is the function of the operation.
    "client",
    "call",
    // The response, or the responses one after the other: `status`, `headers`, and `json`, `body` or `hex`; or `raw`.
    // `json` is short for a response with this JSON, which must be encoded as it came.
    "json",
    "receives",
    // What must be sent: the request line, headers (null if absent), the body, the number of requests.
    "request",
    "headers",
    "sent",
    "times",
    // What must be read: the JSON of the decoded value `v` or its exact text, and expressions with their debug output; or
    // the error `e`, and expressions with their debug output.
    "value",
    "text",
    "reads",
    "error",
    "fails",
    // What the generator must say.
    "warns",
    "rejects",
    // The status, unless the requirement is met.
    "skipped",
    "unmet",
];

/// One requirement of a standard, with the smallest document that it applies to and what the client must do.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) id: String,
    /// The name of the file.
    pub(super) area: String,
    pub(super) status: Status,
    fields: Map<String, Value>,
}

/// Whether the requirement is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Met,
    /// The generator skips the part, and says so with these words.
    Skipped(String),
    /// It isn't met: a line of the list in the README of generated crates.
    Unmet(String),
}

impl Row {
    fn new(area: &str, defaults: &Map<String, Value>, row: &Value) -> Self {
        let row = row.as_object().unwrap_or_else(|| panic!("{area}: a row is an object: {row}"));
        let mut fields = defaults.clone();
        fields.extend(row.clone());
        let text = |key: &str| fields.get(key).and_then(Value::as_str).map(str::to_owned);
        let id = text("id").unwrap_or_else(|| panic!("{area}: a row without id: {row:?}"));
        let unknown: Vec<_> = fields.keys().filter(|key| !KEYS.contains(&key.as_str())).collect();
        assert!(unknown.is_empty(), "{id}: unknown keys {unknown:?}");
        for key in ["section", "says"] {
            assert!(text(key).is_some(), "{id}: `{key}` is missing");
        }
        let status = match (text("skipped"), text("unmet")) {
            (None, None) => Status::Met,
            (Some(words), None) => Status::Skipped(words),
            (None, Some(line)) => Status::Unmet(line),
            (Some(_), Some(_)) => panic!("{id}: has both `skipped` and `unmet`"),
        };
        Self { id, area: area.to_owned(), status, fields }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.fields.get(key)
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        let value = self.get(key)?;
        Some(value.as_str().unwrap_or_else(|| panic!("{}: `{key}` is not a string", self.id)))
    }

    /// Returns the entries of an object; none if the key is absent.
    pub(super) fn entries(&self, key: &str) -> impl Iterator<Item = (&String, &Value)> {
        self.get(key)
            .map(|value| value.as_object().unwrap_or_else(|| panic!("{}: `{key}` is not an object", self.id)))
            .into_iter()
            .flatten()
    }

    /// Returns the JSON that the decoded value must be encoded as.
    pub(super) fn value(&self) -> Option<&Value> {
        let unchanged = || self.get("json").filter(|_| self.get("error").is_none());
        self.get("value").or_else(unchanged)
    }

    pub(super) fn says(&self) -> &str {
        self.text("says").unwrap_or_default()
    }

    pub(super) fn section(&self) -> &str {
        self.text("section").unwrap_or_default()
    }

    /// Returns the id of the row that declares the operation.
    pub(super) fn declaring(&self) -> &str {
        self.text("like").unwrap_or(&self.id)
    }

    /// Returns the id as a name in code.
    pub(super) fn name(&self) -> String {
        self.id.replace(['-', '.'], "_")
    }
}

/// Returns the rows of all files. With the environment variable `STANDARDS`, only rows whose id or file contains one of
/// its words, and the rows that they are like.
pub(super) fn all() -> Vec<Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("standards/rows");
    let rows: Vec<_> = crate::files::below(&folder).iter().flat_map(|path| of_file(path)).collect();
    let mut ids = BTreeSet::new();
    for row in &rows {
        assert!(ids.insert(row.id.clone()), "two rows are called {}", row.id);
    }
    selected(rows)
}

/// Returns whether only some rows are tested.
pub(super) fn is_filtered() -> bool {
    std::env::var_os("STANDARDS").is_some()
}

fn of_file(path: &Path) -> Vec<Row> {
    let area = path.file_stem().unwrap().to_str().unwrap();
    let text = fs::read_to_string(path).unwrap();
    let file: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{area}: {error}"));
    let empty = Map::new();
    let defaults = file["defaults"].as_object().unwrap_or(&empty);
    file["rows"].as_array().unwrap().iter().map(|row| Row::new(area, defaults, row)).collect()
}

fn selected(rows: Vec<Row>) -> Vec<Row> {
    let Ok(words) = std::env::var("STANDARDS") else { return rows };
    let is_wanted =
        |row: &&Row| words.split(',').any(|word| row.id.contains(word) || row.area.contains(word));
    let wanted: Vec<_> = rows.iter().filter(is_wanted).collect();
    let ids: BTreeSet<_> =
        wanted.iter().flat_map(|row| [Some(row.id.as_str()), row.text("like")]).flatten().collect();
    rows.iter().filter(|row| ids.contains(row.id.as_str())).cloned().collect()
}
