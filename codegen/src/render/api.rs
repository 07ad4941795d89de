//! Renders the modules `api` and `api::access`: the client, constants for servers and API keys, and the `API` static.

use super::doc;
use super::format::{CodeFile, RenderError, ident};
use super::literal::{literal, literals};
use super::markup::composed;
use super::prose::{code, one_line, prose};
use super::symbol::{Imports, RUNTIME, ResolveNames, Symbol};
use crate::base::generated::GeneratedFile;
use crate::base::options::Layout;
use crate::ir::access::{
    ApiAccess, ClientCredentials, ErrorHint, Requirement, SchemeKind, SecurityScheme, Server, VariableSetter,
};
use crate::ir::api::Api;

/// The items of the runtime that an emitted crate exports, by feature.
const RE_EXPORTS: [(&str, &str); 4] = [
    (
        "",
        "Api, ApiError, ApiErrorItem, ApiKeyLocation, Decode, DecodeError, EncodeError, Error, ErrorHint, \
         ErrorKind, Events, Extra, FromResponse, IntoRequest, Items, Lenient, Map, Maybe, Method, Mismatch, Mismatches, Node, Null, Number, \
         Operation, Paged, Pagination, PaginationStyle, ParseNumberError, ParseTimestampError, Part, \
         PendingStates, RateLimit, ReceivedResponse, Redirect, Request, RequestError, RequestOptions, ResponseHeader, \
         SecurityRequirement, SecurityScheme, Server, ServerVariable, Streaming, Timestamp, TokenRequestFormat, \
         Tuple, UnixMicros, UnixSeconds, UnknownValue, Upload, Value, decode, decode_lenient, encode",
    ),
    (
        "client",
        "Clock, Download, ItemStream, OAuth, Response, RetryPolicy, SystemClock, TokenFuture, TokenProvider, \
         TokenStore, Tokens, Wait, WaitReason, transport",
    ),
    ("mock", "mock"),
    (
        "export",
        "Checkpoint, CheckpointError, Export, ExportError, ExportErrorKind, ExportEvent, ExportProgress, \
         Page, Pages, PartialRecord, RawRecord, Records, UnreadableRecord, Waiter",
    ),
];

/// The items of the runtime that an emitted crate exports if the user gives schemas types.
const CUSTOM_EXPORTS: &str = "Accepts, Conversion, Custom, FromNumber, FromText, JsonText, WithSerde";

/// Renders both files.
pub(super) fn files(api: &Api, layout: Layout) -> Result<Vec<GeneratedFile>, RenderError> {
    Ok(vec![
        GeneratedFile { path: "api/mod.rs".to_owned(), text: index(api, layout)? },
        GeneratedFile { path: "api/access.rs".to_owned(), text: access(&api.access)? },
    ])
}

/// Renders `api/mod.rs`.
fn index(api: &Api, layout: Layout) -> Result<String, RenderError> {
    let mut file = CodeFile::new("The client, and the types of the runtime.");
    file.line("pub mod access;");
    file.blank();
    // A crate that includes the code as a module depends on the runtime directly.
    let re_exports = if layout == Layout::Crate { RE_EXPORTS.as_slice() } else { &[] };
    if layout == Layout::Crate && !api.customs().is_empty() {
        let base64 = if api.customs().iter().any(|custom| custom.is_base64()) { "Base64, " } else { "" };
        file.line("#[doc(inline)]");
        file.import(&format!("pub use {RUNTIME}::{{{base64}{CUSTOM_EXPORTS}}};"))?;
    }
    if layout == Layout::Crate && api.is_validated {
        file.line("#[doc(inline)]");
        file.import(&format!("pub use {RUNTIME}::{{Validate, Violation, Violations}};"))?;
    }
    for (feature, names) in re_exports {
        if *feature == "export" && !api.is_paged() {
            continue;
        }
        if !feature.is_empty() {
            file.line(&format!("#[cfg(feature = {feature:?})]"));
        }
        file.line("#[doc(inline)]");
        let names = if names.contains(',') { format!("{{{names}}}") } else { (*names).to_owned() };
        file.import(&format!("pub use {RUNTIME}::{names};"))?;
    }
    file.text(&client(&api.access));
    Ok(file.finish())
}

/// Renders the client, with setters for server variables and constructors for security schemes.
fn client(access: &ApiAccess) -> String {
    let mut text = format!("{RUNTIME}::api_client! {{\n    access::API;\n    variables {{\n");
    for VariableSetter { name, variable } in &access.variables {
        let mut docs = format!("Sets the server variable `{}`.", code(&variable.name));
        if !variable.default.is_empty() {
            docs.push_str(&format!(" Its default in the description is `{}`.", code(&variable.default)));
        }
        docs.push_str(&paragraph(&variable.docs));
        text.push_str(&commented(docs));
        text.push_str(&format!("        {name} => {};\n", literal(&variable.name)));
    }
    text.push_str("    }\n    schemes {\n");
    for scheme in &access.schemes {
        if let Some(constructor) = &scheme.constructor {
            let docs = format!("Creates credentials for the security scheme `{}`.", code(&scheme.name));
            text.push_str(&scheme_docs(docs, scheme));
            text.push_str(&format!("        {constructor} => {};\n", credentials(scheme)));
        }
        if let Some(ClientCredentials { constructor, token_url }) = &scheme.client_credentials {
            let docs = format!(
                "Creates credentials for the security scheme `{}` from the client's own ID and secret, for some scopes.",
                code(&scheme.name)
            );
            text.push_str(&scheme_docs(docs, scheme));
            text.push_str(&format!("        {constructor} => client_credentials({});\n", literal(token_url)));
        }
    }
    text.push_str("    }\n}\n");
    text
}

/// Returns the docs of a function that creates credentials.
fn scheme_docs(mut docs: String, scheme: &SecurityScheme) -> String {
    docs.push_str(&paragraph(&scheme.docs));
    docs.push_str(&doc::scheme_facts(&scheme.facts));
    docs.push_str(&format!("\n\nSource: `{}`", code(&scheme.pointer.to_string())));
    commented(docs)
}

/// Returns the constructor of a scheme's credentials, as the macro of the runtime names it.
fn credentials(scheme: &SecurityScheme) -> String {
    match &scheme.kind {
        SchemeKind::Basic { user } => format!("basic({})", literal(user.as_deref().unwrap_or("{user}"))),
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => "bearer()".to_owned(),
        SchemeKind::Http(_) | SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => {
            format!("api_key(access::{})", constant(scheme))
        }
    }
}

/// Returns text of the description as a further paragraph; empty if there is none.
fn paragraph(text: &str) -> String {
    let text = prose(text);
    if text.is_empty() { text } else { format!("\n\n{text}") }
}

/// Formats docs as comments in the body of a macro call.
fn commented(docs: String) -> String {
    composed(docs).lines().map(|line| format!("{}\n", format!("        /// {line}").trim_end())).collect()
}

fn access(access: &ApiAccess) -> Result<String, RenderError> {
    let mut imports = Imports::of_endpoints([].iter());
    let mut body = CodeFile::body();
    for declared in &access.servers {
        let Some(name) = &declared.constant else { continue };
        let ty = imports.symbol(Symbol::SERVER);
        let (name, value) = (name.screaming(), server(&mut imports, declared));
        let docs = doc::comments(server_docs(declared), "");
        body.formatted(&docs, &format!("pub const {}: {ty} = {value};", ident(&name)?))?;
    }
    for scheme in access.schemes.iter().filter(|scheme| scheme.kind.is_key()) {
        let ty = imports.symbol(Symbol::API_KEY);
        let (name, value) = (constant(scheme), key(&mut imports, &scheme.kind));
        let fallback =
            format!("The location of the API key for the security scheme `{}`.", code(&scheme.name));
        let docs = doc::comments(doc::sentence(&scheme.docs, &fallback), "");
        body.formatted(&docs, &format!("pub const {name}: {ty} = {value};"))?;
    }
    let ty = imports.symbol(Symbol::API);
    let value = definition(&mut imports, access);
    let docs = "/// The servers, security schemes and settings of the API, from which clients are built.\n";
    body.formatted(docs, &format!("pub static API: {ty} = {value};"))?;
    let mut file = CodeFile::new("The servers and security schemes that the description declares.");
    imports.write(&mut file)?;
    file.items(&body);
    Ok(file.finish())
}

/// Returns the value of the static `API`.
fn definition(imports: &mut Imports, access: &ApiAccess) -> String {
    let api = imports.symbol(Symbol::API);
    let mut text =
        format!("{api}::new(concat!(env!(\"CARGO_PKG_NAME\"), \"/\", env!(\"CARGO_PKG_VERSION\")))");
    let mut call = |name: &str, argument: &str| text.push_str(&format!(".{name}({argument})"));
    let servers = access.servers.iter().filter_map(|server| server.constant.as_ref());
    let servers: Vec<_> = servers.map(|name| name.screaming().to_string()).collect();
    if !servers.is_empty() {
        call("servers", &format!("&[{}]", servers.join(", ")));
    }
    if !access.schemes.is_empty() {
        let schemes: Vec<_> = access.schemes.iter().map(|declared| scheme(imports, declared)).collect();
        call("schemes", &format!("&[{}]", schemes.join(", ")));
    }
    if !access.security.is_empty() {
        call("security", &requirements(&access.security));
    }
    if let Some(url) = &access.token_url {
        call("token_url", &literal(url));
    }
    let client = &access.client;
    if client.token_requests_as_json {
        call("token_request", &format!("{}::Json", imports.symbol(Symbol::TOKEN_REQUEST)));
    }
    if !client.request_id_headers.is_empty() {
        call("request_id_headers", &format!("&[{}]", literals(&client.request_id_headers)));
    }
    if let Some(name) = &client.warning_header {
        call("warning_header", &literal(name));
    }
    if !client.error_hints.is_empty() {
        let hints: Vec<_> = client.error_hints.iter().map(|declared| hint(imports, declared)).collect();
        call("error_hints", &format!("&[{}]", hints.join(", ")));
    }
    text
}

fn hint(imports: &mut Imports, hint: &ErrorHint) -> String {
    let mut text = format!("{}::new({})", imports.symbol(Symbol::ERROR_HINT), literal(&hint.help));
    text.extend(hint.status.map(|status| format!(".status({status})")));
    text.extend(hint.code.iter().map(|code| format!(".code({})", literal(code))));
    text.extend(hint.phrase.iter().map(|phrase| format!(".phrase({})", literal(phrase))));
    if hint.too_early {
        text.push_str(".too_early()");
    }
    text
}

fn scheme(imports: &mut Imports, scheme: &SecurityScheme) -> String {
    let (ty, name) = (imports.symbol(Symbol::SECURITY_SCHEME), literal(&scheme.name));
    match &scheme.kind {
        SchemeKind::Basic { .. } => format!("{ty}::basic({name})"),
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => {
            format!("{ty}::bearer({name})")
        }
        _ => format!("{ty}::api_key({name}, {})", constant(scheme)),
    }
}

/// Returns the name of the constant with the location of a scheme's API key.
fn constant(scheme: &SecurityScheme) -> String {
    scheme.constant.as_ref().map_or_else(String::new, |name| name.screaming().to_string())
}

fn key(imports: &mut Imports, kind: &SchemeKind) -> String {
    let (function, name) = match kind {
        SchemeKind::Http(name) => ("scheme", name),
        SchemeKind::Query(name) => ("query", name),
        SchemeKind::Cookie(name) => ("cookie", name),
        SchemeKind::Header(name) => ("header", name),
        _ => return String::new(),
    };
    format!("{}::{function}({})", imports.symbol(Symbol::API_KEY), literal(name))
}

/// Returns a server as an expression.
pub(super) fn server(names: &mut dyn ResolveNames, server: &Server) -> String {
    let mut variables = Vec::new();
    for variable in &server.variables {
        let ty = names.symbol(Symbol::SERVER_VARIABLE);
        let (name, default) = (literal(&variable.name), literal(&variable.default));
        variables.push(format!("{ty}::new({name}, {default}, &[{}])", literals(&variable.values)));
    }
    let ty = names.symbol(Symbol::SERVER);
    format!("{ty}::new({}, &[{}])", literal(&server.url), variables.join(", "))
}

/// Returns security requirements as an expression.
pub(super) fn requirements(list: &[Requirement]) -> String {
    let list: Vec<_> = list.iter().map(|names| format!("&[{}]", literals(names))).collect();
    format!("&[{}]", list.join(", "))
}

fn server_docs(server: &Server) -> String {
    let mut docs = format!("`{}`", code(&server.url));
    if !server.docs.is_empty() {
        docs = format!("{}\n\n{docs}", doc::sentence(&server.docs, ""));
    }
    if server.url.starts_with('/') {
        docs.push_str(
            "\n\nThis URL is relative to the URL of the description. Set an absolute URL with `base_url`.",
        );
    }
    if !server.variables.is_empty() {
        docs.push_str("\n\n# Variables\n");
    }
    for variable in &server.variables {
        let about = prose(&one_line(&variable.docs));
        let about =
            if about.is_empty() || about.contains('\n') { String::new() } else { format!(": {about}") };
        docs.push_str(&format!(
            "\n- `{}` (default `{}`){about}",
            code(&variable.name),
            code(&variable.default)
        ));
    }
    docs
}
