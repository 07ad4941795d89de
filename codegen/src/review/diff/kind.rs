//! The policy: each kind of change, what it does to users of the crate, and why.

use std::fmt;

/// What a change does to code that uses the crate, most severe first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Code that compiled is refused by the compiler.
    Refused,
    /// Code compiles as before and no longer does what it was written for; only a person can see it.
    Silent,
    /// The same code sends or reads something else, as the server wants it now.
    Behaviour,
    /// There is something new to use.
    Addition,
    /// Docs only.
    Docs,
}

impl Effect {
    /// All of them, most severe first.
    pub const ALL: [Self; 5] = [Self::Refused, Self::Silent, Self::Behaviour, Self::Addition, Self::Docs];

    /// Whether users have to look at their code.
    #[must_use]
    pub fn is_breaking(self) -> bool {
        matches!(self, Self::Refused | Self::Silent)
    }

    /// `breaking` or `compatible`.
    #[must_use]
    pub fn verdict(self) -> &'static str {
        if self.is_breaking() { "breaking" } else { "compatible" }
    }

    /// What part of a version it moves.
    #[must_use]
    pub fn bump(self) -> Bump {
        match self {
            Self::Refused | Self::Silent => Bump::Major,
            Self::Behaviour | Self::Addition => Bump::Minor,
            Self::Docs => Bump::Patch,
        }
    }

    /// A word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Silent => "silent",
            Self::Behaviour => "behaviour",
            Self::Addition => "addition",
            Self::Docs => "docs",
        }
    }

    /// A heading for changes that do it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Refused => "Breaking: code that compiled is refused",
            Self::Silent => "Breaking: code compiles and does something else",
            Self::Behaviour => "Compatible: the same code sends or reads something else",
            Self::Addition => "Compatible: new",
            Self::Docs => "Compatible: docs only",
        }
    }
}

/// Which part of a version has to grow; the greatest comes last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// Nothing changed.
    #[default]
    None,
    /// Fixes and docs.
    Patch,
    /// What is new and compatible.
    Minor,
    /// What breaks users.
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

/// Declares the kinds: name, code, effect, what is said of a change, why it is judged so.
macro_rules! kinds {
    ($($name:ident $code:literal $effect:ident $phrase:literal $reason:literal)*) => {
        /// A kind of change to the crate's public surface, or to what it does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Kind {
            $(#[doc = $phrase] $name,)*
        }

        impl Kind {
            /// All of them, in the order of the policy.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name for programs, which stays.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What it does to users.
            #[must_use]
            pub fn effect(self) -> Effect {
                match self { $(Self::$name => Effect::$effect,)* }
            }

            /// What is said of such a change, behind its subject.
            #[must_use]
            pub fn phrase(self) -> &'static str {
                match self { $(Self::$name => $phrase,)* }
            }

            /// Why it is judged so.
            #[must_use]
            pub fn reason(self) -> &'static str {
                match self { $(Self::$name => $reason,)* }
            }
        }
    };
}

kinds! {
    OperationRemoved "operation-removed" Refused "the operation is gone" "calls of its function no longer compile"
    OperationRenamed "operation-renamed" Refused "the function has another name" "calls by the old name no longer compile"
    OperationMoved "operation-moved" Refused "the function is in another module" "calls by the old path no longer compile"
    ModuleRenamed "module-renamed" Refused "the module has another name" "the old path, and the feature called so, no longer exist"
    ModuleRemoved "module-removed" Refused "the module is gone" "its path, and the feature called so, no longer exist"
    BuilderAdded "builder-added" Refused "the function returns a builder now" "its first optional parameter: code that names the type `Request<…>` no longer compiles; sending what it returns does"
    BuilderRemoved "builder-removed" Refused "the function returns a plain request now" "the builder's type no longer exists"
    BuilderRenamed "builder-renamed" Refused "the builder has another name" "code that names the type no longer compiles"
    ParameterRequiredAdded "required-parameter-added" Refused "a required parameter is new" "calls lack an argument"
    ParameterRemoved "parameter-removed" Refused "the parameter is gone" "the argument or setter no longer exists"
    SetterRenamed "setter-renamed" Refused "the setter has another name" "calls by the old name no longer compile"
    ParameterNowRequired "parameter-now-required" Refused "the parameter is required now" "the setter became an argument"
    ParameterNowOptional "parameter-now-optional" Refused "the parameter is optional now" "the argument became a setter"
    ParameterRetyped "parameter-retyped" Refused "the parameter's type changed" "values of the old type are refused"
    ArgumentsReordered "arguments-reordered" Refused "the arguments have another order" "arguments are given by position"
    BodyAdded "body-added" Refused "a body is new" "calls lack an argument"
    BodyRemoved "body-removed" Refused "the body is gone" "calls have an argument too many"
    BodyRetyped "body-retyped" Refused "the body's type changed" "values of the old type are refused"
    BodyNowRequired "body-now-required" Refused "the body is required now" "the argument is no `Option` any more"
    BodyNowOptional "body-now-optional" Refused "the body is optional now" "the argument became an `Option`"
    AnswerRetyped "answer-retyped" Refused "the answer's type changed" "code that reads the answer no longer compiles"
    TypeRemoved "type-removed" Refused "the type is gone" "code that names it no longer compiles"
    TypeRenamed "type-renamed" Refused "the type has another name" "code by the old name no longer compiles"
    TypeWithoutFeature "type-without-feature" Refused "a feature no longer brings the type" "code that turned on only that feature no longer finds it"
    TypeKindChanged "type-kind-changed" Refused "the type is another kind of item" "a struct, an enum and an alias are used in other ways"
    TypeSealed "type-sealed" Refused "the type can no longer be written as a literal" "only the server makes it now, so that it is `#[non_exhaustive]`"
    AliasRetyped "alias-retyped" Refused "the alias stands for another type" "values of the old type are refused"
    ExtraAdded "extra-added" Refused "the struct has a field `extra` now" "literals lack it"
    ExtraRemoved "extra-removed" Refused "the struct has no field `extra` any more" "code that reads or sets it no longer compiles"
    RecordRetyped "record-retyped" Refused "the page's records have another type" "`Paged::Record` is another type"
    PageRemoved "page-removed" Refused "the type is no page any more" "it no longer implements `Paged`, which exports need"
    FieldRemoved "field-removed" Refused "the field is gone" "code that reads or sets it no longer compiles; what the server still sends is in `extra`"
    FieldRenamed "field-renamed" Refused "the field has another name" "code by the old name no longer compiles"
    FieldRetyped "field-retyped" Refused "the field's type changed" "code that reads or sets it no longer compiles"
    FieldNowOptional "field-now-optional" Refused "the field may lack a value now" "it became an `Option`"
    FieldNowRequired "field-now-required" Refused "the field always has a value now" "it is no `Option` any more"
    FieldNullApart "field-null-told-apart" Refused "null and absence are two things now" "the field became a `Maybe`"
    FieldNullAlike "field-null-told-alike" Refused "null and absence are one thing now" "the field is no `Maybe` any more"
    FieldAddedToLiteral "field-added-to-literal" Refused "a field is new in a type that callers write" "literals lack it"
    ValueRemoved "value-removed" Refused "the value is gone" "code that names the variant no longer compiles; the value itself is read as unknown"
    ValueRenamed "value-renamed" Refused "the variant has another name" "code by the old name no longer compiles"
    ChoiceRemoved "choice-removed" Refused "the type is no choice any more" "code that names the variant no longer compiles"
    ChoiceRenamed "choice-renamed" Refused "the variant has another name" "code by the old name no longer compiles"
    ChoiceRetyped "choice-retyped" Refused "the variant holds another type" "code that looks into it no longer compiles"

    ArgumentsSwapped "arguments-swapped" Silent "arguments of one type changed places" "calls compile and send each value under the other's name"
    ArgumentReplaced "argument-replaced" Silent "an argument is sent under another name" "calls compile and send their value as something else, unless it was only renamed"
    FieldReused "field-name-reused" Silent "the name stands for another field now" "code compiles and reads or sets the other one"
    ValueReused "value-name-reused" Silent "the name stands for another value now" "code that names the variant compiles and means the other one"
    RuleAdded "rule-added" Silent "a rule on parameters is new" "requests that were sent are refused before they are"
    PagingRemoved "paging-removed" Silent "the operation is no longer paged" "an export of it fails when it is begun"
    PendingRemoved "pending-removed" Silent "the answer no longer tells of background work" "waiting for it ends at once"
    MethodChanged "method-changed" Behaviour "it is sent by another method" "the server moved it; calls stay as they are"
    PathChanged "path-changed" Behaviour "it is sent to another path" "the server moved it; calls stay as they are"
    OperationDeprecated "operation-deprecated" Behaviour "the function is deprecated now" "the compiler warns of calls"
    OperationUndeprecated "operation-no-longer-deprecated" Behaviour "the function is no longer deprecated" "the compiler's warning goes"
    ParameterDeprecated "parameter-deprecated" Behaviour "the setter is deprecated now" "the compiler warns of calls"
    ParameterUndeprecated "parameter-no-longer-deprecated" Behaviour "the setter is no longer deprecated" "the compiler's warning goes"
    ParameterRespelt "parameter-respelt" Behaviour "the parameter is sent under another name" "calls stay as they are"
    ParameterRelocated "parameter-relocated" Behaviour "the parameter is sent at another place" "calls stay as they are"
    ParameterRestyled "parameter-restyled" Behaviour "the parameter is written in another style" "calls stay as they are"
    ParameterDefault "parameter-default-changed" Behaviour "the server takes another default" "requests without it mean something else"
    PartMediaType "part-media-type-changed" Behaviour "the part has another media type" "calls stay as they are"
    BodyEncoding "body-encoding-changed" Behaviour "the body is written in another way" "calls stay as they are"
    AnswerReading "answer-reading-changed" Behaviour "the answer is read in another way" "its type stays as it is"
    RefusalChanged "refusal-changed" Behaviour "refusals hold something else" "only `ApiError::decode` meets it, and the caller says into what"
    RuleRemoved "rule-removed" Behaviour "a rule on parameters is gone" "more requests are sent than before"
    PagingChanged "paging-changed" Behaviour "pages follow each other in another way" "exports follow them; checkpoints of before may be refused"
    LimitChanged "limit-changed" Behaviour "the limit changed" "requests wait as the new one wants it"
    PendingChanged "pending-changed" Behaviour "background work is told in another way" "waiting for it follows"
    FieldRespelt "field-respelt" Behaviour "the field stands under another key" "code stays as it is; the old key goes to `extra`"
    FieldDemanded "field-demanded" Behaviour "the field's key has to be there now" "what lacks it is refused"
    FieldNotDemanded "field-no-longer-demanded" Behaviour "the field's key may be absent now" "what lacks it is read"
    FieldLenient "field-lenient" Behaviour "integers may come as texts now" "more answers are read"
    FieldStrict "field-strict" Behaviour "integers may not come as texts any more" "an answer with a text there is refused"
    FieldDefault "field-default-changed" Behaviour "the server takes another default" "bodies without it mean something else"
    ValueRespelt "value-respelt" Behaviour "the value is spelt in another way" "code stays as it is"
    TagChanged "tag-changed" Behaviour "another property tells the types apart" "code stays as it is"
    ChoiceRespelt "choice-respelt" Behaviour "another value announces the type" "code stays as it is"
    ServerChanged "server-changed" Behaviour "the servers changed" "clients that name none reach another one"
    SecurityChanged "security-changed" Behaviour "the ways to sign in changed" "credentials may have to be others"

    OperationAdded "operation-added" Addition "the operation is new" "there is a function more"
    ModuleAdded "module-added" Addition "the module is new" "there is a module, and a feature, more"
    ParameterAdded "parameter-added" Addition "an optional parameter is new" "the builder has a setter more"
    ParameterWidened "parameter-widened" Addition "the parameter takes more" "values of the old type are taken as before"
    PagingAdded "paging-added" Addition "the operation is paged now" "it can be exported"
    PendingAdded "pending-added" Addition "the answer tells of background work" "it can be waited for"
    TypeAdded "type-added" Addition "the type is new" "there is a name more"
    TypeOpened "type-opened" Addition "the type can be written as a literal now" "callers send it, so that it is no longer `#[non_exhaustive]`"
    PageAdded "page-added" Addition "the type is a page now" "it implements `Paged`"
    FieldAdded "field-added" Addition "the field is new" "the struct is `#[non_exhaustive]`, and what was in `extra` has a type now"
    ValueAdded "value-added" Addition "the value is new" "the enum is `#[non_exhaustive]`, and the value was read as unknown before"
    ChoiceAdded "choice-added" Addition "the type is new among the choices" "the enum is `#[non_exhaustive]`"

    ArgumentRenamed "argument-renamed" Docs "the argument has another name" "arguments are given by position"
    OperationDocs "operation-docs" Docs "the function's docs changed" "nothing else did"
    ParameterDocs "parameter-docs" Docs "the parameter's docs changed" "nothing else did"
    BodyDocs "body-docs" Docs "the body's docs changed" "nothing else did"
    ModuleDocs "module-docs" Docs "the module's docs changed" "nothing else did"
    TypeDocs "type-docs" Docs "the type's docs changed" "nothing else did"
    FieldDocs "field-docs" Docs "the field's docs changed" "nothing else did"
    FieldDeprecated "field-deprecated" Docs "the field is deprecated now" "only its docs say so"
    FieldUndeprecated "field-no-longer-deprecated" Docs "the field is no longer deprecated" "only its docs said so"
    SourceMoved "source-moved" Docs "it stands at another place of the description" "only the docs name the place"
    OrderChanged "order-changed" Docs "the order changed" "nothing in Rust depends on it"
    TitleChanged "title-changed" Docs "the description has another title" "only docs name it"
    PartSkipped "part-skipped" Docs "a part of the description is not in the crate" "the list of what is left out says why"
    PartEmitted "part-no-longer-skipped" Docs "a part is no longer left out" "what it brought is told by itself"
}
