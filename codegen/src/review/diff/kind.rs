//! The policy: the kinds of change, the effect of each on users of the crate, and the reason.

use std::fmt;

/// The effect of a change on code that uses the crate, most severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Existing code doesn't compile.
    CompileError,
    /// Existing code compiles, but behaves differently. The compiler reports nothing.
    Silent,
    /// Existing code sends or decodes different data, as the server expects.
    Behavior,
    /// Something was added.
    Addition,
    /// Only docs changed.
    Docs,
}

impl Effect {
    /// All effects, most severe first.
    pub const ALL: [Self; 5] = [Self::CompileError, Self::Silent, Self::Behavior, Self::Addition, Self::Docs];

    /// Returns whether users have to check their code.
    #[must_use]
    pub fn is_breaking(self) -> bool {
        matches!(self, Self::CompileError | Self::Silent)
    }

    /// Returns `breaking` or `compatible`.
    #[must_use]
    pub fn verdict(self) -> &'static str {
        if self.is_breaking() { "breaking" } else { "compatible" }
    }

    /// Returns the part of the version that must be incremented.
    #[must_use]
    pub fn bump(self) -> Bump {
        match self {
            Self::CompileError | Self::Silent => Bump::Major,
            Self::Behavior | Self::Addition => Bump::Minor,
            Self::Docs => Bump::Patch,
        }
    }

    /// Returns the name that JSON and the review page use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CompileError => "compile-error",
            Self::Silent => "silent",
            Self::Behavior => "behavior",
            Self::Addition => "addition",
            Self::Docs => "docs",
        }
    }

    /// Returns a heading for the changes with this effect.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::CompileError => "Breaking: existing code doesn't compile",
            Self::Silent => "Breaking: existing code compiles and behaves differently",
            Self::Behavior => "Compatible: existing code sends or decodes different data",
            Self::Addition => "Compatible: additions",
            Self::Docs => "Compatible: docs only",
        }
    }
}

/// The part of a version that must be incremented, most significant last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// Nothing changed.
    #[default]
    None,
    /// Only docs changed.
    Patch,
    /// All changes are compatible.
    Minor,
    /// A change is breaking.
    Major,
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// Declares the kinds of change: variant, code, effect, phrase, reason.
macro_rules! kinds {
    ($($name:ident $code:literal $effect:ident $phrase:literal $reason:literal)*) => {
        /// A kind of change to the crate's public API or to its behavior.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ChangeKind {
            $(#[doc = $phrase] $name,)*
        }

        impl ChangeKind {
            /// All kinds, in the order of the policy.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Returns the stable name that JSON and the policy use.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Returns the effect on users.
            #[must_use]
            pub fn effect(self) -> Effect {
                match self { $(Self::$name => Effect::$effect,)* }
            }

            /// Returns a clause that describes such a change. It is printed after the subject.
            #[must_use]
            pub fn phrase(self) -> &'static str {
                match self { $(Self::$name => $phrase,)* }
            }

            /// Returns the reason for the effect.
            #[must_use]
            pub fn reason(self) -> &'static str {
                match self { $(Self::$name => $reason,)* }
            }
        }
    };
}

kinds! {
    OperationRemoved "operation-removed" CompileError "the operation was removed" "calls of its function don't compile"
    OperationRenamed "operation-renamed" CompileError "the function was renamed" "calls by the old name don't compile"
    OperationMoved "operation-moved" CompileError "the function moved to another module" "calls by the old path don't compile"
    ModuleRenamed "module-renamed" CompileError "the module was renamed" "the old path and the feature of that name no longer exist"
    ModuleRemoved "module-removed" CompileError "the module was removed" "its path and the feature of that name no longer exist"
    BuilderAdded "builder-added" CompileError "the function returns a builder" "the operation has its first optional parameter: code that names the type `Request<…>` doesn't compile, code that only sends the returned value does"
    BuilderRemoved "builder-removed" CompileError "the function returns a plain request" "the builder's type no longer exists"
    BuilderRenamed "builder-renamed" CompileError "the builder was renamed" "code that names the type doesn't compile"
    ParameterRequiredAdded "required-parameter-added" CompileError "a required parameter was added" "calls lack an argument"
    ParameterRemoved "parameter-removed" CompileError "the parameter was removed" "the argument or setter no longer exists"
    SetterRenamed "setter-renamed" CompileError "the setter was renamed" "calls by the old name don't compile"
    ParameterNowRequired "parameter-now-required" CompileError "the parameter became required" "the setter became an argument"
    ParameterNowOptional "parameter-now-optional" CompileError "the parameter became optional" "the argument became a setter"
    ParameterRetyped "parameter-retyped" CompileError "the parameter's type changed" "values of the old type are rejected"
    ArgumentsReordered "arguments-reordered" CompileError "the order of the arguments changed" "arguments are passed by position"
    BodyAdded "body-added" CompileError "a request body was added" "calls lack an argument"
    BodyRemoved "body-removed" CompileError "the request body was removed" "calls have an extra argument"
    BodyRetyped "body-retyped" CompileError "the type of the request body changed" "values of the old type are rejected"
    BodyNowRequired "body-now-required" CompileError "the request body became required" "the argument is no longer an `Option`"
    BodyNowOptional "body-now-optional" CompileError "the request body became optional" "the argument became an `Option`"
    ResponseRetyped "response-retyped" CompileError "the type of the response changed" "code that reads the response doesn't compile"
    TypeRemoved "type-removed" CompileError "the type was removed" "code that names it doesn't compile"
    TypeRenamed "type-renamed" CompileError "the type was renamed" "code that uses the old name doesn't compile"
    TypeWithoutFeature "type-without-feature" CompileError "a feature no longer includes the type" "code that enables only that feature can't use it"
    TypeKindChanged "type-kind-changed" CompileError "the type became another kind of item" "a struct, an enum and an alias are used differently"
    TypeAliased "type-aliased" CompileError "the type became an alias" "code that imports its variants with `use` doesn't compile; other code does"
    TypeMerged "type-merged" CompileError "the type became the same as another type" "code that implements a trait for both doesn't compile; their names are used as before"
    TypeSeparated "type-separated" CompileError "the type is no longer the same as other types" "values of the others are rejected; its name is used as before"
    TypeSealed "type-sealed" CompileError "the type can no longer be written as a literal" "only responses contain it, so it became `#[non_exhaustive]`"
    AliasRetyped "alias-retyped" CompileError "the alias refers to another type" "values of the old type are rejected"
    ExtraAdded "extra-added" CompileError "the struct has a new field `extra`" "struct literals don't set it"
    ExtraRemoved "extra-removed" CompileError "the struct no longer has a field `extra`" "code that reads or sets it doesn't compile"
    DefaultRemoved "default-removed" CompileError "the type no longer implements `Default`" "code that calls `default` doesn't compile; a model has it without required fields, an enum with one value only"
    ConstructorRemoved "constructor-removed" CompileError "the type no longer has a function `new`" "calls don't compile"
    ConstructorChanged "constructor-changed" CompileError "the function `new` takes other arguments" "calls don't compile"
    RecordRetyped "record-retyped" CompileError "the type of the page's records changed" "`Paged::Record` is another type"
    PageRemoved "page-removed" CompileError "the type is no longer a page" "it doesn't implement `Paged`, which exports need"
    FieldRemoved "field-removed" CompileError "the field was removed" "code that reads or sets it doesn't compile; if the server still sends it, it is in `extra`"
    FieldRenamed "field-renamed" CompileError "the field was renamed" "code that uses the old name doesn't compile"
    FieldRetyped "field-retyped" CompileError "the field's type changed" "code that reads or sets it doesn't compile"
    FieldNowOptional "field-now-optional" CompileError "the field became optional" "it became an `Option`"
    FieldNowRequired "field-now-required" CompileError "the field became required" "it is no longer an `Option`"
    FieldNullDistinct "field-null-distinct" CompileError "null and absence became distinct" "the field became a `Maybe`"
    FieldNullMerged "field-null-merged" CompileError "null and absence are no longer distinct" "the field is no longer a `Maybe`"
    FieldAddedToLiteral "field-added-to-literal" CompileError "a field was added to a type that callers construct" "struct literals don't set it"
    ValueRemoved "value-removed" CompileError "the value was removed" "code that names the variant doesn't compile; the value itself is decoded as unknown"
    ValueRenamed "value-renamed" CompileError "the variant was renamed" "code that uses the old name doesn't compile"
    VariantRemoved "variant-removed" CompileError "the type was removed from the union" "code that names the variant doesn't compile"
    VariantRenamed "variant-renamed" CompileError "the variant was renamed" "code that uses the old name doesn't compile"
    VariantRetyped "variant-retyped" CompileError "the variant contains another type" "code that reads its content doesn't compile"
    ConversionRemoved "conversion-removed" CompileError "the union has no conversion from a type" "code that converts a value of that type doesn't compile"
    WebhookRemoved "webhook-removed" CompileError "the webhook or callback was removed" "code that reads it doesn't compile"
    WebhookRenamed "webhook-renamed" CompileError "the function for the webhook was renamed" "code that uses the old name doesn't compile"
    WebhookRetyped "webhook-retyped" CompileError "the type of the event changed" "code that uses the result doesn't compile"
    SignatureRemoved "signature-removed" CompileError "the scheme of signatures was removed" "code that verifies requests by it doesn't compile"

    ArgumentsSwapped "arguments-swapped" Silent "arguments of the same type were swapped" "calls compile and send each value under the other's name"
    ArgumentReplaced "argument-replaced" Silent "an argument is sent under another name" "calls compile and send the value under the new name, which is wrong unless the parameter was only renamed"
    ConstructorSwapped "constructor-arguments-swapped" Silent "arguments of `new` of the same type were swapped" "calls compile and set each field to the other's value"
    FieldReused "field-name-reused" Silent "the name refers to another field" "code compiles and reads or sets the other field"
    ValueReused "value-name-reused" Silent "the name refers to another value" "code that names the variant compiles and refers to the other value"
    RuleAdded "rule-added" Silent "a rule on parameters was added" "requests that were sent before are rejected by the client"
    PagingRemoved "paging-removed" Silent "the operation is no longer paged" "an export of it fails when it starts"
    PendingRemoved "pending-removed" Silent "the response no longer reports background work" "waiting for it is an error"
    MethodChanged "method-changed" Behavior "the request is sent with another method" "the server moved it; calls stay the same"
    PathChanged "path-changed" Behavior "the request is sent to another path" "the server moved it; calls stay the same"
    OperationDeprecated "operation-deprecated" Behavior "the function became deprecated" "the compiler warns about calls"
    OperationUndeprecated "operation-no-longer-deprecated" Behavior "the function is no longer deprecated" "the compiler no longer warns"
    ParameterDeprecated "parameter-deprecated" Behavior "the setter became deprecated" "the compiler warns about calls"
    ParameterUndeprecated "parameter-no-longer-deprecated" Behavior "the setter is no longer deprecated" "the compiler no longer warns"
    ParameterWireNameChanged "parameter-wire-name-changed" Behavior "the parameter is sent under another name" "calls stay the same"
    ParameterRelocated "parameter-relocated" Behavior "the parameter is sent in another location" "calls stay the same"
    ParameterRestyled "parameter-restyled" Behavior "the parameter is serialized in another style" "calls stay the same"
    ParameterDefault "parameter-default-changed" Behavior "the server assumes another default" "for requests without the parameter, the server uses the new default"
    PartMediaType "part-media-type-changed" Behavior "the part has another media type" "calls stay the same"
    BodyEncoding "body-encoding-changed" Behavior "the request body is encoded differently" "calls stay the same"
    ResponseFormat "response-format-changed" Behavior "the response is decoded differently" "its type stays the same"
    ErrorResponseChanged "error-response-changed" Behavior "the types of error responses changed" "only calls of `ApiError::decode` are affected, which name the type"
    RuleRemoved "rule-removed" Behavior "a rule on parameters was removed" "more requests are accepted than before"
    PagingChanged "paging-changed" Behavior "the pagination changed" "exports follow the new one; older checkpoints may be rejected"
    LimitChanged "limit-changed" Behavior "the rate limit changed" "the client waits according to the new one"
    PendingChanged "pending-changed" Behavior "background work is reported differently" "the client waits for it accordingly"
    FieldWireNameChanged "field-wire-name-changed" Behavior "the field has another key in JSON" "code stays the same; the old key goes to `extra`"
    FieldDemanded "field-demanded" Behavior "the field's key must be present" "objects without it are rejected"
    FieldNotDemanded "field-no-longer-demanded" Behavior "the field's key may be absent" "objects without it are accepted"
    FieldLenient "field-lenient" Behavior "integers may be sent as strings" "more responses are accepted"
    FieldStrict "field-strict" Behavior "integers may no longer be sent as strings" "responses with a string are rejected"
    FieldDefault "field-default-changed" Behavior "the server assumes another default" "for bodies without the field, the server uses the new default"
    ValueWireNameChanged "value-wire-name-changed" Behavior "the value is spelled differently" "code stays the same"
    TagChanged "tag-changed" Behavior "another property distinguishes the types" "code stays the same"
    VariantWireNameChanged "variant-wire-name-changed" Behavior "another value selects the type" "code stays the same"
    ServerChanged "server-changed" Behavior "the servers changed" "clients without a base URL connect to another server"
    SecurityChanged "security-changed" Behavior "the security requirements changed" "other credentials may be required"
    WebhookFormat "webhook-format-changed" Behavior "the body of the event is read differently" "its type stays the same"
    SignatureChanged "signature-changed" Behavior "requests are signed in another way" "requests with signatures of the old scheme are rejected"

    OperationAdded "operation-added" Addition "the operation was added" "there is a new function"
    ModuleAdded "module-added" Addition "the module was added" "there is a new module and a new feature"
    ParameterAdded "parameter-added" Addition "an optional parameter was added" "the builder has a new setter"
    ParameterWidened "parameter-widened" Addition "the parameter accepts more" "values of the old type are accepted as before"
    PagingAdded "paging-added" Addition "the operation became paged" "it can be exported"
    PendingAdded "pending-added" Addition "the response reports background work" "the client can wait for it"
    TypeAdded "type-added" Addition "the type was added" "there is a new name"
    TypeOpened "type-opened" Addition "the type can be written as a literal" "requests contain it, so it is no longer `#[non_exhaustive]`"
    DefaultAdded "default-added" Addition "the type implements `Default`" "values can be created without naming each field"
    ConstructorAdded "constructor-added" Addition "the type has a function `new`" "it takes the required fields"
    PageAdded "page-added" Addition "the type became a page" "it implements `Paged`"
    FieldAdded "field-added" Addition "the field was added" "the struct is `#[non_exhaustive]`, and the value is no longer in `extra`"
    ValueAdded "value-added" Addition "the value was added" "the enum is `#[non_exhaustive]`, and the value was decoded as unknown before"
    VariantAdded "variant-added" Addition "the type was added to the union" "the enum is `#[non_exhaustive]`"
    ConversionAdded "conversion-added" Addition "the union has a conversion from a type" "it implements `From`"
    WebhookAdded "webhook-added" Addition "the webhook or callback was added" "there is a new function"
    SignatureAdded "signature-added" Addition "a scheme of signatures was added" "requests can be verified by it"

    ArgumentRenamed "argument-renamed" Docs "the argument was renamed" "arguments are passed by position"
    OperationDocs "operation-docs" Docs "the function's docs changed" "only the docs changed"
    ParameterDocs "parameter-docs" Docs "the parameter's docs changed" "only the docs changed"
    BodyDocs "body-docs" Docs "the body's docs changed" "only the docs changed"
    ModuleDocs "module-docs" Docs "the module's docs changed" "only the docs changed"
    TypeDocs "type-docs" Docs "the type's docs changed" "only the docs changed"
    FieldDocs "field-docs" Docs "the field's docs changed" "only the docs changed"
    FieldDeprecated "field-deprecated" Docs "the field became deprecated" "only its docs mention it"
    FieldUndeprecated "field-no-longer-deprecated" Docs "the field is no longer deprecated" "only its docs mentioned it"
    SourceMoved "source-moved" Docs "it moved within the description" "only the docs name its location"
    OrderChanged "order-changed" Docs "the order changed" "nothing in Rust depends on it"
    TitleChanged "title-changed" Docs "the description's title changed" "only docs name it"
    PartSkipped "part-skipped" Docs "a part of the description was skipped" "the list of skipped parts names the reason"
    PartEmitted "part-no-longer-skipped" Docs "a part is no longer skipped" "what it adds is listed separately"
}
