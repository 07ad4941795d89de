//! Servers, security schemes and the version.

use super::{DONE, assert_same, skipped, swagger};
use crate::snippets::generate;

#[test]
fn host_base_path_and_schemes_are_servers() {
    let server = |urls: &str| format!("servers: [{urls}]\npaths: {{}}\n");
    let cases = [
        ("host: a.test\nbasePath: /v1\nschemes: [https]", "{url: https://a.test/v1}"),
        ("host: a.test:81\nschemes: [http]", "{url: 'http://a.test:81'}"),
        ("host: a.test\nbasePath: /\nschemes: [http, https]", "{url: https://a.test}, {url: http://a.test}"),
        ("host: a.test\nbasePath: /v1/", "{url: https://a.test/v1}"),
        ("host: localhost:8080", "{url: http://localhost:8080}"),
        ("basePath: /v1\nschemes: [http]", "{url: /v1}"),
        ("host: '{tenant}.a.test'", "{url: 'https://{tenant}.a.test', variables: {tenant: {default: ''}}}"),
    ];
    for (swagger, servers) in cases {
        assert_same(&format!("{swagger}\npaths: {{}}\n"), &server(servers));
    }
    assert_same("basePath: /\npaths: {}\n", "paths: {}\n");
}

#[test]
fn schemes_of_web_sockets_are_skipped() {
    let output = generate(&swagger("host: a.test\nschemes: [wss, https]\npaths: {}\n"));
    assert_eq!(output.api.access.servers.len(), 1);
    assert_eq!(output.api.access.servers[0].url, "https://a.test");
    assert_eq!(skipped(&output), ["#/schemes/0: a client sends HTTP requests, and opens no WebSocket"]);
}

#[test]
fn schemes_of_an_operation_are_its_servers() {
    assert_same(
        &format!(
            "host: a.test\nbasePath: /v1\nschemes: [https]\npaths:\n  /a: {{get: {{schemes: [http], {DONE}}}}}\n"
        ),
        &format!(
            "servers: [{{url: https://a.test/v1}}]\npaths:\n  /a: {{get: {{servers: [{{url: http://a.test/v1}}], {DONE}}}}}\n"
        ),
    );
}

#[test]
fn schemes_without_a_host_are_skipped_only_if_the_base_url_decides() {
    let operation = |schemes: &str| {
        let output = generate(&swagger(&format!("paths: {{/a: {{get: {{schemes: {schemes}, {DONE}}}}}}}\n")));
        assert!(output.api.access.servers.is_empty());
        skipped(&output)
    };
    // The client allows nothing else in its base URL, except on the same machine.
    assert!(operation("[https]").is_empty());
    assert!(operation("[http, https]").is_empty());
    assert_eq!(
        operation("[http]"),
        [
            "#/paths/~1a/get/schemes: the host is not declared, so the base URL of the client decides about the scheme"
        ]
    );
}

#[test]
fn a_version_without_quotes_is_read_with_a_warning() {
    for version in ["2.0", "2"] {
        let output =
            generate(&format!("swagger: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n"));
        let warnings: Vec<_> = output.warnings.iter().map(|warning| warning.message.as_str()).collect();
        assert_eq!(warnings, ["the version must be a string, not a number"]);
    }
}

#[test]
fn security_definitions_are_security_schemes() {
    let operation = format!("security: [{{basic: []}}, {{key: [], code: [read]}}], {DONE}");
    assert_same(
        &format!(
            "
            security: [{{basic: []}}]
            securityDefinitions:
              basic: {{type: basic, description: A password.}}
              key: {{type: apiKey, in: header, name: X-Key}}
              queryKey: {{type: apiKey, in: query, name: key}}
              code: {{type: oauth2, flow: accessCode, authorizationUrl: 'https://a.test/a', tokenUrl: 'https://a.test/t', scopes: {{read: Reads.}}}}
              machine: {{type: oauth2, flow: application, tokenUrl: 'https://a.test/t', scopes: {{}}}}
              password: {{type: oauth2, flow: password, tokenUrl: 'https://a.test/t'}}
              implicit: {{type: oauth2, flow: implicit, authorizationUrl: 'https://a.test/a', scopes: {{}}}}
            paths:
              /a: {{get: {{{operation}}}}}
              /b: {{get: {{security: [], {DONE}}}}}
            "
        ),
        &format!(
            "
            security: [{{basic: []}}]
            components:
              securitySchemes:
                basic: {{type: http, scheme: basic, description: A password.}}
                key: {{type: apiKey, in: header, name: X-Key}}
                queryKey: {{type: apiKey, in: query, name: key}}
                code: {{type: oauth2, flows: {{authorizationCode: {{authorizationUrl: 'https://a.test/a', tokenUrl: 'https://a.test/t', scopes: {{read: Reads.}}}}}}}}
                machine: {{type: oauth2, flows: {{clientCredentials: {{tokenUrl: 'https://a.test/t', scopes: {{}}}}}}}}
                password: {{type: oauth2, flows: {{password: {{tokenUrl: 'https://a.test/t', scopes: {{}}}}}}}}
                implicit: {{type: oauth2, flows: {{implicit: {{authorizationUrl: 'https://a.test/a', scopes: {{}}}}}}}}
            paths:
              /a: {{get: {{{operation}}}}}
              /b: {{get: {{security: [], {DONE}}}}}
            "
        ),
    );
}
