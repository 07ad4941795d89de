//! A successful response, and how it is read as JSON, text, bytes, a sequence or a redirect.

use std::borrow::Cow;
use std::cell::RefCell;

use super::charset::{self, CharsetProblem};
use super::choice::Choice;
use super::compression;
use super::media_type;
use super::redirect::Redirect;
use super::sequence;
use crate::decode::error::DecodeError;
use crate::decode::text::{LeftOut, TextDecoder, decode_with, match_score};
use crate::json::syntax::is_valid;
use crate::model::node::{Decode, Slot, slot_of};
use crate::operation::Operation;

/// What to do about content that can't be read as text.
const NOT_TEXT: &str = "to read it as it came, convert the request with `into_bytes`";

/// A successful response, as the decoder of a request reads it.
#[derive(Clone, Copy)]
pub struct Received<'a> {
    pub(crate) operation: &'static Operation,
    /// The status code; 0 if it is unknown.
    pub(crate) status: u16,
    /// The value of the header `Content-Type`.
    pub(crate) content_type: Option<&'a str>,
    /// The value of the header `Content-Encoding`.
    pub(crate) encoding: Option<&'a str>,
    /// The value of the header `Location`.
    pub(crate) location: Option<&'a str>,
    pub(crate) body: &'a [u8],
    /// What was left out of the value, if the caller asks for it.
    pub(crate) left_out: Option<&'a RefCell<LeftOut>>,
    /// Whether what doesn't match its declared type is left out.
    pub(crate) is_lenient: bool,
}

/// A type that is read from a response by its status code. Emitted code implements it for unions.
pub trait FromResponse: Sized {
    /// Reads the response.
    ///
    /// # Errors
    ///
    /// Returns an error if the content doesn't match the type that is declared for the status code.
    fn from_response(response: &Received<'_>) -> Result<Self, DecodeError>;
}

impl<'a> Received<'a> {
    /// Creates a response of which only the body is known.
    pub(crate) fn of_body(operation: &'static Operation, body: &'a [u8]) -> Self {
        Self {
            operation,
            status: 0,
            content_type: None,
            encoding: None,
            location: None,
            body,
            left_out: None,
            is_lenient: false,
        }
    }

    /// Returns whether the response has no content. With some status codes it never has any (RFC 9110, section 15).
    pub(crate) fn is_empty(&self) -> bool {
        self.never_has_content() || self.body.trim_ascii().is_empty()
    }

    fn never_has_content(&self) -> bool {
        matches!(self.status, 204 | 205 | 304)
    }

    /// Reads the body as JSON, whatever `Content-Type` says.
    pub(crate) fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        let mut value = T::blank();
        match slot_of(&mut value) {
            Slot::Unit => return Ok(value),
            // Null is no content either.
            Slot::Null if self.is_empty() => return Ok(value),
            Slot::Any(_) if self.never_has_content() => return Ok(value),
            slot if self.is_empty() && slot.is_optional() => return Ok(value),
            _ => {}
        }
        let body = self.checked_text()?;
        let mut decoder = self.decoder();
        value = decode_with(&body, &mut decoder).map_err(|error| self.explained(&body, error))?;
        self.note(decoder.left_out);
        Ok(value)
    }

    fn decoder(&self) -> TextDecoder {
        if self.is_lenient { TextDecoder::lenient() } else { TextDecoder::strict() }
    }

    /// Keeps what was left out of the value.
    fn note(&self, left_out: LeftOut) {
        if let Some(all) = self.left_out {
            all.replace(left_out);
        }
    }

    /// Returns the JSON text, unless `Content-Type` names another kind of content.
    fn checked_text(&self) -> Result<Cow<'a, [u8]>, DecodeError> {
        let body = self.json_text();
        if self.is_foreign(&body) { Err(self.unexpected_content()) } else { Ok(body) }
    }

    /// Returns the JSON text.
    fn json_text(&self) -> Cow<'a, [u8]> {
        charset::json_text(self.body, self.content_type.and_then(media_type::charset))
    }

    /// Returns whether `Content-Type` names another kind of content, and a text that is JSON only by chance: a line with
    /// a number is also CSV.
    fn is_foreign(&self, body: &[u8]) -> bool {
        let is_other =
            |content_type| !media_type::is_json(content_type) && !media_type::is_generic(content_type);
        self.content_type.is_some_and(is_other)
            && !matches!(body.trim_ascii_start().first(), Some(b'{' | b'[') | None)
    }

    /// Returns an error that names what arrived if that isn't JSON, else the error of the decoder.
    pub(crate) fn explained(&self, body: &[u8], error: DecodeError) -> DecodeError {
        let start = body.trim_ascii_start();
        let begins_as_json =
            matches!(start.first(), Some(b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n'));
        let is_other = self.content_type.is_some_and(|content_type| {
            !media_type::is_json(content_type) && !media_type::essence(content_type).is_empty()
        });
        if is_valid(body) || !error.mismatches().is_empty() || begins_as_json && !is_other {
            return error;
        }
        self.unexpected_content()
    }

    /// Returns the error for content of another kind than the declared one.
    #[cold]
    pub(crate) fn unexpected_content(&self) -> DecodeError {
        let expected = self.operation.media_types().next().unwrap_or("application/json");
        DecodeError::content(format!("`{expected}`"), self.found(), self.help())
    }

    /// Describes the content.
    fn found(&self) -> String {
        if self.is_empty() {
            return "no content".to_owned();
        }
        if let Some(compressed) = self.compressed() {
            return compressed;
        }
        match self.content_type.map(media_type::essence).filter(|essence| !essence.is_empty()) {
            Some(essence) if !media_type::is_json(essence) => format!("`{}`", essence.escape_debug()),
            _ if self.body.trim_ascii_start().starts_with(b"<") => "a text with markup".to_owned(),
            _ if str::from_utf8(self.body).is_ok() => "another text".to_owned(),
            _ => "bytes that are not text".to_owned(),
        }
    }

    /// Returns what the caller can do about the content.
    fn help(&self) -> Option<&'static str> {
        if self.is_empty() {
            return Some("`send_optional` returns `None` for a response without content");
        }
        if self.compressed().is_some() {
            return Some(compression::HELP);
        }
        let found = self.content_type.filter(|found| !media_type::is_json(found))?;
        self.operation.media_types().find(|declared| media_type::is_same(declared, found))?;
        Some(if media_type::is_text(found) {
            "the description declares this media type, too: to read it, convert the request with `into_text`"
        } else {
            "the description declares this media type, too: to read it, convert the request with `into_bytes`"
        })
    }

    fn compressed(&self) -> Option<String> {
        compression::compressed(self.encoding, self.body)
    }

    /// Reads the body as text in its charset: that of `Content-Type`, else the declared one, else UTF-8.
    pub(crate) fn text(&self) -> Result<String, DecodeError> {
        let text = charset::decode(self.body, self.charset()).map(Cow::into_owned);
        text.map_err(|problem| {
            let compressed = self.compressed();
            let help = if compressed.is_some() { compression::HELP } else { NOT_TEXT };
            let is_text =
                |own| media_type::is_text(own) || media_type::is_json(own) || media_type::is_generic(own);
            let found = match (compressed, problem) {
                (Some(compressed), _) => compressed,
                (None, CharsetProblem::Invalid(_)) if !self.content_type.is_none_or(is_text) => self.found(),
                (None, CharsetProblem::Invalid(charset)) => format!("bytes that are not valid {charset}"),
                (None, CharsetProblem::Unknown(charset)) => {
                    format!("text in the charset `{}`, which is not supported", charset.escape_debug())
                }
            };
            DecodeError::content("text".to_owned(), found, Some(help))
        })
    }

    fn charset(&self) -> Option<&str> {
        let own = self.content_type.and_then(media_type::charset);
        own.or_else(|| {
            let is_it = |declared: &&str| {
                self.content_type.is_none_or(|content_type| media_type::is_same(declared, content_type))
            };
            self.operation.media_types().find(is_it).and_then(media_type::charset)
        })
    }

    /// Returns the body as it arrived.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.body.to_vec()
    }

    /// Reads the body as a sequence of JSON values: one in each line, or each after a separator.
    pub(crate) fn items<T: Decode>(&self) -> Result<Vec<T>, DecodeError> {
        if self.content_type.is_some_and(media_type::is_json) {
            return self.json();
        }
        let is_sequence = self.content_type.is_some_and(media_type::is_sequence);
        let body = self.json_text();
        let mut decoder = self.decoder();
        let (mut items, mut left_out) = (Vec::new(), LeftOut::default());
        for (index, (before, value)) in sequence::values(&body).enumerate() {
            let item = decode_with(value, &mut decoder);
            let explained = |error| if is_sequence { error } else { self.explained(value, error) };
            items.push(item.map_err(|error| explained(error).after(before).inside(&format!("/{index}")))?);
            if decoder.left_out.mismatches.total() > 0 {
                left_out.add_item(index, before, std::mem::take(&mut decoder.left_out));
            }
        }
        self.note(left_out);
        Ok(items)
    }

    /// Returns the redirect.
    pub(crate) fn redirect(&self) -> Redirect {
        Redirect { status: self.status, location: self.location.map(str::to_owned) }
    }
}

/// How the content of a variant is read; for the macro `response_union`.
#[doc(hidden)]
impl Received<'_> {
    /// Chooses between variants with these status codes.
    pub fn choose(&self, statuses: &'static [&'static [&'static str]]) -> Choice {
        Choice::new(self.status, statuses)
    }

    /// Reads JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if it doesn't match the type.
    pub fn read_json<T: Decode>(&self, choice: &mut Choice) -> Result<T, DecodeError> {
        if !choice.is_undeclared() {
            return self.json();
        }
        // Leniently, nearly every object would be the first variant.
        let value = Self { is_lenient: false, ..*self }.json()?;
        choice.set_score(match_score(slot_of(&mut T::blank()), &self.json_text()));
        Ok(value)
    }

    /// Reads text.
    ///
    /// # Errors
    ///
    /// Returns an error if the bytes are not text.
    pub fn read_text(&self, choice: &mut Choice) -> Result<String, DecodeError> {
        self.fitting(choice, media_type::is_text)?.text()
    }

    /// Reads bytes.
    ///
    /// # Errors
    ///
    /// Returns an error if the status code is not declared, and the content is JSON or text.
    pub fn read_bytes(&self, choice: &mut Choice) -> Result<Vec<u8>, DecodeError> {
        let is_bytes =
            |content_type: &str| !media_type::is_text(content_type) && !media_type::is_json(content_type);
        Ok(self.fitting(choice, is_bytes)?.bytes())
    }

    /// Reads a sequence of JSON values.
    ///
    /// # Errors
    ///
    /// Returns an error if one of them doesn't match the type.
    pub fn read_items<T: Decode>(&self, choice: &mut Choice) -> Result<Vec<T>, DecodeError> {
        self.fitting(choice, media_type::is_sequence)?.items()
    }

    /// Reads a response without content. If the status code is declared, content that arrived is ignored.
    ///
    /// # Errors
    ///
    /// Returns an error if the status code is not declared, and there is content, or the variant is for other classes of
    /// status codes.
    pub fn read_empty(&self, choice: &mut Choice) -> Result<(), DecodeError> {
        let is_other = choice.is_undeclared() && !(self.is_empty() && choice.is_of_class());
        if is_other { Err(self.unexpected_content()) } else { Ok(()) }
    }

    /// Reads a redirect.
    ///
    /// # Errors
    ///
    /// Returns an error if the response is not a redirect.
    pub fn read_redirect(&self, _: &mut Choice) -> Result<Redirect, DecodeError> {
        if self.status / 100 == 3 { Ok(self.redirect()) } else { Err(self.unexpected_content()) }
    }

    /// Reads JSON that no variant accepts, if the status code is not declared. It is kept as it is. A status code that
    /// never has content, such as a 204 where only 2XX is declared, gives none.
    ///
    /// # Errors
    ///
    /// Returns the reason why no variant holds the response.
    pub fn read_unknown(&self, choice: Choice) -> Result<serde_json::Value, DecodeError> {
        match self.json() {
            Ok(value) if choice.is_undeclared() && !self.never_has_content() => Ok(value),
            _ => Err(choice.into_error().unwrap_or_else(|| self.unexpected_content())),
        }
    }

    /// Returns the response if it has content whose media type fits. With a declared status code, any does.
    fn fitting(&self, choice: &Choice, fits: fn(&str) -> bool) -> Result<&Self, DecodeError> {
        let is_other = choice.is_undeclared() && !self.content_type.is_some_and(fits);
        if is_other || self.never_has_content() { Err(self.unexpected_content()) } else { Ok(self) }
    }
}
