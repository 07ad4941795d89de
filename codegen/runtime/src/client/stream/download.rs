//! Downloads: bodies as streams of bytes.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::stream::{BoxStream, unfold};
use futures_util::{Stream, StreamExt};
use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue};
use tokio::io::{AsyncRead, ReadBuf};

use super::head::{Head, NoObserver};
use super::range::{ContentRange, Resume};
use crate::client::api_client::Client;
use crate::client::retry::{self, RetryPolicy};
use crate::client::transport::OpenResponse;
use crate::decode::error::DecodeError;
use crate::error::{Attempts, Error, ErrorKind, TransportFailure};
use crate::model::node::Decode;
use crate::operation::Method;
use crate::request::{IntoRequest, RequestOptions, RequestParts};
use crate::response::ResponseHeader;

impl Client {
    /// Sends a request, and returns the body of the response as a stream of bytes, whatever its declared type.
    ///
    /// The timeout of an attempt applies until the head of the response has arrived; after that, only the timeout for each
    /// read. If the connection fails and the response has a strong entity tag or the time of its last change, the download
    /// continues with a request for the remaining range; otherwise the error is returned. A declared redirect is followed,
    /// but the credentials are sent only to the servers of the API.
    ///
    /// To continue a download of an earlier process, set the headers `Range` and `If-Range` with
    /// [`RequestOptions::header`](crate::RequestOptions::header): the status code is 206 then.
    ///
    /// ```no_run
    /// # async fn example(
    /// #     client: clientwright_runtime::Client,
    /// #     get_file: impl clientwright_runtime::IntoRequest,
    /// # ) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut download = client.download(get_file).await?;
    /// let mut file = std::fs::File::create("file.zip")?;
    /// while let Some(bytes) = download.chunk().await? {
    ///     std::io::Write::write_all(&mut file, &bytes)?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the request is not valid, no head of a response arrives, or the server responds with an error.
    pub async fn download<R: IntoRequest>(&self, request: R) -> Result<Download, Error> {
        let request = request.into_request()?;
        self.open_download(request.parts().clone()).await
    }

    /// Not generic, so that it is compiled once.
    fn open_download(
        &self,
        parts: RequestParts,
    ) -> futures_util::future::BoxFuture<'_, Result<Download, Error>> {
        Box::pin(async move {
            let mut headers = HeaderMap::new();
            if self.0.context.sender.compression {
                // Ranges and the progress count the bytes that are sent.
                headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
            }
            let (response, parts) = self.open_location(parts, &headers).await?;
            Ok(Download::new(self.clone(), parts, response))
        })
    }
}

/// The body of a response as a stream of bytes. [`Client::download`] returns it.
///
/// It implements `Stream` and tokio's `AsyncRead`. If it is dropped, the connection is closed.
#[must_use = "the body is read only if the stream is polled"]
pub struct Download {
    head: Head,
    length: Option<u64>,
    received: u64,
    chunks: BoxStream<'static, Result<Bytes, Error>>,
    /// What `AsyncRead` has not returned yet.
    buffer: Bytes,
}

impl Download {
    fn new(client: Client, parts: RequestParts, response: OpenResponse) -> Self {
        let head = Head::of(&response);
        let length = response.content_length();
        // Of a body that was decompressed nevertheless, the length is unknown.
        let is_as_sent = length.is_some() || !client.0.context.sender.compression;
        let is_repeatable = parts.method() == Method::Get && is_as_sent;
        let resume = Resume::of(&head, length).filter(|_| is_repeatable);
        let reader = BodyReader {
            client,
            parts,
            response,
            resume,
            received: 0,
            length,
            attempts: Attempts::default(),
        };
        let chunks = unfold(Some(reader), |reader| async move {
            let mut reader = reader?;
            match reader.next().await {
                Ok(Some(bytes)) => Some((Ok(bytes), Some(reader))),
                Ok(None) => None,
                Err(error) => Some((Err(error), None)),
            }
        });
        Self { head, length, received: 0, chunks: chunks.fuse().boxed(), buffer: Bytes::new() }
    }

    /// Returns the status code: 200, or 206 if the response has the range that was requested.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.head.status
    }

    /// Returns the value of a header; the first one if there are several.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.header(name)
    }

    /// Returns the names and values of all headers. The names are in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.head.iter()
    }

    /// Returns the value of a header that the description declares; `None` if it is missing.
    ///
    /// # Errors
    ///
    /// Returns an error if the value doesn't match the declared type.
    pub fn typed_header<H: Decode>(&self, header: ResponseHeader<H>) -> Result<Option<H>, DecodeError> {
        self.head.typed(header)
    }

    /// Returns the length of the body in bytes, if the server states it.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Returns the number of bytes that were returned so far: the progress.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.received
    }

    /// Returns the offset of the first byte in the file, and the length of the file if the server states it.
    #[must_use]
    pub fn offset(&self) -> (u64, Option<u64>) {
        match ContentRange::of(&self.head).filter(|_| self.head.status == 206) {
            Some(range) => (range.first, range.total),
            None => (0, self.length),
        }
    }

    /// Returns the next bytes; `None` at the end of the body.
    ///
    /// # Errors
    ///
    /// Returns an error if the connection fails and the download can't be continued. Its kind is
    /// [`Incomplete`](ErrorKind::Incomplete) if the body ends early.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        StreamExt::next(self).await.transpose()
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let buffered = std::mem::take(&mut self.buffer);
        let chunk = if buffered.is_empty() {
            ready!(self.chunks.as_mut().poll_next(context))
        } else {
            return Poll::Ready(Some(Ok(buffered)));
        };
        if let Some(Ok(bytes)) = &chunk {
            self.received += bytes.len() as u64;
        }
        Poll::Ready(chunk)
    }
}

impl AsyncRead for Download {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.buffer.is_empty() {
            match ready!(self.as_mut().poll_next(context)) {
                Some(Ok(bytes)) => self.buffer = bytes,
                Some(Err(error)) => return Poll::Ready(Err(io_error(error))),
                None => return Poll::Ready(Ok(())),
            }
        }
        let length = self.buffer.len().min(buffer.remaining());
        buffer.put_slice(&self.buffer.split_to(length));
        Poll::Ready(Ok(()))
    }
}

/// Converts an error for `Read`. The error of the client is its source.
fn io_error(error: Error) -> io::Error {
    let kind = match error.kind() {
        ErrorKind::Timeout => io::ErrorKind::TimedOut,
        ErrorKind::Incomplete => io::ErrorKind::UnexpectedEof,
        ErrorKind::Connect => io::ErrorKind::NotConnected,
        ErrorKind::Interrupted => io::ErrorKind::ConnectionReset,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}

/// Shows only the names of the headers, because their values may contain cookies.
impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("status", &self.status())
            .field("length", &self.length)
            .field("received", &self.received)
            .finish_non_exhaustive()
    }
}

/// Reads a body, and continues after failures.
struct BodyReader {
    client: Client,
    parts: RequestParts,
    response: OpenResponse,
    resume: Option<Resume>,
    received: u64,
    length: Option<u64>,
    /// The attempts since bytes arrived.
    attempts: Attempts,
}

impl BodyReader {
    async fn next(&mut self) -> Result<Option<Bytes>, Error> {
        loop {
            let error: Error = match self.response.chunk().await {
                Ok(Some(bytes)) if self.exceeds(&bytes) => return Err(TransportFailure::incomplete().into()),
                Ok(Some(bytes)) => {
                    self.received += bytes.len() as u64;
                    self.attempts = Attempts::default();
                    return Ok(Some(bytes));
                }
                Ok(None) => match self.length.filter(|length| self.received < *length) {
                    None => return Ok(None),
                    Some(_) => TransportFailure::incomplete().into(),
                },
                Err(failure) => failure.into(),
            };
            self.continue_after(error).await?;
        }
    }

    /// Returns whether more bytes have arrived than the server has stated: then they are of another version.
    fn exceeds(&self, bytes: &Bytes) -> bool {
        self.length.is_some_and(|length| self.received + bytes.len() as u64 > length)
    }

    /// Requests the remaining range, or returns the error if that isn't possible.
    async fn continue_after(&mut self, error: Error) -> Result<(), Error> {
        let context = &self.client.0.context;
        let policy = self.parts.options().and_then(RequestOptions::retry_as::<RetryPolicy>);
        let wait = retry::retry_delay(policy.unwrap_or(&context.retry), &error, self.attempts, true);
        let (Some(resume), Some(wait)) = (&self.resume, wait) else {
            return Err(error.after(self.attempts));
        };
        context.clock.sleep(wait).await;
        self.attempts = Attempts { count: self.attempts.count + 1, waited: self.attempts.waited + wait };
        let headers = resume.headers(self.received);
        let response = match self.client.open(&self.parts, &mut NoObserver, &headers).await {
            Ok(response) => response,
            // All bytes have arrived, but not the end of the body.
            Err(other) if other.status() == Some(416) => return Err(error.after(self.attempts)),
            Err(other) => return Err(other),
        };
        if !resume.is_continued_by(&Head::of(&response), self.received) {
            // The file has changed, or the server has no ranges.
            return Err(error.after(self.attempts));
        }
        self.response = response;
        Ok(())
    }
}
