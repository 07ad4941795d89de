//! Downloads and streams of a blocking client.

use std::fmt;
use std::io::{self, Read};
use std::iter::FusedIterator;

use tokio::io::AsyncReadExt as _;

use super::client::Client;
use crate::client;
use crate::error::Error;
use crate::model::node::Decode;
use crate::request::IntoRequest;
use crate::response::Items;

impl Client {
    /// Sends a request, and returns the body of the response, which is read while it arrives. See
    /// [`crate::Client::download`].
    ///
    /// ```no_run
    /// # fn example(
    /// #     client: clientwright_runtime::blocking::Client,
    /// #     get_file: impl clientwright_runtime::IntoRequest,
    /// # ) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut download = client.download(get_file)?;
    /// std::io::copy(&mut download, &mut std::fs::File::create("file.zip")?)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of [`crate::Client::download`], and an error of the kind [`Runtime`](crate::ErrorKind::Runtime)
    /// in async code.
    pub fn download<R: IntoRequest>(&self, request: R) -> Result<Download, Error> {
        let download = self.block_on(self.client.download(request))??;
        Ok(Download { client: self.clone(), download })
    }

    /// Sends a request whose response is a stream, and returns an iterator over its items. See [`crate::Client::stream`].
    ///
    /// # Errors
    ///
    /// Returns the errors of [`crate::Client::stream`], and an error of the kind [`Runtime`](crate::ErrorKind::Runtime) in
    /// async code.
    pub fn stream<R>(&self, request: R) -> Result<ItemStream<<R::Output as Items>::Item>, Error>
    where
        R: IntoRequest,
        R::Output: Items,
    {
        let stream = self.block_on(self.client.stream(request))??;
        Ok(ItemStream { client: self.clone(), stream })
    }
}

/// The body of a response, which implements `Read`. It dereferences to [`crate::Download`], which has its length and
/// progress.
#[must_use = "the body is read only if `read` is called"]
pub struct Download {
    client: Client,
    download: client::Download,
}

impl Read for Download {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.client.block_on(self.download.read(buffer)).map_err(io::Error::other)?
    }
}

impl std::ops::Deref for Download {
    type Target = client::Download;

    fn deref(&self) -> &client::Download {
        &self.download
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.download.fmt(f)
    }
}

/// An iterator over the items of a response that is a stream. It dereferences to [`crate::ItemStream`], which has the ID of
/// the last event.
#[must_use = "iterators are lazy"]
pub struct ItemStream<T> {
    client: Client,
    stream: client::ItemStream<T>,
}

impl<T: Decode> Iterator for ItemStream<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.client.block_on(self.stream.next()).unwrap_or_else(|error| Some(Err(error)))
    }
}

impl<T: Decode> FusedIterator for ItemStream<T> {}

impl<T> std::ops::Deref for ItemStream<T> {
    type Target = client::ItemStream<T>;

    fn deref(&self) -> &client::ItemStream<T> {
        &self.stream
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.stream.fmt(f)
    }
}
