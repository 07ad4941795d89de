//! How the API is accessed: servers, security schemes, and the declarations of `x-client`.

use crate::base::name::RustName;
use crate::base::pointer::Pointer;

/// A security requirement: the names of the security schemes that are required together. Empty if no credentials are
/// needed.
pub type Requirement = Vec<String>;

/// The servers and security schemes of the API. They apply to every operation that doesn't declare its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiAccess {
    /// The servers. The first one is the default.
    pub servers: Vec<Server>,
    /// Setters for the variables of these servers.
    pub variables: Vec<VariableSetter>,
    /// The security schemes, in the order of the document.
    pub schemes: Vec<SecurityScheme>,
    /// Alternative security requirements: a request has to meet one of them.
    pub security: Vec<Requirement>,
    /// The location for refreshing tokens: a path on the server, or a URL.
    pub token_url: Option<String>,
    /// The declarations of `x-client`.
    pub client: ClientExtension,
}

impl ApiAccess {
    /// Returns the security scheme with the given name.
    #[must_use]
    pub fn scheme(&self, name: &str) -> Option<&SecurityScheme> {
        self.schemes.iter().find(|scheme| scheme.name == name)
    }
}

/// A server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Name of the constant in the emitted code. Servers of a single operation have none.
    pub constant: Option<RustName>,
    /// The URL, with server variables in braces.
    pub url: String,
    /// The description.
    pub docs: String,
    /// The server variables in the URL.
    pub variables: Vec<ServerVariable>,
    /// JSON pointer to the server.
    pub pointer: Pointer,
}

impl Server {
    /// Returns whether the URL is absolute, not a path on the host that the description was downloaded from.
    #[must_use]
    pub fn is_absolute(&self) -> bool {
        self.url.starts_with("https://") || self.url.starts_with("http://")
    }

    /// Returns whether both servers have the same URL and variables. Descriptions and names are not compared.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let variables = |server: &Self| {
            let plain = |variable: &ServerVariable| {
                (variable.name.clone(), variable.default.clone(), variable.values.clone())
            };
            server.variables.iter().map(plain).collect::<Vec<_>>()
        };
        self.url == other.url && variables(self) == variables(other)
    }
}

/// A server variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// Name in the URL.
    pub name: String,
    /// The value that is used if none is set.
    pub default: String,
    /// The allowed values. Empty if every value is allowed.
    pub values: Vec<String>,
    /// The description.
    pub docs: String,
}

/// A function of the client's builder that sets a server variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableSetter {
    /// Name of the function.
    pub name: RustName,
    /// The server variable.
    pub variable: ServerVariable,
}

/// A security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    /// Name in security requirements.
    pub name: String,
    /// The kind of the scheme.
    pub kind: SchemeKind,
    /// Name of the constant that describes where the key is sent. `None` if the scheme has no key.
    pub constant: Option<RustName>,
    /// Name of the function that creates credentials for the scheme. `None` if the runtime already has one.
    pub constructor: Option<RustName>,
    /// The flow `clientCredentials` of OAuth 2.
    pub client_credentials: Option<ClientCredentials>,
    /// The description.
    pub docs: String,
    /// Further facts about the credentials.
    pub facts: Vec<SchemeFact>,
    /// JSON pointer to the scheme.
    pub pointer: Pointer,
}

/// The flow `clientCredentials` of OAuth 2, which gives an access token for the client itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCredentials {
    /// Name of the function that creates the credentials.
    pub constructor: RustName,
    /// Where tokens are issued: an https URL, or a path on the server.
    pub token_url: String,
}

/// A fact about a security scheme that doesn't change requests, such as where tokens are issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemeFact {
    /// What it is, such as `token URL`.
    pub label: String,
    /// The value. Empty if there is none.
    pub value: String,
    /// The description of the value.
    pub docs: String,
}

/// The kind of a security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// HTTP Basic.
    Basic {
        /// How the user name is sent, such as `{user}/token`. `None` if it is sent unchanged.
        user: Option<String>,
    },
    /// HTTP Bearer.
    Bearer,
    /// Another scheme of the `Authorization` header field, by its name.
    Http(String),
    /// A key in the header field with this name.
    Header(String),
    /// A key in the query parameter with this name.
    Query(String),
    /// A key in the cookie with this name.
    Cookie(String),
    /// OAuth 2: a bearer token.
    OAuth2,
    /// `OpenID` Connect: a bearer token.
    OpenIdConnect,
}

impl SchemeKind {
    /// Returns whether the credentials are a key, so that a constant describes where it is sent.
    #[must_use]
    pub fn is_key(&self) -> bool {
        matches!(self, Self::Http(_) | Self::Header(_) | Self::Query(_) | Self::Cookie(_))
    }
}

/// The contents of `x-client`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientExtension {
    /// Whether token requests are sent as JSON. The standard (RFC 6749) sends them as a form.
    pub token_requests_as_json: bool,
    /// Response header fields that identify a request. Empty for the usual ones.
    pub request_id_headers: Vec<String>,
    /// The response header field that carries a warning about a successful request.
    pub warning_header: Option<String>,
    /// Help for errors. The first hint that matches an error applies.
    pub error_hints: Vec<ErrorHint>,
}

/// Help for errors that match all given conditions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorHint {
    /// The help for the error, as a clause.
    pub help: String,
    /// Matches errors with this status code.
    pub status: Option<u16>,
    /// Matches errors with this code.
    pub code: Option<String>,
    /// Matches errors whose message contains this phrase, in lower case.
    pub phrase: Option<String>,
    /// Whether the requested resource doesn't exist yet, so that a later request may succeed.
    pub too_early: bool,
}
