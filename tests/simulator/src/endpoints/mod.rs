//! The handlers of operations, grouped by pagination and resource.

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
pub(crate) mod minimum_requests;
mod page;
mod routing_log;
mod sideload;

use crate::account::routing::SkillOwner;
use crate::http::Response;
use crate::resource::Resource;

pub(crate) use call::Call;

/// Handles a request. The error is an error response.
type Handler = fn(&Call<'_>) -> Result<Response, Response>;

/// Returns the response of an operation; `None` if the simulator doesn't implement it.
pub(crate) fn respond(call: &Call<'_>) -> Option<Response> {
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
        "ListAGentAttributeValues" => |call| instance_values::list(call, SkillOwner::Agent),
        "SetAgentAttributeValues" => |call| instance_values::set(call, SkillOwner::Agent),
        "ListTicketAttributeValues" => |call| instance_values::list(call, SkillOwner::Ticket),
        "SetTicketAttributeValues" => |call| instance_values::set(call, SkillOwner::Ticket),
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
    fn every_operation_of_the_description_is_implemented() {
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
