//! Listening: an own loop over connections, because slow clients must not hold them. Not the routes.
//!
//! A connection gets [`HEAD_TIME`] for the head of a request, which is also how long it may idle; heads are capped in bytes and fields, connections in
//! number. A stop lets pages that are being made go out.

use std::future::{Future as _, poll_fn};
use std::net::{SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::sync::{Semaphore, watch};

use crate::room::{Room, Settings, router};
use crate::{Error, Result};

/// How long the head of a request may take.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// Bytes of a head.
const HEAD_BYTES: usize = 16 * 1024;
/// Fields of a head.
const HEAD_FIELDS: usize = 64;
/// Connections at once.
const MOST_CONNECTIONS: usize = 256;
/// How long a connection lives at the most.
const LONGEST_CONNECTION: Duration = Duration::from_secs(600);
/// How long a stop waits for pages that are being made.
const LAST_PAGES: Duration = Duration::from_secs(5);

/// A server that is bound to its address and not started.
pub struct Bound {
    room: Room,
    listener: TcpListener,
    address: SocketAddr,
    stop: watch::Sender<bool>,
}

/// Stops a server.
#[derive(Clone)]
pub struct Stopper(watch::Sender<bool>);

impl Stopper {
    /// Lets the server end: no new connections, pages that are being made go out.
    pub fn stop(&self) {
        self.0.send_replace(true);
    }
}

/// Opens the ledger and binds to the address.
///
/// # Errors
/// Where the address is not one of this machine, cannot be listened on, or the ledger cannot be read.
pub fn bind(listen: SocketAddr, mut settings: Settings) -> Result<Bound> {
    if !listen.ip().is_loopback() {
        return Err(Error::Open(listen));
    }
    let failed = |error| Error::Listen(listen, error);
    let listener = TcpListener::bind(listen).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let port = address.port();
    settings.hosts.extend([format!("localhost:{port}"), address.to_string()]);
    if port == 80 {
        settings.hosts.extend(["localhost".to_owned(), address.ip().to_string()]);
    }
    Ok(Bound { room: Room::open(settings)?, listener, address, stop: watch::Sender::new(false) })
}

impl Bound {
    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What stops it.
    pub fn stopper(&self) -> Stopper {
        Stopper(self.stop.clone())
    }

    /// Answers until it is stopped.
    ///
    /// # Errors
    /// Where the system gives no thread or timer.
    pub fn run(self) -> Result<()> {
        let threads = self.room.settings().readers.max(1) + 1;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_io()
            .enable_time()
            .max_blocking_threads(threads)
            .build()
            .map_err(Error::Start)?;
        let result = runtime.block_on(self.answer());
        runtime.shutdown_timeout(LAST_PAGES);
        result
    }

    async fn answer(self) -> Result<()> {
        let listener = tokio::net::TcpListener::from_std(self.listener).map_err(Error::Start)?;
        let routes = router(self.room);
        let seats = Arc::new(Semaphore::new(MOST_CONNECTIONS));
        let accepting = tokio::spawn(accept(listener, routes, Arc::clone(&seats), self.stop.clone()));
        // The sender lives as long as this.
        let _ = self.stop.subscribe().wait_for(|stop| *stop).await;
        accepting.abort();
        // Every connection gives its seat back when it ends.
        let all = u32::try_from(MOST_CONNECTIONS).unwrap_or(u32::MAX);
        let _ = tokio::time::timeout(LAST_PAGES, seats.acquire_many(all)).await;
        Ok(())
    }
}

/// Takes connections, each on a task of its own.
async fn accept(listener: tokio::net::TcpListener, routes: Router, seats: Arc<Semaphore>, stop: watch::Sender<bool>) {
    loop {
        // The semaphore is never closed.
        let seat = Arc::clone(&seats).acquire_owned().await.ok();
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors, or a client that went away: others are answered.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let (routes, leaving) = (routes.clone(), stop.subscribe());
        tokio::spawn(async move {
            let _seat = seat;
            // A client that hangs up is no error.
            let _ = tokio::time::timeout(LONGEST_CONNECTION, connection(stream, routes, leaving)).await;
        });
    }
}

/// Answers on one connection until it ends; where the server is stopped, after the page that is being made.
async fn connection(stream: tokio::net::TcpStream, routes: Router, mut leaving: watch::Receiver<bool>) {
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(HEAD_BYTES).max_headers(HEAD_FIELDS);
    let service = TowerToHyperService::new(routes);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let mut left = pin!(async move {
        // Where the sender is gone, the server is too.
        let _ = leaving.wait_for(|stop| *stop).await;
    });
    let mut is_left = false;
    let _ = poll_fn(|context| {
        if !is_left && left.as_mut().poll(context).is_ready() {
            is_left = true;
            connection.as_mut().graceful_shutdown();
        }
        connection.as_mut().poll(context)
    })
    .await;
}
