//! `corpus`: generates and compiles every document of a folder, and tells how each fared.

mod discover;
mod document;
mod judge;
mod process;
mod table;
mod trial;
mod verb;

use std::collections::VecDeque;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde_json::{Value, json};

pub use self::discover::{Entry, discover};
pub use self::document::{Outcome, Setup};
pub use self::trial::install as install_trial;
pub use self::verb::{Trial, copy_lock};

/// How all documents of a corpus fared, by name.
#[derive(Clone, Debug)]
pub struct Corpus(pub Vec<Outcome>);

impl Corpus {
    /// Whether each became a crate that compiles without warnings.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.0.iter().all(Outcome::is_good)
    }

    /// All of it, for programs to read.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({ "good": self.is_good(), "documents": self.0.iter().map(Outcome::to_json).collect::<Vec<_>>() })
    }
}

impl fmt::Display for Corpus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&table::table(&self.0))
    }
}

/// Tries the documents, `jobs` at once; `told` hears of each one that is done.
///
/// # Errors
///
/// Where the folder for the crates can't be written, or no program started.
pub fn run(
    entries: Vec<Entry>,
    setup: &Setup,
    jobs: usize,
    told: impl Fn(&Outcome) + Sync,
) -> io::Result<Corpus> {
    fs::create_dir_all(&setup.out)?;
    let ahead = Mutex::new(VecDeque::from(entries));
    let done = Mutex::new(Vec::new());
    let work = |worker: usize| -> io::Result<()> {
        loop {
            let next = lock(&ahead).pop_front();
            let Some(entry) = next else { return Ok(()) };
            let outcome = document::try_document(&entry, setup, worker)?;
            told(&outcome);
            lock(&done).push(outcome);
        }
    };
    std::thread::scope(|scope| {
        let work = &work;
        let workers: Vec<_> = (1..=jobs.max(1)).map(|worker| scope.spawn(move || work(worker))).collect();
        workers.into_iter().try_for_each(|worker| {
            worker.join().unwrap_or_else(|_| Err(io::Error::other("a worker did not end well")))
        })
    })?;
    let mut outcomes = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    outcomes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Corpus(outcomes))
}

/// Nothing is left half done while a lock is held.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where crates of a corpus go if nobody says so.
#[must_use]
pub fn default_out(repository: &Path) -> std::path::PathBuf {
    repository.join("target/corpus")
}
