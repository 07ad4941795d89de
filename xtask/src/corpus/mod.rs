//! `corpus`: generates and compiles a crate for every document in a folder, and reports the results.

mod discover;
mod document;
mod examples;
mod generate;
mod process;
mod table;
mod validate;

use std::collections::VecDeque;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

pub use self::discover::{Entry, discover};
pub use self::document::{CorpusSetup, DocumentOutcome};
pub use self::examples::install as install_example_test;
pub use self::generate::{GenerateArguments, copy_lock};

/// The outcomes of all documents of a corpus, sorted by name.
#[derive(Clone, Debug)]
pub struct CorpusReport(pub Vec<DocumentOutcome>);

impl CorpusReport {
    /// Returns whether every document is good, see [`DocumentOutcome::is_good`].
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.0.iter().all(DocumentOutcome::is_good)
    }

    /// Returns everything as JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({ "good": self.is_good(), "documents": self.0.iter().map(DocumentOutcome::to_json).collect::<Vec<_>>() })
    }
}

impl fmt::Display for CorpusReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&table::table(&self.0))
    }
}

/// Generates and compiles the documents, `jobs` in parallel. Calls `on_done` after each document.
///
/// # Errors
///
/// Returns an error if the folder for the crates can't be written, or a program can't be started.
pub fn run(
    entries: Vec<Entry>,
    setup: &CorpusSetup,
    jobs: usize,
    on_done: impl Fn(&DocumentOutcome) + Sync,
) -> io::Result<CorpusReport> {
    fs::create_dir_all(&setup.out)?;
    let queue = Mutex::new(VecDeque::from(entries));
    let done = Mutex::new(Vec::new());
    let work = |worker: usize| -> io::Result<()> {
        loop {
            let next = lock(&queue).pop_front();
            let Some(entry) = next else { return Ok(()) };
            let outcome = document::process_document(&entry, setup, worker)?;
            on_done(&outcome);
            lock(&done).push(outcome);
        }
    };
    std::thread::scope(|scope| {
        let work = &work;
        let workers: Vec<_> = (1..=jobs.max(1)).map(|worker| scope.spawn(move || work(worker))).collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or_else(|_| Err(io::Error::other("a worker thread panicked")))
        })
    })?;
    let mut outcomes = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    outcomes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(CorpusReport(outcomes))
}

/// Locks a mutex. A poisoned one is still valid: each critical section is one call.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the default folder for the crates of a corpus.
#[must_use]
pub fn default_out(repository: &Path) -> std::path::PathBuf {
    repository.join("target/corpus")
}
