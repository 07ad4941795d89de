//! The parameters of requests that the server sends: mostly headers. The docs list them.

use openapiv3::{Parameter as OpenApiParameter, ParameterSchemaOrContent, ReferenceOr};
use serde_json::Value;

use crate::base::name::WireName;
use crate::base::pointer::Pointer;
use crate::ir::request::ParameterLocation;
use crate::ir::webhook::IncomingParameter;
use crate::lower::document::view::View;
use crate::lower::lowering::Lowering;
use crate::lower::schemas::constraints::everything_of;

/// Lowers the parameters. One of the path item is replaced by one of the operation with the same name and location.
pub(in crate::lower) fn parameters<'a>(
    lowering: &mut Lowering<'a, '_>,
    lists: [(&'a [ReferenceOr<OpenApiParameter>], Pointer); 2],
) -> Vec<IncomingParameter> {
    let mut parameters: Vec<IncomingParameter> = Vec::new();
    for (list, at) in lists {
        for (index, parameter) in list.iter().enumerate() {
            let found = lowering.document.parameter(lowering.findings, parameter, at.index(index));
            let Some((declared, at)) = found else { continue };
            let new = parameter_of(lowering, declared, &at);
            let is_same = |known: &&mut IncomingParameter| {
                known.location == new.location && known.wire.as_str().eq_ignore_ascii_case(new.wire.as_str())
            };
            match parameters.iter_mut().find(is_same) {
                Some(known) => *known = new,
                None => parameters.push(new),
            }
        }
    }
    parameters
}

fn parameter_of<'a>(
    lowering: &Lowering<'a, '_>,
    declared: &'a OpenApiParameter,
    at: &Pointer,
) -> IncomingParameter {
    let data = declared.parameter_data_ref();
    let location = match declared {
        OpenApiParameter::Query { .. } => ParameterLocation::Query,
        OpenApiParameter::Header { .. } => ParameterLocation::Header,
        OpenApiParameter::Path { .. } => ParameterLocation::Path,
        OpenApiParameter::Cookie { .. } => ParameterLocation::Cookie,
    };
    let schema = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => Some((schema, at.child("schema"))),
        ParameterSchemaOrContent::Content(content) => content.first().and_then(|(name, media)| {
            Some((media.schema.as_ref()?, at.child("content").child(name).child("schema")))
        }),
    };
    let schema = schema.and_then(|(schema, at)| Some((lowering.document.item(schema)?, at)));
    let values = schema.as_ref().map(|(schema, _)| View::new(schema).values()).unwrap_or_default();
    IncomingParameter {
        wire: WireName::new(&data.name),
        location,
        required: data.required,
        deprecated: data.deprecated.unwrap_or_default(),
        docs: data.description.clone().unwrap_or_default(),
        constraints: schema.map(|(schema, at)| everything_of(schema, &at)).unwrap_or_default(),
        values: values.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
    }
}
