//! Fields, their names, and the field of additional properties.

use indexmap::IndexMap;

use super::part::Property;
use super::used::Use;
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, Scope, WireName};
use crate::base::pointer::Pointer;
use crate::ir::api::Field;
use crate::ir::ty::Type;
use crate::lower::lowering::Lowering;

/// The name that a table or `x-rust-name` gives a field.
pub(super) fn given_name(
    lowering: &mut Lowering<'_, '_>,
    at: &Pointer,
    (wire, property): (&str, &[Property<'_>]),
    declared: Option<&str>,
) -> Option<RustName> {
    // The property may be declared in a component that is a part of the type.
    let parts = || property.iter().flatten();
    let mut inherited = parts().filter_map(|part| lowering.names.field(&part.at.parent()?.parent()?, wire));
    if let Some(name) = lowering.names.field(at, wire).or_else(|| inherited.next()) {
        return Some(RustName::snake(name));
    }
    let declared = declared?;
    let name = RustName::snake(declared);
    if declared != name.plain() {
        let node = parts().next().map_or(at, |part| &part.at);
        let message = format!(
            "the `x-rust-name` {declared:?} is not written as Rust writes such names; `{name}` is used"
        );
        lowering.findings.warning(node, message, format!("write `{}`", name.plain()));
    }
    Some(name)
}

/// The names of fields, and one for the map of additional properties. Names given by hand come first, so that the others
/// get a number where they clash.
pub(super) fn field_names(
    findings: &mut Findings,
    properties: &IndexMap<String, Vec<Property<'_>>>,
    uses: &[(Use, Option<RustName>)],
) -> (Vec<RustName>, RustName) {
    let mut names = Scope::with_reserved(&["extra"]);
    let mut given = Vec::with_capacity(uses.len());
    for ((wire, property), (_, name)) in properties.iter().zip(uses) {
        if let (Some(name), Some(part)) = (name, property.iter().flatten().next())
            && names.contains(name)
        {
            let message = format!("the field name `{name}` is taken; a number is appended for `{wire}`");
            findings.warning(&part.at, message, "give one of the two another name");
        }
        given.push(name.as_ref().map(|name| names.claim(name)));
    }
    let all = properties.keys().zip(given);
    let fields = all.map(|(wire, given)| given.unwrap_or_else(|| names.claim(&RustName::snake(wire))));
    let fields = fields.collect();
    (fields, names.claim(&RustName::snake("additional")))
}

/// The field of a property. `required` says whether the schema requires it, and whether responses may lack it all the same.
pub(super) fn field(wire: &str, name: RustName, (required, lax): (bool, bool), used: Use) -> Field {
    Field {
        wire: WireName::new(wire),
        name,
        required,
        lax: lax && required,
        read_only: used.read_only,
        write_only: used.write_only,
        nullable: used.nullable && !used.ty.has_null(),
        lenient: used.lenient,
        docs: used.docs,
        constraints: used.constraints,
        deprecated: used.deprecated,
        default: used.default,
        constant: false,
        attributes: Vec::new(),
        ty: used.ty,
        is_map: false,
    }
}

/// The field with the additional properties.
pub(super) fn map_field(name: RustName, ty: Type) -> Field {
    Field {
        wire: WireName::new(""),
        name,
        ty: Type::Map(Box::new(ty)),
        required: false,
        lax: false,
        read_only: false,
        write_only: false,
        nullable: false,
        lenient: false,
        docs: "Additional properties.".to_owned(),
        constraints: Vec::new(),
        deprecated: false,
        default: None,
        constant: false,
        attributes: Vec::new(),
        is_map: true,
    }
}
