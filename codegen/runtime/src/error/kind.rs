//! The kinds of errors.

use std::fmt;

/// What kind of error occurred, and with it what a caller can do.
///
/// Returned by [`Error::kind`](crate::Error::kind). The predicates of [`Error`](crate::Error), such as
/// [`is_timeout`](crate::Error::is_timeout), also cover error responses that mean the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request is not valid, so it was not sent.
    ///
    /// Fix the argument that [`Error::request`](crate::Error::request) names.
    Request,
    /// The client, or the server address of an operation, is not configured correctly.
    ///
    /// Fix the setting that the message names.
    Config,
    /// The blocking client was called in async code, or could not start its runtime.
    ///
    /// In async code, use the async `Client`, or call the blocking client on a thread of its own.
    Runtime,
    /// The authorization server rejected the refresh token (`invalid_grant`): it has expired, was revoked or was
    /// used before.
    ///
    /// Have the user authorize the application again. Retrying doesn't help.
    InvalidGrant,
    /// No access token could be obtained, so the request was not sent.
    ///
    /// The source is the error of the token request. If it is an error response, check the client ID and secret.
    /// Otherwise, try again later: if the server received the request, the next error is an
    /// [`InvalidGrant`](Self::InvalidGrant).
    Token,
    /// The token store could not save the new tokens, so they are not used and the request was not sent.
    ///
    /// Repair the store and send the request again: the client saves the tokens first. Until then,
    /// [`Error::unsaved_tokens`](crate::Error::unsaved_tokens) returns the only valid tokens.
    TokenStore,
    /// No connection to the server could be made, so the request was not sent.
    ///
    /// Check the network, the base URL and the proxy, and try again later.
    Connect,
    /// The TLS handshake failed, mostly because the server's certificate is not trusted.
    ///
    /// Check the certificates that the machine trusts, its clock, the base URL and the proxy.
    Tls,
    /// A timeout of the client expired.
    ///
    /// Ask for less in one request, or set a longer timeout. A request that changes something may have been carried
    /// out: check before sending it again.
    Timeout,
    /// The connection was lost before a response arrived.
    ///
    /// Try again later. A request that changes something may have been carried out: check before sending it again.
    Interrupted,
    /// The response ended early: the connection was lost, or the JSON is truncated.
    ///
    /// Ask for less in one request. A request that changes something may have been carried out: check before sending
    /// it again.
    Incomplete,
    /// The server responded with a redirect. The client follows none, since that could expose credentials.
    ///
    /// Check the base URL: [`Error::rejected_host`](crate::Error::rejected_host) returns the host of the new location.
    Redirect,
    /// A response contains the URL of a next page that isn't below the client's base URL. The client requests no such
    /// URL, since that could expose credentials.
    ///
    /// Check the base URL: [`Error::rejected_host`](crate::Error::rejected_host) returns the host of the other URL.
    CrossOrigin,
    /// The server responded with an error status (4xx or 5xx).
    ///
    /// Look at [`Error::status`](crate::Error::status) and [`Error::api`](crate::Error::api). The message includes what
    /// to do about the errors that are known.
    Status,
    /// The response doesn't match its declared type.
    ///
    /// [`Error::decode`](crate::Error::decode) has the JSON pointer of the value. Report it to the author of the
    /// description; a raw export returns such a record as it is.
    Decode,
    /// An export or a wait for a job can't continue.
    ///
    /// [`Error::export`](crate::Error::export) has the reason. The last checkpoint remains valid.
    Export,
    /// The request failed for another reason.
    ///
    /// Look at the source of the error.
    Other,
}

/// A short description, without details.
impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "the request is not valid",
            Self::Config => "the client is not configured correctly",
            Self::Runtime => "the blocking client cannot run here",
            Self::InvalidGrant => "the refresh token is not valid",
            Self::Token => "no access token could be obtained",
            Self::TokenStore => "the new tokens could not be saved",
            Self::Connect => "could not connect to the server",
            Self::Tls => "could not establish a secure connection to the server",
            Self::Timeout => "the request timed out",
            Self::Interrupted => "the connection was lost before a response arrived",
            Self::Incomplete => "the response is incomplete",
            Self::Redirect => "the server responded with a redirect",
            Self::CrossOrigin => "the response contains a URL outside of the base URL",
            Self::Status => "the server responded with an error",
            Self::Decode => "the response does not match its declared type",
            Self::Export => "the export cannot continue",
            Self::Other => "the request failed",
        })
    }
}
