//! The engine of exports, for records of any type: requests pages, drops repeated records, keeps the position.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::time::Duration;

use futures_util::future::BoxFuture;
use tracing::{debug, warn};

use super::checkpoint::Checkpoint;
use super::dedup::{self, SeenKeys};
use super::fetch_observer::FetchObserver;
use super::fetched_page::{AcceptedPage, FetchedContent, FetchedPage};
use super::look_back::Clocks;
use super::options::{ExportOptions, select_pagination};
use super::page_size::PageSize;
use super::paging::{NextStep, PageContext, PagingError, next_step};
use super::position::Position;
use super::progress::{ExportEvent, ExportProgress, Listener};
use super::raw_record::UnreadableRecord;
use super::recent::{KnownPage, RecentRecords};
use super::restart::{self, Restart};
use super::scan::{self, Envelope, ScannedPage};
use super::versions::PageVersions;
use crate::client::{Client, Wait, WaitReason};
use crate::decode::mismatch::Mismatches;
use crate::decode::text::TextDecoder;
use crate::error::{Error, ExportError, ExportErrorKind, PageFailure};
use crate::operation::{Pagination, PaginationStyle};
use crate::request::RequestParts;
use crate::state::field_set::FieldSet;
use crate::types::timestamp::Timestamp;

/// How many pages in a row may have no new records.
const MAX_EMPTY_PAGES: u32 = 250;

pub(super) struct Engine {
    client: Client,
    template: RequestParts,
    pagination: Pagination,
    allowed_lateness: Duration,
    step_over: bool,
    restart: bool,
    is_lenient: bool,
    is_raw: bool,
    /// The fields of records that are read; `None` for all properties.
    fields: Option<FieldSet>,
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
    recent: RecentRecords,
    visited: HashSet<u64>,
    stalls: u32,
    /// The number of pages in a row without new records.
    empty_pages: u32,
    /// The second up to which a resumed export reads records again.
    reread_until: Option<i64>,
    /// The latest second of a record.
    latest: Option<i64>,
    /// Where the export restarted last.
    restarted_at: Option<Restart>,
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
        if let Some(kind) = options.problem(operation, pagination) {
            return fail(kind);
        }
        let mut size = PageSize::new(&pagination, &template);
        let mut progress = ExportProgress::default();
        let mut position = Position::Start;
        let mut seen = SeenKeys::default();
        let mut last_pages = Vec::new();
        if let Some(checkpoint) = options.checkpoint {
            progress.pages = checkpoint.pages;
            progress.records = checkpoint.records;
            progress.reached = checkpoint.reached;
            (position, seen) = (checkpoint.next, checkpoint.seen);
            last_pages = checkpoint.last_pages;
            if let Some(reached) = checkpoint.page_size {
                size.resume(reached);
            }
        }
        progress.page_size = size.current();
        Ok(Self {
            allowed_lateness: options.allowed_lateness.unwrap_or(pagination.allowed_lateness()),
            step_over: options.step_over,
            restart: options.restart,
            is_lenient: !options.strict,
            is_raw: options.is_raw,
            fields: options.fields.and_then(Result::ok),
            follow: options.follow,
            listener: options.listener,
            start_second: position.second(&template),
            resume_at: position.clone(),
            state: if position == Position::End { EngineState::Ended } else { EngineState::Fetching },
            visited: HashSet::new(),
            stalls: 0,
            empty_pages: 0,
            reread_until: progress.reached.map(Timestamp::as_seconds),
            latest: seen.latest(),
            recent: RecentRecords::new(last_pages),
            restarted_at: None,
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
        let decoder = if self.is_lenient { TextDecoder::lenient() } else { TextDecoder::strict() };
        decoder.with_selected(self.fields.clone())
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
        loop {
            match self.request_page().await {
                Err(error) if self.is_cursor_rejected(&error) => self.restart_after(error)?,
                // The start time of the first request is the caller's, so there it is an error.
                Err(error) if error.is_too_early() && self.position != Position::Start => {
                    return Ok(FetchedPage { new_records: Vec::new(), page: None });
                }
                result => return result,
            }
        }
    }

    async fn request_page(&mut self) -> Result<FetchedPage, Error> {
        let mut parts = self.position.request(&self.template);
        self.size.apply(&mut parts);
        let time_field = self.pagination.time_field();
        let (waited, items) = (&mut self.progress.waited, self.pagination.items());
        let mut observer = FetchObserver {
            items,
            time_field,
            is_lenient: self.is_lenient,
            size: &mut self.size,
            waited,
            listener: &mut self.listener,
            page: None,
            failed_size: None,
        };
        let result = self.client.fetch(&parts, &mut observer).await;
        let response = result.map_err(|error| observer.explain(error))?;
        let page = observer.page.take();
        let secrets = response.secrets();
        let clocks =
            Clocks { server: response.server_time.map(Into::into), client: self.client.clock().now().into() };
        let page = match page {
            Some(page) => page,
            None => scan::scan_page(&response.body, self.pagination.items(), time_field, self.is_lenient)
                .map_err(|error| response.into_unexpected(error))?,
        };
        self.inspect(page, clocks).map_err(|error| error.with_redacted_host(&secrets))
    }

    /// Returns whether the server rejected the cursor that the export continues at, and not a request of the caller.
    fn is_cursor_rejected(&self, error: &Error) -> bool {
        matches!(self.position, Position::Cursor(_) | Position::After(_))
            && matches!(error.status(), Some(400 | 410 | 422))
            && !error.is_too_early()
    }

    /// Restarts at the time reached, or at the start, if the caller allows it and the export has progressed since the last
    /// restart.
    #[cold]
    fn restart_after(&mut self, error: Error) -> Result<(), Error> {
        let reached = self.progress.reached.filter(|_| restart::is_by_time(&self.pagination));
        let restart = Restart::at(reached);
        let has_progressed = self.restarted_at.is_none_or(|last| last < restart);
        if !self.restart || !has_progressed {
            let can_restart = !self.restart;
            return Err(error.with_page(PageFailure::RejectedCursor { reached, can_restart }));
        }
        let second = restart.second();
        warn!(operation = self.template.operation().id(), second, %error, "the cursor was rejected");
        self.listener.notify(&ExportEvent::Restarted { second });
        self.restarted_at = Some(restart);
        self.visited.clear();
        self.recent = RecentRecords::new(Vec::new());
        self.position = second.map_or(Position::Start, Position::Time);
        Ok(())
    }

    /// Decides on the next step after a page, without changing the export.
    fn inspect(&self, mut page: ScannedPage, clocks: Clocks) -> Result<FetchedPage, Error> {
        let seconds = page.take_seconds();
        let (versions, within) = PageVersions::of(&page, &seconds, &self.pagination);
        let known = self.recent.find_page(&versions);
        let repeated = |index: usize, record: &[u8]| {
            within.contains(&index)
                || versions.records.get(index).is_some_and(|version| self.recent.is_repeat(*version, known))
                || seconds
                    .get(index)
                    .is_some_and(|second| self.seen.contains(record, *second, &self.pagination))
        };
        let new_records = page.texts().enumerate().filter(|(index, record)| !repeated(*index, record));
        let new_records: Vec<_> = new_records.map(|(index, _)| index).collect();
        let step = self.next_step(&page, new_records.len(), clocks.latest_end(&seconds))?;
        let is_progress = known == KnownPage::New && !new_records.is_empty();
        self.check_progress(&step, is_progress)?;
        let page = Some(FetchedContent { page, seconds, versions, is_progress, step, clocks });
        Ok(FetchedPage { new_records, page })
    }

    /// Ends an export whose pages have no new records, although there are always more of them.
    fn check_progress(&self, step: &NextStep, is_progress: bool) -> Result<(), Error> {
        let goes_on = matches!(step, NextStep::More(_)) && !is_progress && !self.is_reading_again();
        if goes_on && self.empty_pages >= MAX_EMPTY_PAGES {
            let kind = ExportErrorKind::NoProgress { pages: self.empty_pages };
            return Err(ExportError::new(self.template.operation().id(), kind).into());
        }
        Ok(())
    }

    /// Returns whether the next page may have only records from before the checkpoint.
    fn is_reading_again(&self) -> bool {
        self.position.second(&self.template).is_some_and(|second| Some(second) <= self.reread_until)
    }

    /// Accepts a page after its records were decoded: changes the position of the export.
    pub(super) fn accept(&mut self, fetched: FetchedPage) -> AcceptedPage {
        let new_records = fetched.new_records.len();
        let Some(FetchedContent { mut page, seconds, versions, is_progress, step, clocks }) = fetched.page
        else {
            self.position = self.resume_at.clone();
            self.catch_up();
            return self.finish_page(0, Envelope::default());
        };
        if let Some(replaced) = page.replaced.take().filter(|_| self.is_raw) {
            self.note_mismatches(None, &replaced);
        }
        let second = seconds.last().copied().flatten();
        let before = self.position.clone();
        let caught_up = matches!(step, NextStep::CaughtUp(_));
        self.take_step(step);
        let moved = self.fingerprint(&self.position) != self.fingerprint(&before);
        self.empty_pages = if is_progress || self.is_reading_again() { 0 } else { self.empty_pages + 1 };
        self.latest = self.latest.max(seconds.iter().flatten().max().copied());
        self.resume_at = self.resume_position(clocks);
        self.remember(&page, &seconds, moved);
        self.recent.add(&versions);
        let certain = || caught_up.then(|| restart::certain(&self.pagination, clocks)).flatten();
        self.note_reached(second.or_else(certain), clocks.now());
        if caught_up {
            self.position = self.resume_at.clone();
            self.catch_up();
        }

        self.progress.repeats += (page.count() - new_records) as u64;
        self.finish_page(new_records, page.envelope)
    }

    fn next_step(&self, page: &ScannedPage, new_records: usize, latest_end: i64) -> Result<NextStep, Error> {
        let context = PageContext {
            requested: &self.position,
            size_parameter: self.pagination.size_parameter(),
            second: self.position.second(&self.template),
            latest_end,
            size: self.size.current(),
            is_below_largest: self.size.is_below_largest(),
            page,
            new_records,
            stalls: self.stalls,
            step_over: self.step_over,
            visited: &|position| self.visited.contains(&self.fingerprint(position)),
            local_target: &|url| self.client.relative_url(self.template.operation(), url),
        };
        next_step(self.pagination.style(), &context).map_err(|error| match error {
            PagingError::Export(kind) => ExportError::new(self.template.operation().id(), kind)
                .with_page(page.count(), self.size.largest())
                .into(),
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
                self.visited.insert(self.fingerprint(&self.position));
                self.position = position;
            }
        }
        self.stalls = 0;
        self.size.grow();
    }

    /// Returns the position for the checkpoint: the current one, or an earlier one by the time that records may be
    /// late. It never moves back: the keys of earlier records are forgotten.
    fn resume_position(&self, clocks: Clocks) -> Position {
        let Position::Time(second) = self.position else { return self.position.clone() };
        let at = second.min(clocks.unsettled_since(self.allowed_lateness, self.latest));
        let earliest = match self.resume_at {
            Position::Time(before) => Some(before.min(second)),
            _ => self.start_second,
        };
        Position::Time(earliest.map_or(at, |earliest| at.max(earliest)))
    }

    /// Keeps the keys of records that will be repeated, and forgets the others.
    fn remember(&mut self, page: &ScannedPage, seconds: &[Option<i64>], moved: bool) {
        let latest = seconds.iter().flatten().max().copied();
        let inclusive = self.is_inclusive();
        // Cursors come after the records of their page. Those of the last second are kept for a restart at that second.
        let keeps_second = self.pagination.style() == PaginationStyle::Cursor;
        if moved && !inclusive && (!keeps_second || latest.is_none()) {
            if !keeps_second {
                self.seen = SeenKeys::default();
            }
            return;
        }
        let from = match self.resume_at {
            Position::Time(second) => Some(second),
            _ if keeps_second => latest,
            // Fractions of a second are dropped, hence one second more.
            _ => latest.map(|second| second.saturating_sub(1)),
        };
        if moved {
            self.seen.forget_before(from.unwrap_or(i64::MAX));
        }
        // Records without a time are as late as the end of their page.
        let page_end = match self.position {
            Position::Time(second) => Some(second),
            _ => None,
        };
        for (record, second) in page.texts().zip(seconds) {
            let second = second.or(page_end);
            // At the same position, the server sends the entire page again.
            let is_kept = !moved || second.map_or(inclusive, |second| from.is_none_or(|from| second >= from));
            if is_kept {
                self.seen.add(dedup::key(record, second, &self.pagination));
            }
        }
    }

    /// Returns a hash of a position, whatever the page size.
    fn fingerprint(&self, position: &Position) -> u64 {
        let mut hasher = DefaultHasher::new();
        position.without_size(self.pagination.size_parameter()).hash(&mut hasher);
        hasher.finish()
    }

    /// Returns whether a page repeats the last records of the previous page.
    fn is_inclusive(&self) -> bool {
        matches!(self.pagination.style(), PaginationStyle::Time | PaginationStyle::Chat)
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
        self.reread_until = self.reread_until.max(self.progress.reached.map(Timestamp::as_seconds));
        self.visited.clear();
        self.recent.catch_up();
        self.empty_pages = 0;
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
            page_size: self.size.reached(),
            last_pages: self.recent.last_pages().to_vec(),
        };
        AcceptedPage { envelope, checkpoint, progress: self.progress.clone() }
    }
}
