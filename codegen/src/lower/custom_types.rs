//! Types that the configuration or `x-rust-type` give schemas and formats.

use std::collections::HashSet;

use serde_json::Value;

use super::context::Extensions;
use super::selector::{exists, selectors};
use super::usual_types::{usual_formats, usual_type};
use crate::base::customizations::{Customizations, TypeSetting};
use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::base::rust_path::RustPath;
use crate::ir::custom::{CustomConversion, CustomType};
use crate::ir::ty::Type;

/// The extension with a type for generated code.
const RUST_TYPE: &str = "x-rust-type";

/// The types that are not made of schemas.
pub(super) struct CustomTypes<'a> {
    given: &'a Customizations,
    /// Returns the pointer of a node as the description is written.
    written: &'a dyn Fn(&Pointer) -> Pointer,
    /// The keys of schemas and formats that were found.
    used: HashSet<String>,
    /// The settings that are invalid, which are reported once.
    reported: HashSet<String>,
}

impl<'a> CustomTypes<'a> {
    pub(super) fn new(given: &'a Customizations, written: &'a dyn Fn(&Pointer) -> Pointer) -> Self {
        Self { given, written, used: HashSet::new(), reported: HashSet::new() }
    }

    /// The type that the configuration gives the schema at a node. `ty` finds the type that the schema declares, which may be
    /// behind a chain of references.
    pub(super) fn given<'t>(
        &mut self,
        findings: &mut Findings,
        at: &Pointer,
        ty: impl FnOnce() -> Option<&'t str>,
    ) -> Option<Type> {
        if self.given.schemas.is_empty() {
            return None;
        }
        let given = self.given;
        let key =
            selectors(at, &(self.written)(at)).into_iter().find(|key| given.schemas.contains_key(key))?;
        let setting = given.schemas.get(&key)?;
        self.used.insert(key.clone());
        self.valid(findings, setting, ty())
    }

    /// The type that a schema declares by `x-rust-type`.
    pub(super) fn declared(
        findings: &mut Findings,
        at: &Pointer,
        extensions: &Extensions,
        ty: Option<&str>,
    ) -> Option<Type> {
        let declared = extensions.get(RUST_TYPE)?;
        let at = at.child(RUST_TYPE);
        let text = |key: &str| declared.get(key).and_then(Value::as_str).map(str::to_owned);
        let path = declared.as_str().map(str::to_owned).or_else(|| text("type"));
        let setting = TypeSetting { ty: path, with: text("with"), ..TypeSetting::default() };
        match custom(&setting, ty) {
            Ok(custom) => Some(custom),
            Err((message, help)) => {
                findings.problem_once(&at, message, help);
                None
            }
        }
    }

    /// The type of values with a format.
    pub(super) fn of_format(&mut self, findings: &mut Findings, ty: &str, format: &str) -> Option<Type> {
        if self.given.formats.is_empty() && !self.given.usual_types {
            return None;
        }
        let key = if ty == "string" { format.to_owned() } else { format!("{ty}:{format}") };
        let given = self.given;
        if let Some(setting) = given.formats.get(&key) {
            self.used.insert(key.clone());
            if setting.ty.is_some() {
                return self.valid(findings, setting, Some(ty));
            }
            let Some(usual) = usual_type(&key) else {
                let known: Vec<_> = usual_formats().collect();
                let message = format!("there is no usual type for the format {key:?}");
                let help = format!("write the path of a type; these have a usual one: {}", known.join(", "));
                self.report(findings, setting, message, &help);
                return None;
            };
            return custom(&TypeSetting { with: setting.with.clone().or(usual.with), ..usual }, Some(ty))
                .ok();
        }
        // Its type rejects `10:00:00Z`, so it is chosen by name only.
        let is_chosen = self.given.usual_types && key != "time";
        let usual = is_chosen.then(|| usual_type(&key)).flatten()?;
        custom(&usual, Some(ty)).ok()
    }

    /// Reports settings for schemas and formats that the document doesn't have. `whole` is the document before operations
    /// were selected.
    pub(super) fn check_used(&self, whole: &Value, findings: &mut Findings) {
        let schemas: Vec<&str> = whole
            .pointer("/components/schemas")
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(|schemas| schemas.keys().map(String::as_str))
            .collect();
        for (key, setting) in self.given.schemas.iter().filter(|(key, _)| !self.used.contains(*key)) {
            if exists(key, whole) {
                continue;
            }
            let help = match findings.nearest(key, schemas.iter().copied()) {
                Some(near) => format!("did you mean {near:?}?"),
                None => {
                    "write the key of a component schema, a property of it (\"Pet.name\"), or a pointer: \"#/paths/…\""
                        .to_owned()
                }
            };
            let at = (setting.at.location.clone(), setting.at.snippet.clone());
            findings.error_at(at, format!("there is no schema {key:?}"), help);
        }
    }

    fn valid(&mut self, findings: &mut Findings, setting: &TypeSetting, ty: Option<&str>) -> Option<Type> {
        match custom(setting, ty) {
            Ok(custom) => Some(custom),
            Err((message, help)) => {
                self.report(findings, setting, message, help);
                None
            }
        }
    }

    fn report(&mut self, findings: &mut Findings, setting: &TypeSetting, message: String, help: &str) {
        if self.reported.insert(format!("{}: {message}", setting.at.location)) {
            findings.error_at((setting.at.location.clone(), setting.at.snippet.clone()), message, help);
        }
    }
}

/// The type of a setting. An error is what is wrong, and how to fix it.
fn custom(setting: &TypeSetting, ty: Option<&str>) -> Result<Type, (String, &'static str)> {
    let path = RustPath::parse(setting.ty.as_deref().unwrap_or_default())?;
    let conversion = match (setting.with.as_deref(), ty) {
        (None | Some("string"), Some("integer" | "number")) => CustomConversion::Number,
        (None, Some("string")) | (Some("string"), _) => CustomConversion::Text,
        (None | Some("json"), _) => CustomConversion::Serde,
        (Some("base64"), _) => CustomConversion::Base64,
        (Some(with), _) => match RustPath::parse(with) {
            Ok(path) => CustomConversion::Path(path.as_str().to_owned()),
            Err(_) => {
                return Err((
                    format!("{with:?} is not a conversion"),
                    "write \"string\", \"json\" or \"base64\", or the path of a type that implements `Conversion`",
                ));
            }
        },
    };
    Ok(Type::Custom(CustomType { path, conversion }))
}
