//! The package of the driver: the emitted modules as its library, and a function for each call.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use clientwright_serve::{FakeServer, ListeningServer, Sample};
use codegen::ir::{Api, Operation, Parameter, ParameterLocation, SchemeKind, StyleKind, Type, TypeKind};
use serde_json::{Value, json};

use super::calls::{self, Call};
use super::document::Document;
use crate::project;

/// What a call gave: the value of the response, or an error.
pub(super) type Outcomes = BTreeMap<String, Outcome>;

/// The outcome of a call.
pub(super) struct Outcome {
    /// The index of the call.
    pub(super) call: usize,
    /// The values that were sent.
    pub(super) sent: Sent,
    pub(super) result: Result<Value, String>,
}

/// The values of a request.
#[derive(Clone)]
pub(super) struct Sent {
    /// The values of parameters outside the body: location, name and value.
    pub(super) parameters: Vec<(String, String, Value)>,
    pub(super) body: Option<Value>,
    /// What the driver reads.
    arguments: Value,
}

/// The number of seeds that are tried for the values of a request.
const TRIES: u64 = 20;

pub(super) struct Package {
    folder: PathBuf,
}

impl Package {
    pub(super) fn new(name: &str, documents: &[Document], calls: &[Call]) -> Self {
        let package = Self { folder: project::root().join("target/compiled").join(name) };
        let _ = fs::remove_dir_all(&package.folder);
        let runtime = project::runtime().display().to_string();
        package.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"compiled-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\nname = \"client\"\n\n[workspace]\n\n\
                 [dependencies]\nclientwright-runtime = {{ path = {runtime:?}, features = [\"blocking\"] }}\n"
            ),
        );
        let mut library = "#![allow(warnings)]\n".to_owned();
        let mut main = include_str!("../../served/driver.rs").to_owned();
        let mut table = "static CALLS: &[fn(&Call) -> Outcome] = &[\n".to_owned();
        for (index, document) in documents.iter().enumerate() {
            let name = &document.name;
            library.push_str(&format!("pub mod {name} {{\n    include!(\"{name}.rs\");\n}}\n"));
            package.write(&format!("src/{name}.rs"), &document.output.files[0].text);
            main.push_str(&format!("mod calls_of_{name} {{\n{}", calls::head(name)));
            for (number, call) in calls.iter().enumerate().filter(|(_, call)| call.document == index) {
                main.push_str(&format!("pub(crate) fn call_{number}{}", call.code));
                table.push_str(&format!("    calls_of_{name}::call_{number},\n"));
            }
            main.push_str("}\n");
        }
        package.write("src/lib.rs", &library);
        package.write("src/main.rs", &format!("{main}{table}];\n"));
        xtask::corpus::copy_lock(&project::root(), &package.folder).unwrap();
        package
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Compiles and runs the driver. Calls with a value that couldn't be found are left out.
    pub(super) fn run(
        &self,
        documents: &[Document],
        served: &[ListeningServer],
        calls: &[Call],
        rounds: u64,
    ) -> Outcomes {
        let fakes: Vec<_> = documents.iter().map(Document::fake).collect();
        let mut outcomes = Outcomes::new();
        let mut lines = Vec::new();
        for (number, call) in calls.iter().enumerate() {
            for round in 0..rounds {
                let document = &documents[call.document];
                let fake = &fakes[call.document];
                let first = document.seed * 1_000 + round * TRIES;
                let mut reason = String::new();
                let found = (first..first + TRIES).find_map(|seed| {
                    let sample = sample(fake, &call.operation, seed)?;
                    sent(&document.output.api, &call.operation, &sample, round == 0)
                        .map_err(|why| reason = why)
                        .ok()
                });
                let Some(sent) = found else {
                    println!("{} {}: left out: {reason}", document.name, call.operation.id);
                    continue;
                };
                let agent = format!("call/{number}/{round}");
                let mut line = sent.arguments.clone();
                line["call"] = json!(number);
                line["agent"] = json!(agent);
                line["url"] = json!(served[call.document].url());
                lines.push(line);
                let result = Err("the driver printed nothing".to_owned());
                outcomes.insert(agent, Outcome { call: number, sent, result });
            }
        }
        self.write("calls.json", &json!(lines).to_string());
        for line in self.cargo_run().lines() {
            let printed: Value = serde_json::from_str(line).unwrap();
            let result = match printed.get("error") {
                Some(error) => Err(error.as_str().unwrap().to_owned()),
                None => Ok(printed["value"].clone()),
            };
            outcomes.get_mut(printed["agent"].as_str().unwrap()).unwrap().result = result;
        }
        outcomes
    }

    fn cargo_run(&self) -> String {
        let output = project::cargo_in(&self.folder, "run")
            .args(["--", "calls.json"])
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_INCREMENTAL", "0")
            .env_remove("http_proxy")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

fn sample(fake: &FakeServer, operation: &Operation, seed: u64) -> Option<Sample> {
    let media_type = operation.body.as_ref().map(|body| body.media_type.as_str());
    fake.sample(operation.method.as_str(), &operation.path, media_type, seed)
}

/// Returns the values of a request. An error says why a required one can't be sent.
fn sent(api: &Api, operation: &Operation, sample: &Sample, all: bool) -> Result<Sent, String> {
    let body = sample.body.as_ref().filter(|_| operation.body.is_some());
    let has_body = operation.body.as_ref().is_some_and(|body| all || body.required);
    if has_body && body.is_none_or(|body| !body.is_valid) {
        return Err("no valid body was found".to_owned());
    }
    if operation.parameters.iter().any(|parameter| has_key(api, operation, parameter)) {
        return Err("credentials have the name of a parameter".to_owned());
    }
    let (mut parameters, mut values, mut parts) = (Vec::new(), Vec::new(), serde_json::Map::new());
    for parameter in &operation.parameters {
        let name = parameter.wire.as_str();
        let (value, is_valid) = value_of(parameter, sample);
        if parameter.required && !is_valid {
            return Err(format!("no valid value was found for {name}"));
        }
        let is_ambiguous = is_ambiguous(operation, parameter, &value, sample)
            || value.is_object() && may_be_constant(api, &parameter.ty, 0);
        if parameter.required && is_ambiguous {
            return Err(format!("{value} can't be read as it is written for {name}"));
        }
        let is_sent = is_valid && !is_ambiguous && (all || parameter.required);
        values.push(if is_sent { value.to_string().into() } else { Value::Null });
        match location(parameter) {
            Some(location) if is_sent => parameters.push((location.to_owned(), name.to_owned(), value)),
            None if is_sent && parameter.location != ParameterLocation::PartHeader => {
                drop(parts.insert(name.to_owned(), value))
            }
            _ => {}
        }
    }
    let is_multipart =
        operation.body.as_ref().is_some_and(|body| body.kind == codegen::ir::BodyKind::Multipart);
    let value = body.map(|body| body.value.clone()).unwrap_or_default();
    let media_type = body.map(|body| concrete(&body.media_type, body.value.is_string())).unwrap_or_default();
    let arguments = json!({
        "values": values, "body": value.to_string(), "with_body": has_body, "media_type": media_type,
    });
    let body = if is_multipart {
        (!parts.is_empty()).then(|| Value::Object(parts))
    } else {
        has_body.then_some(value)
    };
    Ok(Sent { parameters, body, arguments })
}

/// Returns the value for a parameter, and whether it is valid.
fn value_of(parameter: &Parameter, sample: &Sample) -> (Value, bool) {
    let name = parameter.wire.as_str();
    let Some(location) = location(parameter) else {
        let body = sample.body.as_ref();
        let value = body.and_then(|body| body.value.get(name)).cloned();
        return match parameter.location {
            ParameterLocation::PartHeader => (json!("value"), parameter.ty == Type::String),
            _ => {
                (value.clone().unwrap_or_default(), value.is_some() && body.is_some_and(|body| body.is_valid))
            }
        };
    };
    let mut own =
        sample.parameters.iter().filter(|sample| sample.location == location && sample.name == name);
    own.next().map_or((Value::Null, false), |sample| (sample.value.clone(), sample.is_valid))
}

/// Returns whether a value can't be read as it is written: its properties look like other parameters, or a delimiter is
/// not encoded.
fn is_ambiguous(operation: &Operation, parameter: &Parameter, value: &Value, sample: &Sample) -> bool {
    let is_pair = [ParameterLocation::Query, ParameterLocation::Cookie].contains(&parameter.location);
    let is_spread = |parameter: &Parameter, value: &Value| {
        value.is_object()
            && parameter.style.explode
            && ![StyleKind::DeepObject, StyleKind::Json].contains(&parameter.style.kind)
    };
    let is_other = |other: &&Parameter| other.location == parameter.location && other.wire != parameter.wire;
    let is_mixed = |other: &Parameter| {
        let name = other.wire.as_str();
        let looks_alike = |key: &String| key == name || key.starts_with(&format!("{name}["));
        value.as_object().is_some_and(|entries| entries.keys().any(looks_alike))
            || is_spread(other, &value_of(other, sample).0)
    };
    let is_mixed =
        is_pair && is_spread(parameter, value) && operation.parameters.iter().filter(is_other).any(is_mixed);
    // RFC 6570 doesn't encode dots and hyphens, and has no empty arrays and objects.
    let text = value.to_string();
    let is_exploded_label = parameter.style.kind == StyleKind::Label && parameter.style.explode;
    let is_divided = parameter.location == ParameterLocation::Path
        && (text.contains('.') && (is_exploded_label || operation.path.contains("}."))
            || is_exploded_label && operation.path.contains("}.")
            || text.contains('-') && operation.path.contains("}-"));
    let is_styled = parameter.style.kind != StyleKind::Json && location(parameter).is_some();
    let is_empty = value.is_null() || is_styled && ["[]", "{}", "\"\""].contains(&text.as_str());
    let has_empty = ["[]", "{}", "null", "\"\":"].iter().any(|empty| text.contains(empty));
    let is_incomplete = parameter.style.kind == StyleKind::DeepObject && has_empty;
    // A delimiter within a nested value is encoded as one between values.
    let is_nested = text.matches(['[', '{']).count() > 1;
    let is_unclear =
        is_nested && [StyleKind::SpaceDelimited, StyleKind::PipeDelimited].contains(&parameter.style.kind);
    // Space around the value of a header field is not part of it.
    let is_trimmed = parameter.location == ParameterLocation::Header
        && (value.as_str().is_some_and(|text| text.trim() != text) || is_styled && !text.is_ascii());
    is_mixed || is_divided || is_empty || is_incomplete || is_unclear || is_trimmed
}

/// Returns whether a value of the type may be one of an enum of any values. The client sends no such constant that is an
/// object.
fn may_be_constant(api: &Api, ty: &Type, depth: usize) -> bool {
    let def = ty.name().and_then(|name| api.types.iter().find(|def| def.name == *name));
    depth < 4
        && match def.map(|def| &def.kind) {
            Some(TypeKind::OpenEnum { of: Type::Any, .. }) => true,
            Some(TypeKind::Alias(ty)) => may_be_constant(api, ty, depth + 1),
            Some(TypeKind::Union { variants, .. }) => {
                variants.iter().any(|variant| may_be_constant(api, &variant.ty, depth + 1))
            }
            _ => false,
        }
}

/// Returns whether the key of a security scheme has the name of a parameter.
fn has_key(api: &Api, operation: &Operation, parameter: &Parameter) -> bool {
    let requirements = operation.security.as_ref().unwrap_or(&api.access.security);
    let name = parameter.wire.as_str();
    let mut schemes = requirements.iter().flatten().filter_map(|name| api.access.scheme(name));
    schemes.any(|scheme| match &scheme.kind {
        SchemeKind::Header(key) => {
            parameter.location == ParameterLocation::Header && key.eq_ignore_ascii_case(name)
        }
        SchemeKind::Query(key) => parameter.location == ParameterLocation::Query && key == name,
        SchemeKind::Cookie(key) => parameter.location == ParameterLocation::Cookie && key == name,
        _ => false,
    })
}

/// Returns the location of a parameter outside the body.
fn location(parameter: &Parameter) -> Option<&'static str> {
    match parameter.location {
        ParameterLocation::Path => Some("path"),
        ParameterLocation::Query => Some("query"),
        ParameterLocation::QueryString => Some("querystring"),
        ParameterLocation::Header => Some("header"),
        ParameterLocation::Cookie => Some("cookie"),
        ParameterLocation::Part | ParameterLocation::File | ParameterLocation::PartHeader => None,
    }
}

/// Returns a media type of a range.
fn concrete(range: &str, is_string: bool) -> String {
    match range.strip_suffix("/*") {
        Some("image") => "image/png".to_owned(),
        Some("text") => "text/plain".to_owned(),
        Some("*") if is_string => "text/plain".to_owned(),
        Some(_) => "application/json".to_owned(),
        None => range.to_owned(),
    }
}
