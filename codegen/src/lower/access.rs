//! Servers, security schemes and `x-client`, of the document and of single operations.

use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, OpenAPI, Operation as OpenApiOperation, PathItem, ReferenceOr, SecurityRequirement,
    SecurityScheme as OpenApiScheme, Server as OpenApiServer,
};
use serde_json::Value;

use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, Scope};
use crate::base::pointer::Pointer;
use crate::ir::access::{
    ApiAccess, ClientCredentials, ClientExtension, ErrorHint, Requirement, SchemeKind, SecurityScheme,
    Server, ServerVariable, VariableSetter,
};
use crate::lower::document::placeholders::placeholders;
use crate::lower::document::reference::follow;
use crate::lower::extensions::extension::{text, texts};
use crate::lower::scheme_facts::facts;

/// Constants that the emitted module always has.
const CONSTANTS: [&str; 1] = ["api"];
/// Methods of the client's builder.
const BUILDER: [&str; 18] = [
    "server",
    "server_variable",
    "base_url",
    "auth",
    "allow_insecure_http",
    "connect_timeout",
    "read_timeout",
    "timeout",
    "proxy",
    "user_agent",
    "http_client",
    "max_response_size",
    "lenient",
    "retry",
    "rate_limits",
    "clock",
    "build",
    "build_blocking",
];
/// Constructors of credentials that every API has.
const CREDENTIALS: [&str; 6] = ["none", "basic", "bearer", "api_key", "oauth", "and"];
/// The extension for the user name of basic authentication, and the placeholder in it.
const BASIC_USER: &str = "x-basic-user";
const USER: &str = "{user}";
/// The maximum length in characters of a description that names a server.
const NAME: usize = 30;

/// Lowers the servers, security schemes and `x-client` of the document.
pub(super) fn access(document: &OpenAPI, findings: &mut Findings) -> ApiAccess {
    let mut constants = Scope::with_reserved(&CONSTANTS);
    let mut servers = servers(&document.servers, &Pointer::root().child("servers"), findings);
    for (server, declared) in servers.iter_mut().zip(usable(&document.servers)) {
        server.constant = Some(constants.claim(&constant(declared)));
    }
    let variables = setters(&servers);
    let (schemes, token_url) = schemes(document, &mut constants, findings);
    let client = client_facts(document, findings);
    let token_url =
        document.extensions.get("x-client").and_then(|client| text(client, "token-url")).or(token_url);
    let security = document.security.as_deref().map(requirements).unwrap_or_default();
    ApiAccess { servers, variables, schemes, security, token_url, client }
}

/// The servers of an operation, if they differ from those of the document.
pub(super) fn own_servers(
    findings: &mut Findings,
    access: &ApiAccess,
    (item, item_at): (&PathItem, &Pointer),
    declared: &OpenApiOperation,
    at: &Pointer,
) -> Vec<Server> {
    let (list, at) = if declared.servers.is_empty() {
        (&item.servers, item_at.child("servers"))
    } else {
        (&declared.servers, at.child("servers"))
    };
    let own = servers(list, &at, findings);
    let same = own.len() == access.servers.len()
        && own.iter().zip(&access.servers).all(|(own, usual)| own.is_same(usual));
    if same { Vec::new() } else { own }
}

/// The security requirements of an operation, if they differ from those of the document.
pub(super) fn own_security(access: &ApiAccess, declared: &OpenApiOperation) -> Option<Vec<Requirement>> {
    let own = requirements(declared.security.as_deref()?);
    (own != access.security).then_some(own)
}

/// The scopes or roles that the security requirements of an operation name.
pub(super) fn scopes(usual: &[SecurityRequirement], declared: &OpenApiOperation) -> Vec<String> {
    let all = declared.security.as_deref().unwrap_or(usual);
    let mut scopes: Vec<String> = Vec::new();
    for scope in all.iter().flat_map(IndexMap::values).flatten() {
        if !scopes.contains(scope) {
            scopes.push(scope.clone());
        }
    }
    scopes
}

fn requirements(declared: &[SecurityRequirement]) -> Vec<Requirement> {
    declared.iter().map(|names| names.keys().cloned().collect()).collect()
}

/// The servers with a usable URL. Names of variables may be anything.
fn usable(list: &[OpenApiServer]) -> impl Iterator<Item = &OpenApiServer> {
    list.iter().filter(|server| is_usable(server))
}

fn is_usable(server: &OpenApiServer) -> bool {
    let outside = placeholders(&server.url)
        .into_iter()
        .fold(server.url.clone(), |url, name| url.replace(&format!("{{{name}}}"), ""));
    !server.url.is_empty() && !outside.chars().any(|c| c.is_control() || c.is_whitespace())
}

fn servers(list: &[OpenApiServer], at: &Pointer, findings: &mut Findings) -> Vec<Server> {
    for (index, server) in list.iter().enumerate().filter(|(_, server)| !is_usable(server)) {
        let message = format!("{:?} is not a server URL", server.url);
        let help = "write an absolute URL, or a path on the host of the description";
        findings.problem(&at.index(index).child("url"), message, help);
    }
    let usable = list.iter().enumerate().filter(|(_, server)| is_usable(server));
    usable.map(|(index, server)| lowered(server, at.index(index))).collect()
}

fn lowered(server: &OpenApiServer, pointer: Pointer) -> Server {
    let declared = server.variables.as_ref();
    let variables = placeholders(&server.url).into_iter().map(|name| {
        let variable = declared.and_then(|declared| declared.get(name));
        ServerVariable {
            name: name.to_owned(),
            default: variable.map(|variable| variable.default.clone()).unwrap_or_default(),
            values: variable.map(|variable| variable.enumeration.clone()).unwrap_or_default(),
            docs: variable.and_then(|variable| variable.description.clone()).unwrap_or_default(),
        }
    });
    Server {
        constant: None,
        url: server.url.clone(),
        docs: server.description.clone().unwrap_or_default(),
        variables: variables.collect(),
        pointer,
    }
}

/// The name of a server's constant: its own, or its description if that is short.
fn constant(server: &OpenApiServer) -> RustName {
    let own = server.extensions.get("x-name").and_then(Value::as_str);
    let wished = own.into_iter().chain(server.description.as_deref()).find(|name| is_name(name));
    RustName::snake(wished.unwrap_or("server"))
}

fn is_name(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && text.chars().count() <= NAME
}

/// A setter for each variable of the servers, one for all that have the same name.
fn setters(servers: &[Server]) -> Vec<VariableSetter> {
    let mut names = Scope::with_reserved(&BUILDER);
    let mut setters: Vec<VariableSetter> = Vec::new();
    for variable in servers.iter().flat_map(|server| &server.variables) {
        if setters.iter().any(|setter| setter.variable.name == variable.name) {
            continue;
        }
        let name = with_ending_if_taken(&names, RustName::snake(&variable.name), "_variable");
        setters.push(VariableSetter { name: names.claim(&name), variable: variable.clone() });
    }
    setters
}

/// A name, with an ending if it is taken.
fn with_ending_if_taken(names: &Scope, name: RustName, ending: &str) -> RustName {
    if names.contains(&name) { name.with_suffix(ending) } else { name }
}

/// The security schemes, and where OAuth exchanges a refresh token.
fn schemes(
    document: &OpenAPI,
    constants: &mut Scope,
    findings: &mut Findings,
) -> (Vec<SecurityScheme>, Option<String>) {
    let mut functions = Scope::with_reserved(&CREDENTIALS);
    let mut token_url = None;
    let mut schemes = Vec::new();
    let at = Pointer::root().child("components").child("securitySchemes");
    for (name, scheme) in document.components.iter().flat_map(|components| &components.security_schemes) {
        let scheme = match scheme {
            ReferenceOr::Item(scheme) => scheme,
            ReferenceOr::Reference { reference } => {
                let all = document.components.as_ref().map(|components| &components.security_schemes);
                let Some((scheme, _)) = follow(findings, all, "securitySchemes", reference, &at.child(name))
                else {
                    continue;
                };
                scheme
            }
        };
        let (kind, docs) = kind(scheme);
        if let OpenApiScheme::HTTP { extensions, .. } = scheme
            && extensions.get(BASIC_USER).and_then(Value::as_str).is_some_and(|user| !user.contains(USER))
        {
            let message = format!("`{BASIC_USER}` has no placeholder for the user name");
            findings.problem(&at.child(name).child(BASIC_USER), message, "use `{user}` for the name");
        }
        if let OpenApiScheme::OAuth2 { flows, .. } = scheme {
            token_url = token_url.or_else(|| self::token_url(flows));
        }
        let snake = RustName::snake(name);
        let constant = kind.is_key().then(|| constants.claim(&snake));
        let given = match &kind {
            SchemeKind::Basic { user: None } => snake.as_str() == "basic",
            SchemeKind::Bearer | SchemeKind::OAuth2 | SchemeKind::OpenIdConnect => snake.as_str() == "bearer",
            _ => false,
        };
        let constructor = (!given).then(|| {
            let name = with_ending_if_taken(&functions, snake, "_auth");
            functions.claim(&name)
        });
        let client_credentials = client_credentials_url(scheme).map(|token_url| {
            let wished = RustName::snake(name).with_suffix("_client_credentials");
            ClientCredentials { constructor: functions.claim(&wished), token_url }
        });
        schemes.push(SecurityScheme {
            name: name.clone(),
            kind,
            client_credentials,
            constant,
            constructor,
            docs,
            facts: facts(scheme),
            pointer: at.child(name),
        });
    }
    (schemes, token_url)
}

fn kind(scheme: &OpenApiScheme) -> (SchemeKind, String) {
    let docs = |description: &Option<String>| description.clone().unwrap_or_default();
    match scheme {
        OpenApiScheme::APIKey { location, name, description, .. } => {
            let name = name.clone();
            let kind = match location {
                APIKeyLocation::Header => SchemeKind::Header(name),
                APIKeyLocation::Query => SchemeKind::Query(name),
                APIKeyLocation::Cookie => SchemeKind::Cookie(name),
            };
            (kind, docs(description))
        }
        OpenApiScheme::HTTP { scheme, description, extensions, .. } => {
            (http(scheme, extensions), docs(description))
        }
        OpenApiScheme::OAuth2 { description, .. } => (SchemeKind::OAuth2, docs(description)),
        OpenApiScheme::OpenIDConnect { description, .. } => (SchemeKind::OpenIdConnect, docs(description)),
    }
}

fn http(scheme: &str, extensions: &IndexMap<String, Value>) -> SchemeKind {
    if scheme.eq_ignore_ascii_case("basic") {
        let user = extensions.get(BASIC_USER).and_then(Value::as_str);
        return SchemeKind::Basic { user: user.filter(|user| user.contains(USER)).map(str::to_owned) };
    }
    if scheme.eq_ignore_ascii_case("bearer") {
        return SchemeKind::Bearer;
    }
    SchemeKind::Http(scheme.to_owned())
}

/// Where a flow of OAuth exchanges a refresh token.
fn token_url(flows: &openapiv3::OAuth2Flows) -> Option<String> {
    let flows = serde_json::to_value(flows).ok()?;
    let flows = flows.as_object()?;
    let mut urls = ["refreshUrl", "tokenUrl"]
        .into_iter()
        .flat_map(|key| flows.values().filter_map(move |flow| flow.get(key).and_then(Value::as_str)));
    urls.find(|url| takes_secrets(url)).map(str::to_owned)
}

/// Where the flow `clientCredentials` of a scheme issues tokens.
fn client_credentials_url(scheme: &OpenApiScheme) -> Option<String> {
    let OpenApiScheme::OAuth2 { flows, .. } = scheme else { return None };
    let url = &flows.client_credentials.as_ref()?.token_url;
    takes_secrets(url).then(|| url.clone())
}

/// Whether the client can send a secret to a URL: it is an https URL, or a path on the server.
fn takes_secrets(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with('/') && !url.starts_with("//"))
        && url.chars().all(|c| c.is_ascii_graphic())
}

/// Reads `x-client`. Its keys and their types were checked before.
fn client_facts(document: &OpenAPI, findings: &mut Findings) -> ClientExtension {
    let Some(value) = document.extensions.get("x-client") else { return ClientExtension::default() };
    let at = Pointer::root().child("x-client");
    let form = text(value, "token-requests");
    if !matches!(form.as_deref(), None | Some("form" | "json")) {
        let message = "x-client: `token-requests` is neither `form` nor `json`";
        findings.problem(&at.child("token-requests"), message, "write `form` or `json`");
    }
    let hints = value.get("error-hints").and_then(Value::as_array).into_iter().flatten();
    ClientExtension {
        token_requests_as_json: form.as_deref() == Some("json"),
        request_id_headers: texts(value, "request-id-headers"),
        warning_header: text(value, "warning-header"),
        error_hints: hints.map(hint).collect(),
    }
}

fn hint(value: &Value) -> ErrorHint {
    let status = value.get("status").and_then(Value::as_u64);
    ErrorHint {
        help: text(value, "help").unwrap_or_default(),
        status: status.and_then(|status| u16::try_from(status).ok()),
        code: text(value, "code"),
        phrase: text(value, "phrase").map(|phrase| phrase.to_ascii_lowercase()),
        too_early: value.get("too-early").and_then(Value::as_bool).unwrap_or_default(),
    }
}
