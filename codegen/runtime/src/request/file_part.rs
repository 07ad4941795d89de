//! Files in multipart bodies.

use std::fmt;

use super::upload::Upload;

/// A file in a multipart body: its content, file name and media type.
///
/// Cloning a part, or sending it several times, doesn't copy the bytes.
///
/// ```
/// # use clientwright_runtime::Part;
/// let part = Part::new(b"a,b\n1,2\n").file_name("table.csv").content_type("text/csv");
/// # assert_eq!(part.content().length(), Some(8));
/// ```
#[derive(Clone, PartialEq, Eq)]
#[must_use]
pub struct Part {
    content: Upload,
    file_name: Option<String>,
    content_type: Option<String>,
}

impl Part {
    /// Creates a part from the bytes of a file, or an [`Upload`].
    pub fn new(content: impl Into<Upload>) -> Self {
        Self { content: content.into(), file_name: None, content_type: None }
    }

    /// Sets the file name. The default is `file`, because servers treat a part without a file name as a plain value.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type. The default is the first media type that the API declares, or `application/octet-stream`.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Returns the content.
    pub fn content(&self) -> &Upload {
        &self.content
    }

    pub(super) fn name(&self) -> &str {
        self.file_name.as_deref().unwrap_or("file")
    }

    pub(super) fn media_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }
}

impl<T: Into<Upload>> From<T> for Part {
    fn from(content: T) -> Self {
        Self::new(content)
    }
}

/// Shows the length, never the bytes.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("length", &self.content.length())
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish()
    }
}
