//! The API as a whole: constants for its servers and keys, the value that clients are set up with, the client itself.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc;
use super::format::{File, Problem, ident, parse_tokens};
use super::literal::{literal, literals};
use super::prose::{code, one_line, prose};
use super::symbol::{Imports, Names, RUNTIME, Symbol};
use crate::base::generated::GeneratedFile;
use crate::base::options::Layout;
use crate::ir::access::{Access, ErrorHint, Requirement, SchemeKind, SecurityScheme, Server, VariableSetter};
use crate::ir::api::Api;

/// What users of the crate get from the runtime beside the types of emitted code.
const RE_EXPORTS: [(&str, &str); 3] = [
    (
        "",
        "Api, ApiError, ApiErrorItem, ApiKey, DecodeError, EncodeError, Error, ErrorHint, Extra, IntoRequest, Map, \
         Maybe, Method, Node, Number, Operation, Paged, Pagination, PaginationStyle, ParseTimestampError, Part, \
         Pending, RateLimit, Request, RequestError, Requirement, SecurityScheme, Server, ServerVariable, Timestamp, \
         TokenRequest, UnixMicros, UnixSeconds, UnknownValue, Value, decode, encode",
    ),
    (
        "client",
        "Clock, ConfigError, OAuth, OAuthError, OAuthErrorKind, RetryPolicy, SystemClock, TokenStore, Tokens, \
         TransportError, TransportErrorKind, Wait, WaitReason",
    ),
    (
        "export",
        "Checkpoint, CheckpointError, Event, Export, ExportError, ExportErrorKind, Page, Pages, Progress, RawRecord, \
         Records, Waiter",
    ),
];

/// Both files.
pub(super) fn files(api: &Api, layout: Layout) -> Result<Vec<GeneratedFile>, Problem> {
    Ok(vec![
        GeneratedFile { path: "api/mod.rs".to_owned(), text: index(api, layout)? },
        GeneratedFile { path: "api/access.rs".to_owned(), text: access(&api.access)? },
    ])
}

/// What the crate has beside its endpoints and models.
fn index(api: &Api, layout: Layout) -> Result<String, Problem> {
    let mut file = File::new(
        "What the crate has beside its endpoints and models: the client, and the types of the runtime.",
    );
    file.line("pub mod access;");
    file.blank();
    // Who includes a module has the runtime as a dependency of its own.
    let re_exports = if layout == Layout::Crate { RE_EXPORTS.as_slice() } else { &[] };
    for (feature, names) in re_exports {
        if *feature == "export" && !api.is_paged() {
            continue;
        }
        if !feature.is_empty() {
            file.line(&format!("#[cfg(feature = {feature:?})]"));
        }
        file.line("#[doc(inline)]");
        file.tokens_of(&format!("pub use {RUNTIME}::{{{names}}};"))?;
    }
    file.text(&client(&api.access));
    Ok(file.finish())
}

/// The client, with setters for the variables of the servers and constructors for the security schemes.
fn client(access: &Access) -> String {
    let mut text = format!("{RUNTIME}::api_client! {{\n    access::API;\n    variables {{\n");
    for VariableSetter { name, variable } in &access.variables {
        let mut docs = sentence(
            &variable.docs,
            &format!("Sets the part `{}` of the server's address", code(&variable.name)),
        );
        let default = if variable.default.is_empty() {
            String::new()
        } else {
            format!("; `{}` if not set", code(&variable.default))
        };
        docs.push_str(&format!("\n\nThe server variable `{}`{default}.", code(&variable.name)));
        text.push_str(&commented(&docs));
        text.push_str(&format!("        {name} => {};\n", literal(&variable.name)));
    }
    text.push_str("    }\n    schemes {\n");
    for scheme in &access.schemes {
        let Some(constructor) = &scheme.constructor else { continue };
        let stand_in = format!("Credentials for the security scheme `{}`", code(&scheme.name));
        let mut docs = sentence(&scheme.docs, &stand_in);
        docs.push_str(&format!("\n\nSource: `{}`", code(&scheme.pointer.to_string())));
        text.push_str(&commented(&docs));
        text.push_str(&format!("        {constructor} => {};\n", maker(scheme)));
    }
    text.push_str("    }\n}\n");
    text
}

/// How credentials of a scheme are made, for the runtime's macro.
fn maker(scheme: &SecurityScheme) -> String {
    match &scheme.kind {
        SchemeKind::Basic { user } => format!("basic({})", literal(user.as_deref().unwrap_or("{user}"))),
        SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => "bearer()".to_owned(),
        SchemeKind::Http(_) | SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => {
            format!("api_key(access::{})", constant(scheme))
        }
    }
}

fn sentence(text: &str, stand_in: &str) -> String {
    doc::sentence(text, &format!("{stand_in}."))
}

/// Docs as comments, laid out for the body of a macro.
fn commented(docs: &str) -> String {
    docs.lines().map(|line| format!("{}\n", format!("        /// {line}").trim_end())).collect()
}

fn access(access: &Access) -> Result<String, Problem> {
    let mut imports = Imports::of_endpoints();
    let mut body = File::body();
    for declared in &access.servers {
        let Some(name) = &declared.constant else { continue };
        let ty = imports.ident(Symbol::SERVER)?;
        let name = ident(name.screaming().as_str())?;
        let value = parse_tokens(&server(&mut imports, declared))?;
        let docs = doc::attributes(&server_docs(declared));
        body.item(&quote!(#docs pub const #name: #ty = #value;))?;
    }
    for scheme in access.schemes.iter().filter(|scheme| scheme.kind.is_key()) {
        let ty = imports.ident(Symbol::API_KEY)?;
        let name = ident(&constant(scheme))?;
        let value = parse_tokens(&key(&mut imports, &scheme.kind))?;
        let stand_in = format!("Where the key of the security scheme `{}` goes.", code(&scheme.name));
        let docs = doc::attributes(&doc::sentence(&scheme.docs, &stand_in));
        body.item(&quote!(#docs pub const #name: #ty = #value;))?;
    }
    let ty = imports.ident(Symbol::API)?;
    let value = whole(&mut imports, access)?;
    body.item(&quote! {
        /// The API as a whole: what this crate's clients are set up with.
        pub static API: #ty = #value;
    })?;
    let mut file =
        File::new("Where the API is, and how a client authenticates: as the description declares it.");
    imports.write(&mut file)?;
    file.items(&body);
    Ok(file.finish())
}

/// The API as a value.
fn whole(imports: &mut Imports, access: &Access) -> Result<TokenStream, Problem> {
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
    parse_tokens(&text)
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

/// The name of the constant that says where a key goes.
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

/// A server as a value.
pub(super) fn server(names: &mut dyn Names, server: &Server) -> String {
    let mut variables = Vec::new();
    for variable in &server.variables {
        let ty = names.symbol(Symbol::SERVER_VARIABLE);
        let (name, default) = (literal(&variable.name), literal(&variable.default));
        variables.push(format!("{ty}::new({name}, {default}, &[{}])", literals(&variable.values)));
    }
    let ty = names.symbol(Symbol::SERVER);
    format!("{ty}::new({}, &[{}])", literal(&server.url), variables.join(", "))
}

/// Requirements as a value.
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
        docs.push_str("\n\nA path on the host that gives the description: set the `base_url` of both.");
    }
    if !server.variables.is_empty() {
        docs.push_str("\n\n# Variables\n");
    }
    for variable in &server.variables {
        let about = prose(&one_line(&variable.docs));
        let about =
            if about.is_empty() || about.contains('\n') { String::new() } else { format!(": {about}") };
        docs.push_str(&format!(
            "\n- `{}`, `{}` if not set{about}",
            code(&variable.name),
            code(&variable.default)
        ));
    }
    docs
}
