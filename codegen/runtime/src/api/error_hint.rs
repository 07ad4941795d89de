//! What an API means by its errors.

/// What to do about errors of a kind, where more is known of them than what their status means everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorHint {
    help: &'static str,
    status: Option<u16>,
    code: Option<&'static str>,
    phrase: Option<&'static str>,
    too_early: bool,
}

impl ErrorHint {
    /// What to do, as a clause: "check the id".
    #[must_use]
    pub const fn new(help: &'static str) -> Self {
        Self { help, status: None, code: None, phrase: None, too_early: false }
    }

    /// Limits it to errors of a status.
    #[must_use]
    pub const fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// Limits it to errors of a code, see [`ApiError::code`](crate::ApiError::code).
    #[must_use]
    pub const fn code(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// Limits it to errors whose message or code holds a phrase, in any case; the phrase is in lower case.
    #[must_use]
    pub const fn phrase(mut self, phrase: &'static str) -> Self {
        self.phrase = Some(phrase);
        self
    }

    /// Says that what was asked for is not there yet, and will be: see
    /// [`Error::is_caught_up`](crate::Error::is_caught_up).
    #[must_use]
    pub const fn too_early(mut self) -> Self {
        self.too_early = true;
        self
    }

    /// What to do.
    pub(crate) const fn help(&self) -> &'static str {
        self.help
    }

    pub(crate) const fn is_too_early(&self) -> bool {
        self.too_early
    }

    /// Whether it is about an error of this status and code, whose words are these.
    pub(crate) fn fits(&self, status: u16, code: Option<&str>, words: [Option<&str>; 2]) -> bool {
        let holds =
            |phrase: &str| words.iter().flatten().any(|words| words.to_ascii_lowercase().contains(phrase));
        self.status.is_none_or(|wanted| wanted == status)
            && self.code.is_none_or(|wanted| Some(wanted) == code)
            && self.phrase.is_none_or(holds)
    }
}
