//! What all pages share: the ledger's readers, the names under which this server may be asked for, the routes. Not a page.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware;
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use onrecord::evidence::ClaimId;
use onrecord::ledger::{At, Ledger, Options};
use tokio::sync::Semaphore;

use crate::asked::Asked;
use crate::reply::{Problem, Reply};
use crate::{Error, Result, assets, guard, pages};

/// How a room is opened.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The ledger.
    pub ledger: PathBuf,
    /// Names under which it may be asked for, as they stand in `Host`: `localhost:8300`. A page of another site that makes a browser ask for another
    /// name of this machine is turned away.
    pub hosts: Vec<String>,
    /// Connections to the ledger, which is as many pages as are made at once.
    pub readers: usize,
    /// How long a page may take.
    pub patience: Duration,
}

impl Settings {
    /// Settings for a ledger: four readers, ten seconds.
    pub fn new(ledger: impl Into<PathBuf>) -> Self {
        Self { ledger: ledger.into(), hosts: Vec::new(), readers: 4, patience: Duration::from_secs(10) }
    }
}

/// A ledger with its readers, open for pages.
#[derive(Clone)]
pub struct Room(Arc<Inner>);

struct Inner {
    settings: Settings,
    idle: Mutex<Vec<Ledger>>,
    seats: Arc<Semaphore>,
}

/// Makes one page.
pub(crate) type Job = fn(&Ledger, &Asked) -> std::result::Result<Reply, Problem>;

impl Room {
    /// Opens the ledger.
    ///
    /// # Errors
    /// Where there is none, or it cannot be read.
    pub fn open(settings: Settings) -> Result<Self> {
        let readers = settings.readers.max(1);
        let options = Options { only_reads: true, ..Options::default() };
        let mut idle = Vec::with_capacity(readers);
        for _ in 0..readers {
            idle.push(Ledger::open_existing(&settings.ledger, &options)?);
        }
        Ok(Self(Arc::new(Inner { settings, idle: Mutex::new(idle), seats: Arc::new(Semaphore::new(readers)) })))
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Makes a page on a thread of its own, with a reader of its own.
    pub(crate) async fn make(&self, asked: Asked, job: Job) -> Response {
        let patience = self.settings().patience;
        let inner = Arc::clone(&self.0);
        let work = async move {
            // The semaphore is never closed.
            let Ok(seat) = Arc::clone(&inner.seats).acquire_owned().await else { return Problem::Busy.page(&asked) };
            let made = tokio::task::spawn_blocking(move || {
                // The seat is given up with the reader, also where nobody waits for the page any more.
                let _seat = seat;
                let ledger = inner.take();
                let response = match &ledger {
                    Some(ledger) => match job(ledger, &asked) {
                        Ok(reply) => reply.into_response(&asked),
                        Err(problem) => problem.page(&asked),
                    },
                    None => Problem::Busy.page(&asked),
                };
                ledger.into_iter().for_each(|ledger| inner.put(ledger));
                response
            });
            made.await.unwrap_or_else(|_| Problem::bare(500, "this page could not be made"))
        };
        tokio::time::timeout(patience, work)
            .await
            .unwrap_or_else(|_| Problem::bare(503, "this page took too long; try again in a moment"))
    }
}

impl Inner {
    /// A reader; opened anew where one was lost with a page that could not be made.
    fn take(&self) -> Option<Ledger> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let options = Options { only_reads: true, ..Options::default() };
        idle.or_else(|| Ledger::open_existing(&self.settings.ledger, &options).ok())
    }

    fn put(&self, ledger: Ledger) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(ledger);
    }
}

/// The page of a claim as one file that loads nothing: to send, to print, to keep. `None` where nothing was on record of it by then.
///
/// # Errors
/// Where the ledger cannot be read or is damaged.
pub fn report(ledger: &Ledger, claim: &ClaimId, at: &At) -> Result<Option<String>> {
    match pages::claim::file(ledger, &Asked::of_claim(claim, at)) {
        Ok(reply) => Ok(Some(reply.into_body())),
        Err(Problem::Ledger(error)) => Err(error.into()),
        Err(Problem::Template(error)) => Err(Error::Page(error)),
        Err(_) => Ok(None),
    }
}

/// A route that is answered by a page.
fn page(job: Job) -> MethodRouter<Room> {
    get(move |State(room): State<Room>, request: Request| async move {
        let (parts, _) = request.into_parts();
        room.make(Asked::new(&parts), job).await
    })
}

/// The routes of a room with everything that stands before them: who may ask, headers of every answer. What is added to the routes stands behind it too.
pub fn router(room: Room) -> Router {
    let routes = Router::new()
        .route("/", page(pages::front::page))
        .route("/claim/{id}", page(pages::claim::page))
        .route("/claim/{id}/report.html", page(pages::claim::file))
        .route("/article/{id}", page(pages::article::page))
        .route("/party/{key}", page(pages::party::page))
        .route("/outlets", page(pages::outlet::list))
        .route("/outlet/{name}", page(pages::outlet::page))
        .route("/assets/{name}", get(assets::asset))
        .fallback(page(pages::not_found));
    let guarded = routes.layer(middleware::from_fn_with_state(room.clone(), guard::guard));
    guarded.with_state(room)
}
