//! Uploads that are read while they are sent: files, readers and streams.

use std::error::Error;
use std::io::{self, Read};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::io::{AsyncRead, ReadBuf};

use crate::request::{OpenUpload, Upload, UploadStream};

/// The size of the chunks that are read, in bytes.
const CHUNK: usize = 64 << 10;

impl Upload {
    /// Creates an upload of a file, with its length now. The file is opened when the request is sent, and again if the
    /// request is sent again.
    ///
    /// # Errors
    ///
    /// Returns an error if the length of the file can't be read.
    pub fn file(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let length = std::fs::metadata(&path)?.len();
        let open = move || -> UploadStream {
            let path = path.clone();
            let reader: BlockingRead = Box::new(move || {
                std::fs::File::open(&path).map(|file| Box::new(file) as Box<dyn Read + Send>)
            });
            Box::pin(blocking_chunks(Reading::Closed(reader)))
        };
        Ok(Self::of_stream(Arc::new(Repeatable(open)), Some(length)))
    }

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

    /// Creates an upload of a blocking reader, which is read on the threads for blocking work. It can be read only once, so
    /// the request is not sent again after a failure.
    pub fn read(reader: impl Read + Send + 'static) -> Self {
        Self::once(Box::pin(blocking_chunks(Reading::Open(Box::new(reader)))))
    }

    /// Creates an upload of an async reader that a function opens. It is opened again if the request is sent again.
    pub fn open_with<R: AsyncRead + Send + 'static>(open: impl Fn() -> R + Send + Sync + 'static) -> Self {
        let open = move || -> UploadStream {
            Box::pin(ReaderChunks { reader: Box::pin(open()), buffer: BytesMut::new() })
        };
        Self::of_stream(Arc::new(Repeatable(open)), None)
    }

    fn once(stream: UploadStream) -> Self {
        Self::of_stream(Arc::new(Once(Mutex::new(Some(stream)))), None)
    }
}

/// A stream that can be opened several times.
struct Repeatable<F>(F);

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

type BlockingRead = Box<dyn FnOnce() -> io::Result<Box<dyn Read + Send>> + Send>;

/// A blocking reader, before or after it is opened.
enum Reading {
    Closed(BlockingRead),
    Open(Box<dyn Read + Send>),
    Ended,
}

/// Reads a blocking reader on the threads for blocking work.
fn blocking_chunks(reading: Reading) -> impl Stream<Item = io::Result<Bytes>> + Send {
    unfold(reading, |reading| async move {
        if matches!(reading, Reading::Ended) {
            return None;
        }
        match tokio::task::spawn_blocking(move || read_chunk(reading)).await {
            Ok(Ok(Some((bytes, reader)))) => Some((Ok(bytes), Reading::Open(reader))),
            Ok(Ok(None)) => None,
            Ok(Err(error)) => Some((Err(error), Reading::Ended)),
            Err(_) => Some((Err(io::Error::other("the reader of the body panicked")), Reading::Ended)),
        }
    })
}

fn read_chunk(reading: Reading) -> io::Result<Option<(Bytes, Box<dyn Read + Send>)>> {
    let mut reader = match reading {
        Reading::Closed(open) => open()?,
        Reading::Open(reader) => reader,
        Reading::Ended => return Ok(None),
    };
    let mut buffer = vec![0; CHUNK];
    let length = loop {
        match reader.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            length => break length?,
        }
    };
    buffer.truncate(length);
    Ok((length > 0).then(|| (buffer.into(), reader)))
}
