//! The content of a request body or of a part: bytes, or a stream that is opened when the request is sent.

use std::fmt;
use std::sync::Arc;

/// The content of a request body, or of a part of it: bytes, a file, a reader or a stream.
///
/// Bytes convert into it. With the feature `client`, `Upload::file`, `Upload::reader`, `Upload::stream`, `Upload::open_with`
/// and `Upload::read` create a stream, which is read while it is sent. Cloning doesn't copy bytes.
#[derive(Clone)]
#[must_use]
pub struct Upload {
    content: Content,
    progress: Option<Progress>,
}

/// Is called with the number of bytes that were sent.
pub(crate) type Progress = Arc<dyn Fn(u64) + Send + Sync>;

#[derive(Clone)]
enum Content {
    Bytes(Arc<Vec<u8>>),
    #[cfg(feature = "client")]
    Stream(Arc<dyn OpenUpload>, Option<u64>),
}

/// The chunks of an upload.
#[cfg(feature = "client")]
pub(crate) type UploadStream =
    std::pin::Pin<Box<dyn futures_util::Stream<Item = std::io::Result<bytes::Bytes>> + Send>>;

/// Opens the stream of an upload.
#[cfg(feature = "client")]
pub(crate) trait OpenUpload: Send + Sync {
    /// Opens the stream; `None` if it was opened before, and can be read only once.
    fn open(&self) -> Option<UploadStream>;

    /// Returns whether the stream can be opened now.
    fn can_open(&self) -> bool;
}

impl Upload {
    /// Creates an upload of bytes.
    pub fn bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self { content: Content::Bytes(Arc::new(bytes.into())), progress: None }
    }

    /// Sets a function that is called with the number of bytes that were sent so far. If the request is sent again, they
    /// are counted again.
    pub fn on_progress(mut self, progress: impl Fn(u64) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(progress));
        self
    }

    /// Returns the length in bytes, if it is known. Otherwise the client sends the body in chunks.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes.len() as u64),
            #[cfg(feature = "client")]
            Content::Stream(_, length) => *length,
        }
    }

    /// Returns the bytes, unless it is a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        self.shared().map(|bytes| bytes.as_slice())
    }

    /// Returns the bytes, to be shared.
    #[cfg_attr(
        not(feature = "client"),
        expect(clippy::unnecessary_wraps, reason = "without the client, there are only bytes")
    )]
    pub(crate) fn shared(&self) -> Option<&Arc<Vec<u8>>> {
        match &self.content {
            Content::Bytes(bytes) => Some(bytes),
            #[cfg(feature = "client")]
            Content::Stream(..) => None,
        }
    }

    #[cfg_attr(not(feature = "client"), expect(dead_code, reason = "for the client"))]
    pub(crate) fn progress(&self) -> Option<&Progress> {
        self.progress.as_ref()
    }

    /// Returns whether it can be sent now. Some streams can be read only once.
    pub(crate) fn can_send(&self) -> bool {
        match &self.content {
            Content::Bytes(_) => true,
            #[cfg(feature = "client")]
            Content::Stream(stream, _) => stream.can_open(),
        }
    }
}

#[cfg(feature = "client")]
impl Upload {
    pub(crate) fn of_stream(stream: Arc<dyn OpenUpload>, length: Option<u64>) -> Self {
        Self { content: Content::Stream(stream, length), progress: None }
    }

    /// Sets the length in bytes of a stream whose length is not known otherwise. If the stream has another one, the request
    /// fails.
    pub fn with_length(mut self, bytes: u64) -> Self {
        if let Content::Stream(_, length) = &mut self.content {
            *length = Some(bytes);
        }
        self
    }

    pub(crate) fn source(&self) -> Option<&Arc<dyn OpenUpload>> {
        match &self.content {
            Content::Bytes(_) => None,
            Content::Stream(stream, _) => Some(stream),
        }
    }
}

impl<T: Into<Vec<u8>>> From<T> for Upload {
    fn from(bytes: T) -> Self {
        Self::bytes(bytes)
    }
}

/// Streams are equal if they are the same one.
impl PartialEq for Upload {
    fn eq(&self, other: &Self) -> bool {
        match (&self.content, &other.content) {
            (Content::Bytes(one), Content::Bytes(other)) => one == other,
            #[cfg(feature = "client")]
            (Content::Stream(one, _), Content::Stream(other, _)) => {
                std::ptr::addr_eq(Arc::as_ptr(one), Arc::as_ptr(other))
            }
            #[cfg(feature = "client")]
            _ => false,
        }
    }
}

impl Eq for Upload {}

/// Shows the length, never the bytes.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("length", &self.length())
            .field("is_stream", &self.shared().is_none())
            .finish_non_exhaustive()
    }
}
