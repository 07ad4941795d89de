//! Problems of a client's configuration.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use reqwest::header::HeaderName;

use crate::api::Server;

/// A problem in the configuration of a client.
#[derive(Debug)]
pub(crate) enum ConfigProblem {
    NoAddress(&'static [Server]),
    NoAuth,
    UnknownVariable(String),
    Variable {
        name: &'static str,
        url: &'static str,
        expected: String,
    },
    RelativeServer(&'static str),
    BaseUrl(&'static str),
    Insecure,
    Auth,
    /// Two credentials need the same header.
    AuthHeader(HeaderName),
    UserAgent,
    #[cfg_attr(target_arch = "wasm32", expect(dead_code, reason = "a browser has its own"))]
    Proxy,
    #[cfg(not(target_arch = "wasm32"))]
    Tls(rustls::Error),
    Http(Arc<reqwest::Error>),
}

impl ConfigProblem {
    pub(super) fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            #[cfg(not(target_arch = "wasm32"))]
            Self::Tls(error) => Some(error),
            Self::Http(error) => error.source(),
            _ => None,
        }
    }
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAddress(servers) => {
                f.write_str("no server URL: set ")?;
                let variables = servers.first().map(Server::variables).unwrap_or_default();
                variables.iter().try_for_each(|variable| write!(f, "`{}` or ", variable.name()))?;
                if variables.is_empty() && servers.len() > 1 {
                    f.write_str("`server` or ")?;
                }
                f.write_str("`base_url`")
            }
            Self::NoAuth => f.write_str("no credentials: set `auth`"),
            Self::UnknownVariable(name) => write!(f, "the server has no variable `{name}`"),
            Self::Variable { name, url, expected } => {
                write!(f, "invalid value for the server variable `{name}`: in `{url}`, it must be {expected}")
            }
            Self::RelativeServer(path) => write!(
                f,
                "the server URL `{path}` is relative: set `base_url` to the URL of the host, followed by this path"
            ),
            Self::BaseUrl(reason) => write!(f, "invalid base URL: {reason}"),
            Self::Insecure => f.write_str(
                "plain HTTP to another machine would expose credentials: use `https`, or set `allow_insecure_http`",
            ),
            Self::Auth => f.write_str("the credentials are empty or contain characters that cannot be sent"),
            Self::AuthHeader(name) => write!(
                f,
                "two of the credentials are sent in the header `{name}`, which can hold only one: set one of them"
            ),
            Self::UserAgent => f.write_str("the user agent contains characters that cannot be sent"),
            Self::Proxy => f.write_str("invalid proxy URL: it must look like `http://host:port`"),
            #[cfg(not(target_arch = "wasm32"))]
            Self::Tls(_) => f.write_str("TLS could not be set up"),
            Self::Http(_) => f.write_str("the HTTP client could not be set up"),
        }
    }
}
