//! The table of named types. It is completed once all operations are lowered.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::alias;
use super::boxing;
use super::conversion;
use super::direction;
use super::reserved::RESERVED_TYPES;
use super::{default, share_enums, share_objects, shared_type};
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, Scope, file_stem};
use crate::base::pointer::Pointer;
use crate::ir::api::{Direction, Field, Module, Operation, TypeDef, TypeKind};
use crate::ir::constraint::Constraint;
use crate::ir::extension::Page;
use crate::ir::ty::Type;
use crate::lower::context::Context;

/// The types, in the order in which they were made: a type comes after those that it contains.
pub(in crate::lower) struct Types {
    list: Vec<TypeDef>,
    /// The indices of the types in the list.
    indices: HashMap<RustName, usize>,
    names: Scope,
    /// Names of the types of inline schemas, by the locations of all schemas that apply.
    inline: HashMap<String, RustName>,
    /// Inline types that keep their names, for example since the description names them.
    named: HashSet<RustName>,
}

impl Types {
    pub(in crate::lower) fn new() -> Self {
        Self {
            list: Vec::new(),
            indices: HashMap::new(),
            names: Scope::with_reserved(&RESERVED_TYPES),
            inline: HashMap::new(),
            named: HashSet::new(),
        }
    }

    /// Reserves a name, with a number appended if it is taken.
    pub(in crate::lower) fn claim(&mut self, wanted: &RustName) -> RustName {
        self.names.claim(wanted)
    }

    /// Reserves a name that stays as it is, even if another type is equal.
    pub(in crate::lower) fn claim_fixed(&mut self, wanted: &RustName) -> RustName {
        let name = self.names.claim(wanted);
        self.named.insert(name.clone());
        name
    }

    /// The name of the type of an inline schema, if there is one.
    pub(in crate::lower) fn inline(&self, key: &str) -> Option<&RustName> {
        self.inline.get(key)
    }

    /// Reserves a name for the type of an inline schema: `wished` if it is given, else one made of `hint`.
    pub(in crate::lower) fn claim_inline(
        &mut self,
        key: String,
        wished: Option<&str>,
        hint: &str,
    ) -> RustName {
        let name = self.names.claim(&RustName::upper_camel(wished.unwrap_or(hint)));
        self.inline.insert(key, name.clone());
        if wished.is_some() {
            self.named.insert(name.clone());
        }
        name
    }

    /// Adds a type under a name that was reserved for it.
    pub(in crate::lower) fn push(
        &mut self,
        name: RustName,
        context: &Context,
        at: &Pointer,
        docs: String,
        kind: TypeKind,
        additional: bool,
    ) {
        self.indices.insert(name.clone(), self.list.len());
        self.list.push(TypeDef {
            name,
            file: context.file.clone(),
            pointer: at.clone(),
            written: at.clone(),
            docs,
            constraints: Vec::new(),
            direction: Direction::default(),
            kind,
            additional,
            has_default: false,
            limits: Vec::new(),
            derives: Vec::new(),
            attributes: Vec::new(),
            page: None,
            occurrences: 1,
        });
    }

    /// Adds what the values of a type have to meet.
    pub(in crate::lower) fn constrain(&mut self, name: &RustName, constraints: Vec<Constraint>) {
        if let Some(def) = self.find_mut(name) {
            def.constraints = constraints;
        }
    }

    /// The type of a name.
    pub(in crate::lower) fn find(&self, name: &RustName) -> Option<&TypeDef> {
        self.list.get(*self.indices.get(name)?)
    }

    fn find_mut(&mut self, name: &RustName) -> Option<&mut TypeDef> {
        self.list.get_mut(*self.indices.get(name)?)
    }

    /// The definition of a named type.
    pub(in crate::lower) fn definition(&self, ty: &Type) -> Option<&TypeDef> {
        let Type::Named(name) = ty else { return None };
        self.find(name)
    }

    /// Follows aliases to a type. Cycles of aliases have to be ended before.
    pub(in crate::lower) fn resolve<'t>(&'t self, mut ty: &'t Type) -> &'t Type {
        while let Some(TypeKind::Alias(target)) = self.definition(ty).map(|def| &def.kind) {
            ty = target;
        }
        ty
    }

    /// The fields of a struct; `None` for any other type.
    pub(in crate::lower) fn fields<'t>(&'t self, ty: &'t Type) -> Option<&'t [Field]> {
        match &self.definition(self.resolve(ty))?.kind {
            TypeKind::Model(fields) => Some(fields),
            _ => None,
        }
    }

    /// The type of the items of an array; `None` for any other type.
    pub(in crate::lower) fn element<'t>(&'t self, ty: &'t Type) -> Option<&'t Type> {
        match self.resolve(ty) {
            Type::Array(element) => Some(element),
            _ => None,
        }
    }

    /// Marks a type as a page. Returns the type if it is already a page of another array.
    pub(in crate::lower) fn mark_page(&mut self, ty: &Type, page: &Page) -> Option<(&RustName, &Page)> {
        let def = self.find_mut(ty.name()?)?;
        let first = def.page.get_or_insert_with(|| page.clone());
        (first.items != page.items).then_some((&def.name, first))
    }

    /// Ends cycles of aliases.
    pub(in crate::lower) fn end_cycles(&mut self, findings: &mut Findings) {
        alias::end_cycles(&mut self.list, findings);
    }

    /// Completes the types once all operations are known: their direction, sharing of equal types, and boxes.
    /// `response_types` are the types of all responses, error responses included. Also returns the schemas whose
    /// constraints the docs state.
    pub(in crate::lower) fn completed(
        self,
        modules: &mut [Module],
        response_types: &[Type],
    ) -> (Vec<TypeDef>, BTreeSet<Pointer>) {
        let Self { mut list, mut names, named, .. } = self;
        let of_types = list.iter().flat_map(TypeDef::constraints);
        let of_operations =
            modules.iter().flat_map(|module| &module.operations).flat_map(Operation::constraints);
        let documented = of_types.chain(of_operations).map(|constraint| constraint.pointer.clone()).collect();
        direction::assign(&mut list, modules, response_types);
        share_objects::share(&mut list, &named, &mut names);
        share_enums::share(&mut list, &named, &mut names);
        shared_type::join_files(&mut list);
        boxing::box_recursion(&mut list);
        default::assign(&mut list);
        conversion::assign(&mut list);
        default::mark_constants(&mut list);
        // The type that a file is named after comes first.
        list.sort_by_cached_key(|def| {
            (def.file.clone(), file_stem(def.name.plain()) != def.file, def.pointer.tokens().len())
        });
        (list, documented)
    }
}
