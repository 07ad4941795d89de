//! A verifier for signatures with HMAC and SHA-256.

use std::error::Error;
use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::incoming_request::{IncomingRequest, VerifySignature};
use super::signature_error::SignatureError;
use super::signature_header::{SignedParts, seconds};
use super::signature_scheme::{Encoding, SignatureScheme};

/// A verifier for signatures with HMAC and SHA-256, made by [`SignatureScheme::verifier`]. Signatures are compared in
/// constant time.
#[derive(Clone)]
pub struct HmacSha256 {
    scheme: SignatureScheme,
    keys: Vec<Hmac<Sha256>>,
}

/// The reason why there is no verifier. It contains no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifierError {
    /// The secret is empty: everyone could sign requests with it.
    EmptySecret,
    /// The secret is not written as the scheme has it.
    InvalidSecret,
    /// The scheme doesn't sign the body, or not what it reads from headers.
    InvalidScheme,
}

impl fmt::Display for VerifierError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EmptySecret => "the secret for signatures is empty; help: check where it is read from",
            Self::InvalidSecret => {
                "the secret for signatures is not in the encoding of the scheme; help: copy it again, with its prefix"
            }
            Self::InvalidScheme => {
                "the scheme must sign the body, and the timestamp and ID if it has headers for them"
            }
        })
    }
}

impl Error for VerifierError {}

impl SignatureScheme {
    /// Creates a verifier. The server signs requests with the secret.
    ///
    /// # Errors
    ///
    /// Returns an error if the secret is empty, or not in the encoding of the scheme.
    pub fn verifier(&self, secret: &str) -> Result<HmacSha256, VerifierError> {
        let signs = |name: &str| self.signed.contains(name);
        let is_whole = signs("{body}")
            && signs("{timestamp}") == self.timestamp.is_some()
            && signs("{id}") == self.id.is_some();
        if !is_whole {
            return Err(VerifierError::InvalidScheme);
        }
        HmacSha256 { scheme: *self, keys: Vec::new() }.with_secret(secret)
    }
}

impl HmacSha256 {
    /// Adds another secret. A signature by any of them is accepted, while the server changes to a new one.
    ///
    /// # Errors
    ///
    /// Returns an error if the secret is empty, or not in the encoding of the scheme.
    pub fn with_secret(mut self, secret: &str) -> Result<Self, VerifierError> {
        let secret = secret.strip_prefix(self.scheme.key_prefix).unwrap_or(secret);
        let key = decoded(self.scheme.key_encoding, secret).ok_or(VerifierError::InvalidSecret)?;
        if key.is_empty() {
            return Err(VerifierError::EmptySecret);
        }
        self.keys.push(Hmac::new_from_slice(&key).map_err(|_| VerifierError::InvalidSecret)?);
        Ok(self)
    }

    /// Returns whether one of the signatures is that of the signed parts. Each comparison takes constant time.
    fn is_signed(&self, parts: &SignedParts<'_>) -> bool {
        let signatures: Vec<_> =
            parts.signatures().filter_map(|text| decoded(self.scheme.encoding, text)).collect();
        self.keys.iter().any(|key| {
            let mut mac = key.clone();
            parts.signed().for_each(|part| mac.update(part));
            signatures.iter().any(|signature| mac.clone().verify_slice(signature).is_ok())
        })
    }
}

impl VerifySignature for HmacSha256 {
    fn verify(&self, request: &IncomingRequest<'_>, now: SystemTime) -> Result<(), SignatureError> {
        let parts = SignedParts::read(&self.scheme, request)?;
        if !self.is_signed(&parts) {
            return Err(SignatureError::Mismatch);
        }
        let Some((header, timestamp)) = parts.timestamp() else { return Ok(()) };
        let invalid = || SignatureError::InvalidHeader(header.into());
        let at = str::from_utf8(timestamp).ok().and_then(seconds).ok_or_else(invalid)?;
        let age = since_epoch(now) - i128::from(at);
        let tolerance = self.scheme.tolerance;
        if age > tolerance.into() {
            return Err(SignatureError::TooOld { tolerance });
        }
        if age < -i128::from(tolerance) {
            return Err(SignatureError::TooEarly { tolerance });
        }
        Ok(())
    }
}

/// Shows the scheme and the number of secrets.
impl fmt::Debug for HmacSha256 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HmacSha256").field("scheme", &self.scheme).field("secrets", &self.keys.len()).finish()
    }
}

/// Returns the seconds since 1970.
fn since_epoch(now: SystemTime) -> i128 {
    match now.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_secs().into(),
        Err(before) => -i128::from(before.duration().as_secs()),
    }
}

/// Decodes a key or a signature.
fn decoded(encoding: Encoding, text: &str) -> Option<Vec<u8>> {
    match encoding {
        Encoding::Text => Some(text.as_bytes().to_vec()),
        Encoding::Base64 => STANDARD.decode(text).ok(),
        Encoding::Hex => {
            let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
            pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
        }
    }
}

/// Returns the value of a hexadecimal digit.
fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
