//! Invariants of the generator: they hold for any document.

use codegen::package::{self, AssembledCrate, ExistingFiles, Package, Runtime};
use codegen::{Diagnostic, Diagnostics, GeneratedFile, Mode, Options, Output, Source};

use crate::hostile::emitted::{self, Allowed};
use crate::hostile::everywhere;

/// The maximum of emitted bytes for each byte of a document.
const GROWTH: usize = 200;
/// The emitted bytes that are allowed for any document.
const BASE_SIZE: usize = 10_000;
/// The number of documents whose code together calls every macro.
const SEEDS: u64 = 40;

/// The line between a description and its overlays.
const SEPARATOR: &str = "\n=== overlay ===\n";
/// The maximum number of overlays.
const MAX_OVERLAYS: usize = 3;

pub(crate) struct Invariants {
    allowed: Allowed,
}

impl Invariants {
    pub(crate) fn new() -> Self {
        let documents = (0..SEEDS).map(|seed| ::random::document(&::random::bytes(seed)).to_string());
        let outputs = documents.filter_map(|text| generate(&text, &[], Mode::Lenient).ok());
        let files: Vec<_> = outputs.flat_map(|output| crate_of(&output)).collect();
        Self { allowed: Allowed::of(&files) }
    }

    /// Makes a document from choices, and checks it. The first choice decides whether it is invalid.
    pub(crate) fn check_choices(&self, bytes: &[u8]) {
        let document = ::random::from_fuzzer(bytes);
        let text = document.to_string();
        let kept =
            if ::random::is_hostile_input(bytes) { self.check(&text) } else { self.check_valid(&text) };
        kept.unwrap_or_else(|broken| panic!("{broken}\n{document:#}"));
    }

    /// Checks a description and its overlays. `SEPARATOR` divides them.
    pub(crate) fn check_text(&self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let mut texts = text.split(SEPARATOR).map(str::to_owned);
        let description = texts.next().unwrap_or_default();
        let overlays: Vec<_> = texts.take(MAX_OVERLAYS).collect();
        let kept = self.check_with(&description, &overlays).map(drop);
        kept.unwrap_or_else(|broken| panic!("{broken}\n{text}"));
    }

    /// Checks a document that contains a name and Markdown of these bytes everywhere: rustdoc and the README show nothing but
    /// their text.
    pub(crate) fn check_prose(&self, bytes: &[u8]) {
        let (name, text) = ::random::markdown(bytes);
        let document = everywhere::document(&name, &text).to_string();
        self.check(&document).unwrap_or_else(|broken| panic!("{name:?}, {text:?}: {broken}"));
    }

    /// Returns an error if a document breaks an invariant.
    pub(crate) fn check(&self, text: &str) -> Result<(), String> {
        self.check_with(text, &[]).map(drop)
    }

    /// Returns an error if a valid document breaks an invariant or is rejected.
    pub(crate) fn check_valid(&self, text: &str) -> Result<(), String> {
        self.check_with(text, &[])?.map_err(|report| format!("rejected: {report}"))
    }

    /// Returns an error if a description and its overlays break an invariant; otherwise the result of strict mode.
    fn check_with(&self, text: &str, overlays: &[String]) -> Result<Result<(), Diagnostics>, String> {
        let lenient = generate(text, overlays, Mode::Lenient);
        let strict = generate(text, overlays, Mode::Strict);
        for report in [lenient.as_ref().err(), strict.as_ref().err()].into_iter().flatten() {
            check_report(report)?;
        }
        let made = lenient.as_ref().ok().map(crate_of);
        if let (Ok(output), Some(files)) = (&lenient, &made) {
            let read = text.len() + overlays.iter().map(String::len).sum::<usize>();
            check_output(output, read)?;
            emitted::check(files, &self.allowed)?;
        }
        // This also compares two runs: an unstable order would show.
        let same = |strict: &Output| made.as_ref().is_some_and(|files| *files == crate_of(strict));
        match strict {
            Ok(strict) if !same(&strict) => {
                Err("lenient mode gives another output for a valid document".to_owned())
            }
            strict => Ok(strict.map(drop)),
        }
    }
}

pub(crate) fn generate(text: &str, overlays: &[String], mode: Mode) -> Result<Output, Diagnostics> {
    let source = Source::new("random.json", text);
    let overlays: Vec<_> = overlays.iter().map(|text| Source::new("overlay.json", text.clone())).collect();
    codegen::generate_with(&source, &overlays, &Options::new(mode))
}

fn check_output(output: &Output, read: usize) -> Result<(), String> {
    check_diagnostics(&output.warnings)?;
    let emitted: usize = output.files.iter().map(|file| file.text.len()).sum();
    if emitted > GROWTH * read + BASE_SIZE {
        return Err(format!("{emitted} bytes came out of {read}"));
    }
    let dropped = codegen::unaccounted(output);
    dropped.first().map_or(Ok(()), |dropped| Err(format!("dropped: {dropped:?}")))
}

fn check_report(report: &Diagnostics) -> Result<(), String> {
    if report.0.is_empty() {
        return Err("it failed without a diagnostic".to_owned());
    }
    check_diagnostics(&report.0)
}

/// Checks that each diagnostic has a location, a message and a help. A diagnostic of a whole file has no line.
fn check_diagnostics(diagnostics: &[Diagnostic]) -> Result<(), String> {
    let located = |one: &Diagnostic| one.location.line > 0 || one.pointer.tokens().is_empty();
    let complete = |one: &Diagnostic| located(one) && !one.message.is_empty() && !one.help.is_empty();
    let incomplete = diagnostics.iter().find(|one| !complete(one));
    incomplete.map_or(Ok(()), |one| Err(format!("a diagnostic without a location or a help: {one}")))
}

/// Returns the files of a crate.
pub(crate) fn crate_of(output: &Output) -> Vec<GeneratedFile> {
    let package = Package {
        name: None,
        origin: output.api.title.clone(),
        runtime: Runtime::Path("runtime".to_owned()),
        own_workspace: false,
    };
    let assembled = package::assemble(&package, output, &ExistingFiles::default());
    let AssembledCrate { emitted, shared, .. } =
        assembled.expect("there is no existing manifest that could be invalid");
    [emitted, shared].concat()
}
