//! What holds for any document, whatever it says.

use codegen::package::{self, Assembled, Existing, Package, Runtime};
use codegen::{Diagnostic, GeneratedFile, Mode, Options, Output, Report, Source};

use crate::hostile::emitted::{self, Shape};

/// Most bytes that may be emitted for each byte of a document, and beside that.
const GROWTH: usize = 200;
const ALWAYS: usize = 10_000;
/// Documents that have all of the macros in their code.
const SEEDS: u64 = 40;

/// What stands between a description and its overlays, and how many of these are read.
const BETWEEN: &str = "\n=== overlay ===\n";
const MOST: usize = 3;

pub(crate) struct Laws {
    shape: Shape,
}

impl Laws {
    pub(crate) fn new() -> Self {
        let documents = (0..SEEDS).map(|seed| ::random::document(&::random::bytes(seed)).to_string());
        let outputs = documents.filter_map(|text| generate(&text, &[], Mode::Lenient).ok());
        let files: Vec<_> = outputs.flat_map(|output| crate_of(&output)).collect();
        Self { shape: Shape::of(&files) }
    }

    /// Makes a document of choices; the first one is whether it is spoilt.
    pub(crate) fn hold_for_choices(&self, bytes: &[u8]) {
        let document = ::random::fuzzed(bytes);
        let text = document.to_string();
        let kept =
            if ::random::is_fuzzed_hostile(bytes) { self.check(&text) } else { self.check_valid(&text) };
        kept.unwrap_or_else(|broken| panic!("{broken}\n{document:#}"));
    }

    /// Reads a description and, behind a line that is `BETWEEN`, an overlay each.
    pub(crate) fn hold_for_text(&self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let mut texts = text.split(BETWEEN).map(str::to_owned);
        let description = texts.next().unwrap_or_default();
        let overlays: Vec<_> = texts.take(MOST).collect();
        let kept = self.check_with(&description, &overlays).map(drop);
        kept.unwrap_or_else(|broken| panic!("{broken}\n{text}"));
    }

    /// What is broken by a document.
    pub(crate) fn check(&self, text: &str) -> Result<(), String> {
        self.check_with(text, &[]).map(drop)
    }

    /// What is broken by a document without mistakes.
    pub(crate) fn check_valid(&self, text: &str) -> Result<(), String> {
        self.check_with(text, &[])?.map_err(|report| format!("refused: {report}"))
    }

    /// What is broken by a description and its overlays; if nothing is, the mistakes that it has.
    fn check_with(&self, text: &str, overlays: &[String]) -> Result<Result<(), Report>, String> {
        let lenient = generate(text, overlays, Mode::Lenient);
        let strict = generate(text, overlays, Mode::Strict);
        for report in [lenient.as_ref().err(), strict.as_ref().err()].into_iter().flatten() {
            check_report(report)?;
        }
        let made = lenient.as_ref().ok().map(crate_of);
        if let (Ok(output), Some(files)) = (&lenient, &made) {
            let read = text.len() + overlays.iter().map(String::len).sum::<usize>();
            check_output(output, read)?;
            emitted::check(files, &self.shape)?;
        }
        // Two runs as well: whatever has no order of its own comes in another one.
        let same = |strict: &Output| made.as_ref().is_some_and(|files| *files == crate_of(strict));
        match strict {
            Ok(strict) if !same(&strict) => {
                Err("the lenient mode makes something else of a document without mistakes".to_owned())
            }
            strict => Ok(strict.map(drop)),
        }
    }
}

pub(crate) fn generate(text: &str, overlays: &[String], mode: Mode) -> Result<Output, Report> {
    let source = Source::new("random.json", text);
    let overlays: Vec<_> = overlays.iter().map(|text| Source::new("overlay.json", text.clone())).collect();
    codegen::generate_with(&source, &overlays, &Options::new(mode))
}

fn check_output(output: &Output, read: usize) -> Result<(), String> {
    check_places(&output.warnings)?;
    let emitted: usize = output.files.iter().map(|file| file.text.len()).sum();
    if emitted > GROWTH * read + ALWAYS {
        return Err(format!("{emitted} bytes came out of {read}"));
    }
    let lost = codegen::unaccounted(output);
    lost.first().map_or(Ok(()), |lost| Err(format!("got lost: {lost:?}")))
}

fn check_report(report: &Report) -> Result<(), String> {
    if report.0.is_empty() {
        return Err("it failed and said nothing".to_owned());
    }
    check_places(&report.0)
}

/// Each finding has a place and a cure; what is wrong with a whole file has no line.
fn check_places(told: &[Diagnostic]) -> Result<(), String> {
    let placed = |told: &Diagnostic| told.place.line > 0 || told.pointer.tokens().is_empty();
    let complete = |told: &Diagnostic| placed(told) && !told.message.is_empty() && !told.help.is_empty();
    let lost = told.iter().find(|told| !complete(told));
    lost.map_or(Ok(()), |lost| Err(format!("a finding without a place or a cure: {lost}")))
}

/// The files of a crate.
pub(crate) fn crate_of(output: &Output) -> Vec<GeneratedFile> {
    let package = Package {
        name: None,
        origin: output.api.title.clone(),
        runtime: Runtime::Path("runtime".to_owned()),
        own_workspace: false,
    };
    let assembled = package::assemble(&package, output, &Existing::default());
    let Assembled { emitted, shared, .. } = assembled.expect("there is no manifest that could be wrong");
    [emitted, shared].concat()
}
