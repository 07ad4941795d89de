//! Random requests against a model of the server.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::time::Duration;

use proptest::prelude::*;

use super::bucket::{Blocked, Bucket, MARGIN, Outcome, ROUNDING};
use super::headers::Report;

/// How a request runs, in milliseconds.
#[derive(Clone, Copy, Debug)]
struct Course {
    /// After the one before it, the client wants to send it.
    pause: u64,
    /// After that it arrives and is counted.
    there: u64,
    /// After that the answer is back.
    back: u64,
    /// Instead, the client learns nothing of it.
    lost: bool,
}

/// A server that lets so many requests through in each window, those of other clients included.
#[derive(Clone, Debug)]
struct Server {
    capacity: u32,
    window: u64,
    /// Where windows begin at fixed times: how far they are off. Else the window slides along.
    phase: Option<u64>,
    /// Whether it tells how things stand.
    reports: bool,
    /// When the requests of other clients arrive.
    others: Vec<u64>,
    taken: Vec<u64>,
}

impl Server {
    /// What the server answers to a request that arrives now.
    fn answer(&mut self, now: u64) -> (Option<Report>, Outcome) {
        let since_begin = self.phase.map_or(self.window - 1, |phase| (now + phase) % self.window);
        let current = |time: &&u64| **time <= now && **time + since_begin >= now;
        let used = self.taken.iter().filter(current).count() + self.others.iter().filter(current).count();
        let used = u32::try_from(used).unwrap();
        // Whole seconds, cut down as they often are.
        let resets = Duration::from_secs((self.window - since_begin) / 1000);
        let left = self.capacity.checked_sub(used + 1);
        if left.is_some() {
            self.taken.push(now);
        }
        let (total, remaining) = (Some(self.capacity), Some(left.unwrap_or(0)));
        let report = Report { total, remaining, resets: Some(resets) };
        (self.reports.then_some(report), left.map_or(Outcome::Refused(resets), |_| Outcome::Answered))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Arrived(usize),
    Answered(usize),
    Wanted(usize),
    Wake,
}

/// A client with one bucket and its line, in a world where time goes from event to event.
struct World {
    server: Server,
    bucket: Bucket,
    courses: Vec<Course>,
    answers: Vec<(Option<Report>, Outcome)>,
    started: Vec<u64>,
    events: BinaryHeap<Reverse<(u64, Event)>>,
    line: VecDeque<usize>,
    /// Since when the first one in line has been the first.
    head_since: u64,
    seen: Seen,
}

#[derive(Debug, Default)]
struct Seen {
    arrivals: Vec<u64>,
    refused: usize,
    /// How long a request waited as the first one in line.
    longest_wait: u64,
}

impl World {
    fn new(server: Server, courses: Vec<Course>) -> Self {
        let (mut time, mut events) = (0, BinaryHeap::new());
        for (index, course) in courses.iter().enumerate() {
            time += course.pause;
            events.push(Reverse((time, Event::Wanted(index))));
        }
        let bucket = Bucket::new(Some(server.capacity), Duration::from_millis(server.window));
        let (started, answers) = (vec![0; courses.len()], vec![(None, Outcome::Unknown); courses.len()]);
        let (line, seen) = (VecDeque::new(), Seen::default());
        Self { server, bucket, courses, answers, started, events, line, head_since: 0, seen }
    }

    fn run(mut self) -> Seen {
        while let Some(Reverse((now, event))) = self.events.pop() {
            self.happen(now, event);
            self.send(now);
        }
        assert!(self.line.is_empty(), "requests wait for ever");
        self.seen
    }

    fn happen(&mut self, now: u64, event: Event) {
        match event {
            Event::Wanted(index) => {
                if self.line.is_empty() {
                    self.head_since = now;
                }
                self.line.push_back(index);
            }
            Event::Arrived(index) => {
                self.seen.arrivals.push(now);
                let (report, outcome) = self.server.answer(now);
                self.seen.refused += usize::from(matches!(outcome, Outcome::Refused(_)));
                if !self.courses[index].lost {
                    self.answers[index] = (report, outcome);
                }
            }
            Event::Answered(index) => {
                let (report, outcome) = self.answers[index];
                let (started, now) = (Duration::from_millis(self.started[index]), Duration::from_millis(now));
                self.bucket.settle(started, now, report, outcome);
            }
            Event::Wake => {}
        }
    }

    /// Lets as many go as may.
    fn send(&mut self, now: u64) {
        while let Some(index) = self.line.front().copied() {
            match self.bucket.check(Duration::from_millis(now)) {
                Ok(()) => {
                    self.line.pop_front();
                    self.bucket.start();
                    self.started[index] = now;
                    let Course { there, back, .. } = self.courses[index];
                    self.events.push(Reverse((now + there, Event::Arrived(index))));
                    self.events.push(Reverse((now + there + back, Event::Answered(index))));
                    self.seen.longest_wait = self.seen.longest_wait.max(now - self.head_since);
                    self.head_since = now;
                }
                Err(Blocked::UntilAnswer) => return,
                Err(Blocked::Until(time)) => {
                    let time = u64::try_from(time.as_micros().div_ceil(1000)).unwrap();
                    assert!(time > now, "waiting for what is past");
                    self.events.push(Reverse((time, Event::Wake)));
                    return;
                }
            }
        }
    }
}

/// The most arrivals in any window that slides along, which no window at fixed times exceeds.
fn most(arrivals: &[u64], window: u64) -> usize {
    let within = |from: u64| arrivals.iter().filter(|time| (from..from + window).contains(*time)).count();
    arrivals.iter().map(|from| within(*from)).max().unwrap_or(0)
}

fn slowest(courses: &[Course]) -> u64 {
    courses.iter().map(|course| course.there + course.back).max().unwrap_or(0)
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap()
}

prop_compose! {
    fn any_server(others: bool)(
        (capacity, window) in (1_u32..12, 1_000_u64..60_000),
        (phase, reports) in (proptest::option::of(0_u64..60_000), any::<bool>()),
        others in proptest::collection::vec(0_u64..200_000, 0..if others { 60 } else { 1 }),
    ) -> Server {
        Server { capacity, window, phase, reports, others, taken: Vec::new() }
    }
}

fn any_course() -> impl Strategy<Value = Course> {
    let pause = prop_oneof![Just(0_u64), 0_u64..50, 0_u64..5_000];
    let way = || prop_oneof![0_u64..5, 0_u64..300, 0_u64..20_000];
    (pause, way(), way(), proptest::bool::weighted(0.1)).prop_map(|(pause, there, back, lost)| Course {
        pause,
        there,
        back,
        lost,
    })
}

proptest! {
    #[test]
    fn no_window_is_overrun_and_nobody_waits_too_long(
        server in any_server(false),
        courses in proptest::collection::vec(any_course(), 1..80),
    ) {
        let (capacity, window) = (server.capacity as usize, server.window);
        // Reports may be late, and are then taken for those of a later window.
        let late = if server.reports { millis(ROUNDING) } else { millis(MARGIN) };
        let longest = slowest(&courses) + window + late;
        let seen = World::new(server, courses).run();
        prop_assert!(most(&seen.arrivals, window) <= capacity);
        prop_assert_eq!(seen.refused, 0);
        prop_assert!(seen.longest_wait <= longest, "{} > {}", seen.longest_wait, longest);
    }

    #[test]
    fn other_clients_change_nothing_about_that(
        server in any_server(true),
        courses in proptest::collection::vec(any_course(), 1..80),
    ) {
        let (capacity, window) = (server.capacity as usize, server.window);
        // A pause, one request to see how things stand, and a full window.
        let longest = 2 * (slowest(&courses) + window + millis(ROUNDING));
        let seen = World::new(server, courses).run();
        prop_assert!(most(&seen.arrivals, window) <= capacity);
        prop_assert!(seen.longest_wait <= longest, "{} > {}", seen.longest_wait, longest);
    }

    /// Where there is time to listen, what the server says keeps the client from being refused.
    #[test]
    fn reports_spare_refusals(
        server in any_server(true),
        courses in proptest::collection::vec(any_course(), 1..60),
    ) {
        // Others come first, so that the first report tells all.
        let others = server.others.iter().map(|time| time % (server.window / 2)).collect();
        let server = Server { others, phase: Some(0), reports: true, ..server };
        let begin = Course { pause: server.window / 2, there: 0, back: 0, lost: false };
        let rest = courses.iter().map(|course| Course { lost: false, ..*course });
        let courses: Vec<_> = std::iter::once(begin).chain(rest).collect();
        let refused = World::new(server, courses).run().refused;
        prop_assert!(refused <= 1, "{refused}");
    }
}
