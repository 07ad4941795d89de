//! From the typed document to the intermediate representation: every decision about names and types.

mod access;
mod alias;
mod answer;
mod body;
mod boxing;
mod direction;
mod extension;
mod incoming;
mod lookup;
mod media;
mod merge;
mod multipart;
mod operation;
mod paging;
mod parameter;
mod pending;
mod reference;
mod schema;
mod share;
mod union;
mod view;

use std::collections::{HashMap, HashSet};

use heck::ToUpperCamelCase;
use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr, Schema};
use serde_json::Value;

use self::incoming::Later;
use crate::diagnostic::Findings;
use crate::ir::{Access, Api, Module, Skipped, TypeDef, TypeShape};
use crate::name::{RustName, Scope, file_stem};
use crate::pointer::Pointer;

type Extensions = IndexMap<String, Value>;

/// Names that emitted code, or the runtime's macros in it, use for something else.
const RESERVED_TYPES: [&str; 41] = [
    "AsRef",
    "BTreeMap",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Decode",
    "Default",
    "Encode",
    "Eq",
    "Err",
    "Extra",
    "FnMut",
    "From",
    "Hash",
    "Index",
    "Into",
    "IntoIterator",
    "IntoRequest",
    "Iterator",
    "Map",
    "Maybe",
    "None",
    "Number",
    "Ok",
    "Operation",
    "Option",
    "Ord",
    "Pagination",
    "PartialEq",
    "RateLimit",
    "Request",
    "Result",
    "Some",
    "String",
    "Timestamp",
    "UnixMicros",
    "UnixSeconds",
    "UnknownValue",
    "Value",
    "Vec",
];

/// The functions of the runtime that endpoint modules import.
const FUNCTIONS: [&str; 2] = ["list", "optional"];

/// Lowers the whole document.
pub(crate) fn lower(document: &OpenAPI, findings: &mut Findings, skipped: Vec<Skipped>) -> Api {
    let later = Later::read(document, findings);
    let access = access::access(document, findings);
    let mut lowerer = Lowerer {
        document,
        access: &access,
        later: &later,
        findings,
        skipped,
        types: Vec::new(),
        type_names: Scope::with_reserved(&RESERVED_TYPES),
        components: IndexMap::new(),
        inline: HashMap::new(),
        named: HashSet::new(),
    };
    lowerer.name_components();
    lowerer.lower_components();
    alias::end_circles(&mut lowerer.types, lowerer.findings, &mut lowerer.skipped);
    let (mut modules, answers) = lowerer.lower_operations();
    let Lowerer { mut types, mut skipped, mut type_names, named, .. } = lowerer;
    direction::assign(&mut types, &modules, &answers);
    share::share(&mut types, &mut modules, &named, &mut type_names);
    boxing::box_recursion(&mut types);
    types.sort_by(|a, b| (&a.file, a.pointer.tokens().len()).cmp(&(&b.file, b.pointer.tokens().len())));
    skipped.sort();
    skipped.dedup();
    let info = &document.info;
    let docs = info.description.clone().unwrap_or_default();
    let (title, version) = (info.title.clone(), info.version.clone());
    Api { title, version, docs, access, modules, types, skipped }
}

struct Lowerer<'a, 'f> {
    document: &'a OpenAPI,
    access: &'a Access,
    later: &'a Later,
    findings: &'f mut Findings,
    skipped: Vec<Skipped>,
    types: Vec<TypeDef>,
    type_names: Scope,
    /// Component schemas by key.
    components: IndexMap<String, Component<'a>>,
    /// Types of inline schemas that have been defined already, by place.
    inline: HashMap<Pointer, RustName>,
    /// Inline types that the description gives a name.
    named: HashSet<RustName>,
}

struct Component<'a> {
    name: RustName,
    schema: &'a ReferenceOr<Schema>,
}

/// Where an inline schema stands: what its type is called after, and which file it goes to.
#[derive(Clone)]
struct Context {
    hint: String,
    file: String,
}

impl Context {
    fn new(hint: &RustName, file: &str) -> Self {
        Self { hint: hint.plain().to_owned(), file: file.to_owned() }
    }

    /// The context of something inside: its name is appended.
    fn inner(&self, name: &str) -> Self {
        Self { hint: format!("{}{}", self.hint, name.to_upper_camel_case()), file: self.file.clone() }
    }
}

impl<'a> Lowerer<'a, '_> {
    /// All components get their names before any inline type does, so that these never move.
    fn name_components(&mut self) {
        let schemas = self.document.components.iter().flat_map(|components| &components.schemas);
        for (key, schema) in schemas {
            let wanted = match schema {
                ReferenceOr::Item(item) => rust_name(&item.schema_data.extensions),
                ReferenceOr::Reference { .. } => None,
            };
            let mut wanted = RustName::upper_camel(wanted.unwrap_or(key));
            if RESERVED_TYPES.contains(&wanted.as_str()) {
                wanted = wanted.with_suffix("Model");
            }
            if self.type_names.holds(&wanted) {
                let at = component_pointer(key);
                let message = format!("the type name `{wanted}` is taken; `{key}` gets a number behind it");
                self.findings.warning(&at, message, "give one of the two an `x-rust-name` by an overlay");
            }
            let name = self.type_names.claim(&wanted);
            self.components.insert(key.clone(), Component { name, schema });
        }
    }

    fn lower_components(&mut self) {
        let work: Vec<_> = self
            .components
            .iter()
            .map(|(key, component)| (key.clone(), component.name.clone(), component.schema))
            .collect();
        for (key, name, schema) in work {
            self.lower_component(&key, &name, schema);
        }
    }

    fn lower_component(&mut self, key: &str, name: &RustName, schema: &'a ReferenceOr<Schema>) {
        let at = component_pointer(key);
        let context = Context::new(name, &file_stem(name.plain()));
        match schema {
            ReferenceOr::Reference { .. } => {
                let target = self.schema(schema, &at, &context);
                self.push_type(
                    name.clone(),
                    &context,
                    &at,
                    String::new(),
                    TypeShape::Alias(target.ty),
                    false,
                );
            }
            ReferenceOr::Item(item) => self.define(name, item, &at, &context),
        }
    }

    fn push_type(
        &mut self,
        name: RustName,
        context: &Context,
        at: &Pointer,
        docs: String,
        shape: TypeShape,
        additional: bool,
    ) {
        self.types.push(TypeDef {
            name,
            file: context.file.clone(),
            pointer: at.clone(),
            docs,
            direction: crate::ir::Direction::default(),
            shape,
            additional,
            page: None,
            places: 1,
        });
    }

    fn skip(&mut self, at: &Pointer, reason: impl Into<String>) {
        self.skipped.push(Skipped { pointer: at.clone(), reason: reason.into() });
    }
}

fn component_pointer(key: &str) -> Pointer {
    Pointer::root().child("components").child("schemas").child(key)
}

/// The name that the description wishes for.
fn rust_name(extensions: &Extensions) -> Option<&str> {
    extensions.get("x-rust-name").and_then(Value::as_str)
}

/// A module that operations without a tag go to.
const UNTAGGED: &str = "operations";

fn new_module(tag: &str, name: RustName, docs: String) -> Module {
    Module { file: name.plain().to_owned(), name, tag: tag.to_owned(), docs, operations: Vec::new() }
}
