//! Request bodies for the HTTP library.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};

use crate::request::{Body, Chunk};

/// Returns a body that is sent chunk by chunk. Shared bytes are not copied.
pub(super) fn upload(body: &Body) -> reqwest::Body {
    let mut chunks: VecDeque<Bytes> = body.chunks().into_iter().map(bytes).collect();
    if chunks.len() == 1
        && let Some(whole) = chunks.pop_front()
    {
        return whole.into();
    }
    let remaining = chunks.iter().map(|chunk| chunk.len() as u64).sum();
    reqwest::Body::wrap(Upload { chunks, remaining })
}

fn bytes(chunk: Chunk<'_>) -> Bytes {
    match chunk {
        Chunk::Text(text) => Bytes::copy_from_slice(text.as_bytes()),
        Chunk::Bytes(bytes) => Bytes::from_owner(SharedBytes(Arc::clone(bytes))),
    }
}

struct SharedBytes(Arc<Vec<u8>>);

impl AsRef<[u8]> for SharedBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// The chunks that are still to be sent.
struct Upload {
    chunks: VecDeque<Bytes>,
    remaining: u64,
}

impl http_body::Body for Upload {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let chunk = self.chunks.pop_front();
        self.remaining -= chunk.as_ref().map_or(0, Bytes::len) as u64;
        Poll::Ready(chunk.map(|chunk| Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.chunks.is_empty()
    }

    /// Returns the exact length, so that `Content-Length` is sent instead of chunked encoding.
    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.remaining)
    }
}
