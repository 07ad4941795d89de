//! The export itself, whatever the type of its records: asks for pages, drops repeats, keeps the place.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::BoxFuture;

use super::checkpoint::Checkpoint;
use super::page_size::PageSize;
use super::paging::{Stop, Turn, Verdict, judge};
use super::place::Place;
use super::progress::{Event, Listener, Progress};
use super::scan::{self, Envelope, Scan};
use super::seen::{self, Seen};
use crate::client::{Client, Observer, Wait, WaitReason};
use crate::decode::error::DecodeError;
use crate::error::{Error, ExportError, ExportErrorKind};
use crate::operation::{Operation, Pagination, PaginationStyle};
use crate::request::Parts;
use crate::types::timestamp::Timestamp;

/// What the caller asked for beside the request.
#[derive(Default)]
pub(super) struct Options {
    pub(super) checkpoint: Option<Checkpoint>,
    pub(super) late: Option<Duration>,
    pub(super) step_over: bool,
    pub(super) follow: Option<Duration>,
    pub(super) listener: Listener,
}

/// What the server answered, before it changes where the export stands.
pub(super) struct Asked {
    /// The numbers of the records that are not handed out yet.
    fresh: Vec<usize>,
    /// The page; nothing if there is nothing that old yet.
    page: Option<Arrived>,
}

/// A page, and what follows from it.
struct Arrived {
    page: Scan,
    seconds: Vec<Option<i64>>,
    verdict: Verdict,
    now: Timestamp,
}

impl Asked {
    /// The texts of the records that are not handed out yet, each with its number on the page.
    pub(super) fn records(&self) -> impl Iterator<Item = (usize, Bytes)> {
        let numbers =
            self.page.iter().flat_map(|arrived| self.fresh.iter().map(move |number| (arrived, *number)));
        numbers.map(|(arrived, number)| (number, arrived.page.record(number)))
    }

    /// How many those are.
    pub(super) fn count(&self) -> usize {
        self.fresh.len()
    }
}

/// A page that was taken in.
pub(super) struct Turned {
    pub(super) envelope: Envelope,
    pub(super) checkpoint: Checkpoint,
    pub(super) progress: Progress,
}

pub(super) struct Engine {
    client: Client,
    template: Parts,
    way: Pagination,
    late: Duration,
    step_over: bool,
    follow: Option<Duration>,
    listener: Listener,
    /// Where the next request asks.
    place: Place,
    /// Where another process would have to ask; it may lie before the place.
    resume_at: Place,
    /// The second that `resume_at` never goes behind.
    floor: Option<i64>,
    size: PageSize,
    seen: Seen,
    visited: HashSet<u64>,
    stalls: u32,
    state: State,
    progress: Progress,
}

enum State {
    Asking,
    /// Caught up; asks again when the clock shows this.
    Idle(Duration),
    Ended,
}

impl Engine {
    pub(super) fn new(client: Client, template: Parts, options: Options) -> Result<Self, Error> {
        let operation = template.operation();
        let fail = |kind| Err(ExportError::new(operation.id(), kind).into());
        let Some(way) = way(operation, &template) else { return fail(ExportErrorKind::NotPaged) };
        if options.follow.is_some() && way.style() == PaginationStyle::NextPage {
            return fail(ExportErrorKind::NotFollowable);
        }
        let looks_back = way.style() == PaginationStyle::Time && way.position().is_some();
        if options.late.is_some_and(|late| !late.is_zero()) && !looks_back {
            return fail(ExportErrorKind::NoLookBack);
        }
        if let Some(kind) =
            options.checkpoint.as_ref().and_then(|checkpoint| mistaken(checkpoint, operation, way))
        {
            return fail(kind);
        }
        let size = PageSize::new(&way, &template);
        let mut progress = Progress { page_size: size.current(), ..Progress::default() };
        let mut place = Place::Start;
        let mut seen = Seen::default();
        if let Some(checkpoint) = options.checkpoint {
            progress.pages = checkpoint.pages;
            progress.records = checkpoint.records;
            progress.reached = checkpoint.reached;
            (place, seen) = (checkpoint.next, checkpoint.seen);
        }
        Ok(Self {
            late: options.late.unwrap_or(way.late()),
            step_over: options.step_over,
            follow: options.follow,
            listener: options.listener,
            floor: place.second(&template),
            resume_at: place.clone(),
            state: if place == Place::End { State::Ended } else { State::Asking },
            visited: HashSet::new(),
            stalls: 0,
            client,
            template,
            way,
            place,
            size,
            seen,
            progress,
        })
    }

    /// The key of the list of records.
    pub(super) fn items(&self) -> &'static str {
        self.way.items()
    }

    pub(super) fn progress(&self) -> &Progress {
        &self.progress
    }

    /// The next page, which is to be [accepted](Self::accept) once its records were read; nothing after the last one.
    ///
    /// If it is not, or the future is dropped or fails, nothing is lost: the next call asks for the same page. Boxed,
    /// it is compiled once, and not in each crate that exports.
    pub(super) fn next(&mut self) -> BoxFuture<'_, Option<Result<Asked, Error>>> {
        Box::pin(async {
            match self.state {
                State::Ended => return None,
                State::Idle(until) => self.idle(until).await,
                State::Asking => {}
            }
            Some(self.ask().await)
        })
    }

    /// Waits until it is time for the next poll.
    async fn idle(&mut self, until: Duration) {
        let clock = self.client.clock().clone();
        let started = clock.monotonic();
        if let Some(duration) = until.checked_sub(started) {
            let wait = Wait { reason: WaitReason::Poll, duration, attempt: 0 };
            self.listener.tell(&Event::Waiting(&wait));
            clock.sleep(duration).await;
            self.progress.waited = self.progress.waited.saturating_add(duration);
        }
        self.state = State::Asking;
    }

    async fn ask(&mut self) -> Result<Asked, Error> {
        let mut parts = self.place.ask(&self.template);
        self.size.apply(&mut parts);
        let position = self.watches_seconds().then(|| self.way.position()).flatten();
        let mut watch = Watch {
            items: self.way.items(),
            position,
            size: &mut self.size,
            waited: &mut self.progress.waited,
            listener: &mut self.listener,
            page: None,
        };
        let answer = self.client.fetch(&parts, &mut watch).await;
        let page = watch.page.take();
        let response = match answer {
            Ok(response) => response,
            // Only the first request can be at fault for asking too early.
            Err(error) if error.is_caught_up() && self.place != Place::Start => {
                return Ok(Asked { fresh: Vec::new(), page: None });
            }
            Err(error) => return Err(error),
        };
        let now = response.server_time.unwrap_or_else(|| self.client.clock().now()).into();
        let page = match page {
            Some(page) => page,
            None => scan::page(&response.body, self.way.items(), position),
        };
        self.look(page?, now)
    }

    /// Looks at a page, and changes nothing.
    fn look(&self, mut page: Scan, now: Timestamp) -> Result<Asked, Error> {
        let seconds = if self.watches_seconds() { self.seconds(&mut page) } else { Vec::new() };
        let repeated = |index: usize, record: &[u8]| {
            seconds.get(index).is_some_and(|second| self.seen.contains(record, *second, &self.way))
        };
        let fresh = page.texts().enumerate().filter(|(index, record)| !repeated(*index, record));
        let fresh: Vec<_> = fresh.map(|(index, _)| index).collect();
        let verdict = self.judge(&page, fresh.len())?;
        Ok(Asked { fresh, page: Some(Arrived { page, seconds, verdict, now }) })
    }

    /// Takes a page in, now that its records were read.
    pub(super) fn accept(&mut self, asked: Asked) -> Turned {
        let fresh = asked.fresh.len();
        let Some(Arrived { mut page, mut seconds, verdict, now }) = asked.page else {
            self.place = self.resume_at.clone();
            self.catch_up();
            return self.hand_out(0, Envelope::default());
        };
        let second = page.texts().next_back().and_then(|last| self.second_of(last));
        let before = self.place.clone();
        let caught_up = matches!(verdict, Verdict::CaughtUp(_));
        self.follow_verdict(verdict);
        let moved = self.place != before;
        self.resume_at = self.resume_place(now);
        if !moved && seconds.is_empty() {
            seconds = self.seconds(&mut page);
        }
        self.remember(&page, &seconds, moved);
        self.note_reached(second, now);
        if caught_up {
            self.place = self.resume_at.clone();
            self.catch_up();
        }

        self.progress.repeats += (page.count() - fresh) as u64;
        self.hand_out(fresh, page.envelope)
    }

    fn judge(&self, page: &Scan, fresh: usize) -> Result<Verdict, Error> {
        let turn = Turn {
            asked: &self.place,
            second: self.place.second(&self.template),
            size: self.size.current(),
            page,
            fresh,
            stalls: self.stalls,
            step_over: self.step_over,
            visited: &|place| self.visited.contains(&fingerprint(place)),
            local: &|url| self.client.local_target(self.template.operation(), url),
        };
        judge(self.way.style(), &turn).map_err(|stop| match stop {
            Stop::Export(kind) => ExportError::new(self.template.operation().id(), kind).into(),
            Stop::Other(error) => error,
        })
    }

    fn follow_verdict(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::AskAgain => {
                self.stalls += 1;
                self.size.enlarge();
                return;
            }
            Verdict::StepOver(place) => {
                let second = self.place.second(&self.template).unwrap_or_default();
                self.listener.tell(&Event::SteppedOver { second });
                self.place = place;
            }
            Verdict::More(place) | Verdict::CaughtUp(place) => {
                self.visited.insert(fingerprint(&self.place));
                self.place = place;
            }
        }
        self.stalls = 0;
        self.size.settle();
        self.size.grow();
    }

    /// Where another process would have to go on: at the place, or before it as far as records may be late, but
    /// never before the start.
    fn resume_place(&self, now: Timestamp) -> Place {
        let Place::Time(second) = self.place else { return self.place.clone() };
        let settled = (now - self.late).as_seconds();
        let at = second.min(settled);
        Place::Time(self.floor.map_or(at, |floor| at.max(floor)))
    }

    /// Keeps the keys of records that will come again, and forgets the others.
    fn remember(&mut self, page: &Scan, seconds: &[Option<i64>], moved: bool) {
        // Places of other kinds than times are behind what they were given with.
        if moved && !self.is_inclusive() {
            self.seen = Seen::default();
            return;
        }
        let latest = seconds.iter().flatten().max();
        let from = match self.resume_at {
            Place::Time(second) => Some(second),
            // Fractions of a second are cut off, hence one more.
            _ => latest.map(|second| second.saturating_sub(1)),
        };
        if moved {
            self.seen.forget_before(from.unwrap_or(i64::MAX));
        }
        for (record, second) in page.texts().zip(seconds) {
            if second.is_none_or(|second| from.is_none_or(|from| second >= from)) {
                self.seen.add(seen::key(record, *second, &self.way));
            }
        }
    }

    /// Whether pages repeat what is on the border to the page before.
    fn is_inclusive(&self) -> bool {
        matches!(self.way.style(), PaginationStyle::Time | PaginationStyle::Chat)
    }

    /// Whether any record of the next page may come again.
    fn watches_seconds(&self) -> bool {
        self.is_inclusive() || !self.seen.is_empty()
    }

    fn second_of(&self, record: &[u8]) -> Option<i64> {
        scan::second_of(record, self.way.position()?)
    }

    /// The seconds of a page's records, looked up now if they weren't before.
    fn seconds(&self, page: &mut Scan) -> Vec<Option<i64>> {
        if page.seconds.len() == page.count() {
            return std::mem::take(&mut page.seconds);
        }
        page.texts().map(|record| self.second_of(record)).collect()
    }

    fn note_reached(&mut self, second: Option<i64>, now: Timestamp) {
        let told = match self.place {
            Place::Time(second) => Some(second),
            _ => None,
        };
        let reached = told.or(second).and_then(Timestamp::from_seconds);
        self.progress.reached = reached.or(self.progress.reached);
        self.progress.lag = self.progress.reached.map(|reached| now.since(reached).unwrap_or_default());
    }

    fn catch_up(&mut self) {
        self.visited.clear();
        self.progress.caught_up = true;
        self.state = match self.follow {
            Some(interval) => State::Idle(self.client.clock().monotonic().saturating_add(interval)),
            None => State::Ended,
        };
    }

    fn hand_out(&mut self, count: usize, envelope: Envelope) -> Turned {
        self.progress.caught_up = !matches!(self.state, State::Asking);
        self.progress.pages = self.progress.pages.saturating_add(1);
        self.progress.records = self.progress.records.saturating_add(count as u64);
        self.progress.page_size = self.size.current();
        self.listener.tell(&Event::Page(&self.progress));
        let checkpoint = Checkpoint {
            operation: self.template.operation().id().to_owned(),
            next: self.resume_at.clone(),
            seen: self.seen.clone(),
            caught_up: self.progress.caught_up,
            reached: self.progress.reached,
            pages: self.progress.pages,
            records: self.progress.records,
        };
        Turned { envelope, checkpoint, progress: self.progress.clone() }
    }
}

/// Why an export cannot go on at a checkpoint.
fn mistaken(checkpoint: &Checkpoint, operation: &Operation, way: Pagination) -> Option<ExportErrorKind> {
    if checkpoint.operation != operation.id() {
        return Some(ExportErrorKind::OtherOperation { found: checkpoint.operation.clone() });
    }
    (!checkpoint.next.fits(way.style())).then_some(ExportErrorKind::OtherPaging)
}

/// The way of paging that a request is for: the one whose page size it sets, or the usual one.
fn way(operation: &Operation, template: &Parts) -> Option<Pagination> {
    let chosen =
        |way: &&Pagination| way.size_parameter().is_some_and(|name| template.query().get(name).is_some());
    operation.pagination().find(chosen).or_else(|| operation.pagination().next()).copied()
}

fn fingerprint(place: &Place) -> u64 {
    let mut hasher = DefaultHasher::new();
    place.hash(&mut hasher);
    hasher.finish()
}

/// Sees to a request of an export while it is on its way.
struct Watch<'a> {
    items: &'static str,
    position: Option<&'static str>,
    size: &'a mut PageSize,
    waited: &'a mut Duration,
    listener: &'a mut Listener,
    page: Option<Result<Scan, DecodeError>>,
}

impl Observer for Watch<'_> {
    fn waiting(&mut self, wait: &Wait) {
        *self.waited = self.waited.saturating_add(wait.duration);
        self.listener.tell(&Event::Waiting(wait));
    }

    fn complete(&mut self, body: &Bytes) -> bool {
        let page = scan::page(body, self.items, self.position);
        let cut = matches!(&page, Err(error) if error.is_cut());
        self.page = Some(page);
        !cut
    }

    fn retrying(&mut self, failure: &Error, parts: &mut Parts) {
        self.listener.tell(&Event::Retrying(failure));
        if failure.is_timeout() || failure.is_cut() {
            self.size.halve();
            self.size.apply(parts);
        }
    }
}
