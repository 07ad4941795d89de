//! Doc comments: their content, and that text of a description is safe in them.

use super::{document, emitted, generate};

/// Returns the doc comment of a type with the given description.
fn prose(text: &str) -> String {
    let description = serde_json::to_string(text).unwrap();
    let schemas = format!("Pet: {{description: {description}, type: integer}}");
    documented("{}", &schemas)
}

fn documented(paths: &str, schemas: &str) -> String {
    emitted("", &generate(&document("3.1.0", paths, schemas)), true)
}

#[test]
fn types_and_fields_are_documented() {
    insta::assert_snapshot!(documented("{}", "
        Pet:
          title: A pet.
          type: object
          properties:
            name: {description: What it is called., type: string, default: Rex}
            old: {type: string, deprecated: true}
            kind: {type: string, enum: [cat, ''], default: cat}
            'odd`name': {type: integer}
        Silent: {type: integer}
    "), @r#"
    /// A pet.
    ///
    /// Source: `#/components/schemas/Pet`
    #[derive(Clone)]
    #[non_exhaustive]
    pub struct Pet {
        /// What it is called.
        ///
        /// Default: `"Rex"`.
        pub name: Option<String>,
        /// The property `old`.
        ///
        /// Deprecated.
        pub old: Option<String>,
        /// The property `kind`.
        ///
        /// Default: `"cat"`.
        pub kind: Option<PetKind>,
        /// The property `odd'name`.
        pub odd_name: Option<i64>,
        /// Undeclared properties that the server sent.
        pub extra: Extra,
    }

    clientwright_runtime::model! {
        Pet: open default,
        0 "name" => name,
        1 "old" => old,
        2 "kind" => kind,
        3 "odd`name" => odd_name,
    }

    /// The type of the property `kind`.
    ///
    /// Source: `#/components/schemas/Pet/properties/kind`
    #[derive(Clone)]
    #[non_exhaustive]
    pub enum PetKind {
        /// `cat`
        Cat,
        /// The empty string.
        Empty,
        /// A value that the description doesn't list.
        Unknown(UnknownValue),
    }

    clientwright_runtime::open_enum! {
        PetKind,
        "cat" => Cat,
        "" => Empty,
    }

    /// The schema `Silent`.
    ///
    /// Source: `#/components/schemas/Silent`
    pub type Silent = i64;
    "#);
}

#[test]
fn operations_are_documented() {
    insta::assert_snapshot!(documented("
        /pets/{id}:
          get:
            operationId: showPet
            summary: Shows a pet
            description: With its toys.
            deprecated: true
            x-allowed-for: [agents, admins]
            x-rate-limit: {bucket: pets, requests: 10, seconds: 60}
            x-parameter-rules: {at-most-one-of: [[a, b]]}
            parameters:
              - {name: id, in: path, required: true, description: Which pet., schema: {type: integer}}
              - {name: a, in: query, description: Only those., schema: {type: string}}
              - {name: b, in: query, deprecated: true, schema: {type: string}}
            responses: {'204': {description: Done.}}
    ", "{}"), @r#"
    /// Shows a pet.
    ///
    /// With its toys.
    ///
    /// `GET /pets/{id}`; allowed for agents and admins.
    /// Rate limit: 10 requests in 60 seconds (bucket `pets`).
    ///
    /// Accepts at most one of `a` and `b`.
    ///
    /// # Arguments
    ///
    /// - `id`: Which pet.
    ///
    /// # Responses
    ///
    /// - `204`: Done.
    ///
    /// Source: `#/paths/~1pets~1{id}/get`
    #[deprecated]
    #[inline]
    pub fn show_pet(id: i64) -> ShowPet {
        ShowPet(Request::new(&SHOW_PET).path("id", &id))
    }

    /// A builder for a request of [`show_pet`](show_pet()), with its optional parameters.
    #[derive(Clone)]
    #[must_use = "a request does nothing until it is sent"]
    pub struct ShowPet(Request<()>);

    impl ShowPet {
        /// Only those.
        #[inline]
        pub fn a(self, a: &str) -> Self {
            Self(self.0.query("a", &a))
        }

        /// Sets the parameter `b`.
        #[deprecated]
        #[inline]
        pub fn b(self, b: &str) -> Self {
            Self(self.0.query("b", &b))
        }
    }

    clientwright_runtime::request_builder!(ShowPet -> ());

    static SHOW_PET: Operation =
        Operation::get("showPet", "/pets/{id}")
            .at_most_one_of(&[&["a", "b"]])
            .limited(RateLimit::new("pets", 10, 60));
    "#);
}

#[test]
fn links_and_html_are_escaped() {
    insta::assert_snapshot!(prose("See [Paging](#paging), <b>bold</b>, Vec<T>, `[a]<b>`, a ` alone, https://example.com/a?b=[c]. And\u{202e}\u{200b}\u{7} hidden signs \\ backslash */ end."), @r"
    /// See \[Paging\](#paging), \<b>bold\</b>, Vec\<T>, `[a]<b>`, a \` alone,
    /// <https://example.com/a?b=[c>\]. And hidden signs \\ backslash */ end.
    ///
    /// Source: `#/components/schemas/Pet`
    pub type Pet = i64;
    ");
}

#[test]
fn a_code_block_is_not_a_doctest() {
    insta::assert_snapshot!(prose("Example:\n\n    curl -u x\n\n    more\n\nText.\n\n```\nlet x = 1;\n```\n\n~~~rust\nlet y;\n~~~\n\n# Heading\n\n    after a heading"), @"
    /// Example:
    ///
    /// ```text
    /// curl -u x
    ///
    /// more
    /// ```
    ///
    /// Text.
    ///
    /// ```text
    /// let x = 1;
    /// ```
    ///
    /// ~~~text
    /// let y;
    /// ~~~
    ///
    /// # Heading
    ///
    /// ```text
    /// after a heading
    /// ```
    ///
    /// Source: `#/components/schemas/Pet`
    pub type Pet = i64;
    ");
}

#[test]
fn code_in_lists_and_quotes_is_not_a_doctest() {
    insta::assert_snapshot!(prose("- item\n\n      let deep = 1;\n\n1. one\n\n    ```json\n    {\"a\": {\n      \"b\": 1}}\n    ```\n\n    still one\n\n-     spaced\n\n> ```\n> let quoted;\n> ```\n>     let far;\n\n- ~~~\n  let tilde;"), @r#"
    /// - item
    ///
    ///      let deep = 1;
    ///
    /// 1. one
    ///
    ///    ```text
    ///    {"a": {
    ///      "b": 1}}
    ///    ```
    ///
    ///     still one
    ///
    /// - spaced
    ///
    /// > \`\`\`
    /// > let quoted;
    /// > \`\`\`
    /// > let far;
    ///
    /// - \~~~
    ///   let tilde;
    ///
    /// Source: `#/components/schemas/Pet`
    pub type Pet = i64;
    "#);
}

#[test]
fn an_unterminated_code_block_is_closed() {
    insta::assert_snapshot!(prose("```js\nlet x = `y`;\n```not the end\n"), @"
    /// ```text
    /// let x = `y`;
    /// ```not the end
    /// ```
    ///
    /// Source: `#/components/schemas/Pet`
    pub type Pet = i64;
    ");
}

#[test]
fn wrapped_lines_start_no_list_or_heading() {
    let words = "word ".repeat(19);
    insta::assert_snapshot!(prose(&format!("{words}- no list {words}# no heading {words}1. no number {words}~~~ no code")), @"
    /// word word word word word word word word word word word word word word word word word word word -
    /// no list word word word word word word word word word word word word word word word word word
    /// word word # no heading word word word word word word word word word word word word word word
    /// word word word word word 1. no number word word word word word word word word word word word
    /// word word word word word word word word ~~~ no code
    ///
    /// Source: `#/components/schemas/Pet`
    pub type Pet = i64;
    ");
}

#[test]
fn lists_tables_and_paragraphs_are_kept() {
    insta::assert_snapshot!(prose("One\ntwo.\n\n\n\n* a\n* b\n  * c\n    more of c\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\nEnd."), @"
    /// One two.
    ///
    /// * a
    /// * b
    ///   * c
    ///     more of c
    ///
    /// | x | y |
    /// |---|---|
    /// | 1 | 2 |
    ///
    /// End.
    ///
    /// Source: `#/components/schemas/Pet`
    pub type Pet = i64;
    ");
}

/// Branches that only limit the value beside them are no variants: its docs say what they demand.
#[test]
fn limits_in_branches_are_documented() {
    let code = documented("{}", "
        Pick: {type: object, properties: {a: {type: string}, b: {type: string}, c: {type: string}}, oneOf: [{required: [a]}, {required: [b, c]}]}
        One: {type: object, properties: {a: {type: string}}, anyOf: [{required: [a]}]}
        Limited:
          type: object
          properties:
            branches: {type: string, anyOf: [{maxLength: 3}, {pattern: x}]}
            members: {type: string, allOf: [{maxLength: 3}, {minLength: 1}]}
            union: {oneOf: [{type: string, maxLength: 2}, {type: integer, maximum: 3}]}
            named: {type: array, items: {type: string, enum: [a, b], minLength: 1}}
            items: {type: array, items: {type: string, minLength: 1}}
            values: {type: object, additionalProperties: {type: integer, minimum: 1}}
            short: {type: string, maxLength: 9, allOf: [{$ref: '#/components/schemas/Short'}]}
        Short: {type: string, minLength: 2}
    ");
    let is_said = |line: &&str| {
        let is_silent =
            ["Source: ", "The ", "Undeclared ", "An inline"].iter().any(|word| line.contains(word));
        line.starts_with("pub ") && !line.contains("extra") || line.starts_with("/// ") && !is_silent
    };
    let lines: Vec<_> = code.lines().map(str::trim).filter(is_said).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    pub struct Limited {
    /// In one case: At most 3 characters. In one case: Matches `x`.
    pub branches: Option<String>,
    /// 1 to 3 characters.
    pub members: Option<String>,
    pub union: Option<LimitedUnion>,
    pub named: Option<Vec<LimitedNamedItem>>,
    /// Each item: At least 1 character.
    pub items: Option<Vec<String>>,
    /// Each additional property: At least `1`.
    pub values: Option<BTreeMap<String, i64>>,
    /// At most 9 characters.
    pub short: Option<Short>,
    pub enum LimitedUnion {
    /// `String`
    /// At most 2 characters.
    /// `i64`
    /// At most `3`.
    /// Any other value, as the server sent it.
    /// At least 1 character.
    pub enum LimitedNamedItem {
    /// `a`
    /// `b`
    /// A value that the description doesn't list.
    pub struct One {
    pub a: String,
    /// Requires either `a`, or `b` and `c`.
    pub struct Pick {
    pub a: Option<String>,
    pub b: Option<String>,
    pub c: Option<String>,
    /// At least 2 characters.
    pub type Short = String;
    ");
}
