//! Property tests: random requests to a model of a server.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::time::Duration;

use proptest::prelude::*;

use super::bucket::{Blocked, Bucket, MARGIN, ROUNDING, RequestOutcome};
use super::headers::ReportedLimit;

/// The times of a request, in milliseconds.
#[derive(Clone, Copy, Debug)]
struct RequestTimes {
    /// From the previous request until the client wants to send it.
    pause: u64,
    /// Until the server counts it.
    outbound: u64,
    /// Until the response arrives.
    inbound: u64,
    /// No response arrives.
    is_lost: bool,
}

/// A server that accepts a number of requests in each window, those of other clients included.
#[derive(Clone, Debug)]
struct Server {
    capacity: u32,
    window: u64,
    /// The offset of fixed windows. `None` for a sliding window.
    phase: Option<u64>,
    /// Whether responses have rate limit headers.
    reports: bool,
    /// The times at which the requests of other clients arrive.
    others: Vec<u64>,
    accepted: Vec<u64>,
}

impl Server {
    /// Returns the limit and the outcome in the response to a request that arrives now.
    fn respond(&mut self, now: u64) -> (Option<ReportedLimit>, RequestOutcome) {
        let since_start = self.phase.map_or(self.window - 1, |phase| (now + phase) % self.window);
        let current = |time: &&u64| **time <= now && **time + since_start >= now;
        let used = self.accepted.iter().filter(current).count() + self.others.iter().filter(current).count();
        let used = u32::try_from(used).unwrap();
        // Rounded down to seconds, as servers often do.
        let reset = Duration::from_secs((self.window - since_start) / 1000);
        let left = self.capacity.checked_sub(used + 1);
        if left.is_some() {
            self.accepted.push(now);
        }
        let (total, remaining) = (Some(self.capacity), Some(left.unwrap_or(0)));
        let limit = ReportedLimit { total, remaining, reset: Some(reset) };
        (
            self.reports.then_some(limit),
            left.map_or(RequestOutcome::RateLimited(reset), |_| RequestOutcome::Accepted),
        )
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Arrived(usize),
    Responded(usize),
    Wanted(usize),
    Wake,
}

/// A simulated client with one bucket and its queue. Time passes from event to event.
struct Simulation {
    server: Server,
    bucket: Bucket,
    requests: Vec<RequestTimes>,
    responses: Vec<(Option<ReportedLimit>, RequestOutcome)>,
    started: Vec<u64>,
    events: BinaryHeap<Reverse<(u64, Event)>>,
    queue: VecDeque<usize>,
    /// Since when the first request in the queue has been the first.
    head_since: u64,
    statistics: Statistics,
}

#[derive(Debug, Default)]
struct Statistics {
    arrivals: Vec<u64>,
    rate_limited: usize,
    /// The time that a request waited as the first one in the queue.
    longest_wait: u64,
}

impl Simulation {
    fn new(server: Server, requests: Vec<RequestTimes>) -> Self {
        let (mut time, mut events) = (0, BinaryHeap::new());
        for (index, request) in requests.iter().enumerate() {
            time += request.pause;
            events.push(Reverse((time, Event::Wanted(index))));
        }
        let bucket = Bucket::new(Some(server.capacity), Duration::from_millis(server.window));
        let (started, responses) =
            (vec![0; requests.len()], vec![(None, RequestOutcome::Unknown); requests.len()]);
        let (queue, statistics) = (VecDeque::new(), Statistics::default());
        Self { server, bucket, requests, responses, started, events, queue, head_since: 0, statistics }
    }

    fn run(mut self) -> Statistics {
        while let Some(Reverse((now, event))) = self.events.pop() {
            self.handle(now, event);
            self.send(now);
        }
        assert!(self.queue.is_empty(), "requests wait for ever");
        self.statistics
    }

    fn handle(&mut self, now: u64, event: Event) {
        match event {
            Event::Wanted(index) => {
                if self.queue.is_empty() {
                    self.head_since = now;
                }
                self.queue.push_back(index);
            }
            Event::Arrived(index) => {
                self.statistics.arrivals.push(now);
                let (limit, outcome) = self.server.respond(now);
                self.statistics.rate_limited +=
                    usize::from(matches!(outcome, RequestOutcome::RateLimited(_)));
                if !self.requests[index].is_lost {
                    self.responses[index] = (limit, outcome);
                }
            }
            Event::Responded(index) => {
                let (limit, outcome) = self.responses[index];
                let (started, now) = (Duration::from_millis(self.started[index]), Duration::from_millis(now));
                self.bucket.settle(started, now, limit, outcome);
            }
            Event::Wake => {}
        }
    }

    /// Sends as many requests as are allowed.
    fn send(&mut self, now: u64) {
        while let Some(index) = self.queue.front().copied() {
            match self.bucket.check(Duration::from_millis(now)) {
                Ok(()) => {
                    self.queue.pop_front();
                    self.bucket.start();
                    self.started[index] = now;
                    let RequestTimes { outbound, inbound, .. } = self.requests[index];
                    self.events.push(Reverse((now + outbound, Event::Arrived(index))));
                    self.events.push(Reverse((now + outbound + inbound, Event::Responded(index))));
                    self.statistics.longest_wait = self.statistics.longest_wait.max(now - self.head_since);
                    self.head_since = now;
                }
                Err(Blocked::UntilResponse) => return,
                Err(Blocked::Until(time)) => {
                    let time = u64::try_from(time.as_micros().div_ceil(1000)).unwrap();
                    assert!(time > now, "waiting for a time in the past");
                    self.events.push(Reverse((time, Event::Wake)));
                    return;
                }
            }
        }
    }
}

/// Returns the maximum number of arrivals in any sliding window. No fixed window has more.
fn max_in_window(arrivals: &[u64], window: u64) -> usize {
    let within = |from: u64| arrivals.iter().filter(|time| (from..from + window).contains(*time)).count();
    arrivals.iter().map(|from| within(*from)).max().unwrap_or(0)
}

fn slowest(requests: &[RequestTimes]) -> u64 {
    requests.iter().map(|request| request.outbound + request.inbound).max().unwrap_or(0)
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
        Server { capacity, window, phase, reports, others, accepted: Vec::new() }
    }
}

fn any_request() -> impl Strategy<Value = RequestTimes> {
    let pause = prop_oneof![Just(0_u64), 0_u64..50, 0_u64..5_000];
    let latency = || prop_oneof![0_u64..5, 0_u64..300, 0_u64..20_000];
    (pause, latency(), latency(), proptest::bool::weighted(0.1))
        .prop_map(|(pause, outbound, inbound, is_lost)| RequestTimes { pause, outbound, inbound, is_lost })
}

proptest! {
    #[test]
    fn no_window_is_exceeded_and_no_request_waits_too_long(
        server in any_server(false),
        requests in proptest::collection::vec(any_request(), 1..80),
    ) {
        let (capacity, window) = (server.capacity as usize, server.window);
        // A late report counts for a later window.
        let late = if server.reports { millis(ROUNDING) } else { millis(MARGIN) };
        let longest = slowest(&requests) + window + late;
        let statistics = Simulation::new(server, requests).run();
        prop_assert!(max_in_window(&statistics.arrivals, window) <= capacity);
        prop_assert_eq!(statistics.rate_limited, 0);
        prop_assert!(statistics.longest_wait <= longest, "{} > {}", statistics.longest_wait, longest);
    }

    #[test]
    fn no_window_is_exceeded_with_other_clients(
        server in any_server(true),
        requests in proptest::collection::vec(any_request(), 1..80),
    ) {
        let (capacity, window) = (server.capacity as usize, server.window);
        // A pause, one request alone, and a full window.
        let longest = 2 * (slowest(&requests) + window + millis(ROUNDING));
        let statistics = Simulation::new(server, requests).run();
        prop_assert!(max_in_window(&statistics.arrivals, window) <= capacity);
        prop_assert!(statistics.longest_wait <= longest, "{} > {}", statistics.longest_wait, longest);
    }

    #[test]
    fn reported_limits_prevent_429_responses(
        server in any_server(true),
        requests in proptest::collection::vec(any_request(), 1..60),
    ) {
        // The requests of other clients come first, so that the first report includes them.
        let others = server.others.iter().map(|time| time % (server.window / 2)).collect();
        let server = Server { others, phase: Some(0), reports: true, ..server };
        let first = RequestTimes { pause: server.window / 2, outbound: 0, inbound: 0, is_lost: false };
        let rest = requests.iter().map(|request| RequestTimes { is_lost: false, ..*request });
        let requests: Vec<_> = std::iter::once(first).chain(rest).collect();
        let rate_limited = Simulation::new(server, requests).run().rate_limited;
        prop_assert!(rate_limited <= 1, "{rate_limited}");
    }
}
