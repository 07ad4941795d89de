//! The calls that return a value.

use super::api_client::Client;
use super::observer::DecodeObserver;
use super::raw_response::RawResponse;
use super::whole_response::Response;
use crate::error::Error;
use crate::nodes::lenient::Lenient;
use crate::request::{IntoRequest, Request};

impl Client {
    /// Sends a request and decodes the response.
    ///
    /// The client waits until the rate limits allow the request, and retries it according to the
    /// [`RetryPolicy`](crate::RetryPolicy). A successful response is never requested again, whatever it contains. The wait
    /// for the rate limits has no maximum. To set one, wrap the call in `tokio::time::timeout`.
    ///
    /// # Errors
    ///
    /// Returns an error if the request is not valid, no complete response arrives, the server responds with an error,
    /// or the response doesn't match its declared type.
    pub async fn send<R: IntoRequest>(&self, request: R) -> Result<R::Output, Error> {
        Ok(self.exchange(&request.into_request()?, self.is_lenient()).await?.1.value)
    }

    /// Sends a request as [`send`](Self::send) does, and returns the status code and the headers beside the value.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`send`](Self::send).
    pub async fn send_whole<R: IntoRequest>(&self, request: R) -> Result<Response<R::Output>, Error> {
        let (response, value) = self.exchange(&request.into_request()?, self.is_lenient()).await?;
        Ok(Response::new(response, value))
    }

    /// Sends a request as [`send`](Self::send) does, and leaves out of the value what doesn't match its declared type. See
    /// [`Lenient`].
    ///
    /// # Errors
    ///
    /// Returns the errors of [`send`](Self::send). A response is an error only if a required part of it doesn't match.
    pub async fn send_lenient<R: IntoRequest>(&self, request: R) -> Result<Lenient<R::Output>, Error> {
        Ok(self.exchange(&request.into_request()?, true).await?.1)
    }

    /// Sends a request as [`send`](Self::send) does, and returns `None` if the successful response has no content, and the
    /// type of the response needs some.
    ///
    /// Servers send 204 No Content also where the description declares content for all of 2XX. [`send`](Self::send)
    /// returns an error then, for which [`is_no_content`](Error::is_no_content) is true. Text, bytes and sequences need
    /// none: they are empty.
    ///
    /// # Errors
    ///
    /// Returns the other errors of [`send`](Self::send).
    pub async fn send_optional<R: IntoRequest>(&self, request: R) -> Result<Option<R::Output>, Error> {
        unless_no_content(self.send(request).await)
    }

    /// Sends a request, and returns the response and its value.
    async fn exchange<T: Send>(
        &self,
        request: &Request<T>,
        is_lenient: bool,
    ) -> Result<(RawResponse, Lenient<T>), Error> {
        let mut observer = DecodeObserver { request, is_lenient, decoded: None };
        let response = self.fetch(request.parts(), &mut observer).await?;
        match observer.finish(&response) {
            Ok(value) => {
                response.log_mismatches(&value.mismatches);
                Ok((response, value))
            }
            Err(error) => Err(response.into_error(error)),
        }
    }
}

/// Returns `None` for a successful response without content.
fn unless_no_content<T>(result: Result<T, Error>) -> Result<Option<T>, Error> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.is_no_content() => Ok(None),
        Err(error) => Err(error),
    }
}
