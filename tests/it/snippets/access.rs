//! Servers, security schemes and `x-client`.

use codegen::Source;

use super::{document, emitted, generate};
use crate::negative::dedented;

/// Generates code of a description with some additional lines and paths.
fn output(lines: &str, paths: &str) -> codegen::Output {
    generate(&format!("{}{}", document("3.1.0", paths, "{}"), dedented(lines)))
}

/// Returns the constants of the API, without docs.
fn constants(lines: &str) -> String {
    emitted("api/access", &output(lines, "{}"), false)
}

/// Returns the API's arguments of the client macro, without docs.
fn client(lines: &str) -> String {
    let output = output(lines, "{}");
    let file = output.files.iter().find(|file| file.path == "api/mod.rs").unwrap();
    let (_, client) = file.text.split_once("clientwright_runtime::api_client! ").unwrap();
    let lines = client.lines().filter(|line| !line.trim_start().starts_with("///"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns the operation constants of a description with one server and one security requirement.
fn operation_constants(paths: &str) -> String {
    let output = output(
        "
        servers: [{url: 'https://example.com'}]
        security: [{key: []}]
        ",
        paths,
    );
    let endpoints = emitted("endpoints/", &output, false);
    let (_, operation_constants) = endpoints.split_once("\nstatic ").unwrap();
    format!("static {operation_constants}")
}

#[test]
fn servers_are_constants() {
    insta::assert_snapshot!(constants("
        servers:
          - {url: 'https://example.com', description: Production}
          - {url: /v2}
    "), @r#"
    pub const PRODUCTION: Server = Server::new("https://example.com", &[]);

    pub const SERVER: Server = Server::new("/v2", &[]);

    pub static API: Api = Api::new(
            concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        )
        .servers(&[PRODUCTION, SERVER]);
    "#);
}

#[test]
fn an_invalid_server_url_is_rejected() {
    let description = document("3.1.0", "{}", "{}") + "servers: [{url: /v1}, {url: not a url}]\n";
    let report = codegen::generate(&Source::new("snippet.yaml", description), &[]).unwrap_err();
    insta::assert_snapshot!(report, @r#"
    error: "not a url" is not a server URL
      --> snippet.yaml:8:24 (#/servers/1/url)
      help: write an absolute URL, or a path on the host of the description
    "#);
}

#[test]
fn a_server_variable_may_have_any_name() {
    let lines = "
        servers: [{url: 'https://{the region}.example.com', variables: {the region: {default: eu}}}]
    ";
    assert!(client(lines).contains("the_region => \"the region\";"), "{}", client(lines));
}

#[test]
fn server_variables_are_setters() {
    let lines = "
        servers:
          - url: https://{region}.example.com/{base_url}
            variables:
              region: {default: eu, enum: [eu, us]}
              base_url: {default: v1}
          - {url: 'https://{region}.example.org', variables: {region: {default: eu}}}
    ";
    insta::assert_snapshot!(client(lines), @r#"
    {
        access::API;
        variables {
            region => "region";
            base_url_variable => "base_url";
        }
        schemes {
        }
    }
    "#);
    insta::assert_snapshot!(constants(lines).split_once("\npub static").unwrap().0, @r#"
    pub const SERVER: Server = Server::new(
        "https://{region}.example.com/{base_url}",
        &[
            ServerVariable::new("region", "eu", &["eu", "us"]),
            ServerVariable::new("base_url", "v1", &[]),
        ],
    );

    pub const SERVER2: Server = Server::new(
        "https://{region}.example.org",
        &[ServerVariable::new("region", "eu", &[])],
    );
    "#);
}

#[test]
fn path_and_operation_servers_are_emitted() {
    insta::assert_snapshot!(operation_constants("
        /usual:
          servers: [{url: 'https://example.com', description: Repeated.}]
          get: {operationId: usual, responses: {'204': {description: Done.}}}
        /files:
          servers: [{url: 'https://files.example.com'}]
          get: {operationId: readFile, responses: {'204': {description: Done.}}}
          put: {operationId: writeFile, servers: [{url: 'https://{zone}.example.com', variables: {zone: {default: a}}}], responses: {'204': {description: Done.}}}
    "), @r#"
    static READ_FILE: Operation =
        Operation::get("readFile", "/files")
            .on_servers(&[clientwright_runtime::Server::new("https://files.example.com", &[])]);

    #[inline]
    pub fn write_file() -> Request<()> {
        Request::new(&WRITE_FILE)
    }

    static WRITE_FILE: Operation =
        Operation::put("writeFile", "/files")
            .on_servers(&[clientwright_runtime::Server::new("https://{zone}.example.com", &[clientwright_runtime::ServerVariable::new("zone", "a", &[])])]);

    #[inline]
    pub fn usual() -> Request<()> {
        Request::new(&USUAL)
    }

    static USUAL: Operation = Operation::get("usual", "/usual");
    "#);
}

#[test]
fn operation_security_is_emitted() {
    insta::assert_snapshot!(operation_constants("
        /usual: {get: {operationId: usual, security: [{key: []}], responses: {'204': {description: Done.}}}}
        /open: {get: {operationId: open, security: [], responses: {'204': {description: Done.}}}}
        /maybe: {get: {operationId: maybe, security: [{}, {key: []}], responses: {'204': {description: Done.}}}}
        /both: {get: {operationId: both, security: [{key: [], token: [read]}], responses: {'204': {description: Done.}}}}
    "), @r#"
    static BOTH: Operation =
        Operation::get("both", "/both")
            .secured_by(&[&["key", "token"]]);

    #[inline]
    pub fn maybe() -> Request<()> {
        Request::new(&MAYBE)
    }

    static MAYBE: Operation =
        Operation::get("maybe", "/maybe")
            .secured_by(&[&[], &["key"]]);

    #[inline]
    pub fn open() -> Request<()> {
        Request::new(&OPEN)
    }

    static OPEN: Operation =
        Operation::get("open", "/open")
            .secured_by(&[]);

    #[inline]
    pub fn usual() -> Request<()> {
        Request::new(&USUAL)
    }

    static USUAL: Operation = Operation::get("usual", "/usual");
    "#);
}

const SCHEMES: &str = "
      securitySchemes:
        basic: {type: http, scheme: Basic}
        token_user: {type: http, scheme: basic, x-basic-user: '{user}/token'}
        bearer: {type: http, scheme: bearer}
        hmac: {type: http, scheme: HMAC}
        X-Key: {type: apiKey, in: header, name: x-key}
        session: {type: apiKey, in: cookie, name: sid}
        oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://example.com/token', scopes: {}}}}
    security: [{basic: []}, {X-Key: [], session: []}]
";

#[test]
fn security_schemes_are_emitted() {
    insta::assert_snapshot!(client(SCHEMES), @r#"
    {
        access::API;
        variables {
        }
        schemes {
            token_user => basic("{user}/token");
            hmac => api_key(access::HMAC);
            x_key => api_key(access::X_KEY);
            session => api_key(access::SESSION);
            oauth_auth => bearer();
            oauth_client_credentials => client_credentials("https://example.com/token");
        }
    }
    "#);
    insta::assert_snapshot!(constants(SCHEMES), @r#"
    pub const HMAC: ApiKeyLocation = ApiKeyLocation::scheme("HMAC");

    pub const X_KEY: ApiKeyLocation = ApiKeyLocation::header("x-key");

    pub const SESSION: ApiKeyLocation = ApiKeyLocation::cookie("sid");

    pub static API: Api = Api::new(
            concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        )
        .schemes(
            &[
                SecurityScheme::basic("basic"),
                SecurityScheme::basic("token_user"),
                SecurityScheme::bearer("bearer"),
                SecurityScheme::api_key("hmac", HMAC),
                SecurityScheme::api_key("X-Key", X_KEY),
                SecurityScheme::api_key("session", SESSION),
                SecurityScheme::bearer("oauth"),
            ],
        )
        .security(&[&["basic"], &["X-Key", "session"]])
        .token_url("https://example.com/token");
    "#);
}

#[test]
fn x_client_settings_are_emitted() {
    insta::assert_snapshot!(constants("
        x-client:
          token-url: /oauth/tokens
          token-requests: json
          request-id-headers: [x-request]
          warning-header: x-warning
          error-hints:
            - {help: ask again later, status: 409, too-early: true}
            - {help: check the name, code: NoSuchName, phrase: No Such Name}
    "), @r#"
    pub static API: Api = Api::new(
            concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
        )
        .token_url("/oauth/tokens")
        .token_request(TokenRequestFormat::Json)
        .request_id_headers(&["x-request"])
        .warning_header("x-warning")
        .error_hints(
            &[
                ErrorHint::new("ask again later").status(409).too_early(),
                ErrorHint::new("check the name").code("NoSuchName").phrase("no such name"),
            ],
        );
    "#);
}

#[test]
fn a_long_description_of_a_server_is_no_name() {
    let code = constants(
        "
        servers:
          - {url: 'https://a.example.com', description: The server for all the customers in Europe}
          - {url: 'https://b.example.com', description: '2'}
          - {url: 'https://c.example.com', description: Tests}
    ",
    );
    let names: Vec<_> =
        code.lines().filter_map(|line| line.strip_prefix("pub const ")?.split(':').next()).collect();
    assert_eq!(names, ["SERVER", "SERVER2", "TESTS"]);
}

/// Secrets are sent to the token URL.
#[test]
fn tokens_are_exchanged_by_https_or_at_the_server() {
    let token_url = |url: &str| {
        let flow = format!(
            "{{authorizationCode: {{authorizationUrl: /authorize, tokenUrl: '{url}', scopes: {{}}}}}}"
        );
        let lines = format!("  securitySchemes: {{oauth: {{type: oauth2, flows: {flow}}}}}");
        generate(&format!("{}{lines}", document("3.1.0", "{}", "{}"))).api.access.token_url
    };
    for url in ["https://example.com/token", "/token"] {
        assert_eq!(token_url(url).as_deref(), Some(url));
    }
    for url in ["http://example.com/token", "//example.com/token", "https://example.com/to ken", "token"] {
        assert_eq!(token_url(url), None, "{url}");
    }
}

#[test]
fn urls_and_scopes_of_oauth_flows_are_documented() {
    let description = format!("{}{}", document("3.2.0", "{}", "{}"), "
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        x-own: {tokenUrl: https://example.com/own}
        authorizationCode: {authorizationUrl: https://example.com/authorize, tokenUrl: https://example.com/token, refreshUrl: '', scopes: {read: Read pets., write: ''}}
        deviceAuthorization: {deviceAuthorizationUrl: https://example.com/device, tokenUrl: https://example.com/token, scopes: {read: Read pets.}}
    ");
    let output = generate(&description);
    let facts = output.api.access.schemes[0].facts.iter();
    let facts: Vec<_> = facts.map(|fact| format!("{}: {} ({})", fact.label, fact.value, fact.docs)).collect();
    insta::assert_snapshot!(facts.join("\n"), @"
    authorization URL of the flow authorizationCode: https://example.com/authorize ()
    token URL of the flow authorizationCode: https://example.com/token ()
    device authorization URL of the flow deviceAuthorization: https://example.com/device ()
    token URL of the flow deviceAuthorization: https://example.com/token ()
    scope: read (Read pets.)
    scope: write ()
    ");
}

#[test]
fn the_scopes_that_an_operation_needs_are_documented() {
    let output = output(
        "security: [{oauth: [read, write]}, {other: [read]}]",
        "
        /a: {get: {operationId: a, responses: {'204': {description: ''}}}}
        /b: {get: {operationId: b, security: [{oauth: [admin]}], responses: {'204': {description: ''}}}}
        /c: {get: {operationId: c, security: [], responses: {'204': {description: ''}}}}
        ",
    );
    let code = emitted("endpoints/", &output, true);
    let scopes: Vec<_> = code.lines().filter(|line| line.starts_with("/// Scopes: ")).collect();
    assert_eq!(scopes, ["/// Scopes: `read`, `write`.", "/// Scopes: `admin`."]);
}

/// OpenAPI 3.2.0, "Security Scheme Object", `oauth2MetadataUrl`.
#[test]
fn the_metadata_of_an_authorization_server_is_documented() {
    let lines = "
  securitySchemes:
    oauth:
      type: oauth2
      oauth2MetadataUrl: https://example.com/.well-known/oauth-authorization-server
      flows: {clientCredentials: {tokenUrl: https://example.com/token, scopes: {}}}
    ";
    let output = generate(&format!("{}{lines}", document("3.2.0", "{}", "{}")));
    let facts = &output.api.access.schemes[0].facts;
    let metadata = facts.iter().find(|fact| fact.label == "metadata URL").map(|fact| fact.value.as_str());
    assert_eq!(metadata, Some("https://example.com/.well-known/oauth-authorization-server"));
}

#[test]
fn an_operation_has_servers_of_its_own_if_any_differs() {
    let output = output(
        "servers: [{url: 'https://a.example.com'}, {url: 'https://b.example.com'}]",
        "
        /same:
          servers: [{url: 'https://a.example.com'}, {url: 'https://b.example.com'}]
          get: {operationId: same, responses: {'204': {description: Done.}}}
        /first:
          servers: [{url: 'https://a.example.com'}]
          get: {operationId: first, responses: {'204': {description: Done.}}}
        /other:
          servers: [{url: 'https://c.example.com'}, {url: 'https://b.example.com'}]
          get: {operationId: other, responses: {'204': {description: Done.}}}
        ",
    );
    let operations = output.api.modules.iter().flat_map(|module| &module.operations);
    let servers: Vec<_> =
        operations.map(|operation| (operation.id.as_str(), operation.servers.len())).collect();
    assert_eq!(servers, [("same", 0), ("first", 1), ("other", 2)]);
}
