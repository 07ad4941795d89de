//! What the server sends: the requests, and what depends on all types.

use openapiv3::OpenAPI;

use super::events::{self, EventTags};
use super::incoming::IncomingDraft;
use crate::base::name::RustName;
use crate::ir::api::{TypeDef, Webhooks};
use crate::lower::extensions::event_source::{EventSource, event_source};
use crate::lower::extensions::signature;
use crate::lower::lowering::Lowering;

/// The webhooks and callbacks, until all types are known.
pub(in crate::lower) struct Received {
    webhooks: Webhooks,
    source: Option<EventSource>,
    tags: Option<EventTags>,
}

impl Received {
    /// Reads how the requests are signed and recognized. `module` is the name of their module.
    pub(in crate::lower) fn read<'a>(
        lowering: &mut Lowering<'a, '_>,
        openapi: &OpenAPI,
        module: Option<RustName>,
        drafts: &[IncomingDraft<'a>],
    ) -> Self {
        let requests: Vec<_> = drafts.iter().map(|draft| draft.request.clone()).collect();
        let source = event_source(lowering.findings, openapi, &requests);
        let tags = events::tags(&lowering.document, lowering.findings, source.as_ref(), drafts);
        let signature = signature::of_document(lowering.findings, openapi, &requests);
        Self { webhooks: Webhooks { module, requests, event: None, signature }, source, tags }
    }

    /// Adds the union of all webhooks. `types` are all named types.
    pub(in crate::lower) fn completed(self, types: &[TypeDef]) -> Webhooks {
        let Self { mut webhooks, source, tags } = self;
        let by = (source.as_ref(), tags);
        let module = webhooks.module.as_ref();
        webhooks.event = module.and_then(|module| events::union(&webhooks.requests, by, types, module));
        webhooks
    }
}
