//! The project's own description, generated once for all tests.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use codegen::{Output, Source};
use xtask::project::Job;

/// A description and its overlays.
pub(crate) type Sources = (Source, Vec<Source>);

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The cargo that runs the tests.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

pub(crate) fn job() -> Job {
    Job::of_project(&root()).unwrap()
}

pub(crate) fn sources() -> Sources {
    job().read().unwrap()
}

pub(crate) fn generate(sources: &Sources) -> Output {
    codegen::generate(&sources.0, &sources.1).unwrap_or_else(|report| panic!("{report}"))
}

pub(crate) fn output() -> &'static Output {
    static OUTPUT: LazyLock<Output> = LazyLock::new(|| generate(&sources()));
    &OUTPUT
}

/// Real documents and recordings that some checkouts have beside them; tests that use them say when they are absent.
pub(crate) fn beside(path: &str) -> Option<PathBuf> {
    let found = root().join("../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    println!("skipped: there is no ../shared/{path} beside this checkout");
    None
}
