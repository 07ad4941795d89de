//! Help for the errors of an API.

/// Help for certain errors of an API, which is more specific than the help for their status code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorHint {
    help: &'static str,
    status: Option<u16>,
    code: Option<&'static str>,
    phrase: Option<&'static str>,
    too_early: bool,
}

impl ErrorHint {
    /// Creates a hint for all errors. `help` is a clause that states what to do, such as "check the ID".
    #[must_use]
    pub const fn new(help: &'static str) -> Self {
        Self { help, status: None, code: None, phrase: None, too_early: false }
    }

    /// Limits the hint to errors with this status code.
    #[must_use]
    pub const fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Limits the hint to errors with this error code. See [`ApiError::code`](crate::ApiError::code).
    #[must_use]
    pub const fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// Limits the hint to errors whose message or error code contains a phrase, ignoring case. Pass the phrase in
    /// lower case.
    #[must_use]
    pub const fn phrase(mut self, phrase: &'static str) -> Self {
        self.phrase = Some(phrase);
        self
    }

    /// Marks the errors as "the requested data is not available yet, but will be". See
    /// [`Error::is_too_early`](crate::Error::is_too_early).
    #[must_use]
    pub const fn too_early(mut self) -> Self {
        self.too_early = true;
        self
    }

    pub(crate) const fn help(&self) -> &'static str {
        self.help
    }

    pub(crate) const fn is_too_early(&self) -> bool {
        self.too_early
    }

    /// Returns whether the hint applies to an error with this status code, error code and texts.
    pub(crate) fn applies_to(&self, status: u16, code: Option<&str>, texts: [Option<&str>; 2]) -> bool {
        let contains =
            |phrase: &str| texts.iter().flatten().any(|text| text.to_ascii_lowercase().contains(phrase));
        self.status.is_none_or(|wanted| wanted == status)
            && self.code.is_none_or(|wanted| Some(wanted) == code)
            && self.phrase.is_none_or(contains)
    }
}
