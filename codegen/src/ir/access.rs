//! The API as a whole: where it is, how a client authenticates, what its errors mean.

use crate::base::name::RustName;
use crate::base::pointer::Pointer;

/// Names of security schemes that are required together; none where no credentials are needed.
pub type Requirement = Vec<String>;

/// What holds for all operations that say nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// The servers, the usual one first.
    pub servers: Vec<Server>,
    /// Setters for the variables of these servers.
    pub variables: Vec<VariableSetter>,
    /// The security schemes, in the document's order.
    pub schemes: Vec<SecurityScheme>,
    /// Requirements of which one has to be met.
    pub security: Vec<Requirement>,
    /// Where a refresh token is exchanged: a path on the server, or a URL.
    pub token_url: Option<String>,
    /// What `x-client` declares.
    pub client: ClientFacts,
}

impl Access {
    /// A security scheme by its name.
    #[must_use]
    pub fn scheme(&self, name: &str) -> Option<&SecurityScheme> {
        self.schemes.iter().find(|scheme| scheme.name == name)
    }
}

/// A server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Name of its constant; those of single operations have none.
    pub constant: Option<RustName>,
    /// The URL, with variables in braces.
    pub url: String,
    /// Prose.
    pub docs: String,
    /// The variables in the URL.
    pub variables: Vec<ServerVariable>,
    /// Where it stands.
    pub pointer: Pointer,
}

impl Server {
    /// Whether it is more than a path on the host that gave the description.
    #[must_use]
    pub fn is_absolute(&self) -> bool {
        self.url.starts_with("https://") || self.url.starts_with("http://")
    }

    /// Whether both lead to the same address, whatever is said of them.
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

/// A part of a server's URL that is left to the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariable {
    /// Its name in the URL.
    pub name: String,
    /// Its value where none is set.
    pub default: String,
    /// All values that it may have; any if there are none here.
    pub values: Vec<String>,
    /// Prose.
    pub docs: String,
}

/// A function of the client's builder that sets a server variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableSetter {
    /// Name of the function.
    pub name: RustName,
    /// The variable.
    pub variable: ServerVariable,
}

/// A way to authenticate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityScheme {
    /// The name that requirements call it by.
    pub name: String,
    /// What it is.
    pub kind: SchemeKind,
    /// Name of the constant that says where a key goes, where there is a key.
    pub constant: Option<RustName>,
    /// Name of the function that makes credentials for it; none where the client has one anyway.
    pub constructor: Option<RustName>,
    /// Prose.
    pub docs: String,
    /// Where it stands.
    pub pointer: Pointer,
}

/// What a security scheme is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// HTTP Basic; `user` says how the name of the user is sent, such as `{user}/token`.
    Basic {
        /// The pattern, where it is not the name alone.
        user: Option<String>,
    },
    /// HTTP Bearer.
    Bearer,
    /// Another scheme of the header `Authorization`, by its name.
    Http(String),
    /// A key in a header of this name.
    Header(String),
    /// A key in a query parameter of this name.
    Query(String),
    /// A key in a cookie of this name.
    Cookie(String),
    /// OAuth 2: a bearer token.
    OAuth2,
    /// `OpenID` Connect: a bearer token.
    OpenIdConnect,
}

impl SchemeKind {
    /// Whether credentials are a key, of which a constant says where it goes.
    #[must_use]
    pub fn is_key(&self) -> bool {
        matches!(self, Self::Http(_) | Self::Header(_) | Self::Query(_) | Self::Cookie(_))
    }
}

/// What `x-client` declares of the API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientFacts {
    /// Whether new tokens are asked for in JSON, and not in a form as the standard has it (RFC 6749).
    pub token_requests_as_json: bool,
    /// Response headers that number a request; the usual ones if there are none here.
    pub request_id_headers: Vec<String>,
    /// The response header that warns about a request which succeeded nevertheless.
    pub warning_header: Option<String>,
    /// What to do about errors; the first one that fits counts.
    pub error_hints: Vec<ErrorHint>,
}

/// What to do about errors of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ErrorHint {
    /// What to do, as a clause.
    pub help: String,
    /// Only errors of this status.
    pub status: Option<u16>,
    /// Only errors of this code.
    pub code: Option<String>,
    /// Only errors whose words hold this phrase, in lower case.
    pub phrase: Option<String>,
    /// Whether what was asked for is not there yet, and will be.
    pub too_early: bool,
}
