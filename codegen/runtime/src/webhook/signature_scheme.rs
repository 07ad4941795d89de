//! How an API signs the requests that it sends, as data.

/// How an API signs the requests that it sends: HMAC with SHA-256, in a header.
///
/// Emitted code declares it as a constant. With the feature `signatures`, `verifier` makes a verifier of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignatureScheme {
    pub(super) header: &'static str,
    pub(super) encoding: Encoding,
    pub(super) prefix: &'static str,
    pub(super) separator: Option<&'static str>,
    pub(super) signed: &'static str,
    pub(super) timestamp: Option<TimestampLocation>,
    pub(super) id: Option<&'static str>,
    pub(super) tolerance: u32,
    pub(super) key_encoding: Encoding,
    pub(super) key_prefix: &'static str,
}

/// How bytes are written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// As they are.
    Text,
    Hex,
    Base64,
}

/// Where the time of a signature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TimestampLocation {
    /// In a header of its own.
    Header(&'static str),
    /// In the header of the signature, after this prefix.
    Element(&'static str),
}

impl SignatureScheme {
    /// The tolerance if none is declared, in seconds.
    const TOLERANCE: u32 = 300;

    /// Creates the scheme of a header that contains the signature of the body in hexadecimal digits. The key is the secret
    /// as it is.
    #[must_use]
    pub const fn hmac_sha256(header: &'static str) -> Self {
        Self {
            header,
            encoding: Encoding::Hex,
            prefix: "",
            separator: None,
            signed: "{body}",
            timestamp: None,
            id: None,
            tolerance: Self::TOLERANCE,
            key_encoding: Encoding::Text,
            key_prefix: "",
        }
    }

    /// Sets that signatures are written in Base64.
    #[must_use]
    pub const fn base64(self) -> Self {
        Self { encoding: Encoding::Base64, ..self }
    }

    /// Sets the text before a signature: `sha256=`. What doesn't begin so is no signature of this scheme.
    #[must_use]
    pub const fn prefix(self, prefix: &'static str) -> Self {
        Self { prefix, ..self }
    }

    /// Sets the text between the elements of the header, which may be several signatures.
    #[must_use]
    pub const fn separator(self, separator: &'static str) -> Self {
        Self { separator: Some(separator), ..self }
    }

    /// Sets what is signed, with the placeholders `{timestamp}`, `{id}` and `{body}`: `{timestamp}.{body}`.
    #[must_use]
    pub const fn signed(self, template: &'static str) -> Self {
        Self { signed: template, ..self }
    }

    /// Sets the header with the time of the signature: seconds since 1970, or as in RFC 3339.
    #[must_use]
    pub const fn timestamp_header(self, name: &'static str) -> Self {
        Self { timestamp: Some(TimestampLocation::Header(name)), ..self }
    }

    /// Sets the prefix of the element with the time of the signature, which is in the header of the signature: `t=`.
    #[must_use]
    pub const fn timestamp_element(self, prefix: &'static str) -> Self {
        Self { timestamp: Some(TimestampLocation::Element(prefix)), ..self }
    }

    /// Sets the header with the ID of the request.
    #[must_use]
    pub const fn id_header(self, name: &'static str) -> Self {
        Self { id: Some(name), ..self }
    }

    /// Sets the maximum age of a signature in seconds. The default is 300.
    #[must_use]
    pub const fn tolerance(self, seconds: u32) -> Self {
        Self { tolerance: seconds, ..self }
    }

    /// Sets that the key is the secret decoded from Base64.
    #[must_use]
    pub const fn base64_key(self) -> Self {
        Self { key_encoding: Encoding::Base64, ..self }
    }

    /// Sets that the key is the secret decoded from hexadecimal digits.
    #[must_use]
    pub const fn hex_key(self) -> Self {
        Self { key_encoding: Encoding::Hex, ..self }
    }

    /// Sets the text before the key in a secret: `whsec_`. A secret may lack it.
    #[must_use]
    pub const fn key_prefix(self, prefix: &'static str) -> Self {
        Self { key_prefix: prefix, ..self }
    }
}
