//! The faults that can be injected.

/// A fault that can be injected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// 429 with `Retry-After` in seconds.
    TooManyRequests,
    /// 429 without `Retry-After`.
    TooManyRequestsWithoutDelay,
    /// 429 with an HTTP date in `Retry-After`.
    TooManyRequestsUntilDate,
    /// 429 with an invalid `Retry-After`.
    TooManyRequestsNonsense,
    /// 500 with a JSON body whose `status` is a number.
    InternalError,
    /// 502 with a page of HTML.
    BadGateway,
    /// 503 without `Retry-After` and with an empty body.
    Unavailable,
    /// 503 with `Retry-After` in seconds.
    UnavailableWithDelay,
    /// 504 with plain text, if the requested page is large.
    GatewayTimeout,
    /// 520 with a page of HTML.
    UnknownError,
    /// The connection is reset before there is a response.
    ResetBeforeResponse,
    /// The connection is reset in the middle of the body.
    ResetInBody,
    /// The connection ends before `Content-Length` bytes were sent.
    ShortBody,
    /// The JSON is truncated, but `Content-Length` matches.
    TruncatedJson,
    /// The body is sent slowly, in small pieces.
    SlowBody,
    /// The URL of the next page is that of another host.
    OtherHostNextPage,
    /// A redirect to another host.
    OtherHostRedirect,
    /// The next cursor is the cursor of the request.
    RepeatedCursor,
    /// There is no next cursor, although this is not the last page.
    MissingCursor,
    /// `end_time` is the `start_time` of the request, although this is not the last page.
    Stall,
    /// The server's clock is minutes fast or slow.
    ClockSkew,
    /// The status is 200, but the response is not a page: an error message, HTML, `null`, or a page without its list.
    ErrorPage,
    /// Some records of the page appear twice in it.
    RepeatedRecord,
    /// 400, because the server no longer accepts the cursor.
    RejectedCursor,
    /// `Date` is in 1970.
    EpochDate,
    /// The page is empty and has a new cursor, which leads to the same records.
    EmptyPage,
    /// The page is the last one again, with a new cursor, which leads to the records that were requested.
    RepeatedPage,
}

impl Fault {
    /// All faults.
    pub const ALL: [Self; 27] = [
        Self::TooManyRequests,
        Self::TooManyRequestsWithoutDelay,
        Self::TooManyRequestsUntilDate,
        Self::TooManyRequestsNonsense,
        Self::InternalError,
        Self::BadGateway,
        Self::Unavailable,
        Self::UnavailableWithDelay,
        Self::GatewayTimeout,
        Self::UnknownError,
        Self::ResetBeforeResponse,
        Self::ResetInBody,
        Self::ShortBody,
        Self::TruncatedJson,
        Self::SlowBody,
        Self::OtherHostNextPage,
        Self::OtherHostRedirect,
        Self::RepeatedCursor,
        Self::MissingCursor,
        Self::Stall,
        Self::ClockSkew,
        Self::ErrorPage,
        Self::RepeatedRecord,
        Self::RejectedCursor,
        Self::EpochDate,
        Self::EmptyPage,
        Self::RepeatedPage,
    ];

    /// Returns the name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::TooManyRequests => "too-many-requests",
            Self::TooManyRequestsWithoutDelay => "too-many-requests-without-delay",
            Self::TooManyRequestsUntilDate => "too-many-requests-until-date",
            Self::TooManyRequestsNonsense => "too-many-requests-nonsense",
            Self::InternalError => "internal-error",
            Self::BadGateway => "bad-gateway",
            Self::Unavailable => "unavailable",
            Self::UnavailableWithDelay => "unavailable-with-delay",
            Self::GatewayTimeout => "gateway-timeout",
            Self::UnknownError => "unknown-error",
            Self::ResetBeforeResponse => "reset-before-response",
            Self::ResetInBody => "reset-in-body",
            Self::ShortBody => "short-body",
            Self::TruncatedJson => "truncated-json",
            Self::SlowBody => "slow-body",
            Self::OtherHostNextPage => "other-host-next-page",
            Self::OtherHostRedirect => "other-host-redirect",
            Self::RepeatedCursor => "repeated-cursor",
            Self::MissingCursor => "missing-cursor",
            Self::Stall => "stall",
            Self::ClockSkew => "clock-skew",
            Self::ErrorPage => "error-page",
            Self::RepeatedRecord => "repeated-record",
            Self::RejectedCursor => "rejected-cursor",
            Self::EpochDate => "epoch-date",
            Self::EmptyPage => "empty-page",
            Self::RepeatedPage => "repeated-page",
        }
    }

    /// Returns whether a client can't continue on its own, so that its caller has to decide.
    pub fn needs_decision(self) -> bool {
        matches!(
            self,
            Self::OtherHostNextPage
                | Self::OtherHostRedirect
                | Self::RepeatedCursor
                | Self::MissingCursor
                | Self::RejectedCursor
                | Self::Stall
        )
    }

    /// Returns whether the fault changes the contents of a page, so that the endpoint applies it.
    pub(crate) fn is_in_page(self) -> bool {
        matches!(
            self,
            Self::OtherHostNextPage
                | Self::RepeatedCursor
                | Self::MissingCursor
                | Self::Stall
                | Self::RepeatedRecord
                | Self::EmptyPage
                | Self::RepeatedPage
        )
    }
}
