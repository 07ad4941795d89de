//! The client of one API, as a generated crate has it: types of its own, so that the crate can add to them what is
//! special to the API, and so that clients of two APIs can't be taken for each other.

/// Makes `Client`, `ClientBuilder`, `Auth` and, with the feature, `blocking` for an API. There are none without the feature
/// `client` of this crate.
#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! api_client {
    ($($api:tt)*) => {};
}

/// Makes `Client`, `ClientBuilder`, `Auth` and, with the feature, `blocking` for an API:
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
        /// A connection to the API, with the credentials of one account.
        ///
        /// It does all that a [`runtime::Client`](clientwright_runtime::Client) does, which it leads to. Cloning it is
        /// cheap, and all clones share their connections, rate limits and access tokens.
        #[derive(Clone, Debug)]
        pub struct Client($crate::Client);

        impl Client {
            /// Starts to set up a client.
            pub fn builder() -> ClientBuilder {
                ClientBuilder($crate::Client::builder(&$api))
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

        /// Credentials. No debug form, error, trace or address that is shown ever holds them.
        #[derive(Clone, Debug)]
        pub struct Auth($crate::Auth);

        impl Auth {
            /// None, for what may be called by anyone.
            pub fn none() -> Self {
                Self($crate::Auth::none())
            }

            /// The name of a user, and the password: HTTP Basic.
            pub fn password(user: impl Into<String>, password: impl Into<String>) -> Self {
                Self($crate::Auth::password(user, password))
            }

            /// An access token, of OAuth or another kind, which is never refreshed: HTTP Bearer.
            pub fn bearer(token: impl Into<String>) -> Self {
                Self($crate::Auth::bearer(token))
            }

            /// A key, sent to where the API takes it.
            pub fn api_key(location: $crate::ApiKey, key: impl Into<String>) -> Self {
                Self($crate::Auth::api_key(location, key))
            }

            /// OAuth with access tokens that expire and are exchanged for new ones. Clones share the tokens.
            pub fn oauth(oauth: $crate::OAuth) -> Self {
                Self($crate::Auth::oauth(oauth))
            }

            /// These credentials and others, for an API that asks for several at once.
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

        impl ClientBuilder {
            $($(#[$variable_docs])* pub fn $setter(self, value: impl Into<String>) -> Self {
                self.server_variable($variable, value)
            })*
        }

        $crate::client_builder! {
            /// One of the servers that the API's description names.
            server(server: $crate::Server);
            /// A value for a variable in the address of the server, in place of the default one.
            server_variable(name: impl Into<String>, value: impl Into<String>);
            /// Any address, such as that of a gateway or a test: `http://127.0.0.1:8080`. It may have a path, which the
            /// paths of requests are added to.
            base_url(url: impl Into<String>);
            /// The credentials.
            auth(auth: impl Into<$crate::Auth>);
            /// Lets credentials go over plain http to other machines than this one.
            allow_insecure_http(allow: bool);
            /// How long making a connection may take; 10 seconds if not set.
            connect_timeout(timeout: ::core::time::Duration);
            /// How long the server may send nothing, before its response or in the middle of it; 90 seconds if not set.
            read_timeout(timeout: ::core::time::Duration);
            /// How long an attempt may take until its response is complete; 2 minutes if not set.
            timeout(timeout: ::core::time::Duration);
            /// A proxy for all connections: `http://user:password@host:8080`. Without one, those of the environment
            /// (`HTTPS_PROXY` and the like) are used, except for connections to this machine.
            proxy(url: impl Into<String>);
            /// How the client introduces itself to the server; by the name and version of this crate if not set.
            user_agent(user_agent: impl Into<String>);
            /// Sends requests with an HTTP client of your own making, see
            /// [`http_client`](clientwright_runtime::ClientBuilder::http_client) of the runtime.
            http_client(client: $crate::reqwest::Client);
            /// How the client tries again after failures that may pass.
            retry(policy: $crate::RetryPolicy);
            /// Whether the client keeps to the server's rate limits by waiting before it sends; it does if not set.
            rate_limits(keep: bool);
            /// What the client takes the time from, and waits with; that of the machine if not set.
            clock(clock: ::std::sync::Arc<dyn $crate::Clock>);
        }

        $crate::blocking_client! {}
    };
}

/// Makes a function for the credentials of a security scheme.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! credentials {
    ($(#[$docs:meta])* $name:ident => basic($user:expr)) => {
        $(#[$docs])*
        pub fn $name(user: impl Into<String>, password: impl Into<String>) -> Self {
            let user: String = user.into();
            Self::password($user.replace("{user}", &user), password)
        }
    };
    ($(#[$docs:meta])* $name:ident => bearer()) => {
        $(#[$docs])*
        pub fn $name(token: impl Into<String>) -> Self {
            Self::bearer(token)
        }
    };
    ($(#[$docs:meta])* $name:ident => api_key($location:expr)) => {
        $(#[$docs])*
        pub fn $name(key: impl Into<String>) -> Self {
            Self::api_key($location, key)
        }
    };
}

/// Makes the builder: its setters are those of the runtime's.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! client_builder {
    ($($(#[$docs:meta])* $setter:ident($($argument:ident: $ty:ty),*);)*) => {
        /// Sets up a [`Client`]: an address, credentials, and what differs from the defaults.
        #[derive(Clone, Debug)]
        #[must_use]
        pub struct ClientBuilder($crate::ClientBuilder);

        impl ClientBuilder {
            $($(#[$docs])* pub fn $setter(self, $($argument: $ty),*) -> Self {
                Self(self.0.$setter($($argument),*))
            })*

            /// The client.
            ///
            /// # Errors
            ///
            /// If the address or the credentials are missing or not usable, or the machine has no certificates to
            /// trust.
            pub fn build(self) -> ::core::result::Result<Client, $crate::ConfigError> {
                self.0.build().map(Client)
            }
        }
    };
}

/// There is no blocking client without the feature.
#[cfg(all(feature = "client", not(feature = "blocking")))]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_client {
    () => {};
}

/// Makes the blocking client.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_client {
    () => {
        impl ClientBuilder {
            /// The client, for programs without an async runtime.
            ///
            /// # Errors
            ///
            /// Those of [`build`](Self::build), and if the system does not let it make a runtime.
            pub fn build_blocking(self) -> ::core::result::Result<blocking::Client, $crate::Error> {
                blocking::Client::new(self.build()?)
            }
        }

        /// The client for programs without an async runtime.
        pub mod blocking {
            pub use $crate::blocking::*;

            /// A connection to the API, whose calls return when they are done.
            ///
            /// It does all that a [`blocking::Client`](clientwright_runtime::blocking::Client) of the runtime does, which
            /// it leads to. Cloning it is cheap, clones share all there is to share, and several threads can call it at
            /// once.
            #[derive(Clone, Debug)]
            pub struct Client($crate::blocking::Client);

            impl Client {
                /// Starts to set up a client; `build_blocking` completes it.
                pub fn builder() -> super::ClientBuilder {
                    super::Client::builder()
                }

                /// Makes a blocking client of an async one, on a runtime of its own.
                ///
                /// # Errors
                ///
                /// If the system does not let it make a runtime.
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
