//! How many requests an ideal client needs for an export, found by walking the same pages.

use crate::resource::Resource;
use crate::server::Server;
use crate::time::{MINUTE, SECOND};

use super::{by_cursor, by_time, chat, metric_events, page};

/// Requests for all of an export from a second on; `None` for operations that are no exports.
pub(crate) fn requests(server: &Server, operation: &str, start: i64, per_page: usize) -> Option<usize> {
    let per_page = per_page.max(1);
    Some(match operation {
        "IncrementalTicketExportCursor" => by_cursors(server, Resource::Tickets, start, per_page),
        "IncrementalUserExportCursor" => by_cursors(server, Resource::Users, start, per_page),
        "IncrementalTicketExportTime" => by_times(server, Resource::Tickets, start, |_| per_page),
        "IncrementalTicketEvents" => by_times(server, Resource::TicketEvents, start, |_| per_page),
        "IncrementalUserExportTime" => by_times(server, Resource::Users, start, |_| per_page),
        "IncrementalOrganizationExport" => by_times(server, Resource::Organizations, start, |_| per_page),
        "ListTicketMetricEvents" => {
            let limit = |start| metric_events::limit(server.metric_page(), start);
            let pages = by_times(server, Resource::MetricEvents, start, limit);
            // Where nothing says that this was the last page, only a page that does not move on does.
            pages + usize::from(!server.config.end_of_stream)
        }
        "IncrementalSkilBasedRoutingAttributesExport" => logged(server, Resource::AttributeChanges),
        "IncrementalSkilBasedRoutingAttributeValuesExport" => logged(server, Resource::AttributeValueChanges),
        "IncrementalSkilBasedRoutingInstanceValuesExport" => logged(server, Resource::InstanceValueChanges),
        "IncrementalAgentTimelineExport" => chats(server, Resource::AgentTimeline, start, per_page),
        "IncrementalChatExport" => chats(server, Resource::Chats, start, per_page),
        "IncrementalConversionsExport" => chats(server, Resource::Conversions, start, per_page),
        "IncrementalDepartmentEventsExport" => chats(server, Resource::DepartmentEvents, start, per_page),
        _ => return None,
    })
}

fn by_cursors(server: &Server, resource: Resource, start: i64, per_page: usize) -> usize {
    let (world, horizon) = (server.world(), server.clock.now() - MINUTE);
    let empty = server.config.empty_pages.then_some(server.config.seed);
    let mut place = by_cursor::Place::start(start);
    for count in 1.. {
        let rows = by_cursor::remaining(&world, resource, place, horizon, false);
        let (page, next) = by_cursor::next(rows, resource, place, per_page, empty);
        if page.last {
            return count;
        }
        place = next;
    }
    0
}

fn by_times(server: &Server, resource: Resource, start: i64, limit: impl Fn(i64) -> usize) -> usize {
    let (world, horizon) = (server.world(), server.clock.now() - MINUTE);
    let mut start = start;
    for count in 1.. {
        let rows = by_time::visible(&world, resource, start, horizon, false);
        let page = page::by_time(rows, limit(start), by_time::shuffle(server.config.seed));
        match page.end {
            Some(end) if !page.last => start = end,
            _ => return count,
        }
    }
    0
}

/// The pages, and the empty one at the end.
fn logged(server: &Server, resource: Resource) -> usize {
    let entries = server.world().logs.of(resource).map_or(0, <[_]>::len);
    entries.div_ceil(server.config.routing_page_size) + 1
}

fn chats(server: &Server, resource: Resource, start: i64, limit: usize) -> usize {
    let (world, now) = (server.world(), server.clock.now());
    let (mut start, mut after) = (start.saturating_mul(SECOND), None);
    for count in 1.. {
        let page = page::in_order(chat::remaining(&world, resource, start, after, now), limit);
        let last = page.rows.last().filter(|_| page.rows.len() == limit);
        // A page that does not move on holds nothing new.
        let Some(last) = last.filter(|last| limit > 1 || last.change != start) else { return count };
        start = last.change;
        after = (resource != Resource::AgentTimeline).then_some(last.index);
    }
    0
}
