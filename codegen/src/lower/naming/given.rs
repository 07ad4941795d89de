//! Checks names given by hand: what they name must exist, and they must be valid in Rust.

use std::collections::BTreeMap;

use serde_json::Value;

use super::words::is_version;
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, file_stem};
use crate::base::name_overrides::{NameOverride, NameOverrides};
use crate::base::pointer::Pointer;
use crate::grammar::paths::operations;
use crate::ir::api::{Module, TypeDef, TypeKind};

/// Reports names that aren't valid, and keys that the document doesn't have. `written` is the whole document, `types` are
/// the types that were made of it.
pub(crate) fn check(given: &NameOverrides, written: &Value, types: &[TypeDef], findings: &mut Findings) {
    if *given == NameOverrides::new() {
        return;
    }
    let operations = Operations::of(written);
    let schemas = keys(written.pointer("/components/schemas"));
    let ids = operations.ids.iter().chain(&operations.routes).map(String::as_str);
    let ids: Vec<&str> = ids.collect();
    Kind::Operation.check(&given.operations, &ids, findings);
    Kind::Module.check(
        &given.modules,
        &operations.tags.iter().map(String::as_str).collect::<Vec<_>>(),
        findings,
    );
    let (inline, components): (BTreeMap<_, _>, BTreeMap<_, _>) =
        given.types.clone().into_iter().partition(|(key, _)| key.starts_with("#/"));
    Kind::Type.check(&components, &schemas, findings);
    let pointers: Vec<String> = types.iter().map(|def| def.written.to_string()).collect();
    Kind::Type.check(&inline, &pointers.iter().map(String::as_str).collect::<Vec<_>>(), findings);
    let fields = fields(types);
    // A schema that was not selected has no type, so its fields can't be checked.
    let is_made = |key: &str| fields.iter().any(|field| field.starts_with(&format!("{key}.")));
    let selected = given.fields.iter().filter(|(property, _)| {
        !schemas.iter().any(|key| property.starts_with(&format!("{key}.")) && !is_made(key))
    });
    let selected = selected.map(|(property, name)| (property.clone(), name.clone())).collect();
    Kind::Field.check(&selected, &fields.iter().map(String::as_str).collect::<Vec<_>>(), findings);
}

/// Reports names that are given twice: to two types or modules, to two functions of a module, or to an operation by its
/// id and by its path.
pub(crate) fn check_unique(given: &NameOverrides, modules: &[Module], findings: &mut Findings) {
    unique(&given.types, |_| Some("types"), findings);
    unique(&given.modules, |_| Some("modules"), findings);
    let mut named: BTreeMap<&Pointer, &str> = BTreeMap::new();
    let mut names = BTreeMap::new();
    for (key, name) in &given.operations {
        let Some((module, at)) = operation(modules, key) else { continue };
        if let Some(first) = named.insert(at, key) {
            let message = format!("{key:?} and {first:?} are the same operation");
            findings.error_at(
                (name.location.clone(), name.snippet.clone()),
                message,
                "remove one of the two",
            );
        } else {
            names.insert(key.clone(), (module, name));
        }
    }
    let scope = |key: &str| names.get(key).map(|(module, _)| module.name.as_str());
    unique(&given.operations, scope, findings);
}

/// Reports equal names of the same scope.
fn unique<'s>(
    names: &BTreeMap<String, NameOverride>,
    scope: impl Fn(&str) -> Option<&'s str>,
    findings: &mut Findings,
) {
    let mut known: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (key, given) in names {
        let Some(scope) = scope(key) else { continue };
        if let Some(first) = known.insert((scope, &given.name), key) {
            let message = format!("{key:?} has the same name as {first:?}: {:?}", given.name);
            let location = (given.location.clone(), given.snippet.clone());
            findings.error_at(location, message, "give one of the two another name");
        }
    }
}

/// The operation that a key names, and its module.
fn operation<'m>(modules: &'m [Module], key: &str) -> Option<(&'m Module, &'m Pointer)> {
    let route = |at: &Pointer| match at.tokens() {
        [_, path, method] => format!("{} {path}", method.to_uppercase()),
        [_, path, _, method] => format!("{method} {path}"),
        _ => String::new(),
    };
    let all =
        modules.iter().flat_map(|module| module.operations.iter().map(move |operation| (module, operation)));
    let mut all = all.filter(|(_, operation)| operation.id == key || route(&operation.pointer) == key);
    all.next().map(|(module, operation)| (module, &operation.pointer))
}

/// What is named.
#[derive(Clone, Copy)]
enum Kind {
    Operation,
    Type,
    Field,
    Module,
}

impl Kind {
    fn check(self, names: &BTreeMap<String, NameOverride>, known: &[&str], findings: &mut Findings) {
        for (key, NameOverride { name, location, snippet }) in names {
            let location = || (location.clone(), snippet.clone());
            if !known.contains(&key.as_str()) {
                let help = match findings.nearest(key, known.iter().copied()) {
                    Some(near) => format!("did you mean {near:?}?"),
                    None => self.help().to_owned(),
                };
                findings.error_at(location(), format!("there is no {} {key:?}", self.name()), help);
            }
            let rust = self.rust(name);
            if rust.plain() != name {
                let message = format!("{name:?} is not written as Rust writes the name of {}", self.target());
                findings.error_at(location(), message, format!("write {:?}", rust.plain()));
            }
        }
    }

    fn rust(self, name: &str) -> RustName {
        match self {
            Self::Type => RustName::upper_camel(name),
            Self::Module => RustName::module(&file_stem(name)),
            Self::Operation | Self::Field => RustName::snake(name),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Type => "schema",
            Self::Field => "property",
            Self::Module => "tag",
        }
    }

    fn target(self) -> &'static str {
        match self {
            Self::Operation => "a function",
            Self::Type => "a type",
            Self::Field => "a field",
            Self::Module => "a module",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Operation => "write an `operationId`, or method and path: \"GET /pets\"",
            Self::Type => {
                "write the key of a component schema, or the pointer that the docs of the type show"
            }
            Self::Field => "write the key of a component schema and a property of it: \"Pet.name\"",
            Self::Module => "write a tag of an operation, or the first segment of its path where it has none",
        }
    }
}

/// The keys by which operations and modules can be named.
#[derive(Default)]
struct Operations {
    ids: Vec<String>,
    routes: Vec<String>,
    tags: Vec<String>,
}

impl Operations {
    fn of(written: &Value) -> Self {
        let mut all = Self::default();
        let paths = written.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            let Some(item) = item.as_object() else { continue };
            for (method, _, operation) in operations(item, &Pointer::root()) {
                let text = |key: &str| operation.get(key).and_then(Value::as_str).map(str::to_owned);
                all.ids.extend(text("operationId"));
                all.routes.push(format!("{method} {path}"));
                let tag = operation.get("tags").and_then(|tags| tags.get(0)).and_then(Value::as_str);
                let segments = path.split('/').filter(|segment| !segment.is_empty() && !is_version(segment));
                all.tags.extend(tag.map(str::to_owned));
                all.tags.extend(segments.map(|segment| RustName::snake(segment).plain().to_owned()));
            }
        }
        all
    }
}

fn keys(object: Option<&Value>) -> Vec<&str> {
    object
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(serde_json::Map::keys)
        .map(String::as_str)
        .collect()
}

/// The keys of all fields of component schemas.
fn fields(types: &[TypeDef]) -> Vec<String> {
    let mut all = Vec::new();
    for def in types.iter().filter(|def| def.is_component()) {
        let TypeKind::Model(fields) = &def.kind else { continue };
        let key = def.pointer.last().unwrap_or_default();
        all.extend(fields.iter().map(|field| format!("{key}.{}", field.wire)));
    }
    all
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{check, check_unique};
    use crate::base::diagnostic::Findings;
    use crate::base::mode::Mode;
    use crate::base::name_overrides::NameOverrides;

    fn problems(names: &NameOverrides) -> Vec<(String, String)> {
        let document = json!({
            "paths": {"/books/{id}": {"get": {"operationId": "getBook_v2", "tags": ["Books"]}}},
            "components": {"schemas": {"Book_v2": {}}},
        });
        let mut findings = Findings::new(Mode::Lenient);
        check(names, &document, &[], &mut findings);
        findings.into_vec().into_iter().map(|finding| (finding.message, finding.help)).collect()
    }

    #[test]
    fn names_of_what_the_document_has_are_accepted() {
        let names = NameOverrides::new()
            .operation("getBook_v2", "get")
            .operation("GET /books/{id}", "get")
            .schema("Book_v2", "Book")
            .module("Books", "library");
        assert_eq!(problems(&names), []);
    }

    #[test]
    fn what_the_document_does_not_have_is_an_error_with_a_suggestion() {
        let names = NameOverrides::new().operation("getBookv2", "get").schema("Shelf", "Shelf");
        assert_eq!(
            problems(&names),
            [
                (
                    r#"there is no operation "getBookv2""#.to_owned(),
                    r#"did you mean "getBook_v2"?"#.to_owned()
                ),
                (
                    r#"there is no schema "Shelf""#.to_owned(),
                    "write the key of a component schema, or the pointer that the docs of the type show"
                        .to_owned()
                ),
            ]
        );
    }

    #[test]
    fn a_name_that_is_given_twice_is_an_error() {
        let names = NameOverrides::new().schema("Book", "Page").schema("Loan", "Page").module("a", "x");
        let mut findings = Findings::new(Mode::Lenient);
        check_unique(&names, &[], &mut findings);
        let messages: Vec<_> = findings.into_vec().into_iter().map(|finding| finding.message).collect();
        assert_eq!(messages, [r#""Loan" has the same name as "Book": "Page""#]);
    }

    #[test]
    fn a_name_that_rust_does_not_have_is_an_error_with_the_one_it_has() {
        let names = NameOverrides::new().operation("getBook_v2", "getBook").schema("Book_v2", "my book");
        let helps: Vec<_> = problems(&names).into_iter().map(|(_, help)| help).collect();
        assert_eq!(helps, [r#"write "get_book""#, r#"write "MyBook""#]);
    }
}
