//! The operations, by what they have in common.

mod attribute_values;
mod attributes;
mod by_cursor;
mod by_time;
mod call;
mod chat;
mod instance_values;
mod jobs;
mod list;
mod metric_events;
mod page;
mod routing_log;
mod sideload;
pub(crate) mod walk;

use crate::http::Answer;
use crate::resource::Resource;
use crate::world::routing::Holder;

pub(crate) use call::Call;

/// Answers a request, or refuses it.
type Handler = fn(&Call<'_>) -> Result<Answer, Answer>;

/// The answer to a request for a known operation; `None` where the simulator has no such operation.
pub(crate) fn answer(call: &Call<'_>) -> Option<Answer> {
    let handler = handler(&call.operation.id)?;
    Some(handler(call).unwrap_or_else(|error| error))
}

fn handler(operation: &str) -> Option<Handler> {
    Some(match operation {
        "IncrementalTicketExportCursor" => |call| by_cursor::export(call, Resource::Tickets),
        "IncrementalUserExportCursor" => |call| by_cursor::export(call, Resource::Users),
        "IncrementalTicketExportTime" => |call| by_time::export(call, Resource::Tickets),
        "IncrementalTicketEvents" => |call| by_time::export(call, Resource::TicketEvents),
        "IncrementalUserExportTime" => |call| by_time::export(call, Resource::Users),
        "IncrementalOrganizationExport" => |call| by_time::export(call, Resource::Organizations),
        "SampleTickets" => |call| by_time::sample(call, Resource::Tickets),
        "SampleTicketEvents" => |call| by_time::sample(call, Resource::TicketEvents),
        "SampleUsers" => |call| by_time::sample(call, Resource::Users),
        "SampleOrganizations" => |call| by_time::sample(call, Resource::Organizations),
        "ListTicketMetricEvents" => metric_events::export,
        "IncrementalSkilBasedRoutingAttributesExport" => {
            |call| routing_log::export(call, Resource::AttributeChanges)
        }
        "IncrementalSkilBasedRoutingAttributeValuesExport" => {
            |call| routing_log::export(call, Resource::AttributeValueChanges)
        }
        "IncrementalSkilBasedRoutingInstanceValuesExport" => {
            |call| routing_log::export(call, Resource::InstanceValueChanges)
        }
        "ListAccountAttributes" => attributes::list,
        "ListRoutingAttributeDefinitions" => |_| Ok(attributes::definitions()),
        "ShowAttribute" => attributes::show,
        "CreateAttribute" => attributes::create,
        "UpdateAttribute" => attributes::update,
        "DeleteAttribute" => attributes::delete,
        "ListAttributeValues" => attribute_values::list,
        "ShowAttributeValue" => attribute_values::show,
        "CreateAttributeValue" => attribute_values::create,
        "UpdateAttributeValue" => attribute_values::update,
        "DeleteAttributeValue" => attribute_values::delete,
        "ListAGentAttributeValues" => |call| instance_values::list(call, Holder::Agent),
        "SetAgentAttributeValues" => |call| instance_values::set(call, Holder::Agent),
        "ListTicketAttributeValues" => |call| instance_values::list(call, Holder::Ticket),
        "SetTicketAttributeValues" => |call| instance_values::set(call, Holder::Ticket),
        "ListManyAgentsAttributeValues" => instance_values::list_many,
        "ListTicketsFullfilledByUser" => instance_values::fulfilled,
        "BulkSetAgentAttributeValuesJob" => jobs::create,
        "ShowJobStatus" => jobs::show,
        "IncrementalAgentTimelineExport" => |call| chat::export(call, Resource::AgentTimeline),
        "IncrementalChatExport" => |call| chat::export(call, Resource::Chats),
        "IncrementalConversionsExport" => |call| chat::export(call, Resource::Conversions),
        "IncrementalDepartmentEventsExport" => |call| chat::export(call, Resource::DepartmentEvents),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::description::Description;

    #[test]
    fn every_operation_of_the_description_is_there() {
        let description = Description::of_project().unwrap();
        let missing: Vec<&str> = description
            .operations
            .iter()
            .map(|operation| operation.id.as_str())
            .filter(|id| handler(id).is_none())
            .collect();
        assert_eq!(missing, [""; 0]);
        assert!(description.operations.len() > 30);
    }
}
