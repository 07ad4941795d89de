//! Decides which faults can happen to which requests, and creates the responses of faults that replace the operation's.

use serde_json::json;

use crate::description::Operation;
use crate::fault::Fault;
use crate::http::{Request, Response};
use crate::time::{SECOND, http_date};

/// Returns whether a fault can happen to a request. A page of more than `large_page` records is large.
pub(crate) fn applies_to(operation: &Operation, request: &Request, fault: Fault, large_page: u64) -> bool {
    let pagination = &operation.node["x-pagination"];
    let styles: Vec<&str> = match pagination.as_array() {
        Some(choices) => choices.iter().filter_map(|choice| choice["style"].as_str()).collect(),
        None => pagination["style"].as_str().into_iter().collect(),
    };
    let by_page = request.param("page[size]").is_some();
    let by = |style: &str| styles.contains(&style) && (style != "time" || !by_page);
    match fault {
        Fault::RepeatedCursor => {
            ((by("cursor") || by("routing-cursor")) && request.param("cursor").is_some())
                || (by("page-cursor") && request.param("page[after]").is_some())
        }
        Fault::MissingCursor => {
            by("cursor") || by("routing-cursor") || by("chat") || (by("page-cursor") && by_page)
        }
        Fault::RejectedCursor => ["cursor", "page[after]"].iter().any(|name| request.param(name).is_some()),
        Fault::OtherHostNextPage | Fault::ErrorPage | Fault::RepeatedRecord | Fault::RepeatedPage => {
            !styles.is_empty()
        }
        Fault::EmptyPage => by("cursor"),
        Fault::Stall => by("time"),
        Fault::GatewayTimeout => {
            let requested = request.param("per_page").or(request.param("limit"));
            let size = requested.and_then(|size| size.parse().ok()).unwrap_or(1_000);
            styles.iter().any(|style| matches!(*style, "time" | "cursor" | "chat")) && size > large_page
        }
        _ => true,
    }
}

/// Returns one of the responses that are not a page, although their status is 200.
fn no_page(operation: &Operation, choice: u64) -> Response {
    let pagination = &operation.node["x-pagination"];
    let items = pagination["items"].as_str().or(pagination[0]["items"].as_str()).unwrap_or_default();
    match choice % 7 {
        0 => Response::value(200, &json!({"error": "InternalError", "description": "Please try again"})),
        1 => Response::html(200, "We'll be right back"),
        2 => Response::value(200, &json!(null)),
        3 => Response::value(200, &json!({"count": 0, "end_of_stream": true, "next_page": null})),
        4 => Response::value(200, &json!({items: null, "count": 0, "end_of_stream": true})),
        5 => Response::value(200, &json!({items: {}, "count": 0, "end_of_stream": true})),
        _ => Response::text(200, "OK"),
    }
}

/// Returns the response that replaces the operation's; `None` for faults that show in another way.
pub(crate) fn replacement(
    operation: &Operation,
    request: &Request,
    fault: Fault,
    other_host_url: &str,
    now: i64,
) -> Option<Response> {
    Some(match fault {
        Fault::TooManyRequests => Response::too_many_requests().with("retry-after", "1"),
        Fault::TooManyRequestsWithoutDelay => Response::too_many_requests(),
        Fault::TooManyRequestsUntilDate => {
            Response::too_many_requests().with("retry-after", http_date(now + SECOND))
        }
        Fault::TooManyRequestsNonsense => Response::text(429, "Slow down").with("retry-after", "a while"),
        Fault::InternalError => {
            Response::value(500, &json!({"status": 500, "error": "Internal Server Error"}))
        }
        Fault::BadGateway => Response::html(502, "502 Bad Gateway"),
        Fault::Unavailable => Response::text(503, ""),
        Fault::UnavailableWithDelay => Response::html(503, "Please try again").with("retry-after", "1"),
        Fault::GatewayTimeout => Response::text(504, "upstream request timeout"),
        Fault::UnknownError => Response::html(520, "520: Web server is returning an unknown error"),
        Fault::ResetBeforeResponse => Response::text(500, ""),
        Fault::ErrorPage => no_page(operation, now.unsigned_abs() + request.raw_query.len() as u64),
        Fault::RejectedCursor => Response::invalid_pagination("cursor", "cursor is invalid"),
        Fault::OtherHostRedirect => {
            let query = &request.raw_query;
            let target = format!("{other_host_url}{}?{query}", request.path);
            Response::text(302, "").with("location", target)
        }
        _ => return None,
    })
}
