//! The type of a response: one type, `None` beside it, or an enum whose variant depends on the status code.

use crate::base::name::{RustName, Scope};
use crate::base::pointer::Pointer;
use crate::ir::api::{StatusVariant, TypeKind};
use crate::ir::constraint::Constraint;
use crate::ir::request::{ResponseBody, ResponseFormat};
use crate::ir::ty::Type;
use crate::lower::context::Context;
use crate::lower::schemas::union::variant_name;
use crate::lower::types::table::Types;

/// A response that is a value, with its status code or range.
pub(super) struct Outcome {
    status: String,
    kind: OutcomeKind,
}

enum OutcomeKind {
    Content(OutcomeContent),
    Empty,
    NotModified,
    Redirect,
}

/// The content of a success.
pub(super) struct OutcomeContent {
    pub(super) ty: Type,
    pub(super) format: ResponseFormat,
    /// The value of `Accept`, if it is not that of JSON.
    pub(super) accept: Option<String>,
    /// The types of content in other media types.
    pub(super) others: Vec<Type>,
    /// All media types, the usual one first.
    pub(super) media_types: Vec<String>,
    /// What the content has to meet beyond its type.
    pub(super) constraints: Vec<Constraint>,
}

/// The type of a response, and how it is read.
#[derive(Default)]
pub(super) struct ChosenType {
    /// `None` if a response has no content.
    pub(super) ty: Option<Type>,
    pub(super) format: ResponseFormat,
    /// The status codes for which the value is `None`.
    pub(super) empty_statuses: Vec<String>,
    pub(super) accept: Option<String>,
    /// The types by status code, if they differ.
    pub(super) successes: Vec<ResponseBody>,
}

impl OutcomeContent {
    /// Content that the description doesn't say: any JSON, or nothing.
    pub(super) fn unknown() -> Self {
        Self {
            ty: nullable(Type::Any),
            format: ResponseFormat::Json,
            accept: None,
            others: Vec::new(),
            media_types: Vec::new(),
            constraints: Vec::new(),
        }
    }
}

impl Outcome {
    pub(super) fn content(status: String, content: OutcomeContent) -> Self {
        Self { status, kind: OutcomeKind::Content(content) }
    }

    pub(super) fn empty(status: String) -> Self {
        Self { status, kind: OutcomeKind::Empty }
    }

    pub(super) fn not_modified(status: String) -> Self {
        Self { status, kind: OutcomeKind::NotModified }
    }

    pub(super) fn redirect(status: String) -> Self {
        Self { status, kind: OutcomeKind::Redirect }
    }

    fn as_content(&self) -> Option<&OutcomeContent> {
        match &self.kind {
            OutcomeKind::Content(content) => Some(content),
            _ => None,
        }
    }

    fn is_redirect(&self) -> bool {
        matches!(self.kind, OutcomeKind::Redirect)
    }

    fn is_not_modified(&self) -> bool {
        matches!(self.kind, OutcomeKind::NotModified)
    }
}

/// The status codes of redirects that are values.
pub(super) fn redirects(outcomes: &[Outcome]) -> Vec<String> {
    let redirects = outcomes.iter().filter(|outcome| outcome.is_redirect() || outcome.is_not_modified());
    redirects.map(|outcome| outcome.status.clone()).collect()
}

/// Chooses the type of a response.
///
/// With one type of content, a status code without content gives `None`. Everything else that differs by the status code
/// becomes an enum.
pub(super) fn choose(
    types: &mut Types,
    outcomes: Vec<Outcome>,
    at: &Pointer,
    context: &Context,
) -> ChosenType {
    let mut contents: Vec<&OutcomeContent> = Vec::new();
    for content in outcomes.iter().filter_map(Outcome::as_content) {
        if !contents.iter().any(|known| (&known.ty, known.format) == (&content.ty, content.format)) {
            contents.push(content);
        }
    }
    let has = |is: fn(&Outcome) -> bool| outcomes.iter().any(is);
    let has_redirect = has(Outcome::is_redirect);
    let has_not_modified = has(Outcome::is_not_modified);
    let has_empty = has(|outcome| matches!(outcome.kind, OutcomeKind::Empty));
    let accept = joined_accept(&contents);
    match (contents.as_slice(), has_redirect) {
        ([], false) if !(has_empty && has_not_modified) => ChosenType::default(),
        ([], true) if !has_empty && !has_not_modified => {
            ChosenType { ty: Some(Type::Redirect), format: ResponseFormat::Redirect, ..ChosenType::default() }
        }
        ([one], false) if !(has_empty && has_not_modified) => {
            // A stream without content has no items.
            let is_empty =
                |outcome: &&Outcome| one.format != ResponseFormat::Events && outcome.as_content().is_none();
            let empty = outcomes.iter().filter(is_empty);
            let empty_statuses: Vec<_> = empty.map(|outcome| outcome.status.clone()).collect();
            let ty = one.ty.clone();
            let ty = if empty_statuses.is_empty() { ty } else { nullable(ty) };
            ChosenType { ty: Some(ty), format: one.format, empty_statuses, accept, ..ChosenType::default() }
        }
        _ => {
            let successes = successes(&outcomes);
            let ty = Some(by_status(types, outcomes, at, context));
            ChosenType { ty, format: ResponseFormat::ByStatus, accept, successes, ..ChosenType::default() }
        }
    }
}

fn successes(outcomes: &[Outcome]) -> Vec<ResponseBody> {
    let known = outcomes.iter().filter_map(|outcome| {
        let ty = match &outcome.kind {
            OutcomeKind::Content(content) if content.format == ResponseFormat::Events => Type::String,
            OutcomeKind::Content(content) => content.ty.clone(),
            OutcomeKind::Redirect => Type::Redirect,
            OutcomeKind::Empty | OutcomeKind::NotModified => return None,
        };
        Some(ResponseBody { status: outcome.status.clone(), ty })
    });
    known.collect()
}

/// An enum with a variant for each type of error response.
pub(super) fn errors(types: &mut Types, errors: &[ResponseBody], at: &Pointer, context: &Context) -> Type {
    let mut variants = Variants::new();
    for ResponseBody { status, ty } in errors {
        let inner = context.inner("Error").hint;
        let is_inline = |name: &RustName| name.plain().starts_with(&inner);
        let wished = match ty {
            Type::Named(name) if !is_inline(name) => variant_name(ty),
            _ if status == "default" => RustName::upper_camel("Default"),
            _ => status_name(status),
        };
        variants.add(&wished, Some(ty.clone()), ResponseFormat::Json, status.clone());
    }
    let docs = "An error response, which depends on its status code.".to_owned();
    variants.push(types, "Failure", at, docs, context)
}

/// An enum with a variant for each type, and for each status code without content.
fn by_status(types: &mut Types, outcomes: Vec<Outcome>, at: &Pointer, context: &Context) -> Type {
    let mut variants = Variants::new();
    for Outcome { status, kind } in outcomes {
        let (wished, ty, format) = match kind {
            // A function of its own reads the items.
            OutcomeKind::Content(content) if content.format == ResponseFormat::Events => {
                (RustName::upper_camel("Text"), Some(Type::String), ResponseFormat::Text)
            }
            OutcomeKind::Content(content) => {
                let wished = content_name(&content, &status, context);
                (wished, Some(content.ty), content.format)
            }
            OutcomeKind::Redirect => {
                (RustName::upper_camel("Redirect"), Some(Type::Redirect), ResponseFormat::Redirect)
            }
            OutcomeKind::Empty | OutcomeKind::NotModified => {
                (status_name(&status), None, ResponseFormat::Json)
            }
        };
        variants.add(&wished, ty, format, status);
    }
    let docs = "A successful response, which depends on its status code.".to_owned();
    variants.push(types, "Success", at, docs, context)
}

/// The variants of an enum whose variant depends on the status code.
struct Variants {
    names: Scope,
    all: Vec<StatusVariant>,
}

impl Variants {
    fn new() -> Self {
        Self { names: Scope::with_reserved(&["Unknown"]), all: Vec::new() }
    }

    /// Adds a status code to the variant with a type, or a new one.
    fn add(&mut self, wished: &RustName, ty: Option<Type>, format: ResponseFormat, status: String) {
        let same = |known: &&mut StatusVariant| ty.is_some() && (&known.ty, known.format) == (&ty, format);
        if let Some(known) = self.all.iter_mut().find(same) {
            known.statuses.push(status);
        } else {
            let name = self.names.claim(wished);
            self.all.push(StatusVariant { name, ty, format, statuses: vec![status] });
        }
    }

    fn push(self, types: &mut Types, suffix: &str, at: &Pointer, docs: String, context: &Context) -> Type {
        let name = types.claim(&RustName::upper_camel(&context.inner(suffix).hint));
        types.push(name.clone(), context, at, docs, TypeKind::ByStatus(self.all), false);
        Type::Named(name)
    }
}

/// The name of a variant: that of its type. An inline type is only known by the status code.
fn content_name(content: &OutcomeContent, status: &str, context: &Context) -> RustName {
    let is_inline = |name: &RustName| name.plain().starts_with(&context.inner("Response").hint);
    match (content.format, &content.ty) {
        (ResponseFormat::Text, _) => RustName::upper_camel("Text"),
        (ResponseFormat::Bytes, _) => RustName::upper_camel("Bytes"),
        (ResponseFormat::Items, _) => RustName::upper_camel("Items"),
        (_, Type::Named(name)) if is_inline(name) => status_name(status),
        (_, ty) => variant_name(ty),
    }
}

/// The name of a status code, as RFC 9110 and the registry of IANA spell it.
fn status_name(status: &str) -> RustName {
    RustName::upper_camel(match status {
        "200" => "Ok",
        "201" => "Created",
        "202" => "Accepted",
        "203" => "NonAuthoritativeInformation",
        "204" => "NoContent",
        "205" => "ResetContent",
        "206" => "PartialContent",
        "207" => "MultiStatus",
        "208" => "AlreadyReported",
        "226" => "ImUsed",
        "304" => "NotModified",
        _ => return RustName::upper_camel(&format!("Status{status}")),
    })
}

/// The type with null added, for a response without content.
fn nullable(ty: Type) -> Type {
    match ty {
        Type::Nullable(_) => ty,
        ty => Type::Nullable(Box::new(ty)),
    }
}

/// The header field `Accept` of several contents. `None` if all are JSON.
fn joined_accept(contents: &[&OutcomeContent]) -> Option<String> {
    match contents {
        [] => None,
        [one] => one.accept.clone(),
        several if several.iter().all(|content| content.accept.is_none()) => None,
        several => {
            // Any media type is read as JSON.
            let first = |content: &&OutcomeContent| {
                let first = content.media_types.first()?;
                let is_any = content.format == ResponseFormat::Json && first.starts_with('*');
                Some(if is_any { "application/json".to_owned() } else { first.clone() })
            };
            let mut media_types: Vec<_> = several.iter().filter_map(first).collect();
            media_types.dedup();
            Some(accept(&media_types.iter().map(String::as_str).collect::<Vec<_>>()))
        }
    }
}

/// The header field `Accept` for media types other than JSON. Others are accepted with a lower weight.
pub(super) fn accept(media_types: &[&str]) -> String {
    const ANYTHING: &str = "*/*";
    let sendable = |text: &&&str| !text.is_empty() && text.bytes().all(|byte| (b' '..0x7f).contains(&byte));
    let named = media_types.iter().filter(sendable).filter(|media_type| !media_type.starts_with('*'));
    let named: Vec<_> = named.copied().collect();
    if named.is_empty() {
        return ANYTHING.to_owned();
    }
    format!("{}, {ANYTHING};q=0.1", named.join(", "))
}
