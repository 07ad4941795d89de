//! Equal inline schemas share one type.

use super::{document, emitted, generate, models};

/// Returns a description with an operation for each response schema.
fn responses(responses: &[(&str, &str)], schemas: &str) -> String {
    let path = |(name, schema): &(&str, &str)| {
        format!(
            "/{name}: {{get: {{operationId: get-{name}, responses: {{'200': {{description: Fine., content: {{application/json: {{schema: {schema}}}}}}}}}}}}}\n"
        )
    };
    document("3.1.0", &responses.iter().map(path).collect::<String>(), schemas)
}

/// Returns the declarations of all types and fields.
fn outline(description: &str) -> String {
    let models = models(description);
    let lines = models.lines().map(str::trim);
    let declarations = lines.filter(|line| line.starts_with("pub ") && !line.contains("extra: Extra"));
    declarations.map(|line| format!("{line}\n")).collect()
}

const PRICE: &str = "{type: object, properties: {amount: {type: integer}, unit: {enum: [cent, euro]}}}";

#[test]
fn equal_objects_are_named_after_the_common_part_of_their_paths() {
    let cat = format!("{{type: object, properties: {{total_price: {PRICE}, name: {{type: string}}}}}}");
    let dog = format!("{{type: array, items: {{type: object, properties: {{price: {PRICE}}}}}}}");
    insta::assert_snapshot!(outline(&responses(&[("cat", &cat), ("dogs", &dog)], "{}")), @"
    pub struct GetCatResponse {
    pub total_price: Option<GetCatResponseTotalPrice>,
    pub name: Option<String>,
    pub type GetCatResponseTotalPrice = Price;
    pub type GetCatResponseTotalPriceUnit = PriceUnit;
    pub struct GetDogsResponseItem {
    pub price: Option<GetDogsResponseItemPrice>,
    pub type GetDogsResponseItemPrice = Price;
    pub type GetDogsResponseItemPriceUnit = PriceUnit;
    pub struct Price {
    pub amount: Option<i64>,
    pub unit: Option<PriceUnit>,
    pub enum PriceUnit {
    ");
}

#[test]
fn without_a_common_part_the_properties_or_the_first_location_name_the_type() {
    let cat = |price: &str| {
        let schema = format!("{{type: object, properties: {{cost: {price}, fee: {price}, price: {price}}}}}");
        outline(&responses(&[("cat", &schema)], "{}"))
    };
    insta::assert_snapshot!(cat(PRICE), @"
    pub struct AmountAndUnit {
    pub amount: Option<i64>,
    pub unit: Option<AmountAndUnitUnit>,
    pub enum AmountAndUnitUnit {
    pub struct GetCatResponse {
    pub cost: Option<GetCatResponseCost>,
    pub fee: Option<GetCatResponseFee>,
    pub price: Option<GetCatResponsePrice>,
    pub type GetCatResponseCost = AmountAndUnit;
    pub type GetCatResponseFee = AmountAndUnit;
    pub type GetCatResponsePrice = AmountAndUnit;
    pub type GetCatResponseCostUnit = AmountAndUnitUnit;
    pub type GetCatResponseFeeUnit = AmountAndUnitUnit;
    pub type GetCatResponsePriceUnit = AmountAndUnitUnit;
    ");
    insta::assert_snapshot!(cat("{type: object, properties: {a: {}, b: {}, c: {enum: [d, e]}}}"), @"
    pub struct GetCatResponse {
    pub cost: Option<GetCatResponseCost>,
    pub fee: Option<GetCatResponseFee>,
    pub price: Option<GetCatResponsePrice>,
    pub struct GetCatResponseCost {
    pub a: Option<Value>,
    pub b: Option<Value>,
    pub c: Option<GetCatResponseCostC>,
    pub type GetCatResponseFee = GetCatResponseCost;
    pub type GetCatResponsePrice = GetCatResponseCost;
    pub enum GetCatResponseCostC {
    pub type GetCatResponseFeeC = GetCatResponseCostC;
    pub type GetCatResponsePriceC = GetCatResponseCostC;
    ");
}

#[test]
fn a_shared_type_does_not_take_the_name_of_a_component() {
    let cat = format!("{{type: object, properties: {{price: {PRICE}, price2: {PRICE}}}}}");
    let schemas = "Price: {type: object, properties: {id: {type: integer}}}";
    insta::assert_snapshot!(outline(&responses(&[("cat", &cat)], schemas)), @"
    pub struct AmountAndUnit {
    pub amount: Option<i64>,
    pub unit: Option<AmountAndUnitUnit>,
    pub enum AmountAndUnitUnit {
    pub struct GetCatResponse {
    pub price: Option<GetCatResponsePrice>,
    pub price2: Option<GetCatResponsePrice2>,
    pub type GetCatResponsePrice = AmountAndUnit;
    pub type GetCatResponsePrice2 = AmountAndUnit;
    pub type GetCatResponsePriceUnit = AmountAndUnitUnit;
    pub type GetCatResponsePrice2Unit = AmountAndUnitUnit;
    pub struct Price {
    pub id: Option<i64>,
    ");
}

#[test]
fn different_descriptions_make_different_types() {
    let described = PRICE.replace("type: integer", "type: integer, description: In full.");
    let cat = format!("{{type: object, properties: {{price: {PRICE}, other_price: {described}}}}}");
    insta::assert_snapshot!(outline(&responses(&[("cat", &cat)], "{}")), @"
    pub struct GetCatResponse {
    pub price: Option<GetCatResponsePrice>,
    pub other_price: Option<GetCatResponseOtherPrice>,
    pub struct GetCatResponsePrice {
    pub amount: Option<i64>,
    pub unit: Option<GetCatResponsePriceUnit>,
    pub struct GetCatResponseOtherPrice {
    pub amount: Option<i64>,
    pub unit: Option<GetCatResponseOtherPriceUnit>,
    pub type GetCatResponsePriceUnit = PriceUnit;
    pub type GetCatResponseOtherPriceUnit = PriceUnit;
    pub enum PriceUnit {
    ");
}

#[test]
fn equal_lists_of_values_are_aliases_of_one_enum() {
    let state = "{description: Of the cat., enum: [on, off]}";
    let access = "{enum: [read, write]}";
    let cat =
        format!("{{type: object, properties: {{state: {state}, tail: {access}, only: {{enum: [a]}}}}}}");
    let dog = format!(
        "{{type: object, properties: {{state: {{enum: [on, off]}}, paw: {access}, only: {{enum: [a]}}}}}}"
    );
    let schemas = "Bird: {type: object, properties: {state: {enum: [on, off], x-rust-name: Perch}, wing: {enum: [b, c, d, e]}}}\nFly: {type: object, properties: {eye: {enum: [b, c, d, e]}}}";
    insta::assert_snapshot!(outline(&responses(&[("cat", &cat), ("dog", &dog)], schemas)), @"
    pub struct Bird {
    pub state: Option<Perch>,
    pub wing: Option<BirdWing>,
    pub enum Perch {
    pub enum BirdWing {
    pub struct Fly {
    pub eye: Option<FlyEye>,
    pub enum FlyEye {
    pub struct GetCatResponse {
    pub state: Option<GetCatResponseState>,
    pub tail: Option<GetCatResponseTail>,
    pub only: Option<GetCatResponseOnly>,
    pub type GetCatResponseState = State;
    pub type GetCatResponseTail = ReadOrWrite;
    pub enum GetCatResponseOnly {
    pub struct GetDogResponse {
    pub state: Option<GetDogResponseState>,
    pub paw: Option<GetDogResponsePaw>,
    pub only: Option<GetDogResponseOnly>,
    pub type GetDogResponseState = State;
    pub type GetDogResponsePaw = ReadOrWrite;
    pub enum GetDogResponseOnly {
    pub enum ReadOrWrite {
    pub enum State {
    ");
}

#[test]
fn a_shared_enum_has_a_name_that_says_what_it_is() {
    for (property, name) in [("state", "State"), ("send", "OnOrOff"), ("kind", "OnOrOff"), ("id", "OnOrOff")]
    {
        let schema = format!("{{type: object, properties: {{{property}: {{enum: [on, off]}}}}}}");
        let code = outline(&responses(
            &[("cat", &schema), ("dog", &schema.replace("object,", "object, title: Dog,"))],
            "{}",
        ));
        assert!(code.contains(&format!("pub enum {name} {{")), "{property}: {code}");
    }
    let union = |other: &str| format!("{{anyOf: [{{enum: [on, off], type: string}}, {{type: {other}}}]}}");
    let code = outline(&responses(&[("cat", &union("integer")), ("dog", &union("boolean"))], "{}"));
    assert!(code.contains("pub enum OnOrOff {") && !code.contains("pub enum Enum {"), "{code}");
}

#[test]
fn a_location_keeps_its_name_when_values_are_added_to_it() {
    let document = |values: &str| {
        let cat = "{type: object, properties: {state: {enum: [on, off]}}}";
        let dog = format!("{{type: object, properties: {{state: {{enum: {values}}}}}}}");
        outline(&responses(&[("cat", cat), ("dog", &dog)], "{}"))
    };
    let (equal, more) = (document("[on, off]"), document("[on, off, away]"));
    let (shared, own) = ("pub type GetDogResponseState = State;", "pub enum GetDogResponseState {");
    assert!(equal.contains(shared) && !equal.contains(own), "{equal}");
    assert!(more.contains(own) && !more.contains(shared), "{more}");
    for document in [equal, more] {
        assert!(document.contains("pub state: Option<GetDogResponseState>,"), "{document}");
    }
}

#[test]
fn components_and_single_property_objects_are_not_shared() {
    let state = "{enum: [on]}";
    let lone = "{type: object, properties: {id: {type: integer}}}";
    let cat = format!("{{type: object, properties: {{state: {state}, tail: {lone}, whole: {PRICE}}}}}");
    let dog = format!("{{type: object, properties: {{state: {state}, tail: {lone}}}}}");
    let schemas = format!("Cost: {PRICE}\nFee: {PRICE}");
    insta::assert_snapshot!(outline(&responses(&[("cat", &cat), ("dog", &dog)], &schemas)), @"
    pub struct Cost {
    pub amount: Option<i64>,
    pub unit: Option<CostUnit>,
    pub type CostUnit = Unit;
    pub struct Fee {
    pub amount: Option<i64>,
    pub unit: Option<FeeUnit>,
    pub type FeeUnit = Unit;
    pub struct GetCatResponse {
    pub state: Option<GetCatResponseState>,
    pub tail: Option<GetCatResponseTail>,
    pub whole: Option<GetCatResponseWhole>,
    pub enum GetCatResponseState {
    pub struct GetCatResponseTail {
    pub id: Option<i64>,
    pub struct GetCatResponseWhole {
    pub amount: Option<i64>,
    pub unit: Option<GetCatResponseWholeUnit>,
    pub type GetCatResponseWholeUnit = Unit;
    pub struct GetDogResponse {
    pub state: Option<GetDogResponseState>,
    pub tail: Option<GetDogResponseTail>,
    pub enum GetDogResponseState {
    pub struct GetDogResponseTail {
    pub id: Option<i64>,
    pub enum Unit {
    ");
}

#[test]
fn body_and_response_schemas_are_two_types() {
    let paths = format!(
        "/pet: {{put: {{operationId: put-pet, requestBody: {{content: {{application/json: {{schema: {PRICE}}}}}}}, responses: {{'200': {{description: Fine., content: {{application/json: {{schema: {PRICE}}}}}}}}}}}}}"
    );
    insta::assert_snapshot!(outline(&document("3.1.0", &paths, "{}")), @"
    pub struct PutPetBody {
    pub amount: Option<i64>,
    pub unit: Option<PutPetBodyUnit>,
    pub struct PutPetResponse {
    pub amount: Option<i64>,
    pub unit: Option<PutPetResponseUnit>,
    pub type PutPetBodyUnit = Unit;
    pub type PutPetResponseUnit = Unit;
    pub enum Unit {
    ");
}

#[test]
fn equal_unions_are_shared_and_documented() {
    let choice = "{oneOf: [{type: object, properties: {cash: {type: integer}}}, {type: string}]}";
    let cat = format!("{{type: object, properties: {{payment: {choice}, old_payment: {choice}}}}}");
    insta::assert_snapshot!(emitted("models/payment", &generate(&responses(&[("cat", &cat)], "{}")), true), @r#"
    /// An inline schema at several locations.
    ///
    /// Source: `#/paths/~1cat/get/responses/200/content/application~1json/schema/properties/payment`, and an equal schema at another location
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Payment {
        /// `PaymentObject`
        Object(PaymentObject),
        /// `String`
        String(String),
        /// Any other value, as the server sent it.
        Unknown(Value),
    }

    clientwright_runtime::union! {
        Payment,
        Object(PaymentObject),
        String(String),
    }

    /// An inline schema at several locations.
    ///
    /// Source: `#/paths/~1cat/get/responses/200/content/application~1json/schema/properties/payment/oneOf/0`, and an equal schema at another location
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct PaymentObject {
        /// The property `cash`.
        pub cash: Option<i64>,
        /// Undeclared properties that the server sent.
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PaymentObject: open default,
        0 "cash" => cash,
    }
    "#);
}

#[test]
fn unions_of_plain_values_are_not_shared() {
    let choice = "{oneOf: [{type: integer}, {type: string}]}";
    let cat = format!("{{type: object, properties: {{payment: {choice}, old_payment: {choice}}}}}");
    insta::assert_snapshot!(outline(&responses(&[("cat", &cat)], "{}")), @"
    pub struct GetCatResponse {
    pub payment: Option<GetCatResponsePayment>,
    pub old_payment: Option<GetCatResponseOldPayment>,
    pub enum GetCatResponsePayment {
    pub enum GetCatResponseOldPayment {
    ");
}

#[test]
fn a_component_keeps_its_name_in_a_shared_type() {
    let owner = "GetCatResponseTotalPriceOwner";
    let price = format!(
        "{{type: object, properties: {{amount: {{type: integer}}, owner: {{$ref: '#/components/schemas/{owner}'}}}}}}"
    );
    let cat = format!("{{type: object, properties: {{total_price: {price}, lower_price: {price}}}}}");
    let schemas = format!("{owner}: {{type: object, properties: {{name: {{type: string}}}}}}");
    insta::assert_snapshot!(outline(&responses(&[("cat", &cat)], &schemas)), @"
    pub struct GetCatResponse {
    pub total_price: Option<GetCatResponseTotalPrice>,
    pub lower_price: Option<GetCatResponseLowerPrice>,
    pub type GetCatResponseTotalPrice = Price;
    pub type GetCatResponseLowerPrice = Price;
    pub struct GetCatResponseTotalPriceOwner {
    pub name: Option<String>,
    pub struct Price {
    pub amount: Option<i64>,
    pub owner: Option<GetCatResponseTotalPriceOwner>,
    ");
}

#[test]
fn a_location_keeps_its_names_when_a_property_is_added_to_it() {
    let document = |dog: &str| {
        let [other, dog] =
            [PRICE, dog].map(|price| format!("{{type: object, properties: {{price: {price}}}}}"));
        outline(&responses(&[("bird", &other), ("cat", &other), ("dog", &dog)], "{}"))
    };
    let (equal, more) =
        (document(PRICE), document(&PRICE.replace("amount:", "tax: {type: integer}, amount:")));
    let (shared, own) = ("pub type GetDogResponsePrice = Price;", "pub struct GetDogResponsePrice {");
    assert!(equal.contains(shared) && !equal.contains(own), "{equal}");
    assert!(more.contains(own) && !more.contains(shared), "{more}");
    for document in [equal, more] {
        assert!(document.contains("pub price: Option<GetDogResponsePrice>,"), "{document}");
        assert!(document.contains("pub type GetBirdResponsePrice = Price;"), "{document}");
    }
}

#[test]
fn a_location_keeps_the_names_of_its_parts_when_types_separate() {
    let document = |dog: &str| {
        let cat = format!("{{type: object, properties: {{price: {PRICE}}}}}");
        let dog = format!("{{type: object, properties: {{price: {dog}}}}}");
        outline(&responses(&[("cat", &cat), ("dog", &dog)], "{}"))
    };
    let more = document(&PRICE.replace("amount:", "tax: {type: integer}, amount:"));
    for document in [document(PRICE), more] {
        for name in ["CatResponsePrice", "DogResponsePrice", "CatResponsePriceUnit", "DogResponsePriceUnit"] {
            let items = ["type", "struct", "enum"].map(|item| format!("pub {item} Get{name} "));
            assert!(items.iter().any(|item| document.contains(item)), "{name}: {document}");
        }
    }
}

#[test]
fn the_parts_of_a_shared_type_are_its_own() {
    let sorted = "{type: object, properties: {a: {}, b: {}, order: {enum: [asc, desc]}}}";
    let cat = format!("{{type: object, properties: {{cost: {sorted}, fee: {sorted}}}}}");
    let schemas = "Sort: {type: object, properties: {order: {enum: [asc, desc]}}}";
    let responses = responses(&[("cat", &cat), ("dog", "{$ref: '#/components/schemas/Sort'}")], schemas);
    insta::assert_snapshot!(outline(&responses), @"
    pub struct GetCatResponse {
    pub cost: Option<GetCatResponseCost>,
    pub fee: Option<GetCatResponseFee>,
    pub struct GetCatResponseCost {
    pub a: Option<Value>,
    pub b: Option<Value>,
    pub order: Option<GetCatResponseCostOrder>,
    pub type GetCatResponseFee = GetCatResponseCost;
    pub type GetCatResponseCostOrder = Order;
    pub type GetCatResponseFeeOrder = GetCatResponseCostOrder;
    pub enum Order {
    pub struct Sort {
    pub order: Option<SortOrder>,
    pub type SortOrder = Order;
    ");
}

#[test]
fn a_part_of_a_component_keeps_its_name_in_types_that_are_composed_of_it() {
    let meta = "{type: object, properties: {x: {type: integer}}}";
    let base = format!("id: {{type: integer}}, meta: {meta}");
    let schemas = format!("Base: {{type: object, properties: {{{base}}}}}");
    let composed =
        "{allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {n: {type: integer}}}]}";
    let inline = format!("{{type: object, properties: {{{base}, n: {{type: integer}}}}}}");
    for described in [
        [("cat", composed), ("dog", composed), ("eel", &inline)],
        [("ant", &inline), ("cat", composed), ("dog", composed)],
    ] {
        let outline = outline(&responses(&described, &schemas));
        let inline = if outline.contains("GetEelResponseMeta") { "Eel" } else { "Ant" };
        for item in ["pub struct BaseMeta {", &format!("pub type Get{inline}ResponseMeta = BaseMeta;")] {
            assert!(outline.contains(item), "{item}: {outline}");
        }
    }
}

#[test]
fn equal_parts_of_two_shared_types_are_two_names() {
    let of = |amount: &str, one: &str, other: &str| {
        let part = PRICE.replace("amount", amount);
        format!("{one}: {part}, {other}: {part}")
    };
    let (price, cost) = (of("amount", "total_price", "full_price"), of("sum", "total_cost", "low_cost"));
    let cat = format!("{{type: object, properties: {{{price}, {cost}}}}}");
    let outline = outline(&responses(&[("cat", &cat)], "{}"));
    assert!(outline.contains("pub unit: Option<PriceUnit>,"), "{outline}");
    assert!(outline.contains("pub unit: Option<CostUnit>,"), "{outline}");
    assert!(outline.contains("pub type PriceUnit = Unit;"), "{outline}");
}

#[test]
fn types_that_differ_in_their_description_only_are_shared() {
    let described = PRICE.replace("{type: object,", "{description: After tax., type: object,");
    let cat = format!("{{type: object, properties: {{price: {PRICE}, other_price: {described}}}}}");
    let output = generate(&responses(&[("cat", &cat)], "{}"));
    let alias = emitted("models/get_cat", &output, true);
    assert!(alias.contains("/// After tax."), "{alias}");
    assert!(alias.contains("pub type GetCatResponseOtherPrice = Price;"), "{alias}");
    let shared = emitted("models/price", &output, true);
    assert!(shared.contains("/// An inline schema at several locations."), "{shared}");
}

#[test]
fn a_shared_type_in_a_cycle_is_boxed() {
    let next =
        "{type: object, properties: {node: {$ref: '#/components/schemas/Node'}, weight: {type: integer}}}";
    let schemas = format!("Node: {{type: object, properties: {{left_edge: {next}, right_edge: {next}}}}}");
    insta::assert_snapshot!(outline(&responses(&[("cat", "{$ref: '#/components/schemas/Node'}")], &schemas)), @"
    pub struct Edge {
    pub node: Option<Box<Node>>,
    pub weight: Option<i64>,
    pub struct Node {
    pub left_edge: Option<Box<NodeLeftEdge>>,
    pub right_edge: Option<Box<NodeRightEdge>>,
    pub type NodeLeftEdge = Edge;
    pub type NodeRightEdge = Edge;
    ");
}

#[test]
fn an_alias_that_would_be_alone_in_a_file_is_in_that_of_the_shared_type() {
    let parameter = "{name: sort, in: query, schema: {enum: [name, age]}}";
    let path = |name: &str| {
        format!(
            "/{name}: {{get: {{operationId: list-{name}, parameters: [{parameter}], responses: {{'200': {{description: Fine.}}}}}}}}\n"
        )
    };
    let output = generate(&document("3.1.0", &(path("cats") + &path("dogs")), "{}"));
    let files: Vec<_> = output.files.iter().filter(|file| file.path.starts_with("models/")).collect();
    assert_eq!(
        files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(),
        ["models/mod.rs", "models/sort.rs"]
    );
    let items = ["pub enum Sort {", "pub type ListCatsSort = Sort;", "pub type ListDogsSort = Sort;"];
    let positions = items.map(|item| files[1].text.find(item).unwrap());
    assert!(positions.is_sorted(), "{}", files[1].text);
}
