//! Spells the root of a document, and its reusable parts.

use serde_json::{Value, json};

use super::access::servers;
use super::shared::Shared;
use super::site::Site;
use super::speller::Speller;
use crate::base::diagnostic::Findings;
use crate::base::json_object::JsonObject;
use crate::base::pointer::Pointer;
use crate::base::written_pointers::WrittenPointers;
use crate::grammar::object_kind::ObjectKind;
use crate::normalize::normalizer::check_swagger;
use crate::read::bundle::bundler::Bundled;

/// Spells a document of Swagger 2.0 as OpenAPI 3.0. Leaves other documents as they are.
pub(crate) fn spelled<'a>(bundled: Bundled<'a>, findings: &mut Findings) -> Bundled<'a> {
    let Bundled { mut document, mut tree } = bundled;
    if ObjectKind::of_root(&tree) == Some(ObjectKind::Swagger) {
        check_version(&tree, findings);
        check_swagger(&mut tree, findings);
        let written = spell(&mut tree, findings);
        document.spell(tree.clone(), written, findings);
    }
    Bundled { document, tree }
}

fn check_version(tree: &Value, findings: &mut Findings) {
    if tree.get("swagger").is_some_and(|version| !version.is_string()) {
        let message = "the version must be a string, not a number";
        findings.warning(&Pointer::root().child("swagger"), message, "put it in quotes: `swagger: '2.0'`");
    }
}

fn spell(tree: &mut Value, findings: &mut Findings) -> WrittenPointers {
    let Value::Object(entries) = tree else { return WrittenPointers::default() };
    let entries = std::mem::take(entries);
    let shared = Shared::of(&entries);
    let mut speller = Speller { findings, written: WrittenPointers::default(), shared };
    *tree = Value::Object(speller.root(entries));
    speller.written
}

impl Speller<'_> {
    fn root(&mut self, entries: JsonObject) -> JsonObject {
        let servers = servers(self, &entries);
        let components = Pointer::root().child("components");
        let mut spelled = JsonObject::new();
        let mut sections = JsonObject::new();
        spelled.insert("openapi".to_owned(), json!("3.0.3"));
        for (key, value) in entries {
            let from = Pointer::root().child(key.as_str());
            let site = |section: &str| Site { from: from.clone(), to: components.child(section) };
            match key.as_str() {
                "swagger" | "host" | "basePath" | "schemes" | "consumes" | "produces" => {}
                "paths" => {
                    spelled.insert(key, self.paths(value, &Site::same(from)));
                }
                "definitions" => {
                    let section = self.section(value, &site("schemas"), Self::definition);
                    sections.insert("schemas".to_owned(), section);
                }
                "parameters" => {
                    let section = self.shared_parameters(value, &site("parameters"));
                    sections.insert("parameters".to_owned(), section);
                }
                "responses" => {
                    let section = self.section(value, &site("responses"), Self::shared_response);
                    sections.insert("responses".to_owned(), section);
                }
                "securityDefinitions" => {
                    let section = self.section(value, &site("securitySchemes"), Self::security_scheme);
                    sections.insert("securitySchemes".to_owned(), section);
                }
                _ => {
                    spelled.insert(key, value);
                }
            }
        }
        if let Some(servers) = servers {
            spelled.entry("servers").or_insert(servers);
        }
        if !sections.is_empty() {
            spelled.insert("components".to_owned(), Value::Object(sections));
        }
        spelled
    }

    /// Spells each entry of a section.
    fn section(
        &mut self,
        value: Value,
        site: &Site,
        spell: impl Fn(&mut Self, Value, &Site) -> Value,
    ) -> Value {
        self.written.moved(&site.to, &site.from);
        let Value::Object(entries) = value else { return value };
        let spelled = entries.into_iter().map(|(key, value)| {
            let value = spell(self, value, &site.child(&key));
            (key, value)
        });
        Value::Object(spelled.collect())
    }

    fn definition(&mut self, mut value: Value, site: &Site) -> Value {
        self.schema(&mut value, site);
        value
    }
}
