//! The package of the driver: the emitted modules as its library, and a function for each row.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Output;

use serde_json::{Map, Value};

use super::documents::{self, Document};
use super::row::Row;
use crate::project;

const PACKAGE: &str = "compiled-standards";

/// The outcome of a row.
pub(super) enum Outcome {
    /// What was sent, and what was read from the response.
    Ran(Map<String, Value>),
    /// The expressions of the row don't compile, or there is no function for its operation.
    NoCode(String),
}

/// Compiles and runs the driver. Returns the outcome of each row by its id.
pub(super) fn run(rows: &[Row], documents: &[Document]) -> BTreeMap<String, Outcome> {
    let package = Package::new(documents);
    let mut outcomes = BTreeMap::new();
    let mut functions = Vec::new();
    for row in rows {
        match function(row, rows, documents) {
            Ok(code) => functions.push((row.id.as_str(), code)),
            Err(reason) => drop(outcomes.insert(row.id.clone(), Outcome::NoCode(reason))),
        }
    }
    // Rows whose expressions don't compile are removed, until the others do. The compiler reports types after names.
    loop {
        package.write_rows(&functions);
        let failed = package.build(&functions);
        if failed.is_empty() {
            break;
        }
        functions.retain(|(id, _)| !failed.contains_key(*id));
        outcomes.extend(failed.into_iter().map(|(id, message)| (id, Outcome::NoCode(message))));
    }
    outcomes.extend(package.run().into_iter().map(|(id, outcome)| (id, Outcome::Ran(outcome))));
    outcomes
}

/// Returns the code of a row's function, without its name.
fn function(row: &Row, rows: &[Row], documents: &[Document]) -> Result<String, String> {
    let declaring = documents::declaring(row, rows);
    let document = documents::of(row, rows, documents);
    let name = &document.name;
    if document.result.is_err() {
        return Err("the document was rejected".to_owned());
    }
    let operation = document.function(declaring).ok_or("there is no function for the operation")?;
    let client = row.text("client").unwrap_or_default();
    let call = row.text("call").unwrap_or("op()");
    let responses: Vec<_> =
        received(row).iter().map(|bytes| format!("b\"{}\"", bytes.escape_ascii())).collect();
    let mut seen = shown(row, "reads", "let v = v.clone();");
    if row.get("text").is_some() || row.value().is_some() {
        seen.push("(\"\", String::from_utf8(encode(&v).unwrap()).unwrap())".to_owned());
    }
    let (module, _) = operation.rsplit_once("::").unwrap();
    Ok(format!(
        "    use standards::{name}::{{self as api, models::*, {module}::*, {operation} as op}};\n    \
         let client = api::Client::builder().proxy(&server.url).allow_insecure_http(true)\n        \
         .clock(server.clock()).timeout(Duration::from_secs(10)){client}.build_blocking();\n    \
         server.run(&[{}], client.map(|client| (*client).clone()), {{ {call} }}, |v| vec![{}], |e| vec![{}])\n",
        responses.join(", "),
        seen.join(", "),
        shown(row, "fails", "").join(", "),
    ))
}

/// Returns the code for the debug output of a row's expressions. The statement comes before each.
fn shown(row: &Row, key: &str, statement: &str) -> Vec<String> {
    let code = |expression| format!("({expression:?}, {{ {statement} debug(&{expression}) }})");
    row.entries(key).map(|(expression, _)| code(expression)).collect()
}

/// Returns the responses that a row receives.
fn received(row: &Row) -> Vec<Vec<u8>> {
    match (row.get("receives"), row.get("json")) {
        (Some(Value::Array(responses)), _) => responses.iter().map(|given| response(row, given)).collect(),
        (Some(given), _) => vec![response(row, given)],
        (None, Some(json)) => {
            vec![written("200", &[("content-type", "application/json")], json.to_string().as_bytes())]
        }
        (None, None) => vec![written("204", &[], b"")],
    }
}

fn response(row: &Row, given: &Value) -> Vec<u8> {
    let given = given.as_object().unwrap_or_else(|| panic!("{}: a response is an object", row.id));
    if let Some(raw) = given.get("raw") {
        return raw.as_str().unwrap().as_bytes().to_vec();
    }
    let status = given.get("status").map_or_else(|| "200".to_owned(), ToString::to_string);
    let (mut headers, body) = match (given.get("json"), given.get("body"), given.get("hex")) {
        (Some(json), None, None) => {
            (vec![("content-type", "application/json")], json.to_string().into_bytes())
        }
        (None, Some(Value::String(text)), None) => (Vec::new(), text.clone().into_bytes()),
        (None, None, Some(Value::String(hex))) => (Vec::new(), bytes(hex)),
        (None, None, None) => (Vec::new(), Vec::new()),
        _ => panic!("{}: a response has one of json, body (a string), hex (a string)", row.id),
    };
    for (name, value) in given.get("headers").and_then(Value::as_object).into_iter().flatten() {
        headers.retain(|(other, _)| other != name);
        headers.push((name, value.as_str().unwrap()));
    }
    written(&status, &headers, &body)
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<_> = hex.chars().filter(|c| !c.is_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()).collect()
}

fn written(status: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Status\r\nconnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    // These have no content, and no length (RFC 9110, section 8.6).
    let has_length = !body.is_empty() || !["204", "304"].contains(&status);
    if has_length && !headers.iter().any(|(name, _)| *name == "content-length") {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    [format!("{head}\r\n").as_bytes(), body].concat()
}

struct Package {
    folder: PathBuf,
}

impl Package {
    /// Writes the package without its rows.
    fn new(documents: &[Document]) -> Self {
        let folder = project::root().join("target/compiled/standards");
        let _ = fs::remove_dir_all(&folder);
        let package = Self { folder };
        let runtime = project::runtime().display().to_string();
        package.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = {PACKAGE:?}\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\nname = \"standards\"\n\n[workspace]\n\n\
                 [dependencies]\nclientwright-runtime = {{ path = {runtime:?}, features = [\"blocking\"] }}\n"
            ),
        );
        let mut lib = String::new();
        for Document { name, result, .. } in documents {
            let Ok(output) = result else { continue };
            lib.push_str(&format!("pub mod {name} {{\n    include!(\"{name}.rs\");\n}}\n"));
            package.write(&format!("src/{name}.rs"), &output.files[0].text);
        }
        package.write("src/lib.rs", &lib);
        package.write("src/main.rs", include_str!("../../standards/driver.rs"));
        xtask::corpus::copy_lock(&project::root(), &package.folder).unwrap();
        package
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn write_rows(&self, functions: &[(&str, String)]) {
        let mut text = ROWS.to_owned();
        for (index, (id, code)) in functions.iter().enumerate() {
            text.push_str(&format!(
                "// {id}\nfn row_{index}(server: &Server) -> Map<String, Value> {{\n{code}}}\n\n"
            ));
        }
        text.push_str("pub static ROWS: &[(&str, fn(&Server) -> Map<String, Value>)] = &[\n");
        for (index, (id, _)) in functions.iter().enumerate() {
            text.push_str(&format!("    ({id:?}, row_{index}),\n"));
        }
        self.write("src/rows.rs", &(text + "];\n"));
    }

    /// Builds the package. Returns the rows that don't compile, with the first error of each.
    fn build(&self, functions: &[(&str, String)]) -> BTreeMap<String, String> {
        let output = self.cargo("build");
        if output.status.success() {
            return BTreeMap::new();
        }
        let text = fs::read_to_string(self.folder.join("src/rows.rs")).unwrap();
        let lines: Vec<_> = text.lines().collect();
        let messages = String::from_utf8(output.stdout).unwrap();
        let errors = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let errors = errors.filter(|message| message["message"]["level"] == "error");
        let mut failed = BTreeMap::new();
        for error in errors {
            let spans = error["message"]["spans"].as_array().cloned().unwrap_or_default();
            let in_rows = spans.iter().find(|span| span["file_name"] == "src/rows.rs");
            let line = in_rows.and_then(|span| span["line_start"].as_u64());
            let before = line.and_then(|line| lines.get(..usize::try_from(line).unwrap()));
            let id = before.and_then(|lines| lines.iter().rev().find_map(|line| line.strip_prefix("// ")));
            if let Some(id) = id {
                failed
                    .entry(id.to_owned())
                    .or_insert_with(|| error["message"]["message"].as_str().unwrap().to_owned());
            }
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(!failed.is_empty(), "{} rows don't compile:\n{stderr}\n{messages}", functions.len());
        failed
    }

    /// Runs the driver.
    fn run(&self) -> BTreeMap<String, Map<String, Value>> {
        let output = self.cargo("run");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stdout).unwrap();
        let line = |line: &str| match serde_json::from_str(line).unwrap() {
            Value::Array(pair) => Some((pair[0].as_str()?.to_owned(), pair[1].as_object()?.clone())),
            _ => None,
        };
        text.lines().filter_map(line).collect()
    }

    fn cargo(&self, subcommand: &str) -> Output {
        let mut command = project::cargo_in(&self.folder, subcommand);
        command.args(["--message-format", "json"]).env_remove("http_proxy");
        command.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_INCREMENTAL", "0");
        command.output().unwrap()
    }
}

const ROWS: &str = "#![allow(unused_imports, unused_variables, clippy::all)]
use std::time::Duration;
use clientwright_runtime::{Map, Maybe, Node, Part, Timestamp, UnixSeconds, UnknownValue, Value, decode, encode};
use crate::{Server, debug, json, map};

";
