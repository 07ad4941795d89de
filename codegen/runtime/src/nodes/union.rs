//! Enums over types that keep what they do not know.

/// Makes an enum of models a union with a tag: `Name by "type", "a" => A(ModelA),`; it has a variant
/// `Unknown(Value)`.
///
/// A missing or unknown tag gives `Unknown`; content that does not fit a known tag is an error.
#[doc(hidden)]
#[macro_export]
macro_rules! tagged_union {
    ($type:ident by $tag:literal $(, $wire:literal => $variant:ident($model:ty))* $(,)?) => {
        impl $crate::wire::UnionSlot for $type {
            #[allow(unused_variables, reason = "a union may have no variant but the unknown one")]
            #[inline]
            fn set(
                &mut self,
                value: $crate::wire::Raw<'_>,
                context: &mut $crate::wire::Context,
            ) -> ::core::result::Result<bool, $crate::wire::Failed> {
                *self = match value.text_of($tag).as_deref() {
                    $(::core::option::Option::Some($wire) => {
                        let mut content = <$model as ::core::default::Default>::default();
                        $crate::wire::fill($crate::wire::slot_of(&mut content), value, context)?;
                        Self::$variant(content)
                    })*
                    _ => {
                        *self = Self::Unknown(context.value(value)?);
                        return ::core::result::Result::Ok(false);
                    }
                };
                ::core::result::Result::Ok(true)
            }
        }
        impl $crate::wire::Node for $type {
            #[inline]
            fn slot(&mut self) -> $crate::wire::Slot<'_> { $crate::wire::Slot::Union(self) }
            #[inline]
            fn view(&self) -> $crate::wire::View<'_> {
                #[allow(unreachable_patterns, reason = "several tags may stand for one variant; the first is written")]
                match self {
                    $(Self::$variant(content) => $crate::wire::view_of(content).tagged($tag, $wire),)*
                    Self::Unknown(value) => $crate::wire::View::Any(value),
                }
            }
        }
        $crate::union!(@common $type);
    };
}

/// Makes an enum of types a union without a tag: `Name, Text(String), Number(f64),`; it has a variant
/// `Unknown(Value)`.
///
/// The variant that fits best is taken: see `Choice`. Nothing is converted for that.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    (@common $type:ident) => {
        impl ::core::default::Default for $type {
            #[inline]
            fn default() -> Self { Self::Unknown($crate::Value::Null) }
        }
        $crate::through_driver!($type);
    };
    ($type:ident $(, $variant:ident($content:ty))* $(,)?) => {
        impl $crate::wire::UnionSlot for $type {
            #[inline]
            fn set(
                &mut self,
                value: $crate::wire::Raw<'_>,
                context: &mut $crate::wire::Context,
            ) -> ::core::result::Result<bool, $crate::wire::Failed> {
                let mut choice = $crate::wire::Choice::new(value, context);
                while choice.goes_on() {
                    $({
                        let mut content = <$content as ::core::default::Default>::default();
                        if choice.offer($crate::wire::slot_of(&mut content)) {
                            *self = Self::$variant(content);
                        }
                    })*
                }
                let is_known = choice.finish();
                if !is_known {
                    *self = Self::Unknown(context.value(value)?);
                }
                ::core::result::Result::Ok(is_known)
            }
        }
        impl $crate::wire::Node for $type {
            #[inline]
            fn slot(&mut self) -> $crate::wire::Slot<'_> { $crate::wire::Slot::Union(self) }
            #[inline]
            fn view(&self) -> $crate::wire::View<'_> {
                match self {
                    $(Self::$variant(content) => $crate::wire::view_of(content),)*
                    Self::Unknown(value) => $crate::wire::View::Any(value),
                }
            }
        }
        $crate::union!(@common $type);
    };
}
