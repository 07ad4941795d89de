//! The table of named types: made one by one, looked up by name, settled at the end.

use std::collections::{HashMap, HashSet};

use super::context::Context;
use super::reserved::RESERVED_TYPES;
use super::{alias, boxing, default, direction, share};
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, Scope};
use crate::base::pointer::Pointer;
use crate::ir::api::{Direction, Field, Module, TypeDef, TypeKind};
use crate::ir::extension::Page;
use crate::ir::ty::Type;

/// The types, in the order in which they were made: what a type is made of comes before it.
pub(super) struct Types {
    list: Vec<TypeDef>,
    names: Scope,
    /// Types of inline schemas that have been defined already, by place.
    inline: HashMap<Pointer, RustName>,
    /// Inline types that the description gives a name.
    named: HashSet<RustName>,
}

impl Types {
    pub(super) fn new() -> Self {
        Self {
            list: Vec::new(),
            names: Scope::with_reserved(&RESERVED_TYPES),
            inline: HashMap::new(),
            named: HashSet::new(),
        }
    }

    /// Whether a name is taken.
    pub(super) fn holds(&self, name: &RustName) -> bool {
        self.names.holds(name)
    }

    /// Takes a name, with a number behind it if it isn't free.
    pub(super) fn claim(&mut self, wanted: &RustName) -> RustName {
        self.names.claim(wanted)
    }

    /// The type of an inline schema that has one already.
    pub(super) fn inline(&self, at: &Pointer) -> Option<&RustName> {
        self.inline.get(at)
    }

    /// Takes a name for the type of an inline schema: the one that the description wishes for, or else a hint.
    pub(super) fn claim_inline(&mut self, at: &Pointer, wished: Option<&str>, hint: &str) -> RustName {
        let name = self.names.claim(&RustName::upper_camel(wished.unwrap_or(hint)));
        self.inline.insert(at.clone(), name.clone());
        if wished.is_some() {
            self.named.insert(name.clone());
        }
        name
    }

    /// Adds a type under a name that was taken for it.
    pub(super) fn push(
        &mut self,
        name: RustName,
        context: &Context,
        at: &Pointer,
        docs: String,
        kind: TypeKind,
        additional: bool,
    ) {
        self.list.push(TypeDef {
            name,
            file: context.file.clone(),
            pointer: at.clone(),
            docs,
            direction: Direction::default(),
            kind,
            additional,
            has_default: false,
            page: None,
            occurrences: 1,
        });
    }

    /// The type of a name.
    pub(super) fn find(&self, name: &RustName) -> Option<&TypeDef> {
        self.list.iter().find(|def| def.name == *name)
    }

    /// What the type's name stands for, if it is a name.
    pub(super) fn definition(&self, ty: &Type) -> Option<&TypeDef> {
        let Type::Named(name) = ty else { return None };
        self.find(name)
    }

    /// The type that a name stands for in the end; circles of aliases have been ended before.
    pub(super) fn resolve<'t>(&'t self, mut ty: &'t Type) -> &'t Type {
        while let Some(TypeKind::Alias(target)) = self.definition(ty).map(|def| &def.kind) {
            ty = target;
        }
        ty
    }

    /// The fields of a struct; `None` for any other type.
    pub(super) fn fields<'t>(&'t self, ty: &'t Type) -> Option<&'t [Field]> {
        match &self.definition(self.resolve(ty))?.kind {
            TypeKind::Model(fields) => Some(fields),
            _ => None,
        }
    }

    /// The type of a list's elements; `None` for any other type.
    pub(super) fn element<'t>(&'t self, ty: &'t Type) -> Option<&'t Type> {
        match self.resolve(ty) {
            Type::Array(element) => Some(element),
            _ => None,
        }
    }

    /// Marks a type as a page, which it can be of one list only; gives the type back that is a page of another.
    pub(super) fn mark_page(&mut self, ty: &Type, page: &Page) -> Option<(&RustName, &Page)> {
        let def = self.list.iter_mut().find(|def| ty.name() == Some(&def.name))?;
        let first = def.page.get_or_insert_with(|| page.clone());
        (first.items != page.items).then_some((&def.name, first))
    }

    /// Ends circles of aliases, which Rust has none of.
    pub(super) fn end_circles(&mut self, findings: &mut Findings) {
        alias::end_circles(&mut self.list, findings);
    }

    /// Settles what only all operations together tell: who makes values of a type, which ones are one, where a box
    /// is needed. `answers` are the types of all responses, errors too.
    pub(super) fn settled(self, modules: &mut [Module], answers: &[Type]) -> Vec<TypeDef> {
        let Self { mut list, mut names, named, .. } = self;
        direction::assign(&mut list, modules, answers);
        share::share(&mut list, modules, &named, &mut names);
        boxing::box_recursion(&mut list);
        default::assign(&mut list);
        list.sort_by(|a, b| (&a.file, a.pointer.tokens().len()).cmp(&(&b.file, b.pointer.tokens().len())));
        list
    }
}
