//! Request bodies.

use super::{document, emitted, endpoints, generate};

#[test]
fn each_media_type_of_a_body_is_a_function() {
    let paths = "
        /pets:
          post:
            operationId: addPet
            requestBody:
              required: true
              content:
                multipart/form-data:
                  schema: {$ref: '#/components/schemas/Upload'}
                  encoding: {photo: {contentType: image/png}, meta: {contentType: application/vnd.meta+json}}
                application/x-www-form-urlencoded:
                  schema: {$ref: '#/components/schemas/Pet'}
                  encoding: {tags: {style: form, explode: false}, nicknames: {style: form}, meta: {style: deepObject, explode: true}}
                application/json: {schema: {$ref: '#/components/schemas/Pet'}}
                text/json: {schema: {$ref: '#/components/schemas/Pet'}}
                application/merge-patch+json: {schema: {$ref: '#/components/schemas/Pet'}}
                application/xml: {schema: {$ref: '#/components/schemas/Pet'}}
                application/octet-stream: {}
            responses: {'204': {description: Done.}}
    ";
    let schemas = "
        Pet: {type: object, properties: {name: {type: string}, tags: {type: array, items: {type: string}}, meta: {type: object}}}
        Upload:
          type: object
          required: [photo, name]
          properties:
            photo: {type: string, format: binary}
            more: {type: array, items: {type: string, format: binary}}
            name: {type: string}
            tags: {type: array, items: {type: string}}
            meta: {type: object, properties: {a: {type: integer}}}
    ";
    insta::assert_snapshot!(emitted("endpoints/", &generate(&document("3.0.3", paths, schemas)), false), @r#"
    #[inline]
    pub fn add_pet(body: &models::Pet) -> Request<()> {
        Request::new(&ADD_PET).json(body)
    }

    static ADD_PET: Operation = Operation::post("addPet", "/pets");

    #[inline]
    pub fn add_pet_merge_patch_json(body: &models::Pet) -> Request<()> {
        Request::new(&ADD_PET_MERGE_PATCH_JSON)
            .json(body)
            .content_type("application/merge-patch+json")
    }

    static ADD_PET_MERGE_PATCH_JSON: Operation = Operation::post("addPet", "/pets");

    #[inline]
    pub fn add_pet_form(body: &models::Pet) -> Request<()> {
        Request::new(&ADD_PET_FORM)
            .form_as(
                body,
                &[
                    ("tags", Style::FORM),
                    ("nicknames", Style::FORM.exploded()),
                    ("meta", Style::DEEP_OBJECT),
                ],
            )
    }

    static ADD_PET_FORM: Operation = Operation::post("addPet", "/pets");

    #[inline]
    pub fn add_pet_multipart(photo: impl Into<Part>, name: &str) -> AddPetMultipart {
        AddPetMultipart(
            Request::new(&ADD_PET_MULTIPART)
                .multipart()
                .files("photo", &[photo.into()], Some("image/png"))
                .part("name", &name),
        )
    }

    #[derive(Clone)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct AddPetMultipart(Request<()>);

    impl AddPetMultipart {
        #[inline]
        pub fn more(self, more: impl IntoIterator<Item = impl Into<Part>>) -> Self {
            Self(self.0.files("more", &list::<Part>(more), None))
        }

        #[inline]
        pub fn tags(self, tags: impl IntoIterator<Item = impl Into<String>>) -> Self {
            Self(self.0.part("tags", &list::<String>(tags)))
        }

        #[inline]
        pub fn meta(self, meta: impl Into<models::UploadMeta>) -> Self {
            Self(self.0.part_as("meta", &meta.into(), "application/vnd.meta+json"))
        }
    }

    clientwright_runtime::request_builder!(AddPetMultipart -> ());

    static ADD_PET_MULTIPART: Operation = Operation::post("addPet", "/pets");

    #[inline]
    pub fn add_pet_bytes(body: impl Into<clientwright_runtime::Upload>) -> Request<()> {
        Request::new(&ADD_PET_BYTES).raw(body, "application/octet-stream")
    }

    static ADD_PET_BYTES: Operation = Operation::post("addPet", "/pets");
    "#);
}

/// The part before a suffix is the meaning of a media type (RFC 6838, section 4.2.8).
#[test]
fn a_media_type_with_another_meaning_is_another_body() {
    let output = generate(&document(
        "3.0.3",
        "
        /a:
          patch:
            operationId: change
            requestBody:
              content:
                application/merge-patch+json: {schema: {type: object}}
                application/apply-patch+yaml: {schema: {type: object}}
                application/merge-patch+xml: {schema: {type: object}}
            responses: {'204': {description: ''}}
          put:
            operationId: draw
            requestBody: {content: {application/json: {}, application/yaml: {}, image/svg+xml: {}, image/png: {}}}
            responses: {'204': {description: ''}}
        ",
        "{}",
    ));
    let code = emitted("endpoints/", &output, true);
    for part in [
        "pub fn change(body: Option<",
        "pub fn change_bytes(body: Option<clientwright_runtime::Upload>) ",
        "raw_optional(body.map(|body| (body, \"application/apply-patch+yaml\")))",
        "pub fn draw(body: Option<",
        "pub fn draw_bytes(body: Option<(clientwright_runtime::Upload, &str)>)",
        "`image/svg+xml, image/png`",
    ] {
        assert!(code.contains(part), "{part}: {code}");
    }
    let skipped: Vec<_> = output.api.skipped.iter().map(|part| part.pointer.to_string()).collect();
    assert_eq!(
        skipped,
        [
            "#/paths/~1a/patch/requestBody/content/application~1merge-patch+xml",
            "#/paths/~1a/put/requestBody/content/application~1yaml"
        ]
    );
}

#[test]
fn bytes_and_text_bodies_are_sent_as_they_are() {
    insta::assert_snapshot!(endpoints("
        /a:
          put: {operationId: text, requestBody: {required: true, content: {text/csv: {}}}, responses: {'204': {description: ''}}}
          post: {operationId: image, requestBody: {content: {image/*: {schema: {type: string, format: binary}}}}, responses: {'204': {description: ''}}}
          patch: {operationId: one, requestBody: {content: {application/pdf: {}}}, responses: {'204': {description: ''}}}
          delete: {operationId: any, requestBody: {content: {application/json: {schema: {type: array, items: {type: string}}}}}, responses: {'204': {description: ''}}}
        /b:
          put: {operationId: parts, requestBody: {required: true, content: {multipart/mixed: {}}}, responses: {'204': {description: ''}}}
          post: {operationId: json, requestBody: {required: true, content: {application/*: {schema: {type: string}}}}, responses: {'204': {description: ''}}}
    "), @r#"
    #[inline]
    pub fn text(body: impl Into<clientwright_runtime::Upload>) -> Request<()> {
        Request::new(&TEXT).raw(body, "text/csv")
    }

    static TEXT: Operation = Operation::put("text", "/a");

    #[inline]
    pub fn image(body: Option<(clientwright_runtime::Upload, &str)>) -> Request<()> {
        Request::new(&IMAGE).raw_optional(body)
    }

    static IMAGE: Operation = Operation::post("image", "/a");

    #[inline]
    pub fn one(body: Option<clientwright_runtime::Upload>) -> Request<()> {
        Request::new(&ONE).raw_optional(body.map(|body| (body, "application/pdf")))
    }

    static ONE: Operation = Operation::patch("one", "/a");

    #[inline]
    pub fn any(body: Option<&[String]>) -> Request<()> {
        Request::new(&ANY).json(optional(body.as_ref()))
    }

    static ANY: Operation = Operation::delete("any", "/a");

    #[inline]
    pub fn parts(
        body: impl Into<clientwright_runtime::Upload>,
        content_type: &str,
    ) -> Request<()> {
        Request::new(&PARTS).raw(body, content_type.to_owned())
    }

    static PARTS: Operation = Operation::put("parts", "/b");

    #[inline]
    pub fn json(body: &str) -> Request<()> {
        Request::new(&JSON).json(&body)
    }

    static JSON: Operation = Operation::post("json", "/b");
    "#);
}

/// A body is optional unless `required` is true (OpenAPI 3.1.1, Request Body Object).
#[test]
fn an_optional_multipart_body_with_required_parts_can_be_left_out() {
    let parts = "{type: object, required: [file], properties: {file: {type: string, format: binary}}}";
    let code = |content: &str| {
        let paths = format!(
            "/a: {{post: {{operationId: add, requestBody: {{content: {{{content}}}}}, responses: {{'204': {{description: ''}}}}}}}}"
        );
        endpoints(&paths)
    };
    let both = code(&format!("multipart/form-data: {{schema: {parts}}}"));
    assert!(both.contains("pub fn add(file: impl Into<Part>)"), "{both}");
    assert!(
        both.contains("pub fn add_without_body() -> Request<()> {\n    Request::new(&ADD_WITHOUT_BODY)\n}"),
        "{both}"
    );
    // The body of another function can be left out, or each part.
    for content in [
        format!("multipart/form-data: {{schema: {parts}}}, application/json: {{}}"),
        format!("multipart/form-data: {{schema: {parts}}}, image/png: {{}}"),
        format!("multipart/form-data: {{schema: {}}}", parts.replace("required: [file], ", "")),
    ] {
        let code = code(&content);
        assert!(!code.contains("without_body"), "{code}");
    }
}

#[test]
fn the_query_method_is_supported() {
    insta::assert_snapshot!(endpoints("
        /pets:
          query:
            operationId: searchPets
            requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}
            responses: {'200': {description: '', content: {application/json: {schema: {type: array, items: {type: string}}}}}}
    "), @r#"
    #[inline]
    pub fn search_pets(body: &models::SearchPetsBody) -> Request<Vec<String>> {
        Request::new(&SEARCH_PETS).json(body)
    }

    static SEARCH_PETS: Operation = Operation::query("searchPets", "/pets");
    "#);
}
