//! How far the checkpoint of an export by time stays behind, for records that appear late. No I/O and no clock here.

use std::time::Duration;

use crate::types::timestamp::Timestamp;

/// The clocks that say how late it is. Either can be wrong, for example at 1970.
#[derive(Clone, Copy)]
pub(super) struct Clocks {
    /// The header field `Date`.
    pub(super) server: Option<Timestamp>,
    pub(super) client: Timestamp,
}

impl Clocks {
    /// Returns the time of the server's clock, or of the client's if it is unknown.
    pub(super) fn now(self) -> Timestamp {
        self.server.unwrap_or(self.client)
    }

    /// Returns the latest second at which a page can end, given the seconds of its records. Some records are dated ahead of
    /// the clocks, and a page can end in the second after its last record.
    pub(super) fn latest_end(self, seconds: &[Option<i64>]) -> i64 {
        let records = seconds.iter().flatten().max().map_or(i64::MIN, |last| last.saturating_add(1));
        self.now().max(self.client).as_seconds().max(records)
    }

    /// Returns the second from which records may still appear, given the latest second of a record.
    ///
    /// The earlier clock decides, because looking back too far loses nothing. But a clock can't be far behind the
    /// records: they may be dated ahead by the allowed lateness, and appear late by it. (Records that are ahead of both
    /// clocks prove nothing.)
    pub(super) fn unsettled_since(self, lateness: Duration, latest: Option<i64>) -> i64 {
        let server = self.now();
        let settled = (server.min(self.client) - lateness).as_seconds();
        let ahead = server.max(self.client).as_seconds();
        let double = i64::try_from(lateness.as_secs()).unwrap_or(i64::MAX).saturating_mul(2);
        latest.map_or(settled, |latest| settled.max(latest.min(ahead).saturating_sub(double)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Clocks, Duration, Timestamp};

    const NOW: i64 = 1_772_452_800;
    const LATENESS: Duration = Duration::from_secs(1800);

    fn since(server: Option<i64>, client: i64, latest: Option<i64>) -> i64 {
        let at = |second| Timestamp::from_seconds(second).unwrap();
        Clocks { server: server.map(at), client: at(client) }.unsettled_since(LATENESS, latest)
    }

    #[test]
    fn the_earlier_clock_decides() {
        assert_eq!(since(None, NOW, Some(NOW)), NOW - 1800);
        assert_eq!(since(Some(NOW - 300), NOW, Some(NOW - 500)), NOW - 2100);
        assert_eq!(since(Some(NOW + 300), NOW, Some(NOW)), NOW - 1800);
        assert_eq!(since(Some(4_000_000_000), NOW, None), NOW - 1800);
    }

    #[test]
    fn the_records_limit_a_clock_that_is_wrong() {
        for (server, client) in [(Some(0), NOW), (Some(NOW), 0)] {
            assert_eq!(since(server, client, Some(NOW - 60)), NOW - 60 - 3600);
            // A record that is dated far ahead.
            assert_eq!(since(server, client, Some(4_000_000_000)), NOW - 3600);
        }
        assert_eq!(since(Some(0), NOW, None), -1800);
    }
}
