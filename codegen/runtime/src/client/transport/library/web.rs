//! The HTTP library in a browser, which sends requests with `fetch`.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::Stream;
use http_body::{Body as _, Frame, SizeHint};
use send_wrapper::SendWrapper;

use crate::client::transport::http_types::{Body, BoxError, HttpRequest, HttpResponse};
use crate::client::transport::service::{ResponseFuture, Transport};

/// The HTTP library as a transport. There is one thread, so its values never leave it.
pub(in crate::client::transport) struct Library(pub(in crate::client::transport) reqwest::Client);

impl Transport for Library {
    fn send(&self, request: HttpRequest) -> ResponseFuture<'_> {
        Box::pin(SendWrapper::new(send(self.0.clone(), request)))
    }
}

async fn send(client: reqwest::Client, request: HttpRequest) -> Result<HttpResponse, BoxError> {
    let (head, body) = request.into_parts();
    let mut request = reqwest::Request::new(head.method, head.uri.to_string().parse()?);
    *request.headers_mut() = head.headers;
    let body = collect(body).await?;
    if !body.is_empty() {
        *request.body_mut() = Some(body.into());
    }
    let response = client.execute(request).await?;
    let mut received = http::Response::new(Body::default());
    *received.status_mut() = response.status();
    *received.headers_mut() = response.headers().clone();
    let length = response.content_length();
    let chunks = SendWrapper::new(Box::pin(response.bytes_stream()) as Chunks);
    *received.body_mut() = Body::wrap(ReceivedBody { chunks, remaining: length });
    Ok(received)
}

/// Reads a whole body: `fetch` takes no streams.
async fn collect(mut body: Body) -> Result<Vec<u8>, BoxError> {
    let mut all = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        if let Ok(bytes) = frame?.into_data() {
            all.extend_from_slice(&bytes);
        }
    }
    Ok(all)
}

type Chunks = Pin<Box<dyn Stream<Item = Result<Bytes, reqwest::Error>>>>;

struct ReceivedBody {
    chunks: SendWrapper<Chunks>,
    /// The number of bytes that are still to come, if the server states it.
    remaining: Option<u64>,
}

impl http_body::Body for ReceivedBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let chunk = self.chunks.as_mut().poll_next(context);
        if let (Poll::Ready(Some(Ok(bytes))), Some(remaining)) = (&chunk, &mut self.remaining) {
            *remaining = remaining.saturating_sub(bytes.len() as u64);
        }
        chunk.map(|chunk| chunk.map(|chunk| chunk.map(Frame::data).map_err(Into::into)))
    }

    fn size_hint(&self) -> SizeHint {
        self.remaining.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
