//! The quick start of the README, which calls an operation of the description.

use crate::base::name::RustName;
use crate::ir::{
    ApiAccess, Body, BodyKind, Method, Module, Operation, ParameterLocation, SchemeKind, SecurityScheme,
    ServerVariable, Type,
};
use crate::output::generator_output::Output;
use crate::render::literal::literal;
use crate::render::symbol::ExternalPaths;
use crate::render::types::type_text;

/// The base URL in the example if the description declares no absolute server URL.
const PLACEHOLDER_URL: &str = "https://api.example.com";

/// Returns the example as a block of Rust that compiles. `code` is the crate's name in code.
pub(super) fn quick_start(code: &str, output: &Output) -> String {
    let access = &output.api.access;
    let auth = access.schemes.first().map(|scheme| format!(".auth({})", credentials(scheme)));
    let calls = server_calls(access).into_iter().chain(auth);
    let calls: Vec<_> = calls.map(|call| format!("\n        {call}")).collect();
    let setup = format!("Client::builder(){}\n        .build()?", calls.concat());
    let mut body = format!("    let client = {setup};\n");
    let names = [("Auth", "Auth::"), ("Client", "Client"), ("access", "access::")];
    let mut imports: Vec<_> =
        names.into_iter().filter(|(_, used)| setup.contains(used)).map(|(name, _)| name).collect();
    let mut arguments = String::new();
    if let Some((module, operation)) = choose(output) {
        let call = call(module, operation, code);
        imports.push("endpoints");
        arguments = call.arguments;
        let send = format!("client.send({}).await?;", call.request);
        body.push_str(&match operation.response {
            Some(_) => format!("    let response = {send}\n    println!(\"{{response:?}}\");\n"),
            None => format!("    {send}\n"),
        });
    } else {
        body.push_str("    println!(\"{client:?}\");\n");
    }
    let imports = match imports.as_slice() {
        [one] => (*one).to_owned(),
        several => format!("{{{}}}", several.join(", ")),
    };
    format!(
        "```rust\nuse {code}::{imports};\n\nasync fn example({arguments}) -> Result<(), {code}::Error> {{\n{body}    Ok(())\n}}\n```"
    )
}

/// Returns the Rust expression that creates the credentials of a scheme.
pub(super) fn credentials(scheme: &SecurityScheme) -> String {
    let constructor = scheme.constructor.as_ref().map(RustName::as_str);
    match &scheme.kind {
        SchemeKind::Basic { .. } => {
            format!("Auth::{}(\"the user\", \"the password\")", constructor.unwrap_or("basic"))
        }
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            format!("Auth::{}(\"the token\")", constructor.unwrap_or("bearer"))
        }
        _ => format!("Auth::{}(\"the key\")", constructor.unwrap_or("api_key")),
    }
}

/// Returns the Rust calls that make a client use the first server. Empty if it is used by default.
fn server_calls(access: &ApiAccess) -> Vec<String> {
    let Some(server) = access.servers.first().filter(|server| server.is_absolute()) else {
        return vec![format!(".base_url({PLACEHOLDER_URL:?})")];
    };
    let call = |variable: &ServerVariable| {
        let value = if variable.default.is_empty() { "value" } else { &variable.default };
        let setter = access.variables.iter().find(|setter| setter.variable.name == variable.name)?;
        Some(format!(".{}({})", setter.name, literal(value)))
    };
    server.variables.iter().filter_map(call).collect()
}

struct Call {
    /// The arguments of the example's function: values for which there is no sample.
    arguments: String,
    request: String,
}

/// Returns the operation that is easiest to call: one that reads and has few arguments.
fn choose(output: &Output) -> Option<(&Module, &Operation)> {
    let effort = |operation: &Operation| {
        let without_sample = operation.required().filter(|parameter| sample(&parameter.ty).is_none()).count();
        (
            operation.deprecated,
            operation.body.is_some(),
            operation.method != Method::Get,
            without_sample,
            operation.response.is_none(),
            operation.required().count(),
        )
    };
    let simple = output.api.operations().filter(|(_, operation)| {
        let plain_body = |body: &Body| body.kind == BodyKind::Json && body.required;
        operation.body.as_ref().is_none_or(plain_body)
            && operation.required().all(|parameter| parameter.location != ParameterLocation::File)
    });
    simple.min_by_key(|(_, operation)| effort(operation))
}

fn call(module: &Module, operation: &Operation, code: &str) -> Call {
    let mut taken = Vec::new();
    let mut values = Vec::new();
    for parameter in operation.required() {
        let name = parameter.name.as_str();
        values.push(sample(&parameter.ty).map_or_else(
            || {
                taken.push(format!("{name}: {}", type_text(&parameter.ty, &mut ExternalPaths(code))));
                name.to_owned()
            },
            str::to_owned,
        ));
    }
    if let Some(body) = &operation.body {
        taken.push(format!("body: &{}", borrowed(&body.ty, code)));
        values.push("body".to_owned());
    }
    let request = format!("endpoints::{}::{}({})", module.name, operation.name, values.join(", "));
    Call { arguments: taken.join(", "), request }
}

/// Returns a sample value as Rust.
fn sample(ty: &Type) -> Option<&'static str> {
    Some(match ty {
        Type::Bool => "true",
        Type::I64 | Type::U64 => "1",
        Type::F64 => "1.0",
        Type::String => "\"…\"",
        _ => return None,
    })
}

/// Returns the type behind `&` in an argument, as other crates write it.
fn borrowed(ty: &Type, code: &str) -> String {
    match ty {
        Type::String => "str".to_owned(),
        Type::Array(inner) => format!("[{}]", type_text(inner, &mut ExternalPaths(code))),
        ty => type_text(ty, &mut ExternalPaths(code)),
    }
}
