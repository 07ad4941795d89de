//! Uploads that are read on the threads for blocking work: files and blocking readers.

use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::Stream;
use futures_util::stream::unfold;

use super::upload_source::{CHUNK, Repeatable};
use crate::request::{Upload, UploadStream};

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

    /// Creates an upload of a blocking reader, which is read on the threads for blocking work. It can be read only once, so
    /// the request is not sent again after a failure.
    pub fn read(reader: impl Read + Send + 'static) -> Self {
        Self::once(Box::pin(blocking_chunks(Reading::Open(Box::new(reader)))))
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
