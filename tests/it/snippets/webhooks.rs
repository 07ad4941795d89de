//! Webhooks and callbacks: their functions, the enum of all webhooks, and schemes of signatures.

use codegen::Output;

use super::{emitted, generate};
use crate::negative::dedented;

/// Generates code of a description with these lines.
fn output(lines: &str) -> Output {
    generate(&format!("openapi: 3.1.0\ninfo: {{title: Snippet, version: '1'}}\n{}", dedented(lines)))
}

/// Returns the module of webhooks without docs.
fn webhooks(lines: &str) -> String {
    emitted("endpoints/webhooks", &output(lines), false)
}

/// Returns the enum and what chooses its variant.
fn event(webhooks: &str) -> String {
    let code = self::webhooks(webhooks);
    let (_, event) = code.split_once("#[derive").unwrap();
    let end = event.find("\n\npub fn").unwrap_or(event.len());
    format!("#[derive{}", &event[..end])
}

#[test]
fn a_webhook_and_a_callback_have_functions() {
    let output = output(
        "
        paths:
          /a:
            post:
              operationId: subscribe
              callbacks: {done: {'{$request.body#/url}': {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {ok: {type: boolean}}}}}}, responses: {}}}}}
              responses: {'204': {description: ''}}
        webhooks:
          newPet: {post: {requestBody: {content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: integer}}}}}}, responses: {}}}
        ",
    );
    assert_eq!(output.api.skipped, []);
    assert_eq!(output.warnings, []);
    insta::assert_snapshot!(emitted("", &output, false), @r#"
    #[inline]
    pub fn subscribe() -> Request<()> {
        Request::new(&SUBSCRIBE)
    }

    static SUBSCRIBE: Operation = Operation::post("subscribe", "/a");

    #[doc(inline)]
    pub use clientwright_runtime::webhook::*;

    pub fn read_new_pet(
        request: &IncomingRequest<'_>,
    ) -> Result<models::NewPetBody, WebhookError> {
        request.json()
    }

    pub fn read_subscribe_done(
        request: &IncomingRequest<'_>,
    ) -> Result<models::SubscribeDoneBody, WebhookError> {
        request.json()
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct NewPetBody {
        pub id: i64,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        NewPetBody: open default,
        0 "id" => id: REQUIRED,
    }

    #[derive(Clone)]
    #[non_exhaustive]
    pub struct SubscribeDoneBody {
        pub ok: Option<bool>,
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        SubscribeDoneBody: open default,
        0 "ok" => ok,
    }
    "#);
}

#[test]
fn the_docs_state_what_is_sent() {
    let output = output(
        "
        paths:
          /a:
            post:
              operationId: subscribe
              callbacks:
                done:
                  '{$request.body#/url}':
                    parameters: [{name: X-Trace, in: header, schema: {type: string, format: uuid}}]
                    post:
                      summary: All is done.
                      deprecated: true
                      requestBody: {description: How it ended., required: true, content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {ok: {type: boolean}}}}}}
                      responses: {'200': {description: Received.}, default: {description: Sent again.}}
              responses: {'204': {description: ''}}
        ",
    );
    insta::assert_snapshot!(emitted("endpoints/webhooks", &output, true), @"
    #[doc(inline)]
    pub use clientwright_runtime::webhook::*;

    /// All is done.
    ///
    /// Callback `done` of the operation `subscribe`, sent with `POST` to `{$request.body#/url}` as `application/x-www-form-urlencoded`.
    ///
    /// How it ended.
    ///
    /// # Parameters
    ///
    /// - header `X-Trace`: A string. Format: `uuid`.
    ///
    /// # Responses that the server expects
    ///
    /// - `200`: Received.
    /// - `default`: Sent again.
    ///
    /// Source: `#/paths/~1a/post/callbacks/done/{$request.body#~1url}/post`
    #[deprecated]
    pub fn read_subscribe_done(
        request: &IncomingRequest<'_>,
    ) -> Result<models::SubscribeDoneBody, WebhookError> {
        request.form()
    }
    ");
}

#[test]
fn bodies_of_other_media_types_are_text_or_bytes() {
    insta::assert_snapshot!(webhooks("
        webhooks:
          none: {post: {responses: {}}}
          text: {post: {requestBody: {content: {text/plain: {schema: {type: string}}}}}}
          file: {post: {requestBody: {content: {image/png: {}}}}}
          put and post: {put: {}, post: {requestBody: {content: {application/json: {schema: {type: string}}}}}}
    "), @"
    #[doc(inline)]
    pub use clientwright_runtime::webhook::*;

    pub fn read_none(_: &IncomingRequest<'_>) -> Result<(), WebhookError> {
        Ok(())
    }

    pub fn read_text(request: &IncomingRequest<'_>) -> Result<String, WebhookError> {
        request.text()
    }

    pub fn read_file(request: &IncomingRequest<'_>) -> Result<Vec<u8>, WebhookError> {
        Ok(request.body().to_vec())
    }

    pub fn read_put_and_post_put(_: &IncomingRequest<'_>) -> Result<(), WebhookError> {
        Ok(())
    }

    pub fn read_put_and_post_post(
        request: &IncomingRequest<'_>,
    ) -> Result<String, WebhookError> {
        request.json()
    }
    ");
}

#[test]
fn a_property_with_other_values_in_each_webhook_selects_the_variant() {
    insta::assert_snapshot!(event("
        webhooks:
          made: {post: {requestBody: {content: {application/json: {schema: {type: object, required: [kind], properties: {id: {type: integer}, kind: {const: pet.made}}}}}}}}
          pets: {post: {requestBody: {content: {application/json: {schema: {oneOf: [{$ref: '#/components/schemas/Lost'}, {$ref: '#/components/schemas/Found'}]}}}}}}
        components:
          schemas:
            Lost: {type: object, required: [kind], properties: {kind: {const: pet.lost}, where: {type: string}}}
            Found: {type: object, required: [kind], properties: {kind: {enum: [pet.found, pet.back]}}}
    "), @r#"
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum WebhookEvent {
        Made(models::MadeBody),
        Pets(models::PetsBody),
        Unknown(Value),
    }

    clientwright_runtime::tagged_union! {
        WebhookEvent by "kind",
        "pet.made" => Made(models::MadeBody),
        "pet.lost" | "pet.found" | "pet.back" => Pets(models::PetsBody),
    }

    impl WebhookEvent {
        pub fn read(request: &IncomingRequest<'_>) -> Result<Self, WebhookError> {
            request.json()
        }
    }
    "#);
}

#[test]
fn a_header_with_other_values_in_each_webhook_selects_the_variant() {
    insta::assert_snapshot!(event("
        webhooks:
          made: {post: {parameters: [{name: X-Event, in: header, schema: {const: made}}], requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}
          lost: {post: {parameters: [{name: x-event, in: header, schema: {enum: [lost, 'gone\"']}}], requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}
        components: {schemas: {Pet: {type: object, properties: {id: {type: integer}}}}}
    "), @r#"
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum WebhookEvent {
        Made(models::Pet),
        Lost(models::Pet),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        WebhookEvent,
        Made(models::Pet),
        Lost(models::Pet),
    }

    impl WebhookEvent {
        pub fn read(request: &IncomingRequest<'_>) -> Result<Self, WebhookError> {
            if request.has_header("X-Event", &["made"]) {
                return request.json().map(Self::Made);
            }
            if request.has_header("X-Event", &["lost", "gone\""]) {
                return request.json().map(Self::Lost);
            }
            request.json().map(Self::Unknown)
        }
    }
    "#);
}

#[test]
fn webhooks_that_nothing_distinguishes_share_a_variant() {
    insta::assert_snapshot!(event("
        webhooks:
          made: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}
          lost: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}
          paid: {post: {requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {sum: {type: number}}}}}}}}
        components: {schemas: {Pet: {type: object, properties: {id: {type: integer}}}}}
    "), @"
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum WebhookEvent {
        Pet(models::Pet),
        Paid(models::PaidBody),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        WebhookEvent,
        Pet(models::Pet),
        Paid(models::PaidBody),
    }

    impl WebhookEvent {
        pub fn read(request: &IncomingRequest<'_>) -> Result<Self, WebhookError> {
            request.form()
        }
    }
    ");
}

#[test]
fn an_extension_names_what_contains_the_key_of_the_webhook() {
    let webhooks = "
        webhooks:
          pet.made: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}
          pet.lost: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}
        components: {schemas: {Pet: {type: object, properties: {type: {type: string}, id: {type: integer}}}}}
    ";
    insta::assert_snapshot!(event(&format!("{webhooks}    x-webhook-events: {{property: type}}")), @r#"
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum WebhookEvent {
        PetMade(models::Pet),
        PetLost(models::Pet),
        Unknown(Value),
    }

    clientwright_runtime::tagged_union! {
        WebhookEvent by "type",
        "pet.made" => PetMade(models::Pet),
        "pet.lost" => PetLost(models::Pet),
    }

    impl WebhookEvent {
        pub fn read(request: &IncomingRequest<'_>) -> Result<Self, WebhookError> {
            if !request.has_property("type", &["pet.made", "pet.lost"]) {
                return request.json().map(Self::Unknown);
            }
            request.json()
        }
    }
    "#);
    insta::assert_snapshot!(event(&format!("{webhooks}    x-webhook-events: {{header: X-Event}}")), @r#"
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum WebhookEvent {
        PetMade(models::Pet),
        PetLost(models::Pet),
        Unknown(Value),
    }

    clientwright_runtime::union! {
        WebhookEvent,
        PetMade(models::Pet),
        PetLost(models::Pet),
    }

    impl WebhookEvent {
        pub fn read(request: &IncomingRequest<'_>) -> Result<Self, WebhookError> {
            if request.has_header("X-Event", &["pet.made"]) {
                return request.json().map(Self::PetMade);
            }
            if request.has_header("X-Event", &["pet.lost"]) {
                return request.json().map(Self::PetLost);
            }
            request.json().map(Self::Unknown)
        }
    }
    "#);
}

#[test]
fn a_scheme_of_signatures_is_a_constant() {
    insta::assert_snapshot!(webhooks(r#"
        x-webhook-signature: {header: X-Signature, prefix: "sha256="}
        webhooks:
          a:
            post:
              x-webhook-signature: {header: X-B, encoding: base64, separator: ",", prefix: "v1=", timestamp-element: "t=", id-header: X-Id, signed: "\"{id}{timestamp}{body}", tolerance: 60, key-encoding: hex, key-prefix: "k_"}
              x-rust-name: see_a
    "#), @r#"
    #[doc(inline)]
    pub use clientwright_runtime::webhook::*;

    pub const SIGNATURE: SignatureScheme = SignatureScheme::hmac_sha256("X-Signature")
        .prefix("sha256=");

    pub fn read_see_a(_: &IncomingRequest<'_>) -> Result<(), WebhookError> {
        Ok(())
    }

    pub const SEE_A_SIGNATURE: SignatureScheme = SignatureScheme::hmac_sha256("X-B")
        .base64()
        .prefix("v1=")
        .separator(",")
        .signed("\"{id}{timestamp}{body}")
        .timestamp_element("t=")
        .id_header("X-Id")
        .tolerance(60)
        .hex_key()
        .key_prefix("k_");
    "#);
}

#[test]
fn the_module_of_a_tag_keeps_its_name() {
    let output = output(
        "
        paths: {/a: {get: {tags: [webhooks], operationId: a, responses: {'204': {description: ''}}}}, /b: {get: {tags: [signatures], operationId: b, responses: {'204': {description: ''}}}}}
        webhooks: {ping: {post: {}}}
        ",
    );
    let paths = output.files.iter().map(|file| file.path.as_str());
    let paths: Vec<_> = paths.filter(|path| path.starts_with("endpoints/")).collect();
    assert_eq!(
        paths,
        [
            "endpoints/incoming_webhooks.rs",
            "endpoints/mod.rs",
            "endpoints/signatures.rs",
            "endpoints/webhooks.rs"
        ]
    );
    insta::assert_snapshot!(output.files.iter().find(|file| file.path == "endpoints/mod.rs").unwrap().text, @r#"
    // @generated by `clientwright generate`. Edit the OpenAPI description or an overlay instead.

    //! Endpoint functions, in one module for each tag of the description.

    #[cfg(feature = "incoming_webhooks")]
    pub mod incoming_webhooks;
    #[cfg(feature = "signatures_endpoints")]
    pub mod signatures;
    #[cfg(feature = "webhooks")]
    pub mod webhooks;
    "#);
}

#[test]
fn the_extension_of_older_documents_is_read() {
    let description = "openapi: 3.0.3\ninfo: {title: Old, version: '1'}\npaths: {}\nx-webhooks: {pet.made: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: integer}}}}}}, responses: {'200': {description: Fine.}}}}}\n";
    let output = generate(description);
    let request = &output.api.webhooks.requests[0];
    assert_eq!(
        (request.name.as_str(), request.pointer.to_string().as_str()),
        ("read_pet_made", "#/x-webhooks/pet.made/post")
    );
    assert_eq!(codegen::unaccounted(&output), []);
}

#[test]
fn webhooks_are_selected_by_their_tags() {
    let lines = "
        paths: {/a: {get: {tags: [a], operationId: a, responses: {'204': {description: ''}}}}}
        webhooks: {made: {post: {tags: [a]}}, lost: {post: {tags: [b]}}, none: {post: {}}}
    ";
    let description = format!("openapi: 3.1.0\ninfo: {{title: Snippet, version: '1'}}\n{}", dedented(lines));
    for (tag, expected) in [("a", "read_made"), ("b", "read_lost")] {
        let tags = [tag.to_owned()];
        let mut options = codegen::Options::default();
        options.tags = &tags;
        let source = codegen::Source::new("snippet.yaml", description.as_str());
        let output = codegen::generate_with(&source, &[], &options).unwrap();
        let names = output.api.webhooks.requests.iter().map(|request| request.name.as_str());
        assert_eq!(names.collect::<Vec<_>>(), [expected], "{tag}");
    }
}
