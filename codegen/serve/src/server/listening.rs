//! A fake server that listens on loopback.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::runtime::Builder;
use tokio::sync::{Semaphore, oneshot};

use super::connection::{OnExchange, serve};
use super::exchange::Exchange;
use super::fake::FakeServer;

/// The maximum number of open connections. Others wait.
const MAX_CONNECTIONS: usize = 256;
/// The maximum number of exchanges that are kept.
const MAX_EXCHANGES: usize = 10_000;

/// A fake server that listens on 127.0.0.1, on a thread of its own. Dropping it stops the server.
#[derive(Debug)]
pub struct ListeningServer {
    address: SocketAddr,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl ListeningServer {
    /// Starts a server on a port; 0 is any free port. It keeps the exchanges for [`take_exchanges`](Self::take_exchanges).
    ///
    /// # Errors
    ///
    /// Returns an error if the port is in use, or no thread can be started.
    pub fn start(server: FakeServer, port: u16) -> io::Result<Self> {
        let exchanges: Arc<Mutex<Vec<Exchange>>> = Arc::default();
        let kept = Arc::clone(&exchanges);
        let keep = move |exchange| {
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() < MAX_EXCHANGES {
                kept.push(exchange);
            }
        };
        Self::run(server, port, Arc::new(keep), exchanges)
    }

    /// Starts a server on a port; 0 is any free port. `on_exchange` is called with each exchange, and none is kept.
    ///
    /// # Errors
    ///
    /// Returns an error if the port is in use, or no thread can be started.
    pub fn start_with(
        server: FakeServer,
        port: u16,
        on_exchange: impl Fn(Exchange) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        Self::run(server, port, Arc::new(on_exchange), Arc::default())
    }

    fn run(
        server: FakeServer,
        port: u16,
        on_exchange: OnExchange,
        exchanges: Arc<Mutex<Vec<Exchange>>>,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new().name("fake server".to_owned()).spawn(move || {
            // An error means that the listener can't be used, so that there is nothing to serve.
            let _ = runtime.block_on(accept(listener, Arc::new(server), on_exchange, stopped));
        })?;
        Ok(Self { address, exchanges, stop: Some(stop), thread: Some(thread) })
    }

    /// Returns the base URL: `http://127.0.0.1:8080`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the exchanges since the last call.
    #[must_use]
    pub fn take_exchanges(&self) -> Vec<Exchange> {
        std::mem::take(&mut self.exchanges.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until the server ends, which happens only if its thread fails.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for ListeningServer {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn accept(
    listener: TcpListener,
    server: Arc<FakeServer>,
    on_exchange: OnExchange,
    mut stopped: oneshot::Receiver<()>,
) -> io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let connections = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        tokio::select! {
            // An error means that the handle was dropped, which also stops the server.
            _ = &mut stopped => return Ok(()),
            accepted = listener.accept() => {
                let Ok(permit) = Arc::clone(&connections).acquire_owned().await else { return Ok(()) };
                if let Ok((stream, _)) = accepted {
                    let serving = serve(stream, Arc::clone(&server), Arc::clone(&on_exchange));
                    tokio::spawn(async move {
                        serving.await;
                        drop(permit);
                    });
                }
            }
        }
    }
}
