//! Uploads that are read while they are sent: readers and streams.

use std::error::Error;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_util::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use crate::request::{OpenUpload, Upload, UploadStream};

/// The size of the chunks that are read, in bytes.
pub(super) const CHUNK: usize = 64 << 10;

impl Upload {
    /// Creates an upload of an async reader. It can be read only once, so the request is not sent again after a failure.
    /// [`open_with`](Self::open_with) allows that.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::once(Box::pin(ReaderChunks { reader: Box::pin(reader), buffer: BytesMut::new() }))
    }

    /// Creates an upload of a stream of chunks. It can be read only once, so the request is not sent again after a failure.
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        use futures_util::StreamExt as _;
        Self::once(Box::pin(stream.map(|chunk| chunk.map(Into::into).map_err(io::Error::other))))
    }

    /// Creates an upload of an async reader that a function opens. It is opened again if the request is sent again.
    pub fn open_with<R: AsyncRead + Send + 'static>(open: impl Fn() -> R + Send + Sync + 'static) -> Self {
        let open = move || -> UploadStream {
            Box::pin(ReaderChunks { reader: Box::pin(open()), buffer: BytesMut::new() })
        };
        Self::of_stream(Arc::new(Repeatable(open)), None)
    }

    pub(super) fn once(stream: UploadStream) -> Self {
        Self::of_stream(Arc::new(Once(Mutex::new(Some(stream)))), None)
    }
}

/// A stream that can be opened several times.
pub(super) struct Repeatable<F>(pub(super) F);

impl<F: Fn() -> UploadStream + Send + Sync> OpenUpload for Repeatable<F> {
    fn open(&self) -> Option<UploadStream> {
        Some(self.0())
    }

    fn can_open(&self) -> bool {
        true
    }
}

/// A stream that can be read once.
struct Once(Mutex<Option<UploadStream>>);

impl OpenUpload for Once {
    fn open(&self) -> Option<UploadStream> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn can_open(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }
}

/// The chunks of an async reader.
struct ReaderChunks {
    reader: Pin<Box<dyn AsyncRead + Send>>,
    buffer: BytesMut,
}

impl Stream for ReaderChunks {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        let this = &mut *self;
        this.buffer.resize(CHUNK, 0);
        let mut buffer = ReadBuf::new(&mut this.buffer);
        if let Err(error) = ready!(this.reader.as_mut().poll_read(context, &mut buffer)) {
            return Poll::Ready(Some(Err(error)));
        }
        let length = buffer.filled().len();
        Poll::Ready((length > 0).then(|| Ok(this.buffer.split_to(length).freeze())))
    }
}
