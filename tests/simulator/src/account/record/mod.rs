//! The records, generated on demand from seed, kind and index.
//!
//! Their values are those of the live server, including values that differ from the declared schemas.

mod chat;
mod chat_history;
mod department;
mod metric_event;
mod organization;
mod people;
mod ticket;
mod ticket_event;
mod user;
mod writer;

use crate::resource::Resource;
use crate::time::{seconds, stamp};

use super::rows::Row;
use super::version::Version;

pub(crate) use writer::{API_URL, Extras, RecordWriter, index_of_number, index_of_text, number};

impl RecordWriter {
    /// Writes the record of a row.
    pub(crate) fn write(&self, resource: Resource, row: Row, extras: Extras, out: &mut Vec<u8>) {
        match resource {
            Resource::Tickets => self.ticket(row, extras, out),
            Resource::TicketEvents => self.ticket_event(row, extras, out),
            Resource::Users => self.user(row, out),
            Resource::Organizations => self.organization(row, out),
            Resource::MetricEvents => self.metric_event(row, out),
            Resource::Chats => self.chat(row, extras, out),
            Resource::AgentTimeline => self.timespan(row, out),
            Resource::Conversions => self.conversion(row, extras, out),
            Resource::DepartmentEvents => self.department_event(row, extras, out),
            Resource::AttributeChanges | Resource::AttributeValueChanges | Resource::InstanceValueChanges => {
                out.extend_from_slice(b"null")
            }
        }
    }

    /// Returns the key and the change of a record, as in the record.
    pub(crate) fn version(&self, resource: Resource, index: u32, change: i64) -> Version {
        match resource {
            Resource::Tickets | Resource::TicketEvents => {
                (number(resource, index).to_string(), seconds(change).to_string())
            }
            Resource::AgentTimeline => self.timespan_version(index, change),
            Resource::Chats | Resource::Conversions | Resource::DepartmentEvents => {
                (self.text_id(resource, index), stamp(change))
            }
            _ => (number(resource, index).to_string(), stamp(change)),
        }
    }
}
