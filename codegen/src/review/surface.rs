//! A summary of the crate's API, one line for each operation.

use std::fmt::Write as _;

use crate::ir::api::{Api, Operation};
use crate::ir::ty::Type;
use crate::render::argument::body_arguments;
use crate::render::symbol::DisplayNames;
use crate::render::types::type_text;

/// Returns a line for each operation: method, path, function, arguments, `[optional]` arguments, result.
#[must_use]
pub fn surface(api: &Api) -> String {
    let mut text = String::new();
    for (module, operation) in api.operations() {
        // Writing to a String can't fail.
        let _ = writeln!(
            text,
            "{} {} → {}::{}",
            operation.method.as_str(),
            operation.path,
            module.name,
            signature(operation)
        );
    }
    text
}

fn signature(operation: &Operation) -> String {
    let argument = |name: &str, ty: &Type| format!("{name}: {}", type_text(ty, &mut DisplayNames("")));
    let mut arguments: Vec<_> =
        operation.required().map(|parameter| argument(parameter.name.plain(), &parameter.ty)).collect();
    for (name, ty) in operation.body.iter().flat_map(|body| body_arguments(body, &mut DisplayNames(""))) {
        arguments.push(format!("{name}: {}", ty.replace('&', "")));
    }
    let optional: Vec<_> =
        operation.optional().map(|parameter| argument(parameter.name.plain(), &parameter.ty)).collect();
    let optional = if optional.is_empty() { String::new() } else { format!(" [{}]", optional.join(", ")) };
    let result = operation
        .response
        .as_ref()
        .map_or_else(|| "()".to_owned(), |ty| type_text(ty, &mut DisplayNames("")));
    format!("{}({}){optional} -> {result}", operation.name, arguments.join(", "))
}
