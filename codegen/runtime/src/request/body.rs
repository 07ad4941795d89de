//! Bodies of requests.

use std::borrow::Cow;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use super::file_part::Part;
use super::style::Style;
use super::upload::Upload;
use super::value_string;
use crate::encode::visit::{visit_items, visit_properties};
use crate::model::node::View;
use crate::percent::percent_encode;

/// A body and its media type.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    content_type: Cow<'static, str>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Whole(Upload),
    Multipart(Multipart),
}

/// A chunk of a body.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Chunk<'a> {
    /// A boundary, or the headers of a part.
    Text(&'a str),
    /// The content of the body or of a part.
    Content(&'a Upload),
}

impl Body {
    pub(super) fn new(content_type: impl Into<Cow<'static, str>>, content: impl Into<Upload>) -> Self {
        Self { content_type: content_type.into(), content: Content::Whole(content.into()) }
    }

    /// Creates a multipart body without parts.
    pub(super) fn multipart() -> Self {
        let multipart = Multipart::new();
        let content_type = format!("multipart/form-data; boundary={}", multipart.boundary);
        Self { content_type: content_type.into(), content: Content::Multipart(multipart) }
    }

    pub(crate) fn content_type(&self) -> &str {
        &self.content_type
    }

    pub(super) fn set_content_type(&mut self, content_type: Cow<'static, str>) {
        self.content_type = content_type;
    }

    /// Returns the bytes of the body, unless it is multipart or a stream.
    pub(super) fn whole(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Whole(upload) => upload.as_bytes(),
            Content::Multipart(_) => None,
        }
    }

    pub(super) fn parts(&mut self) -> Option<&mut Multipart> {
        match &mut self.content {
            Content::Whole(_) => None,
            Content::Multipart(multipart) => Some(multipart),
        }
    }

    /// Returns the length in bytes, if it is known.
    pub(crate) fn len(&self) -> Option<u64> {
        self.chunks().into_iter().map(Chunk::len).sum()
    }

    /// Returns whether the body can be sent now: no stream in it was sent before that can be read only once.
    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
    pub(crate) fn can_send(&self) -> bool {
        self.chunks().into_iter().all(|chunk| match chunk {
            Chunk::Text(_) => true,
            Chunk::Content(upload) => upload.can_send(),
        })
    }

    /// Returns the chunks of the body, in order.
    pub(crate) fn chunks(&self) -> Vec<Chunk<'_>> {
        match &self.content {
            Content::Whole(upload) => vec![Chunk::Content(upload)],
            Content::Multipart(multipart) => multipart.chunks(),
        }
    }
}

impl<'a> Chunk<'a> {
    /// Returns the bytes, unless it is a stream.
    pub(super) fn into_bytes(self) -> Option<&'a [u8]> {
        match self {
            Chunk::Text(text) => Some(text.as_bytes()),
            Chunk::Content(upload) => upload.as_bytes(),
        }
    }

    fn len(self) -> Option<u64> {
        match self {
            Chunk::Text(text) => Some(text.len() as u64),
            Chunk::Content(upload) => upload.length(),
        }
    }
}

/// Parts, separated by a random boundary, so that the content of a part can't contain it.
#[derive(Clone, Debug)]
pub(crate) struct Multipart {
    boundary: String,
    pieces: Vec<Piece>,
    /// Header fields of parts, by the names of the parts. They can be set before the parts.
    headers: Vec<PartHeader>,
    end: String,
}

#[derive(Clone, Debug)]
struct PartHeader {
    part: &'static str,
    name: &'static str,
    value: String,
}

#[derive(Clone, Debug)]
struct Piece {
    /// The name of the property that the piece belongs to. In a style, the piece can have another name.
    part: &'static str,
    /// The boundary and the first header fields.
    begin: String,
    /// All up to the content: `begin` and the header fields that are set.
    head: String,
    content: Upload,
}

impl Piece {
    fn chunks(&self) -> [Chunk<'_>; 3] {
        [Chunk::Text(&self.head), Chunk::Content(&self.content), Chunk::Text("\r\n")]
    }

    /// Sets the header fields, each of which begins with a line break.
    fn set_headers(&mut self, headers: &str) {
        self.head = format!("{}{headers}\r\n\r\n", self.begin);
    }
}

impl Multipart {
    fn new() -> Self {
        let random = || RandomState::new().build_hasher().finish();
        let boundary = format!("{:016x}{:016x}", random(), random());
        let end = format!("--{boundary}--\r\n");
        Self { boundary, pieces: Vec::new(), headers: Vec::new(), end }
    }

    /// Removes the parts with this name.
    pub(super) fn remove(&mut self, name: &str) {
        self.pieces.retain(|piece| piece.part != name);
    }

    /// Adds a value: the items of an array as separate parts, objects as JSON. Returns `false` if the value cannot be
    /// written.
    pub(super) fn push(&mut self, name: &'static str, value: View<'_>, content_type: Option<&str>) -> bool {
        let mut fine = true;
        if visit_items(value, &mut |item| fine &= self.push_one(name, item, content_type)) {
            return fine;
        }
        matches!(value, View::Absent) || self.push_one(name, value, content_type)
    }

    fn push_one(&mut self, name: &'static str, value: View<'_>, content_type: Option<&str>) -> bool {
        let Some(text) = value_string::nested(value) else { return false };
        let is_json = visit_properties(value, &mut |_, _| {}) || visit_items(value, &mut |_| {});
        let content_type = content_type.or(is_json.then_some("application/json"));
        self.add(name, name, None, content_type, text.into())
    }

    /// Adds a value in a style: each pair is a part. Returns `false` if the value cannot be written.
    pub(super) fn push_styled(&mut self, name: &'static str, value: View<'_>, style: Style) -> bool {
        let Some(pairs) = style.parts(name, value) else { return false };
        pairs.into_iter().all(|(key, text)| self.add(name, &key, None, None, text.into()))
    }

    /// Sets a header field of all parts with a name, or removes it.
    pub(super) fn set_header(&mut self, part: &'static str, name: &'static str, value: Option<String>) {
        self.headers.retain(|header| (header.part, header.name) != (part, name));
        self.headers.extend(value.map(|value| PartHeader { part, name, value }));
        let headers = self.headers_of(part);
        for piece in self.pieces.iter_mut().filter(|piece| piece.part == part) {
            piece.set_headers(&headers);
        }
    }

    fn headers_of(&self, part: &str) -> String {
        let headers = self.headers.iter().filter(|header| header.part == part);
        headers.map(|PartHeader { name, value, .. }| format!("\r\n{name}: {value}")).collect()
    }

    /// Adds a file. Returns `false` if its media type is not a valid header value.
    pub(super) fn push_file(&mut self, name: &'static str, part: &Part, declared: Option<&str>) -> bool {
        let content_type = part.media_type().or(declared).unwrap_or("application/octet-stream");
        let content = part.content().clone();
        self.add(name, name, Some(part.name()), Some(content_type), content)
    }

    fn add(
        &mut self,
        part: &'static str,
        name: &str,
        file_name: Option<&str>,
        content_type: Option<&str>,
        content: Upload,
    ) -> bool {
        let mut begin =
            format!("--{}\r\nContent-Disposition: form-data; name=\"{}\"", self.boundary, quoted(name));
        if let Some(file_name) = file_name {
            begin.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        if let Some(content_type) = content_type {
            if !is_header_value(content_type) {
                return false;
            }
            begin.push_str(&format!("\r\nContent-Type: {content_type}"));
        }
        let mut piece = Piece { part, begin, head: String::new(), content };
        piece.set_headers(&self.headers_of(part));
        self.pieces.push(piece);
        true
    }

    fn chunks(&self) -> Vec<Chunk<'_>> {
        let mut chunks: Vec<_> = self.pieces.iter().flat_map(Piece::chunks).collect();
        chunks.push(Chunk::Text(&self.end));
        chunks
    }
}

/// Escapes a name for a quoted string, as browsers do.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// Returns whether a text is a valid header value.
pub(super) fn is_header_value(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'\t' || (b' '..0x7f).contains(&byte))
}

/// Writes an object as a form. Fields with a style are written in it; others are written as scalars, arrays of scalars,
/// or JSON. `None` if a value cannot be written.
pub(super) fn form(view: View<'_>, styles: &[(&str, Style)]) -> Option<String> {
    if let Some(text) = value_string::scalar(view) {
        return Some(text);
    }
    let mut pairs = Some(Vec::new());
    let is_object = visit_properties(view, &mut |key, view| {
        let style = styles.iter().find(|(name, _)| *name == key).map(|(_, style)| *style);
        let written = match style {
            Some(style) => style.pairs(key, view),
            None => plain(key, view),
        };
        match (written, &mut pairs) {
            (Some(written), Some(pairs)) => pairs.extend(written),
            _ => pairs = None,
        }
    });
    if is_object { pairs.map(|pairs| pairs.join("&")) } else { None }
}

fn plain(key: &str, view: View<'_>) -> Option<Vec<String>> {
    let values = match view {
        View::Absent => Vec::new(),
        view => value_string::item_strings(view)
            .unwrap_or_else(|| value_string::nested(view).map(|text| vec![text]))?,
    };
    let pair = |value: &String| format!("{}={}", percent_encode(key), percent_encode(value));
    Some(values.iter().map(pair).collect())
}
