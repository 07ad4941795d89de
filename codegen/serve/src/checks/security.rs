//! Checks of credentials: they have to be there, with any value.

use crate::base::message::Request;
use crate::base::pointer::child;
use crate::base::violation::Violation;
use crate::document::operation::Operation;
use crate::document::parameter::ParameterLocation as Location;
use crate::document::security::{Requirement, Scheme};

/// Returns the violation if a request meets none of the security requirements.
pub(super) fn security(operation: &Operation, request: &Request) -> Option<Violation> {
    let requirements = &operation.security;
    if requirements.is_empty() || requirements.iter().any(|requirement| is_met(requirement, request)) {
        return None;
    }
    let names = |requirement: &Requirement| {
        requirement.0.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(" and ")
    };
    let wanted: Vec<_> = requirements.iter().map(names).collect();
    let location = requirements.iter().flat_map(|requirement| &requirement.0).find_map(|(_, scheme)| {
        Some(match scheme {
            Scheme::Key(location, name) => child(&format!("/{}", location.as_str()), name),
            Scheme::Authorization(_) => "/header/authorization".to_owned(),
            Scheme::Elsewhere => return None,
        })
    });
    let message = format!("credentials are missing: {}", wanted.join(", or "));
    Some(Violation::new(location.unwrap_or_default(), child(&operation.at, "security"), message))
}

fn is_met(requirement: &Requirement, request: &Request) -> bool {
    requirement.0.iter().all(|(_, scheme)| match scheme {
        Scheme::Elsewhere => true,
        Scheme::Key(Location::Query, name) => request.pairs().iter().any(|(own, _)| own == name),
        Scheme::Key(Location::Cookie, name) => request.cookies().iter().any(|(own, _)| own == name),
        Scheme::Key(_, name) => request.header(name).is_some(),
        Scheme::Authorization(scheme) => request.header("authorization").is_some_and(|value| {
            let own = value.split(' ').next().unwrap_or_default();
            own.eq_ignore_ascii_case(scheme)
        }),
    })
}

/// Returns the value of `WWW-Authenticate` for an operation.
pub(super) fn challenge(operation: &Operation) -> String {
    let schemes = operation.security.iter().flat_map(|requirement| &requirement.0);
    let mut schemes = schemes.filter_map(|(_, scheme)| match scheme {
        Scheme::Authorization(scheme) => Some(scheme.as_str()),
        _ => None,
    });
    let scheme = schemes.next().filter(|scheme| scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    format!("{} realm=\"clientwright\"", scheme.unwrap_or("Bearer"))
}
