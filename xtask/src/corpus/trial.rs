//! The examples of a description, tried: a test that is put into its crate, and what it tells.

use std::fs;
use std::io;
use std::path::Path;

use codegen::Example;
use serde_json::{Value, json};

use super::judge::Judge;
use clientwright::files::FileError;

/// The test's code but for its table of types.
const HARNESS: &str = include_str!("harness.rs");
/// Name of the test, and of its file.
pub(super) const TEST: &str = "examples";
/// The description that the test is of.
const DESCRIPTION: &str = "description.json";

/// Puts the test into the crate in a folder; the types of the examples call that `client`. The description is what
/// decides later whose mistake a failure is.
///
/// # Errors
///
/// Where a file can't be written.
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
    let test = format!("{HARNESS}\nuse {code} as client;\n\nconst TYPES: &[Reencode] = &[\n{table}];\n");
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

/// Gives the crate what the test needs; its name in code comes back.
fn prepare(package: &Path) -> Result<String, FileError> {
    let path = package.join("Cargo.toml");
    let manifest = fs::read_to_string(&path).map_err(|error| FileError::new("read", &path, error))?;
    let document = manifest.parse::<toml_edit::DocumentMut>().ok();
    let document =
        document.ok_or_else(|| FileError::new("read", &path, io::Error::other("it is no TOML")))?;
    if !document.contains_key("dev-dependencies") {
        let manifest = format!("{manifest}\n[dev-dependencies]\nserde_json = \"1\"\n");
        fs::write(&path, manifest).map_err(|error| FileError::new("write", &path, error))?;
    }
    let name = document.get("package").and_then(|package| package.get("name")?.as_str());
    let name = name.ok_or_else(|| FileError::new("read", &path, io::Error::other("it names no package")))?;
    Ok(name.replace('-', "_"))
}

/// What the test told, once it has run; with each example that failed, what its own schema says against it.
pub(super) fn told(package: &Path) -> Option<Value> {
    let read = |name: &str| -> Option<Value> {
        serde_json::from_slice(&fs::read(package.join("tests").join(name)).ok()?).ok()
    };
    let mut told = read("told.json")?;
    let failed = told["failed"].as_array_mut().filter(|failed| !failed.is_empty());
    if let Some(failed) = failed {
        let judge = Judge::new(read(DESCRIPTION)?);
        for example in failed {
            let (schema, why) = (example["schema"].as_str()?, example["why"].as_str()?);
            example["mistake"] = json!(judge.mistake(schema, &example["value"], why));
        }
    }
    Some(told)
}
