//! Errors of setting up a client.

use std::error::Error;
use std::fmt;

use crate::api::Server;

/// A client cannot be set up as asked.
#[derive(Debug)]
pub struct ConfigError(Problem);

#[derive(Debug)]
pub(crate) enum Problem {
    NoAddress(&'static [Server]),
    NoAuth,
    UnknownVariable(String),
    Variable { name: &'static str, url: &'static str, expected: String },
    RelativeServer(&'static str),
    BaseUrl(&'static str),
    Insecure,
    Auth,
    UserAgent,
    Proxy,
    Tls(rustls::Error),
    Http(reqwest::Error),
}

impl ConfigError {
    pub(crate) fn new(problem: Problem) -> Self {
        Self(problem)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Problem::NoAddress(servers) => {
                f.write_str("no address: set ")?;
                let variables = servers.first().map(Server::variables).unwrap_or_default();
                variables.iter().try_for_each(|variable| write!(f, "`{}` or ", variable.name()))?;
                if variables.is_empty() && servers.len() > 1 {
                    f.write_str("`server` or ")?;
                }
                f.write_str("`base_url`")
            }
            Problem::NoAuth => f.write_str("no credentials: set `auth`"),
            Problem::UnknownVariable(name) => write!(f, "the server has no variable `{name}`"),
            Problem::Variable { name, url, expected } => {
                write!(f, "not a {name}: in `{url}`, it is {expected}")
            }
            Problem::RelativeServer(path) => {
                write!(f, "the server is a path: set the `base_url` of the host that ends in `{path}`")
            }
            Problem::BaseUrl(reason) => write!(f, "not a base URL: {reason}"),
            Problem::Insecure => f.write_str(
                "credentials are not sent over plain http, except to this machine: use https, or say `allow_insecure_http`",
            ),
            Problem::Auth => f.write_str("the credentials are empty or hold characters that cannot be sent"),
            Problem::UserAgent => f.write_str("the user agent holds characters that cannot be sent"),
            Problem::Proxy => f.write_str("not a proxy: it looks like `http://host:port`"),
            Problem::Tls(error) => write!(f, "encryption cannot be set up: {error}"),
            Problem::Http(error) => write!(f, "the HTTP library cannot be set up: {error}"),
        }
    }
}

impl Error for ConfigError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            Problem::Tls(error) => Some(error),
            Problem::Http(error) => Some(error),
            _ => None,
        }
    }
}
