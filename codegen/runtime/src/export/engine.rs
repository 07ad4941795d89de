//! The engine of exports, for records of any type: requests pages, drops repeated records, keeps the position.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use tracing::{debug, warn};

use super::checkpoint::Checkpoint;
use super::dedup::{self, SeenKeys};
use super::page_size::PageSize;
use super::paging::{NextStep, PageContext, PagingError, next_step};
use super::position::Position;
use super::progress::{ExportEvent, ExportProgress, Listener};
use super::raw_record::UnreadableRecord;
use super::scan::{self, Envelope, ScannedPage};
use crate::client::{Client, Observer, RawResponse, Wait, WaitReason};
use crate::decode::error::DecodeError;
use crate::decode::mismatch::Mismatches;
use crate::decode::text::TextDecoder;
use crate::error::{Error, ExportError, ExportErrorKind};
use crate::operation::{Operation, Pagination, PaginationStyle};
use crate::request::RequestParts;
use crate::types::timestamp::Timestamp;

/// The options of an export.
#[derive(Default)]
pub(super) struct ExportOptions {
    pub(super) checkpoint: Option<Checkpoint>,
    pub(super) allowed_lateness: Option<Duration>,
    pub(super) step_over: bool,
    /// Whether a record that doesn't match its declared type is an error.
    pub(super) strict: bool,
    /// Whether records are not decoded.
    pub(super) is_raw: bool,
    pub(super) follow: Option<Duration>,
    pub(super) listener: Listener,
}

/// A page that was fetched, before it changes the position of the export.
pub(super) struct FetchedPage {
    /// The indices of the records that were not returned before.
    new_records: Vec<usize>,
    /// The page; `None` if the server has no data for the position yet.
    page: Option<FetchedContent>,
}

/// The content of a page, and the next step.
struct FetchedContent {
    page: ScannedPage,
    seconds: Vec<Option<i64>>,
    step: NextStep,
    now: Timestamp,
}

impl FetchedPage {
    /// Returns the texts of the records that were not returned before, each with its index on the page.
    pub(super) fn records(&self) -> impl Iterator<Item = (usize, Bytes)> {
        let indices =
            self.page.iter().flat_map(|content| self.new_records.iter().map(move |index| (content, *index)));
        indices.map(|(content, index)| (index, content.page.record(index)))
    }

    /// Returns the number of these records.
    pub(super) fn count(&self) -> usize {
        self.new_records.len()
    }
}

/// A page after it changed the position of the export.
pub(super) struct AcceptedPage {
    pub(super) envelope: Envelope,
    pub(super) checkpoint: Checkpoint,
    pub(super) progress: ExportProgress,
}

pub(super) struct Engine {
    client: Client,
    template: RequestParts,
    pagination: Pagination,
    allowed_lateness: Duration,
    step_over: bool,
    is_lenient: bool,
    is_raw: bool,
    follow: Option<Duration>,
    listener: Listener,
    /// The position of the next request.
    position: Position,
    /// The position for the checkpoint, which may be before `position`.
    resume_at: Position,
    /// The earliest second of `resume_at`.
    start_second: Option<i64>,
    size: PageSize,
    seen: SeenKeys,
    visited: HashSet<u64>,
    stalls: u32,
    state: EngineState,
    progress: ExportProgress,
}

enum EngineState {
    Fetching,
    /// Caught up; polls at this time of the monotonic clock.
    Idle(Duration),
    Ended,
}

impl Engine {
    pub(super) fn new(client: Client, template: RequestParts, options: ExportOptions) -> Result<Self, Error> {
        let operation = template.operation();
        let fail = |kind| Err(ExportError::new(operation.id(), kind).into());
        let Some(pagination) = select_pagination(operation, &template) else {
            return fail(ExportErrorKind::NotPaged);
        };
        if options.follow.is_some() && pagination.style() == PaginationStyle::NextPage {
            return fail(ExportErrorKind::NotFollowable);
        }
        let looks_back = pagination.style() == PaginationStyle::Time && pagination.time_field().is_some();
        if options.allowed_lateness.is_some_and(|lateness| !lateness.is_zero()) && !looks_back {
            return fail(ExportErrorKind::LatenessNotSupported);
        }
        if let Some(kind) = options
            .checkpoint
            .as_ref()
            .and_then(|checkpoint| checkpoint_mismatch(checkpoint, operation, pagination))
        {
            return fail(kind);
        }
        let size = PageSize::new(&pagination, &template);
        let mut progress = ExportProgress { page_size: size.current(), ..ExportProgress::default() };
        let mut position = Position::Start;
        let mut seen = SeenKeys::default();
        if let Some(checkpoint) = options.checkpoint {
            progress.pages = checkpoint.pages;
            progress.records = checkpoint.records;
            progress.reached = checkpoint.reached;
            (position, seen) = (checkpoint.next, checkpoint.seen);
        }
        Ok(Self {
            allowed_lateness: options.allowed_lateness.unwrap_or(pagination.allowed_lateness()),
            step_over: options.step_over,
            is_lenient: !options.strict,
            is_raw: options.is_raw,
            follow: options.follow,
            listener: options.listener,
            start_second: position.second(&template),
            resume_at: position.clone(),
            state: if position == Position::End { EngineState::Ended } else { EngineState::Fetching },
            visited: HashSet::new(),
            stalls: 0,
            client,
            template,
            pagination,
            position,
            size,
            seen,
            progress,
        })
    }

    /// Returns the name of the array of records.
    pub(super) fn items(&self) -> &'static str {
        self.pagination.items()
    }

    pub(super) fn progress(&self) -> &ExportProgress {
        &self.progress
    }

    pub(super) fn is_lenient(&self) -> bool {
        self.is_lenient
    }

    /// Returns a decoder for the records.
    pub(super) fn decoder(&self) -> TextDecoder {
        if self.is_lenient { TextDecoder::lenient() } else { TextDecoder::strict() }
    }

    /// Returns what identifies a record for a person.
    pub(super) fn record_key(&self, record: &[u8]) -> Option<String> {
        dedup::readable_key(record, &self.pagination)
    }

    /// Reports values that were left out of a record, or replaced in a page.
    #[cold]
    pub(super) fn note_mismatches(&mut self, record: Option<&[u8]>, mismatches: &Mismatches) {
        let key = record.and_then(|record| self.record_key(record));
        let (operation, record) = (self.template.operation().id(), key.as_deref());
        debug!(operation, record, %mismatches, "a record doesn't match its declared type");
        self.progress.mismatches = self.progress.mismatches.saturating_add(mismatches.total() as u64);
        self.listener.notify(&ExportEvent::Mismatch { key: record, mismatches });
    }

    /// Reports a record that can't be decoded.
    #[cold]
    pub(super) fn note_unreadable(&mut self, unreadable: &UnreadableRecord) {
        let (operation, record) = (self.template.operation().id(), unreadable.key.as_deref());
        warn!(operation, record, error = %unreadable.error, "a record can't be decoded");
        self.progress.unreadable = self.progress.unreadable.saturating_add(1);
        self.listener.notify(&ExportEvent::Unreadable(unreadable));
    }

    /// Fetches the next page; `None` after the last one. The caller [accepts](Self::accept) the page after it has
    /// decoded the records.
    ///
    /// If the page is not accepted, or the future is dropped or fails, the next call fetches the same page. The future
    /// is boxed so that it is compiled once, not in each crate that uses exports.
    pub(super) fn next(&mut self) -> BoxFuture<'_, Option<Result<FetchedPage, Error>>> {
        Box::pin(async {
            match self.state {
                EngineState::Ended => return None,
                EngineState::Idle(until) => self.idle(until).await,
                EngineState::Fetching => {}
            }
            Some(self.fetch_page().await)
        })
    }

    /// Waits until the next poll.
    async fn idle(&mut self, until: Duration) {
        let clock = self.client.clock().clone();
        let started = clock.monotonic();
        if let Some(duration) = until.checked_sub(started) {
            let wait = Wait { reason: WaitReason::Poll, duration, attempt: 0 };
            self.listener.notify(&ExportEvent::Waiting(&wait));
            clock.sleep(duration).await;
            self.progress.waited = self.progress.waited.saturating_add(duration);
        }
        self.state = EngineState::Fetching;
    }

    async fn fetch_page(&mut self) -> Result<FetchedPage, Error> {
        let mut parts = self.position.request(&self.template);
        self.size.apply(&mut parts);
        let time_field = self.needs_seconds().then(|| self.pagination.time_field()).flatten();
        let mut observer = FetchObserver {
            items: self.pagination.items(),
            time_field,
            is_lenient: self.is_lenient,
            size: &mut self.size,
            waited: &mut self.progress.waited,
            listener: &mut self.listener,
            page: None,
        };
        let result = self.client.fetch(&parts, &mut observer).await;
        let page = observer.page.take();
        let response = match result {
            Ok(response) => response,
            // The start time of the first request is the caller's, so there it is an error.
            Err(error) if error.is_too_early() && self.position != Position::Start => {
                return Ok(FetchedPage { new_records: Vec::new(), page: None });
            }
            Err(error) => return Err(error),
        };
        let now = response.server_time.unwrap_or_else(|| self.client.clock().now()).into();
        let page = match page {
            Some(page) => page,
            None => scan::scan_page(&response.body, self.pagination.items(), time_field, self.is_lenient),
        };
        self.inspect(page.map_err(|error| response.into_page_error(error))?, now)
    }

    /// Decides on the next step after a page, without changing the export.
    fn inspect(&self, mut page: ScannedPage, now: Timestamp) -> Result<FetchedPage, Error> {
        let seconds = if self.needs_seconds() { self.seconds(&mut page) } else { Vec::new() };
        let repeated = |index: usize, record: &[u8]| {
            seconds.get(index).is_some_and(|second| self.seen.contains(record, *second, &self.pagination))
        };
        let new_records = page.texts().enumerate().filter(|(index, record)| !repeated(*index, record));
        let new_records: Vec<_> = new_records.map(|(index, _)| index).collect();
        let step = self.next_step(&page, new_records.len())?;
        Ok(FetchedPage { new_records, page: Some(FetchedContent { page, seconds, step, now }) })
    }

    /// Accepts a page after its records were decoded: changes the position of the export.
    pub(super) fn accept(&mut self, fetched: FetchedPage) -> AcceptedPage {
        let new_records = fetched.new_records.len();
        let Some(FetchedContent { mut page, mut seconds, step, now }) = fetched.page else {
            self.position = self.resume_at.clone();
            self.catch_up();
            return self.finish_page(0, Envelope::default());
        };
        if let Some(replaced) = page.replaced.take().filter(|_| self.is_raw) {
            self.note_mismatches(None, &replaced);
        }
        let second = page.texts().next_back().and_then(|last| self.second_of(last));
        let before = self.position.clone();
        let caught_up = matches!(step, NextStep::CaughtUp(_));
        self.take_step(step);
        let moved = self.position != before;
        self.resume_at = self.resume_position(now);
        if !moved && seconds.is_empty() {
            seconds = self.seconds(&mut page);
        }
        self.remember(&page, &seconds, moved);
        self.note_reached(second, now);
        if caught_up {
            self.position = self.resume_at.clone();
            self.catch_up();
        }

        self.progress.repeats += (page.count() - new_records) as u64;
        self.finish_page(new_records, page.envelope)
    }

    fn next_step(&self, page: &ScannedPage, new_records: usize) -> Result<NextStep, Error> {
        let context = PageContext {
            requested: &self.position,
            second: self.position.second(&self.template),
            size: self.size.current(),
            page,
            new_records,
            stalls: self.stalls,
            step_over: self.step_over,
            visited: &|position| self.visited.contains(&fingerprint(position)),
            local_target: &|url| self.client.relative_url(self.template.operation(), url),
        };
        next_step(self.pagination.style(), &context).map_err(|error| match error {
            PagingError::Export(kind) => ExportError::new(self.template.operation().id(), kind).into(),
            PagingError::Other(error) => error,
        })
    }

    fn take_step(&mut self, step: NextStep) {
        match step {
            NextStep::FetchAgain => {
                self.stalls += 1;
                self.size.enlarge();
                return;
            }
            NextStep::StepOver(position) => {
                let second = self.position.second(&self.template).unwrap_or_default();
                self.listener.notify(&ExportEvent::SteppedOver { second });
                self.position = position;
            }
            NextStep::More(position) | NextStep::CaughtUp(position) => {
                self.visited.insert(fingerprint(&self.position));
                self.position = position;
            }
        }
        self.stalls = 0;
        self.size.settle();
        self.size.grow();
    }

    /// Returns the position for the checkpoint: the current one, or an earlier one by the time that records may be
    /// late, but never before the start.
    fn resume_position(&self, now: Timestamp) -> Position {
        let Position::Time(second) = self.position else { return self.position.clone() };
        let settled = (now - self.allowed_lateness).as_seconds();
        let at = second.min(settled);
        Position::Time(self.start_second.map_or(at, |start_second| at.max(start_second)))
    }

    /// Keeps the keys of records that will be repeated, and forgets the others.
    fn remember(&mut self, page: &ScannedPage, seconds: &[Option<i64>], moved: bool) {
        // Positions that are not times come after the records of their page.
        if moved && !self.is_inclusive() {
            self.seen = SeenKeys::default();
            return;
        }
        let latest = seconds.iter().flatten().max();
        let from = match self.resume_at {
            Position::Time(second) => Some(second),
            // Fractions of a second are dropped, hence one second more.
            _ => latest.map(|second| second.saturating_sub(1)),
        };
        if moved {
            self.seen.forget_before(from.unwrap_or(i64::MAX));
        }
        for (record, second) in page.texts().zip(seconds) {
            if second.is_none_or(|second| from.is_none_or(|from| second >= from)) {
                self.seen.add(dedup::key(record, *second, &self.pagination));
            }
        }
    }

    /// Returns whether a page repeats the last records of the previous page.
    fn is_inclusive(&self) -> bool {
        matches!(self.pagination.style(), PaginationStyle::Time | PaginationStyle::Chat)
    }

    /// Returns whether records of the next page may be repeated.
    fn needs_seconds(&self) -> bool {
        self.is_inclusive() || !self.seen.is_empty()
    }

    fn second_of(&self, record: &[u8]) -> Option<i64> {
        scan::second_of(record, self.pagination.time_field()?)
    }

    /// Returns the seconds of the records of a page, and reads them if the scan didn't.
    fn seconds(&self, page: &mut ScannedPage) -> Vec<Option<i64>> {
        if page.seconds.len() == page.count() {
            return std::mem::take(&mut page.seconds);
        }
        page.texts().map(|record| self.second_of(record)).collect()
    }

    fn note_reached(&mut self, second: Option<i64>, now: Timestamp) {
        let requested = match self.position {
            Position::Time(second) => Some(second),
            _ => None,
        };
        let reached = requested.or(second).and_then(Timestamp::from_seconds);
        self.progress.reached = reached.or(self.progress.reached);
        self.progress.lag = self.progress.reached.map(|reached| now.since(reached).unwrap_or_default());
    }

    fn catch_up(&mut self) {
        self.visited.clear();
        self.progress.caught_up = true;
        self.state = match self.follow {
            Some(interval) => EngineState::Idle(self.client.clock().monotonic().saturating_add(interval)),
            None => EngineState::Ended,
        };
    }

    fn finish_page(&mut self, count: usize, envelope: Envelope) -> AcceptedPage {
        self.progress.caught_up = !matches!(self.state, EngineState::Fetching);
        self.progress.pages = self.progress.pages.saturating_add(1);
        self.progress.records = self.progress.records.saturating_add(count as u64);
        self.progress.page_size = self.size.current();
        self.listener.notify(&ExportEvent::Page(&self.progress));
        let checkpoint = Checkpoint {
            operation: self.template.operation().id().to_owned(),
            next: self.resume_at.clone(),
            seen: self.seen.clone(),
            caught_up: self.progress.caught_up,
            reached: self.progress.reached,
            pages: self.progress.pages,
            records: self.progress.records,
        };
        AcceptedPage { envelope, checkpoint, progress: self.progress.clone() }
    }
}

/// Returns why an export cannot resume from a checkpoint.
fn checkpoint_mismatch(
    checkpoint: &Checkpoint,
    operation: &Operation,
    pagination: Pagination,
) -> Option<ExportErrorKind> {
    if checkpoint.operation != operation.id() {
        return Some(ExportErrorKind::OtherOperation { found: checkpoint.operation.clone() });
    }
    (!checkpoint.next.belongs_to(pagination.style())).then_some(ExportErrorKind::OtherPaginationStyle)
}

/// Selects the pagination style for a request: the one whose page size parameter it sets, or the default one.
fn select_pagination(operation: &Operation, template: &RequestParts) -> Option<Pagination> {
    let chosen = |pagination: &&Pagination| {
        pagination.size_parameter().is_some_and(|name| template.query().get(name).is_some())
    };
    operation.pagination().find(chosen).or_else(|| operation.pagination().next()).copied()
}

fn fingerprint(position: &Position) -> u64 {
    let mut hasher = DefaultHasher::new();
    position.hash(&mut hasher);
    hasher.finish()
}

/// Observes a request of an export: scans its page, reports waits and retries, and shrinks the page after a failure.
struct FetchObserver<'a> {
    items: &'static str,
    time_field: Option<&'static str>,
    is_lenient: bool,
    size: &'a mut PageSize,
    waited: &'a mut Duration,
    listener: &'a mut Listener,
    page: Option<Result<ScannedPage, DecodeError>>,
}

impl Observer for FetchObserver<'_> {
    fn waiting(&mut self, wait: &Wait) {
        *self.waited = self.waited.saturating_add(wait.duration);
        self.listener.notify(&ExportEvent::Waiting(wait));
    }

    /// A truncated page is incomplete even if the server states its length: some cut a page that is too large, and a
    /// smaller one is complete. The request only reads.
    fn is_complete(&mut self, response: &RawResponse) -> bool {
        let page = scan::scan_page(&response.body, self.items, self.time_field, self.is_lenient);
        let is_truncated = matches!(&page, Err(error) if error.is_truncated());
        self.page = Some(page);
        !is_truncated
    }

    fn retrying(&mut self, failure: &Error, parts: &mut RequestParts) {
        self.listener.notify(&ExportEvent::Retrying(failure));
        if failure.is_timeout() || failure.is_incomplete() {
            self.size.halve();
            self.size.apply(parts);
        }
    }
}
