//! The kinds of errors.

use std::fmt;

/// The kind of an [`Error`](crate::Error). The docs of each kind state what to do about it.
///
/// The predicates of [`Error`](crate::Error), such as [`is_timeout`](crate::Error::is_timeout), also cover error
/// responses with the same meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request is not valid, so it was not sent.
    ///
    /// Fix the parameter or body that the message names. [`Error::request_error`](crate::Error::request_error) returns
    /// the details.
    Request,
    /// The client, or the server of an operation, is not configured correctly.
    ///
    /// Fix the setting that the message names.
    Config,
    /// The blocking client was called in async code, or could not start its tokio runtime.
    ///
    /// In async code, use the async `Client`, or call the blocking client on a separate thread.
    Runtime,
    /// The authorization server rejected the refresh token (`invalid_grant`): the token has expired, or was revoked or
    /// used before.
    ///
    /// Have the user authorize the application again. Retrying doesn't help.
    InvalidGrant,
    /// No access token could be obtained, so the request was not sent.
    ///
    /// The source is the error of the token request, if that failed. If it is an error response, check the client ID
    /// and secret. Otherwise, try again later. If the server has already used the refresh token, the next error is of
    /// the kind [`InvalidGrant`](Self::InvalidGrant).
    Token,
    /// The token store could not save the new tokens, so they are not used and the request was not sent.
    ///
    /// Fix the store and send the request again: the client saves the tokens first.
    /// `Error::unsaved_tokens` returns the new tokens, which are the only valid ones.
    TokenStore,
    /// No connection to the server could be established, so the request was not sent.
    ///
    /// Check the network, the base URL and the proxy, and try again later.
    Connect,
    /// The TLS handshake failed, usually because the server's certificate is not trusted.
    ///
    /// Check the certificates that the machine trusts, its clock, the base URL and the proxy.
    Tls,
    /// A timeout of the client expired.
    ///
    /// Request less data at once, or set a longer timeout. The server may have processed the request: check that before
    /// you repeat a request that changes data.
    Timeout,
    /// The connection was closed before a response arrived.
    ///
    /// Try again later. The server may have processed the request: check that before you repeat a request that changes
    /// data.
    Interrupted,
    /// The response ended early: the connection was closed before the end that the server had announced, or, where it had
    /// announced none, within JSON. In exports, any truncated JSON.
    ///
    /// Request less data at once. The server may have processed the request: check that before you repeat a request
    /// that changes data.
    Incomplete,
    /// The body of the response is longer than the client accepts, or its headers are more or longer than the HTTP library
    /// accepts.
    ///
    /// Request less data at once, or set a larger maximum with `max_response_size`. The server has processed the request:
    /// don't repeat one that changes data.
    TooLarge,
    /// The server responded with a redirect. The client follows no redirects, because that could expose credentials.
    ///
    /// Check the base URL: [`Error::rejected_host`](crate::Error::rejected_host) returns the host of the new location.
    Redirect,
    /// The response contains a URL for the next page that isn't below the base URL. The client doesn't request it,
    /// because that could expose credentials.
    ///
    /// Check the base URL: [`Error::rejected_host`](crate::Error::rejected_host) returns the host of that URL.
    CrossOrigin,
    /// The server received the request and responded with an error status (4xx or 5xx).
    ///
    /// For a 4xx status code, fix the request or the credentials as the message says: repeating the same request
    /// doesn't help. After 429, wait for [`Error::retry_after`](crate::Error::retry_after) first. For a 5xx status
    /// code, the server failed: try again later. [`Error::api_error`](crate::Error::api_error) returns the details.
    Status,
    /// An item of a stream reports an error of the server. The stream may go on.
    ///
    /// [`Error::api_error`](crate::Error::api_error) returns what the server says.
    ErrorEvent,
    /// The server accepted the request, but the response doesn't match its declared type.
    ///
    /// Don't repeat a request that changes data: the server has done it.
    /// [`Error::decode_error`](crate::Error::decode_error) returns the details, such as the JSON pointer of the value, and
    /// [`Error::received_response`](crate::Error::received_response) the body. Report them to the author of the
    /// description. [`Error::decode_lenient`](crate::Error::decode_lenient) returns the response without the values that
    /// don't match, as a [lenient](crate::Lenient) client does. If the response has no content
    /// ([`Error::is_no_content`](crate::Error::is_no_content)), `Client::send_optional` returns `None`. To read the response nevertheless, convert the request with
    /// [`into_text`](crate::Request::into_text) or [`into_bytes`](crate::Request::into_bytes). A raw export returns
    /// records unchanged.
    Decode,
    /// An export or a wait for a background job can't continue.
    ///
    /// `Error::export_error` returns the reason. The last checkpoint remains valid.
    Export,
    /// The HTTP library failed for a reason that no other kind covers.
    ///
    /// Look at the source, which `{error:#}` prints, and report it. The server may have processed the request: check
    /// that before you repeat a request that changes data.
    Other,
}

/// Writes a short description, without details.
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
            Self::Interrupted => "the connection was closed before a response arrived",
            Self::Incomplete => "the response is incomplete",
            Self::TooLarge => "the response is too large",
            Self::Redirect => "the server responded with a redirect",
            Self::CrossOrigin => "the response contains a URL that is not below the base URL",
            Self::Status => "the server responded with an error",
            Self::ErrorEvent => "the server reported an error in the stream",
            Self::Decode => "the response does not match its declared type",
            Self::Export => "the export cannot continue",
            Self::Other => "the request failed",
        })
    }
}
