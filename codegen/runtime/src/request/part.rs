//! Files among the parts of a multipart body.

use std::fmt;
use std::sync::Arc;

/// A file that is sent as a part of a body: its bytes, and what is said of them.
///
/// Cloning it, and sending it more than once, copies none of the bytes.
///
/// ```
/// # use clientwright_runtime::Part;
/// let part = Part::new(b"a,b\n1,2\n").file_name("table.csv").content_type("text/csv");
/// # assert_eq!(part.bytes().len(), 8);
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use]
pub struct Part {
    bytes: Arc<Vec<u8>>,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl Part {
    /// The bytes of a file.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self { bytes: Arc::new(bytes.into()), file_name: None, content_type: None }
    }

    /// What the file is called; `file` if not set, since servers take a part without a name for a plain value.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The media type of the bytes; what the API declares, or `application/octet-stream`, if not set.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The same bytes, to be shared.
    pub(super) fn shared(&self) -> &Arc<Vec<u8>> {
        &self.bytes
    }

    pub(super) fn name(&self) -> &str {
        self.file_name.as_deref().unwrap_or("file")
    }

    pub(super) fn media_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }
}

impl<T: Into<Vec<u8>>> From<T> for Part {
    fn from(bytes: T) -> Self {
        Self::new(bytes)
    }
}

/// Shows how many bytes there are, and none of them.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("length", &self.bytes.len())
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish()
    }
}
