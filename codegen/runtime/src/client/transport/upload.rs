//! Request bodies for the HTTP library.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use super::http_types;
use super::limits::Activity;
use crate::request::{Body, Chunk, Progress, Upload, UploadStream};

/// Returns a body that is sent chunk by chunk, and how much of it was sent if it is a stream. Shared bytes are not copied.
pub(super) fn upload(body: &Body) -> (http_types::Body, Option<Activity>) {
    let mut chunks: VecDeque<Content> = body.chunks().into_iter().map(content).collect();
    if let [Content { bytes: Ok(_), progress: None, .. }] = chunks.make_contiguous()
        && let Some(Content { bytes: Ok(whole), .. }) = chunks.pop_front()
    {
        return (whole.into(), None);
    }
    let is_stream = chunks.iter().any(|content| content.bytes.is_err());
    let activity = Activity::default();
    let sending =
        Sending { chunks, remaining: body.len(), sent: 0, held: None, activity: Arc::clone(&activity) };
    (http_types::Body::wrap(sending), is_stream.then_some(activity))
}

/// A chunk that is to be sent.
struct Content {
    bytes: Result<Bytes, Mutex<Option<UploadStream>>>,
    /// The length of a stream, if it is known.
    length: Option<u64>,
    progress: Option<Progress>,
}

fn content(chunk: Chunk<'_>) -> Content {
    match chunk {
        Chunk::Text(text) => {
            Content { bytes: Ok(Bytes::copy_from_slice(text.as_bytes())), length: None, progress: None }
        }
        Chunk::Content(upload) => {
            let progress = upload.progress().cloned();
            Content { bytes: bytes(upload), length: upload.length(), progress }
        }
    }
}

fn bytes(upload: &Upload) -> Result<Bytes, Mutex<Option<UploadStream>>> {
    match upload.shared() {
        Some(bytes) => Ok(Bytes::from_owner(SharedBytes(Arc::clone(bytes)))),
        None => Err(Mutex::new(upload.source().and_then(|stream| stream.open()))),
    }
}

struct SharedBytes(Arc<Vec<u8>>);

impl AsRef<[u8]> for SharedBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// The chunks that are still to be sent.
struct Sending {
    chunks: VecDeque<Content>,
    /// The number of bytes that are still to be sent, if the length is known.
    remaining: Option<u64>,
    /// The number of bytes of the first chunk that were sent.
    sent: u64,
    /// The last bytes of a stream by its length. They are sent when the stream has ended, so that a longer one is an error.
    held: Option<Bytes>,
    activity: Activity,
}

impl Sending {
    /// Returns the next bytes; `None` at the end.
    fn poll_bytes(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        loop {
            let Some(content) = self.chunks.front_mut() else { return Poll::Ready(None) };
            let next = match &mut content.bytes {
                Ok(bytes) if self.sent == 0 && !bytes.is_empty() => Some(Ok(bytes.clone())),
                Ok(_) => None,
                Err(stream) => ready!(poll_stream(stream, context)),
            };
            match next {
                Some(Ok(bytes)) => match advance(content, &mut self.sent, bytes) {
                    Ok(bytes) if content.bytes.is_err() && content.length == Some(self.sent) => {
                        self.held = Some(bytes);
                    }
                    Ok(bytes) => return Poll::Ready(Some(Ok(bytes))),
                    Err(error) => return self.fail(error),
                },
                Some(Err(error)) => return self.fail(error),
                None => {
                    if let Err(error) = end(content, self.sent) {
                        return self.fail(error);
                    }
                    self.chunks.pop_front();
                    self.sent = 0;
                    if let Some(bytes) = self.held.take() {
                        return Poll::Ready(Some(Ok(bytes)));
                    }
                }
            }
        }
    }

    fn fail(&mut self, error: io::Error) -> Poll<Option<io::Result<Bytes>>> {
        self.chunks.clear();
        Poll::Ready(Some(Err(error)))
    }
}

/// Reads the next bytes of a stream that are not empty.
fn poll_stream(
    stream: &mut Mutex<Option<UploadStream>>,
    context: &mut Context<'_>,
) -> Poll<Option<io::Result<Bytes>>> {
    let stream = stream.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
    let Some(stream) = stream else {
        return Poll::Ready(Some(Err(io::Error::other("the stream of the body was sent before"))));
    };
    loop {
        match ready!(stream.as_mut().poll_next(context)) {
            Some(Ok(bytes)) if bytes.is_empty() => {}
            next => return Poll::Ready(next),
        }
    }
}

/// Counts bytes that are sent.
fn advance(content: &Content, sent: &mut u64, bytes: Bytes) -> io::Result<Bytes> {
    *sent += bytes.len() as u64;
    if content.bytes.is_err() && content.length.is_some_and(|length| *sent > length) {
        return Err(io::Error::other("the stream of the body is longer than its length"));
    }
    if let Some(progress) = &content.progress {
        progress(*sent);
    }
    Ok(bytes)
}

/// Checks the length of a stream that has ended.
fn end(content: &Content, sent: u64) -> io::Result<()> {
    if content.bytes.is_err() && content.length.is_some_and(|length| sent < length) {
        return Err(io::Error::other("the stream of the body is shorter than its length"));
    }
    Ok(())
}

impl http_body::Body for Sending {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let bytes = ready!(self.poll_bytes(context));
        if let Some(Ok(bytes)) = &bytes {
            self.activity.fetch_add(bytes.len() as u64, Ordering::Relaxed);
            self.remaining = self.remaining.map(|remaining| remaining.saturating_sub(bytes.len() as u64));
        }
        Poll::Ready(bytes.map(|bytes| bytes.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.chunks.is_empty()
    }

    /// Returns the exact length if it is known, so that `Content-Length` is sent instead of chunked encoding.
    fn size_hint(&self) -> SizeHint {
        self.remaining.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
