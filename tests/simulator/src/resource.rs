//! The exported resources.

/// A kind of record that can be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// Tickets, ordered by `generated_timestamp`.
    Tickets,
    /// Updates of tickets, ordered by `timestamp`.
    TicketEvents,
    /// Users, ordered by `updated_at`.
    Users,
    /// Organizations, ordered by `updated_at`.
    Organizations,
    /// Events of tickets' metrics, ordered by `time`.
    MetricEvents,
    /// Chats, ordered by `update_timestamp`.
    Chats,
    /// Periods of agents in one status, ordered by their end.
    AgentTimeline,
    /// Conversions, ordered by `timestamp`.
    Conversions,
    /// Changes of departments, ordered by `timestamp`.
    DepartmentEvents,
    /// Changes of routing attributes.
    AttributeChanges,
    /// Changes of routing attribute values.
    AttributeValueChanges,
    /// Attribute values that were added to or removed from agents and tickets; grouped by value.
    InstanceValueChanges,
}

impl Resource {
    /// The resources that are ordered by time.
    pub(crate) const TIMED: [Self; 9] = [
        Self::Tickets,
        Self::TicketEvents,
        Self::Users,
        Self::Organizations,
        Self::MetricEvents,
        Self::Chats,
        Self::AgentTimeline,
        Self::Conversions,
        Self::DepartmentEvents,
    ];

    /// Returns the key of the array of records in a response.
    pub fn key(self) -> &'static str {
        match self {
            Self::Tickets => "tickets",
            Self::TicketEvents => "ticket_events",
            Self::Users => "users",
            Self::Organizations => "organizations",
            Self::MetricEvents => "ticket_metric_events",
            Self::Chats => "chats",
            Self::AgentTimeline => "agent_timeline",
            Self::Conversions => "conversions",
            Self::DepartmentEvents => "department_events",
            Self::AttributeChanges => "attributes",
            Self::AttributeValueChanges => "attribute_values",
            Self::InstanceValueChanges => "instance_values",
        }
    }

    /// Returns whether its records change. The others are only added.
    pub(crate) fn is_mutable(self) -> bool {
        matches!(self, Self::Tickets | Self::Users | Self::Organizations | Self::Chats)
    }

    /// Returns whether its times have fractions of a second.
    pub(crate) fn has_micros(self) -> bool {
        matches!(self, Self::Chats | Self::AgentTimeline | Self::Conversions | Self::DepartmentEvents)
    }
}
