//! The forms of error responses that servers and frameworks send, and what users read.

use crate::ApiError;

/// A status code, the body of a response, and the text behind "the server responded with".
type Shape = (u16, &'static str, &'static str);

#[rustfmt::skip]
const SHAPES: &[Shape] = &[
    // RFC 9457
    (403, r#"{"type":"https://example.com/probs/out-of-credit","title":"You do not have enough credit.","detail":"Your balance is 30, but that costs 50.","instance":"/account/12345/msgs/abc","balance":30}"#, "403: You do not have enough credit: Your balance is 30, but that costs 50."),
    (422, r#"{"type":"about:blank","title":"Unprocessable Content","detail":"age is negative"}"#, "422: Unprocessable Content: age is negative"),
    (404, r#"{"type":"about:blank","title":"Not Found","status":404}"#, "404 Not Found (check the ID and the base URL)"),
    (422, r##"{"title":"Your request is not valid.","errors":[{"detail":"must be a positive integer","pointer":"#/age"}]}"##, "422: Your request is not valid: #/age: must be a positive integer"),
    (400, r#"{"title":"Bad Request","invalid-params":[{"name":"age","reason":"must be a positive integer"}]}"#, "400: age: must be a positive integer"),
    // FastAPI, Starlette
    (404, r#"{"detail":"Item not found"}"#, "404: Item not found"),
    (409, r#"{"detail":"name is taken"}"#, "409: name is taken"),
    (422, r#"{"detail":[{"loc":["body","price"],"msg":"Input should be a valid number","type":"float_parsing","input":"x"}]}"#, "422: body.price: Input should be a valid number"),
    (422, r#"{"detail":[{"loc":["query","ids",0],"msg":"Field required","type":"missing"},{"loc":["body"],"msg":"Field required","type":"missing"}]}"#, "422: query.ids.0: Field required; body: Field required"),
    (400, r#"{"detail":{"code":"limit_reached","message":"No more items"}}"#, "400: limit_reached: No more items"),
    (422, r#"{"exception_message":"Invalid request received.","exception_detail":[{"loc":["body","name"],"msg":"Field required","type":"missing"}],"request_body":{"secret":"s3cret value"}}"#, "422: Invalid request received: body.name: Field required"),
    (500, r#"{"exception_message":"Internal Server Error"}"#, "500 Internal Server Error (the server failed: try again later)"),
    // Django REST framework
    (400, r#"{"address":{"city":["Not a valid string."]},"name":["This field is required."]}"#, "400: address.city: Not a valid string; name: This field is required."),
    (400, r#"{"non_field_errors":["The two passwords do not match."]}"#, "400: The two passwords do not match."),
    (403, r#"{"detail":"CSRF Failed: token missing"}"#, "403: CSRF Failed: token missing"),
    (400, r#"{"profile":{"age":["A valid integer is required."]}}"#, "400: profile.age: A valid integer is required."),
    (400, r#"{"user":{"profile":{"name":["This field is required."]}}}"#, "400: user.profile.name: This field is required."),
    (400, r#"{"age":["This field is required."],"non_field_errors":["Unable to log in."]}"#, "400: age: This field is required; Unable to log in."),
    (400, r#"{"age":["required"]}"#, "400: age: required"),
    (400, r#"{"profile":{"age":["required"],"name":["blank","short"]}}"#, "400: profile.age: required; profile.name: blank; profile.name: short"),
    (400, r#"{"error":{"age":["required"]}}"#, "400: age: required"),
    // Spring
    (400, r#"{"timestamp":"2024-01-01T00:00:00Z","status":400,"error":"Bad Request","message":"Validation failed for object='user'","path":"/users","errors":[{"field":"email","defaultMessage":"must be an email address","objectName":"user","code":"Email"}]}"#, "400: Validation failed for object='user': email: must be an email address"),
    (404, r#"{"timestamp":"2024-01-01T00:00:00Z","status":404,"error":"Not Found","message":"No such user","path":"/users/5"}"#, "404: No such user"),
    (404, r#"{"timestamp":"2024-01-01T00:00:00Z","status":404,"error":"Not Found","path":"/users/5"}"#, "404 Not Found (check the ID and the base URL)"),
    // ASP.NET
    (400, r#"{"type":"https://tools.ietf.org/html/rfc9110","title":"One or more validation errors occurred.","status":400,"traceId":"00-5","errors":{"Age":["Age is not valid."],"Name":["The Name field is required."]}}"#, "400: One or more validation errors occurred: Age: Age is not valid; Name: The Name field is required."),
    // Rails
    (422, r#"{"errors":{"base":["is locked"],"name":["can't be blank"]}}"#, "422: is locked; name: can't be blank"),
    (422, r#"{"errors":["Name can't be blank","Age is not a number"]}"#, "422: Name can't be blank; Age is not a number"),
    (422, r#"{"name":["can't be blank"]}"#, "422: name: can't be blank"),
    (404, r#"{"status":404,"error":"Not Found"}"#, "404 Not Found (check the ID and the base URL)"),
    // Laravel
    (422, r#"{"message":"The email field is required.","errors":{"email":["The email field is required."]}}"#, "422: email: The email field is required."),
    (422, r#"{"message":"The given data was invalid.","errors":{"email":["The email is taken."]}}"#, "422: The given data was invalid: email: The email is taken."),
    // JSON:API
    (422, r#"{"errors":[{"status":"422","source":{"pointer":"/data/attributes/first"},"title":"Invalid Attribute","detail":"First name is too short."}]}"#, "422: /data/attributes/first: First name is too short."),
    (400, r#"{"errors":[{"code":"226","source":{"parameter":"include"},"title":"Invalid Query Parameter"}]}"#, "400: 226: include: Invalid Query Parameter"),
    // Google
    (403, r#"{"error":{"code":403,"message":"The caller does not have permission","status":"PERMISSION_DENIED"}}"#, "403: PERMISSION_DENIED: The caller does not have permission"),
    (400, r#"{"error":{"code":400,"message":"Invalid value","status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.BadRequest","fieldViolations":[{"field":"parent","description":"is empty"}]}]}}"#, "400: INVALID_ARGUMENT: Invalid value: parent: is empty"),
    // AWS
    (400, r#"{"__type":"com.amazon.coral.validate#ValidationException","message":"1 error detected"}"#, "400: ValidationException: 1 error detected"),
    (400, r#"{"__type":"ResourceNotFoundException","Message":"no such table"}"#, "400: ResourceNotFoundException: no such table"),
    (404, "<?xml version=\"1.0\"?>\n<Error><Code>NoSuchKey</Code><Message>The key does not exist.</Message><Key>a</Key></Error>", "404: NoSuchKey: The key does not exist."),
    // Stripe
    (402, r#"{"error":{"type":"card_error","code":"card_declined","message":"Your card was declined.","param":"source"}}"#, "402: card_declined: source: Your card was declined."),
    (400, r#"{"error":{"type":"invalid_request_error","message":"No such price: 'p_1'","param":"items[0][price]"}}"#, "400: invalid_request_error: items[0][price]: No such price: 'p_1'"),
    (400, r#"{"code":"invalid","message":"must be positive","field":["body","age"]}"#, "400: invalid: body.age: must be positive"),
    (400, r#"{"message":"age must be positive","field":"age"}"#, "400: age: age must be positive"),
    // GitHub
    (422, r#"{"message":"Validation Failed","errors":[{"resource":"Issue","field":"title","code":"missing_field"}],"documentation_url":"https://docs.example.com/rest"}"#, "422: Validation Failed: title: missing_field"),
    (404, r#"{"message":"Not Found","documentation_url":"https://docs.example.com/rest"}"#, "404 Not Found (check the ID and the base URL)"),
    // Twilio
    (404, r#"{"code":20404,"message":"The requested resource was not found","more_info":"https://www.example.com/20404","status":404}"#, "404: 20404: The requested resource was not found"),
    // OAuth
    (401, r#"{"error":"invalid_client","error_description":"Client authentication failed"}"#, "401: invalid_client: Client authentication failed (check the credentials)"),
    // OpenAI, Anthropic
    (401, r#"{"error":{"message":"Incorrect key","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#, "401: invalid_api_key: Incorrect key (check the credentials)"),
    (404, r#"{"type":"error","error":{"type":"not_found_error","message":"model: x"}}"#, "404: not_found_error: model: x"),
    // Elasticsearch, CouchDB
    (404, r#"{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index"}],"type":"index_not_found_exception","reason":"no such index [a]"},"status":404}"#, "404: index_not_found_exception: no such index [a]"),
    (404, r#"{"error":"not_found","reason":"missing"}"#, "404: not_found: missing"),
    // Kubernetes
    (404, r#"{"kind":"Status","status":"Failure","message":"pods \"x\" not found","reason":"NotFound","details":{"name":"x","kind":"pods"},"code":404}"#, "404: NotFound: pods \"x\" not found"),
    // OpenStack
    (404, r#"{"itemNotFound":{"message":"Flavor 5 could not be found.","code":404}}"#, "404: Flavor 5 could not be found."),
    // Jira, Salesforce, Shopify, Slack, NestJS, GraphQL, OData, Discord, PayPal, express-validator
    (400, r#"{"errorMessages":["The issue is closed."],"errors":{"summary":"You must specify a summary."}}"#, "400: summary: You must specify a summary; The issue is closed."),
    (400, r#"[{"message":"Required fields are missing: [Name]","errorCode":"REQUIRED_FIELD_MISSING","fields":["Name"]}]"#, "400: REQUIRED_FIELD_MISSING: Required fields are missing: [Name]"),
    (401, r#"{"errors":"[API] Invalid API key"}"#, "401: [API] Invalid API key (check the credentials)"),
    (400, r#"{"ok":false,"error":"channel_not_found"}"#, "400: channel_not_found"),
    (400, r#"{"statusCode":400,"message":["name must be a string","age must be a number"],"error":"Bad Request"}"#, "400: name must be a string; age must be a number"),
    (400, r#"{"errors":[{"message":"Cannot query field","locations":[{"line":1,"column":2}],"path":["user","nam"]}]}"#, "400: user.nam: Cannot query field"),
    (400, r#"{"error":{"code":"BadRequest","message":{"lang":"en","value":"Invalid filter clause"}}}"#, "400: BadRequest: Invalid filter clause"),
    (400, r#"{"code":50035,"message":"Invalid Form Body","errors":{"name":{"_errors":[{"code":"BASE_TYPE_REQUIRED","message":"This field is required"}]}}}"#, "400: 50035: Invalid Form Body: name: This field is required"),
    (400, r#"{"name":"INVALID_REQUEST","message":"The request is malformed","details":[{"field":"/amount","issue":"MISSING","description":"An amount is required"}]}"#, "400: INVALID_REQUEST: The request is malformed: /amount: An amount is required"),
    (400, r#"{"errors":[{"type":"field","msg":"Invalid value","path":"email","location":"body"}]}"#, "400: email: Invalid value"),
    // Strings of other keys; content without strings
    (400, r#"{"err":7,"explanation":"The widget is gone","trace":"at line 5"}"#, "400: The widget is gone"),
    (400, r#"{"error":"gone_widget","explanation":"The widget is gone"}"#, "400: gone_widget: The widget is gone"),
    (400, r#"{"errors":"text"}"#, "400: text"),
    (400, r#"{"widget":{"gone":true}}"#, r#"400: {"widget":{"gone":true}}"#),
    (400, r#""The widget is gone""#, "400: The widget is gone"),
    (400, "\u{feff}{\"message\":\"no widget\"}", "400: no widget"),
    // Plain text and pages
    (422, "Too recent start_time.\n", "422: Too recent start_time."),
    (400, "first line\nsecond\u{1b}[31m line", "400: first line second [31m line"),
    (502, "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center>x</center></body></html>", "502 Bad Gateway (the server failed: try again later)"),
    (404, "<!DOCTYPE html><html><head><style>p {}</style><title lang=en>\n Page &amp; more\n missing </title></head></html>", "404: Page & more missing"),
    (403, "<h1>Access denied</h1>", "403: Access denied"),
    (400, "<p>No <b>widget</b><script>alert('x')</script></p>", "400: No widget"),
    (400, "", "400 Bad Request"),
    (400, "{}", "400 Bad Request"),
    (400, "null", "400 Bad Request"),
];

#[test]
fn an_error_shows_the_words_of_the_server() {
    let mut wrong = Vec::new();
    for (status, body, expected) in SHAPES {
        let shown = ApiError::new(*status, [], body.as_bytes()).to_string();
        let shown = shown.trim_start_matches("the server responded with ");
        if shown != *expected {
            wrong.push(format!("{body}\n  expected {expected}\n  but      {shown}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn many_errors_are_shortened() {
    let errors: Vec<_> = (0..40).map(|number| format!("field {number} is {}", "long ".repeat(100))).collect();
    let error = ApiError::new(422, [], serde_json::json!({ "errors": errors }).to_string().as_bytes());
    let shown = error.to_string();
    assert!(shown.contains("field 4 is") && shown.ends_with("; and 35 more"), "{shown}");
    assert!(shown.len() < 1500 && error.errors().len() == 40);
}
