//! Equal inline schemas are one type.

use super::{document, emitted, generate, models};

/// A description with an operation for each of some answers, given as schemas in YAML.
fn answers(answers: &[(&str, &str)], schemas: &str) -> String {
    let path = |(name, schema): &(&str, &str)| {
        format!(
            "/{name}: {{get: {{operationId: get-{name}, responses: {{'200': {{description: Fine., content: {{application/json: {{schema: {schema}}}}}}}}}}}}}\n"
        )
    };
    document("3.1.0", &answers.iter().map(path).collect::<String>(), schemas)
}

/// The names of all types, and of what their fields hold.
fn outline(description: &str) -> String {
    let models = models(description);
    let lines = models.lines().map(str::trim);
    let told = lines.filter(|line| line.starts_with("pub ") && !line.contains("extra: Extra"));
    told.map(|line| format!("{line}\n")).collect()
}

const PRICE: &str = "{type: object, properties: {amount: {type: integer}, unit: {enum: [cent, euro]}}}";

#[test]
fn equal_objects_are_called_after_what_their_places_have_in_common() {
    let cat = format!("{{type: object, properties: {{total_price: {PRICE}, name: {{type: string}}}}}}");
    let dog = format!("{{type: array, items: {{type: object, properties: {{price: {PRICE}}}}}}}");
    insta::assert_snapshot!(outline(&answers(&[("cat", &cat), ("dogs", &dog)], "{}")), @"
    pub struct GetCatResponse {
    pub total_price: Option<Price>,
    pub name: Option<String>,
    pub struct GetDogsResponseItem {
    pub price: Option<Price>,
    pub struct Price {
    pub amount: Option<i64>,
    pub unit: Option<PriceUnit>,
    pub enum PriceUnit {
    ");
}

#[test]
fn where_places_have_nothing_in_common_the_first_one_names_the_type() {
    let cat = format!("{{type: object, properties: {{cost: {PRICE}, fee: {PRICE}, price: {PRICE}}}}}");
    insta::assert_snapshot!(outline(&answers(&[("cat", &cat)], "{}")), @"
    pub struct GetCatResponse {
    pub cost: Option<GetCatResponseCost>,
    pub fee: Option<GetCatResponseCost>,
    pub price: Option<GetCatResponseCost>,
    pub struct GetCatResponseCost {
    pub amount: Option<i64>,
    pub unit: Option<GetCatResponseCostUnit>,
    pub enum GetCatResponseCostUnit {
    ");
}

#[test]
fn a_name_that_is_taken_is_left_to_its_owner() {
    let cat = format!("{{type: object, properties: {{price: {PRICE}, price2: {PRICE}}}}}");
    let schemas = "Price: {type: object, properties: {id: {type: integer}}}";
    insta::assert_snapshot!(outline(&answers(&[("cat", &cat)], schemas)), @"
    pub struct GetCatResponse {
    pub price: Option<GetCatResponsePrice>,
    pub price2: Option<GetCatResponsePrice>,
    pub struct GetCatResponsePrice {
    pub amount: Option<i64>,
    pub unit: Option<GetCatResponsePriceUnit>,
    pub enum GetCatResponsePriceUnit {
    pub struct Price {
    pub id: Option<i64>,
    ");
}

#[test]
fn other_descriptions_make_another_type() {
    let described = PRICE.replace("type: integer", "type: integer, description: In full.");
    let cat = format!("{{type: object, properties: {{price: {PRICE}, other_price: {described}}}}}");
    insta::assert_snapshot!(outline(&answers(&[("cat", &cat)], "{}")), @"
    pub struct GetCatResponse {
    pub price: Option<GetCatResponsePrice>,
    pub other_price: Option<GetCatResponseOtherPrice>,
    pub struct GetCatResponsePrice {
    pub amount: Option<i64>,
    pub unit: Option<GetCatResponsePriceUnit>,
    pub struct GetCatResponseOtherPrice {
    pub amount: Option<i64>,
    pub unit: Option<GetCatResponseOtherPriceUnit>,
    pub enum GetCatResponsePriceUnit {
    pub enum GetCatResponseOtherPriceUnit {
    ");
}

#[test]
fn components_and_lists_of_words_and_lone_properties_are_never_shared() {
    let state = "{enum: [on, off]}";
    let lone = "{type: object, properties: {id: {type: integer}}}";
    let cat = format!("{{type: object, properties: {{state: {state}, tail: {lone}, whole: {PRICE}}}}}");
    let dog = format!("{{type: object, properties: {{state: {state}, tail: {lone}}}}}");
    let schemas = format!("Cost: {PRICE}\nFee: {PRICE}");
    insta::assert_snapshot!(outline(&answers(&[("cat", &cat), ("dog", &dog)], &schemas)), @"
    pub struct Cost {
    pub amount: Option<i64>,
    pub unit: Option<CostUnit>,
    pub enum CostUnit {
    pub struct Fee {
    pub amount: Option<i64>,
    pub unit: Option<FeeUnit>,
    pub enum FeeUnit {
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
    pub enum GetCatResponseWholeUnit {
    pub struct GetDogResponse {
    pub state: Option<GetDogResponseState>,
    pub tail: Option<GetDogResponseTail>,
    pub enum GetDogResponseState {
    pub struct GetDogResponseTail {
    pub id: Option<i64>,
    ");
}

#[test]
fn what_is_sent_and_what_is_answered_are_two_types() {
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
    pub enum PutPetBodyUnit {
    pub enum PutPetResponseUnit {
    ");
}

#[test]
fn equal_choices_are_shared_and_the_docs_tell() {
    let choice = "{oneOf: [{type: object, properties: {cash: {type: integer}}}, {type: string}]}";
    let cat = format!("{{type: object, properties: {{payment: {choice}, old_payment: {choice}}}}}");
    insta::assert_snapshot!(emitted("models/payment", &generate(&answers(&[("cat", &cat)], "{}")), true), @r#"
    /// `payment` of the description.
    ///
    /// Source: `#/paths/~1cat/get/responses/200/content/application~1json/schema/properties/payment`, and the same at another place
    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub enum Payment {
        /// `PaymentVariant1`
        Variant1(PaymentVariant1),
        /// `String`
        String(String),
        /// Anything else, kept as it came.
        Unknown(Value),
    }

    clientwright_runtime::union! {
        Payment,
        Variant1(PaymentVariant1),
        String(String),
    }

    /// `0` of the description.
    ///
    /// Source: `#/paths/~1cat/get/responses/200/content/application~1json/schema/properties/payment/oneOf/0`
    #[derive(Clone, Default)]
    #[non_exhaustive]
    pub struct PaymentVariant1 {
        /// The field `cash`.
        pub cash: Option<i64>,
        /// What the server sent beyond the fields above.
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        PaymentVariant1: open,
        0 "cash" => cash,
    }
    "#);
}
