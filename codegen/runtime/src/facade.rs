//! Macros that define the client of one API in a generated crate. Its types wrap those of the runtime, so that the
//! crate can add constructors, and the clients of two APIs have different types.

/// Defines nothing: the feature `client` is off.
#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! api_client {
    ($($api:tt)*) => {};
}

/// Defines `Client`, `ClientBuilder`, `Auth` and, with the feature, `blocking` for an API:
/// `api_client! { API; variables { region => "region"; } schemes { key => api_key(KEY); } }`. The builder gets a setter
/// for each variable, and `Auth` a constructor for each scheme.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! api_client {
    (
        $api:path;
        variables { $($(#[$variable_docs:meta])* $setter:ident => $variable:literal;)* }
        schemes { $($(#[$scheme_docs:meta])* $scheme:ident => $maker:ident($($argument:expr)?);)* }
    ) => {
        /// A client for the API, with the credentials of one account.
        ///
        /// It dereferences to the [`Client`](clientwright_runtime::Client) of the runtime, which has the methods.
        /// Cloning it is cheap, and all clones share their connections, rate limits and access tokens.
        #[derive(Clone, Debug)]
        pub struct Client($crate::Client);

        impl Client {
            /// Creates a builder for a client.
            pub fn builder() -> ClientBuilder {
                ClientBuilder($crate::Client::builder(&$api).for_client())
            }
        }

        impl ::core::ops::Deref for Client {
            type Target = $crate::Client;

            fn deref(&self) -> &$crate::Client {
                &self.0
            }
        }

        impl ::core::convert::From<Client> for $crate::Client {
            fn from(client: Client) -> Self {
                client.0
            }
        }

        /// Credentials. They never appear in debug output, errors, traces or displayed URLs.
        #[derive(Clone, Debug)]
        pub struct Auth($crate::Auth);

        impl Auth {
            /// Creates empty credentials, for operations that require none.
            pub fn none() -> Self {
                Self($crate::Auth::none())
            }

            /// Creates credentials for HTTP Basic authentication: a user name and a password.
            pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
                Self($crate::Auth::basic(user, password))
            }

            /// Creates credentials for HTTP Bearer authentication: an access token that is not refreshed.
            pub fn bearer(token: impl Into<String>) -> Self {
                Self($crate::Auth::bearer(token))
            }

            /// Creates credentials from an API key, which is sent in a header, the query or a cookie.
            pub fn api_key(location: $crate::ApiKeyLocation, key: impl Into<String>) -> Self {
                Self($crate::Auth::api_key(location, key))
            }

            /// Creates credentials for OAuth, with access tokens that expire and are refreshed. Clones share the
            /// tokens.
            pub fn oauth(oauth: $crate::OAuth) -> Self {
                Self($crate::Auth::oauth(oauth))
            }

            /// Creates credentials for HTTP Bearer authentication from access tokens that the program provides: a closure
            /// that returns one, or another [`TokenProvider`](clientwright_runtime::TokenProvider).
            pub fn provider(provider: impl $crate::TokenProvider + 'static) -> Self {
                Self($crate::Auth::provider(provider))
            }

            /// Creates credentials for HTTP Bearer authentication from a file with an access token. It is read for each
            /// attempt, so that another program can replace the token.
            pub fn token_file(path: impl Into<::std::path::PathBuf>) -> Self {
                Self($crate::Auth::token_file(path))
            }

            /// Adds other credentials, for an API that requires several together.
            #[must_use]
            pub fn and(self, other: Self) -> Self {
                Self(self.0.and(other.0))
            }
        }

        impl ::core::convert::From<Auth> for $crate::Auth {
            fn from(auth: Auth) -> Self {
                auth.0
            }
        }

        impl ::core::convert::From<$crate::Auth> for Auth {
            fn from(auth: $crate::Auth) -> Self {
                Self(auth)
            }
        }

        impl Auth {
            $($crate::credentials! { $(#[$scheme_docs])* $scheme => $maker($($argument)?) })*
        }

        impl<C> ClientBuilder<C> {
            $($(#[$variable_docs])* pub fn $setter(self, value: impl Into<String>) -> Self {
                self.server_variable($variable, value)
            })*
        }

        $crate::client_builder! {
            /// Sets the server to one of the servers in the API's description.
            server(server: $crate::Server);
            /// Sets a variable in the URL of the server.
            server_variable(name: impl Into<String>, value: impl Into<String>);
            /// Sets the URL of the server, for example of a gateway or a test server: `http://127.0.0.1:8080`. The
            /// paths of requests are appended to its path.
            base_url(url: impl Into<String>);
            /// Sets the credentials. Required if the API [needs them](clientwright_runtime::Api::needs_auth).
            auth(auth: impl Into<$crate::Auth>);
            /// Sets whether the client may send requests over plain HTTP to another machine, which exposes the
            /// credentials. The default is false.
            allow_insecure_http(allow: bool);
            /// Sets the timeout for connecting. The default is 10 seconds.
            connect_timeout(timeout: ::core::time::Duration);
            /// Sets the timeout for each read: the maximum time without data from the server, before or within a
            /// response. The default is 90 seconds.
            read_timeout(timeout: ::core::time::Duration);
            /// Sets the timeout for one attempt, from connecting until the response is complete. The default is 2
            /// minutes.
            timeout(timeout: ::core::time::Duration);
            /// Sets a proxy for all connections: `http://user:password@host:8080`. By default, the client uses the
            /// proxies of the environment (such as `HTTPS_PROXY`), except for connections to this machine.
            proxy(url: impl Into<String>);
            /// Sets the `User-Agent` header. The default is the name and version of this crate.
            user_agent(user_agent: impl Into<String>);
            /// Sets a transport that sends the requests instead of an HTTP client of the runtime. See
            /// [`Transport`](clientwright_runtime::transport::Transport).
            transport(transport: impl $crate::transport::Transport + 'static);
            /// Adds middleware, which sees each attempt of each request. See
            /// [`Middleware`](clientwright_runtime::transport::Middleware).
            middleware(middleware: impl $crate::transport::Middleware + 'static);
            /// Sets whether the client accepts compressed responses. The default is false. See
            /// [`compression`](clientwright_runtime::ClientBuilder::compression) of the runtime.
            compression(enabled: bool);
            /// Sets the maximum size of the body of a successful response, in bytes. The default is 128 MiB. A larger body is
            /// an error of the kind [`TooLarge`](clientwright_runtime::ErrorKind::TooLarge).
            max_response_size(bytes: usize);
            /// Sets the retry policy: when and how often a failed request is sent again.
            retry(policy: $crate::RetryPolicy);
            /// Sets whether the client waits before it sends a request that would exceed a rate limit. The default is
            /// true.
            rate_limits(enabled: bool);
            /// Sets whether calls leave out of a response what doesn't match its declared type. The default is false: such
            /// a response is an error. See [`lenient`](clientwright_runtime::ClientBuilder::lenient) of the runtime.
            lenient(lenient: bool);
            /// Sets the clock. The default is the clock of the machine.
            clock(clock: ::std::sync::Arc<dyn $crate::Clock>);
        }

        $crate::http_client! {}
        $crate::mock_client! {}
        $crate::blocking_client! {}
    };
}

/// Defines a constructor for the credentials of a security scheme.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! credentials {
    ($(#[$docs:meta])* $name:ident => basic($user:expr)) => {
        $(#[$docs])*
        pub fn $name(user: impl Into<String>, password: impl Into<String>) -> Self {
            let user: String = user.into();
            Self::basic($user.replace("{user}", &user), password)
        }
    };
    ($(#[$docs:meta])* $name:ident => bearer()) => {
        $(#[$docs])*
        pub fn $name(token: impl Into<String>) -> Self {
            Self::bearer(token)
        }
    };
    ($(#[$docs:meta])* $name:ident => client_credentials($url:expr)) => {
        $(#[$docs])*
        pub fn $name(
            client_id: impl Into<String>,
            client_secret: impl Into<String>,
            scopes: impl IntoIterator<Item = impl Into<String>>,
        ) -> Self {
            Self::oauth($crate::OAuth::client_credentials(client_id, client_secret, scopes).token_url($url))
        }
    };
    ($(#[$docs:meta])* $name:ident => api_key($location:expr)) => {
        $(#[$docs])*
        pub fn $name(key: impl Into<String>) -> Self {
            Self::api_key($location, key)
        }
    };
}

/// Defines the builder, with the setters of the runtime's.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! client_builder {
    ($($(#[$docs:meta])* $setter:ident($($argument:ident: $ty:ty),*);)*) => {
        /// A builder for a [`Client`], or for another type of client.
        #[derive(Clone, Debug)]
        #[must_use]
        pub struct ClientBuilder<C = Client>($crate::ClientBuilder<C>);

        impl<C> ClientBuilder<C> {
            $($(#[$docs])* pub fn $setter(self, $($argument: $ty),*) -> Self {
                Self(self.0.$setter($($argument),*))
            })*
        }

        impl ClientBuilder {
            /// Builds the client.
            ///
            /// # Errors
            ///
            /// Returns an error of the kind [`Config`](clientwright_runtime::ErrorKind::Config) if the server or the
            /// credentials are missing or not valid, or if TLS can't be set up.
            pub fn build(self) -> ::core::result::Result<Client, $crate::Error> {
                self.0.for_client::<$crate::Client>().build().map(Client)
            }
        }
    };
}

/// Defines nothing: a browser has its own HTTP client.
#[cfg(all(feature = "client", target_arch = "wasm32"))]
#[doc(hidden)]
#[macro_export]
macro_rules! http_client {
    () => {};
}

/// Defines the setter of the HTTP client.
#[cfg(all(feature = "client", not(target_arch = "wasm32")))]
#[doc(hidden)]
#[macro_export]
macro_rules! http_client {
    () => {
        impl<C> ClientBuilder<C> {
            /// Sets the HTTP client that sends the requests, as a builder. See
            /// [`http_client`](clientwright_runtime::ClientBuilder::http_client) of the runtime.
            pub fn http_client(self, builder: $crate::reqwest::ClientBuilder) -> Self {
                Self(self.0.http_client(builder))
            }
        }
    };
}

/// Defines nothing: the feature `mock` is off.
#[cfg(all(feature = "client", not(feature = "mock")))]
#[doc(hidden)]
#[macro_export]
macro_rules! mock_client {
    () => {};
}

/// Defines the setter of the mock.
#[cfg(feature = "mock")]
#[doc(hidden)]
#[macro_export]
macro_rules! mock_client {
    () => {
        impl<C> ClientBuilder<C> {
            /// Sends all requests to a mock, for tests without a network. A server, credentials and waits are not needed then.
            pub fn mock(self, mock: &$crate::mock::Mock) -> Self {
                Self(self.0.mock(mock))
            }
        }
    };
}

/// Defines nothing: the feature `blocking` is off.
#[cfg(all(feature = "client", not(feature = "blocking")))]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_client {
    () => {};
}

/// Defines the blocking client.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_client {
    () => {
        impl<C> ClientBuilder<C> {
            /// Builds a blocking client, for programs without an async runtime.
            ///
            /// # Errors
            ///
            /// Returns an error of the kind [`Config`](clientwright_runtime::ErrorKind::Config) if the server or the
            /// credentials are missing or not valid, or if TLS can't be set up, and an error if the tokio runtime can't
            /// be started.
            pub fn build_blocking(self) -> ::core::result::Result<blocking::Client, $crate::Error> {
                let client = self.0.for_client::<$crate::Client>().build()?;
                blocking::Client::new(Client(client))
            }
        }

        impl ClientBuilder<blocking::Client> {
            /// Builds the blocking client.
            ///
            /// # Errors
            ///
            /// Returns the errors of [`build_blocking`](Self::build_blocking).
            pub fn build(self) -> ::core::result::Result<blocking::Client, $crate::Error> {
                self.build_blocking()
            }
        }

        /// A client for programs without an async runtime.
        pub mod blocking {
            pub use $crate::blocking::*;

            /// A blocking client for the API: each call blocks the thread until it completes.
            ///
            /// It dereferences to the [`blocking::Client`](clientwright_runtime::blocking::Client) of the runtime,
            /// which has the methods. Cloning it is cheap. Several threads can use it at once.
            #[derive(Clone, Debug)]
            pub struct Client($crate::blocking::Client);

            impl Client {
                /// Creates a builder for a blocking client.
                pub fn builder() -> super::ClientBuilder<Self> {
                    super::ClientBuilder(super::Client::builder().0.for_client())
                }

                /// Creates a blocking client from an async one. It starts its own tokio runtime.
                ///
                /// # Errors
                ///
                /// Returns an error if the tokio runtime can't be started.
                pub fn new(client: super::Client) -> ::core::result::Result<Self, $crate::Error> {
                    $crate::blocking::Client::new(client.into()).map(Self)
                }
            }

            impl ::core::ops::Deref for Client {
                type Target = $crate::blocking::Client;

                fn deref(&self) -> &$crate::blocking::Client {
                    &self.0
                }
            }
        }
    };
}
