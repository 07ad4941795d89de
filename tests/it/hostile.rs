//! Hostile documents: they try to inject code or markup, to write elsewhere, or to use all memory.

mod bombs;
pub(crate) mod docs;
pub(crate) mod emitted;
pub(crate) mod everywhere;
mod growth;
mod repeated;
#[cfg(target_os = "linux")]
mod responses;

use codegen::package::{self, AssembledCrate, ExistingFiles, Package, Runtime};
use codegen::{GeneratedFile, Mode, Options, Output, Source};
use random::HOSTILE_STRINGS;
use serde_json::Value;

use self::everywhere::document;

/// A harmless string.
const HARMLESS: &str = "plain words";

#[test]
fn no_string_becomes_code_markup_or_a_path() {
    let harmless = emitted::Allowed::of(&crate_of(HARMLESS));
    for text in HOSTILE_STRINGS {
        let files = crate_of(text);
        emitted::check(&files, &harmless).unwrap_or_else(|problem| panic!("{text:?}: {problem}"));
    }
}

/// Each hostile string gives different names, so one document can contain all of them.
#[test]
fn a_document_with_all_hostile_strings_is_safe() {
    let harmless = emitted::Allowed::of(&crate_of(HARMLESS));
    let mut all = document("first", "first");
    for (index, text) in HOSTILE_STRINGS.iter().enumerate() {
        let more = document(text, text);
        for section in ["/paths", "/components/schemas", "/components/securitySchemes"] {
            let entries = more.pointer(section).and_then(Value::as_object).unwrap().clone();
            let entries = entries.into_iter().map(|(key, value)| (format!("{key}{index}"), value));
            all.pointer_mut(section).and_then(Value::as_object_mut).unwrap().extend(entries);
        }
    }
    let files = assemble(&generate(&all));
    emitted::check(&files, &harmless).unwrap_or_else(|problem| panic!("{problem}"));
}

/// A name without visible characters, and text that is in code alone, but not after such a name; a name with columns, and a
/// table.
#[test]
fn names_and_texts_are_harmless_together() {
    let harmless = emitted::Allowed::of(&crate_of(HARMLESS));
    let hidden = "`` <img src=x onerror=y> [a](https://b) <script>c</script> ``";
    let pairs = ["", "\u{200b}", " ", "\n", "`", "``", "\u{3164}"].map(|name| (name, hidden));
    let tables = [("a|<b>", "c | d\n|---|---|---|\n| e | f |"), ("<b> | c", "d | `e\n|---|---|---|\n`")];
    for (name, text) in pairs.into_iter().chain(tables) {
        let files = assemble(&generate(&document(name, text)));
        emitted::check(&files, &harmless).unwrap_or_else(|problem| panic!("{name:?}, {text:?}: {problem}"));
    }
}

/// Also where a number is appended to names that differ only in case.
#[test]
fn no_file_has_the_name_of_a_device() {
    let names =
        ["com", "Com", "COM", "com1", "Com1", "lpt", "LPT", "lpt9", "nul", "Nul", "aux", "AUX", "con", "prn"];
    let mut document =
        serde_json::json!({"openapi": "3.1.0", "info": {"title": "nul", "version": "1"}, "paths": {}});
    for name in names {
        let schema = serde_json::json!({"$ref": format!("#/components/schemas/{name}")});
        document["paths"][format!("/{name}")]["get"] = serde_json::json!({
            "tags": [name],
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": schema}}}},
        });
        document["components"]["schemas"][name] =
            serde_json::json!({"type": "object", "properties": {"a": {}}});
    }
    let files = assemble(&generate(&document));
    let stems: Vec<_> =
        files.iter().filter_map(|file| file.path.strip_suffix(".rs")?.rsplit('/').next()).collect();
    assert!(stems.len() > 2 * names.len());
    let is_device = |stem: &str| {
        let number = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
        ["con", "prn", "aux", "nul"].contains(&stem)
            || number.is_some_and(|number| number.len() == 1 && number != "_")
    };
    assert_eq!(stems.iter().find(|stem| is_device(stem)), None);
}

fn crate_of(text: &str) -> Vec<GeneratedFile> {
    assemble(&generate(&document(text, text)))
}

fn generate(document: &Value) -> Output {
    let source = Source::new("hostile.json", document.to_string());
    codegen::generate_with(&source, &[], &Options::new(Mode::Lenient))
        .unwrap_or_else(|report| panic!("{report}"))
}

/// Returns the files of a crate.
fn assemble(output: &Output) -> Vec<GeneratedFile> {
    let package = Package {
        name: None,
        origin: output.api.title.clone(),
        runtime: Runtime::Path("runtime".to_owned()),
        own_workspace: false,
    };
    let AssembledCrate { emitted, shared, .. } =
        package::assemble(&package, output, &ExistingFiles::default()).unwrap();
    [emitted, shared].concat()
}
