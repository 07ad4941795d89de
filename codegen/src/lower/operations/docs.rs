//! The docs of operations.

use openapiv3::{Operation as OpenApiOperation, PathItem};

/// The description, after the summary if there are both. Without any, those of the path item apply.
pub(in crate::lower) fn docs(declared: &OpenApiOperation, item: &PathItem) -> String {
    let (summary, description) = if declared.summary.is_none() && declared.description.is_none() {
        (&item.summary, &item.description)
    } else {
        (&declared.summary, &declared.description)
    };
    match (summary, description) {
        (Some(summary), Some(description)) => {
            let summary = summary.trim();
            let stop = if summary.ends_with(['.', '!', '?', ':']) { "" } else { "." };
            format!("{summary}{stop}\n\n{description}")
        }
        (Some(text), None) | (None, Some(text)) => text.clone(),
        (None, None) => String::new(),
    }
}
