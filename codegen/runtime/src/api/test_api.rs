//! An API for tests.

use super::{Api, ErrorHint, SecurityScheme, Server, ServerVariable, TokenRequestFormat};

/// An API with servers, security schemes, a token URL, a warning header and error hints.
pub(crate) static API: Api = Api::new("test/1")
    .servers(&[Server::new("https://{part}.example.com", &[ServerVariable::new("part", "example", &[])])])
    .schemes(&[SecurityScheme::basic("basic"), SecurityScheme::bearer("bearer")])
    .security(&[&["basic"], &["bearer"]])
    .token_url("/oauth/tokens")
    .token_request(TokenRequestFormat::Json)
    .warning_header("x-warning")
    .error_hints(&[ErrorHint::new("wait").code("TooRecent").too_early()]);
