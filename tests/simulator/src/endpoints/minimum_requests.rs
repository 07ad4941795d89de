//! The minimum number of requests of an export, found by computing its pages.

use crate::resource::Resource;
use crate::server::Server;
use crate::time::{MINUTE, SECOND};

use super::{by_cursor, by_time, chat, metric_events, page};

/// Returns the number of requests of an entire export from a second on; `None` if the operation is not an export.
pub(crate) fn requests(server: &Server, operation: &str, start: i64, per_page: usize) -> Option<usize> {
    let per_page = per_page.max(1);
    Some(match operation {
        "IncrementalTicketExportCursor" => cursor_export(server, Resource::Tickets, start, per_page),
        "IncrementalUserExportCursor" => cursor_export(server, Resource::Users, start, per_page),
        "IncrementalTicketExportTime" => time_export(server, Resource::Tickets, start, |_| per_page),
        "IncrementalTicketEvents" => time_export(server, Resource::TicketEvents, start, |_| per_page),
        "IncrementalUserExportTime" => time_export(server, Resource::Users, start, |_| per_page),
        "IncrementalOrganizationExport" => time_export(server, Resource::Organizations, start, |_| per_page),
        "ListTicketMetricEvents" => {
            let limit = |start| metric_events::limit(server.metric_page(), start);
            let pages = time_export(server, Resource::MetricEvents, start, limit);
            // Without `end_of_stream`, a client needs one more request to see that `end_time` no longer changes.
            pages + usize::from(!server.config.end_of_stream)
        }
        "IncrementalSkilBasedRoutingAttributesExport" => routing_export(server, Resource::AttributeChanges),
        "IncrementalSkilBasedRoutingAttributeValuesExport" => {
            routing_export(server, Resource::AttributeValueChanges)
        }
        "IncrementalSkilBasedRoutingInstanceValuesExport" => {
            routing_export(server, Resource::InstanceValueChanges)
        }
        "IncrementalAgentTimelineExport" => chat_export(server, Resource::AgentTimeline, start, per_page),
        "IncrementalChatExport" => chat_export(server, Resource::Chats, start, per_page),
        "IncrementalConversionsExport" => chat_export(server, Resource::Conversions, start, per_page),
        "IncrementalDepartmentEventsExport" => {
            chat_export(server, Resource::DepartmentEvents, start, per_page)
        }
        _ => return None,
    })
}

fn cursor_export(server: &Server, resource: Resource, start: i64, per_page: usize) -> usize {
    let (account, horizon) = (server.account(), server.clock.now() - MINUTE);
    let empty = server.config.empty_pages.then_some(server.config.seed);
    let mut position = by_cursor::CursorPosition::start(start);
    for count in 1.. {
        let rows = by_cursor::remaining(&account, resource, position, horizon, false);
        let (page, next) = by_cursor::next(rows, resource, position, per_page, empty);
        if page.last {
            return count;
        }
        position = next;
    }
    0
}

fn time_export(server: &Server, resource: Resource, start: i64, limit: impl Fn(i64) -> usize) -> usize {
    let (account, horizon) = (server.account(), server.clock.now() - MINUTE);
    let mut start = start;
    for count in 1.. {
        let rows = by_time::visible_rows(&account, resource, start, horizon, false);
        let page = page::by_time(rows, limit(start), by_time::shuffle(server.config.seed));
        match page.end {
            Some(end) if !page.last => start = end,
            _ => return count,
        }
    }
    0
}

/// Returns the number of pages, including the empty one at the end.
fn routing_export(server: &Server, resource: Resource) -> usize {
    let entries = server.account().logs.of(resource).map_or(0, <[_]>::len);
    entries.div_ceil(server.config.routing_page_size) + 1
}

fn chat_export(server: &Server, resource: Resource, start: i64, limit: usize) -> usize {
    let (account, now) = (server.account(), server.clock.now());
    let (mut start, mut after) = (start.saturating_mul(SECOND), None);
    for count in 1.. {
        let page = page::in_order(chat::remaining(&account, resource, start, after, now), limit);
        let last = page.rows.last().filter(|_| page.rows.len() == limit);
        // A page that ends at its own start time contains nothing new.
        let Some(last) = last.filter(|last| limit > 1 || last.change != start) else { return count };
        start = last.change;
        after = (resource != Resource::AgentTimeline).then_some(last.index);
    }
    0
}
