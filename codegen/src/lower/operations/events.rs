//! The union of all webhooks, which are usually delivered to one URL.
//!
//! A property whose listed values differ between all webhooks selects the variant, else a header with such values, else the
//! variant is the one that matches best. Webhooks with the same body share a variant if nothing distinguishes them.

use std::collections::{HashMap, HashSet};

use openapiv3::{Discriminator, ReferenceOr, Schema};

use super::incoming::IncomingDraft;
use crate::base::diagnostic::Findings;
use crate::base::digits;
use crate::base::name::{RustName, Scope, WireName};
use crate::base::pointer::Pointer;
use crate::ir::api::{Direction, EventUnion, TypeDef, TypeKind, UnionVariant};
use crate::ir::request::ParameterLocation;
use crate::ir::ty::Type;
use crate::ir::webhook::{Incoming, IncomingFormat, Selection};
use crate::lower::document::lookup::Document;
use crate::lower::extensions::event_source::{EVENTS, EventSource};
use crate::lower::schemas::discriminator::{Branch, Selector, property_names};
use crate::lower::schemas::union::variant_name;

/// The property that distinguishes all webhooks, and its values for each of them.
pub(in crate::lower) struct EventTags {
    property: String,
    values: Vec<Vec<String>>,
}

/// Returns the property that distinguishes all webhooks: that of the extension, whose values are the keys of the webhooks,
/// else one whose listed values differ between them; `None` if there is none.
pub(in crate::lower) fn tags<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    source: Option<&EventSource>,
    drafts: &[IncomingDraft<'a>],
) -> Option<EventTags> {
    match source {
        Some(EventSource::Header(_)) => None,
        Some(EventSource::Property(property)) => {
            check_declared(document, findings, property, drafts);
            let events = drafts.iter().filter(|draft| is_event(&draft.request));
            let values = events.map(|draft| vec![draft.request.key.clone()]).collect();
            Some(EventTags { property: property.clone(), values })
        }
        None => listed_tags(document, drafts),
    }
}

/// Reports a property that no webhook declares.
fn check_declared<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    property: &str,
    drafts: &[IncomingDraft<'a>],
) {
    let discriminator = Discriminator { property_name: property.to_owned(), ..Discriminator::default() };
    let selector = Selector { document, discriminator: &discriminator, common: Vec::new() };
    let schemas = drafts.iter().filter(|draft| is_event(&draft.request)).filter_map(|draft| draft.schema);
    let branches: Vec<_> = schemas.map(|schema| Branch::new(document, schema)).collect();
    if !selector.is_declared(&branches).0 {
        let message = format!("no webhook declares the property `{property}`");
        let help = "write the name of a property of the bodies; its value is the key of the webhook";
        findings.problem(&Pointer::root().child(EVENTS).child("property"), message, help);
    }
}

fn listed_tags<'a>(document: &Document<'a>, drafts: &[IncomingDraft<'a>]) -> Option<EventTags> {
    let schemas = drafts.iter().filter(|draft| is_event(&draft.request)).map(|draft| draft.schema);
    let schemas: Vec<&'a ReferenceOr<Schema>> = schemas.collect::<Option<_>>()?;
    let branches: Vec<_> = schemas.into_iter().map(|schema| Branch::new(document, schema)).collect();
    let first = branches.first()?;
    let mut names = Vec::new();
    property_names(document, first, &mut HashSet::new(), &mut names);
    names.into_iter().find_map(|property| {
        let discriminator = Discriminator { property_name: property.clone(), ..Discriminator::default() };
        let selector = Selector { document, discriminator: &discriminator, common: Vec::new() };
        let mut values = Vec::with_capacity(branches.len());
        let mut taken = HashSet::new();
        for branch in &branches {
            let own = selector.declared(branch);
            let is_new = |value: &String| !is_number(value) && taken.insert(value.clone());
            if own.is_empty() || !own.iter().all(is_new) {
                return None;
            }
            values.push(own);
        }
        Some(EventTags { property, values })
    })
}

/// Whether a value could be read as a number.
fn is_number(value: &str) -> bool {
    digits::json_number(value).is_some_and(|number| number == value)
}

/// Whether a request is read as a variant of the union.
fn is_event(request: &Incoming) -> bool {
    let is_typed = |format| matches!(format, IncomingFormat::Json | IncomingFormat::Form);
    request.callback.is_none() && request.body.as_ref().is_some_and(|body| is_typed(body.format))
}

/// The union of the webhooks; `None` if there are less than two. `types` are all named types.
pub(in crate::lower) fn union(
    requests: &[Incoming],
    (source, tags): (Option<&EventSource>, Option<EventTags>),
    types: &[TypeDef],
    file: &RustName,
) -> Option<EventUnion> {
    let events: Vec<_> = requests.iter().enumerate().filter(|(_, request)| is_event(request)).collect();
    if events.len() < 2 {
        return None;
    }
    let named = match source {
        Some(EventSource::Header(name)) => Some(name.clone()),
        _ => None,
    };
    let is_key = named.is_some();
    let header = if tags.is_none() { named.or_else(|| header(&events)) } else { None };
    let aliases = Aliases::of(types);
    let variants = variants(&events, tags.as_ref(), tags.is_none() && header.is_none(), &aliases);
    let is_equal =
        |one: &UnionVariant, other: &UnionVariant| aliases.resolved(&one.ty) == aliases.resolved(&other.ty);
    let has_equals = variants
        .iter()
        .enumerate()
        .any(|(index, (variant, _))| variants.iter().take(index).any(|(other, _)| is_equal(variant, other)));
    let is_listed = source.is_some() || header.is_some() && has_equals;
    let selections =
        header.map(|header| selections((&header, is_key), requests, &variants)).unwrap_or_default();
    let has_forms = events
        .iter()
        .any(|(_, request)| request.body.as_ref().is_some_and(|body| body.format == IncomingFormat::Form));
    let (variants, members) = variants.into_iter().unzip();
    let def = definition(
        TypeKind::Union { tag: tags.map(|tags| tags.property), variants, sources: Vec::new() },
        file,
        section(events.first()?.1),
    );
    Some(EventUnion { def, members, is_listed, has_forms, selections })
}

/// The variants, each with the requests that it stands for. If `shares` is set, requests with the same type share one.
fn variants(
    events: &[(usize, &Incoming)],
    tags: Option<&EventTags>,
    shares: bool,
    aliases: &Aliases<'_>,
) -> Vec<(UnionVariant, Vec<usize>)> {
    let mut variants: Vec<(UnionVariant, Vec<usize>)> = Vec::new();
    let mut names = Scope::with_reserved(&["Unknown"]);
    for (number, (index, request)) in events.iter().enumerate() {
        let Some(body) = &request.body else { continue };
        let ty = aliases.resolved(&body.ty);
        let is_same =
            |(known, _): &&mut (UnionVariant, Vec<usize>)| shares && aliases.resolved(&known.ty) == ty;
        if let Some((known, sharing)) = variants.iter_mut().find(is_same) {
            known.constraints.push(body.constraints.clone());
            sharing.push(*index);
            continue;
        }
        let own = tags.and_then(|tags| tags.values.get(number));
        let variant = UnionVariant {
            tags: own.into_iter().flatten().map(WireName::new).collect(),
            constraints: vec![body.constraints.clone()],
            ..UnionVariant::new(RustName::upper_camel(&event_name(request)), body.ty.clone())
        };
        variants.push((variant, vec![*index]));
    }
    for (variant, sharing) in &mut variants {
        let name = if sharing.len() > 1 { variant_name(&variant.ty) } else { variant.name.clone() };
        variant.name = names.claim(&name);
    }
    variants
}

/// The name of the variant of a request: that of its function without the verb.
fn event_name(request: &Incoming) -> String {
    let name = request.name.plain();
    name.strip_prefix("read_").unwrap_or(name).to_owned()
}

/// The header whose listed values differ between all webhooks.
fn header(events: &[(usize, &Incoming)]) -> Option<String> {
    let headers = |request: &Incoming| {
        let parameters = request.parameters.iter();
        let listed =
            parameters.filter(|own| own.location == ParameterLocation::Header && !own.values.is_empty());
        listed.map(|own| (own.wire.as_str().to_owned(), own.values.clone())).collect::<Vec<_>>()
    };
    let ((_, first), _) = events.split_first()?;
    headers(first).into_iter().map(|(name, _)| name).find(|name| {
        let mut taken = HashSet::new();
        events.iter().all(|(_, request)| {
            let own = headers(request).into_iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
            own.is_some_and(|(_, values)| values.into_iter().all(|value| taken.insert(value)))
        })
    })
}

fn selections(
    (header, is_key): (&str, bool),
    requests: &[Incoming],
    variants: &[(UnionVariant, Vec<usize>)],
) -> Vec<Selection> {
    let selection = |(variant, members): &(UnionVariant, Vec<usize>)| {
        let request = requests.get(*members.first()?)?;
        let is_it = |name: &str| name.eq_ignore_ascii_case(header);
        let parameter = request.parameters.iter().find(|own| is_it(own.wire.as_str()));
        let values = if is_key { vec![request.key.clone()] } else { parameter?.values.clone() };
        Some(Selection {
            header: header.to_owned(),
            values,
            variant: variant.name.clone(),
            format: request.body.as_ref()?.format,
        })
    };
    variants.iter().filter_map(selection).collect()
}

/// The location of all webhooks.
fn section(request: &Incoming) -> Pointer {
    let key = request.pointer.tokens().first();
    key.map_or_else(Pointer::root, |key| Pointer::root().child(key.as_str()))
}

fn definition(kind: TypeKind, file: &RustName, pointer: Pointer) -> TypeDef {
    TypeDef {
        name: RustName::upper_camel("WebhookEvent"),
        file: file.plain().to_owned(),
        written: pointer.clone(),
        pointer,
        docs: "An event: a request of any webhook.".to_owned(),
        constraints: Vec::new(),
        direction: Direction::Response,
        kind,
        additional: true,
        has_default: false,
        page: None,
        limits: Vec::new(),
        derives: Vec::new(),
        attributes: Vec::new(),
        occurrences: 1,
    }
}

/// The types that names stand for.
struct Aliases<'t>(HashMap<&'t RustName, &'t Type>);

impl<'t> Aliases<'t> {
    fn of(types: &'t [TypeDef]) -> Self {
        let alias = |def: &'t TypeDef| match &def.kind {
            TypeKind::Alias(ty) => Some((&def.name, ty)),
            _ => None,
        };
        Self(types.iter().filter_map(alias).collect())
    }

    fn resolved<'r>(&'r self, mut ty: &'r Type) -> &'r Type {
        // Aliases have no cycles. The bound guarantees that the loop ends.
        for _ in 0..=self.0.len() {
            let Type::Named(name) = ty else { break };
            let Some(target) = self.0.get(name) else { break };
            ty = target;
        }
        ty
    }
}
