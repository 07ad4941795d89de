//! Tests the examples of a description: adds a test to its crate, and reads the results.

use std::fs;
use std::io;
use std::path::Path;

use codegen::Example;
use serde_json::{Value, json};

use super::validate::ExampleValidator;
use clientwright::files::FileError;

/// The source of the test, without its table of types.
const TEST_SOURCE: &str = include_str!("example_test.rs");
/// The name of the test, and of its file.
pub(super) const TEST: &str = "examples";
/// The name of the file with the description, whose schemas the failed examples are validated against.
const DESCRIPTION: &str = "description.json";

/// Adds the test to the crate in `package`. The paths of the examples' types begin with `client`, the crate.
///
/// # Errors
///
/// Returns an error if a file can't be read or written.
pub fn install(examples: &[Example<'_>], description: &Value, package: &Path) -> Result<(), FileError> {
    let code = prepare(package)?;
    let mut types: Vec<_> = examples.iter().map(|example| example.ty.as_str()).collect();
    types.sort_unstable();
    types.dedup();
    let rows: Vec<_> = examples
        .iter()
        .map(|example| {
            let index = types.binary_search(&example.ty.as_str()).unwrap_or_default();
            json!({
                "pointer": example.pointer.to_string(),
                "schema": example.schema.to_string(),
                "type": index,
                "value": example.value,
            })
        })
        .collect();
    let table: String = types.iter().map(|ty| format!("    reencode::<{ty}>,\n")).collect();
    let test = format!("{TEST_SOURCE}\nuse {code} as client;\n\nconst TYPES: &[Reencode] = &[\n{table}];\n");
    let folder = package.join("tests");
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        fs::create_dir_all(&folder)
            .and_then(|()| fs::write(&path, text))
            .map_err(|error| FileError::new("write", &path, error))
    };
    write(&format!("{TEST}.rs"), test)?;
    write(&format!("{TEST}.json"), Value::Array(rows).to_string())?;
    write(DESCRIPTION, description.to_string())
}

/// Adds the test's dependencies to the crate, and returns the crate's name in Rust code.
fn prepare(package: &Path) -> Result<String, FileError> {
    let path = package.join("Cargo.toml");
    let manifest = fs::read_to_string(&path).map_err(|error| FileError::new("read", &path, error))?;
    let document = manifest.parse::<toml_edit::DocumentMut>().ok();
    let document =
        document.ok_or_else(|| FileError::new("read", &path, io::Error::other("it is not valid TOML")))?;
    if !document.contains_key("dev-dependencies") {
        let manifest = format!("{manifest}\n[dev-dependencies]\nserde_json = \"1\"\n");
        fs::write(&path, manifest).map_err(|error| FileError::new("write", &path, error))?;
    }
    let name = document.get("package").and_then(|package| package.get("name")?.as_str());
    let name =
        name.ok_or_else(|| FileError::new("read", &path, io::Error::other("it has no `package.name`")))?;
    Ok(name.replace('-', "_"))
}

/// Returns the results of the test, after it has run. Adds to each failed example why it is invalid against its schema.
pub(super) fn results(package: &Path) -> Option<Value> {
    let read = |name: &str| -> Option<Value> {
        serde_json::from_slice(&fs::read(package.join("tests").join(name)).ok()?).ok()
    };
    let mut results = read("results.json")?;
    let failed = results["failed"].as_array_mut().filter(|failed| !failed.is_empty());
    if let Some(failed) = failed {
        let validator = ExampleValidator::new(read(DESCRIPTION)?);
        for example in failed {
            let (schema, why) = (example["schema"].as_str()?, example["why"].as_str()?);
            example["schema_error"] = json!(validator.error(schema, &example["value"], why));
        }
    }
    Some(results)
}
