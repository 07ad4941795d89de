//! The macros for enums of types that keep unknown values.

/// Implements `Node` for a union with a discriminator: `Name by "type", "a" => A(ModelA),`. The enum has a variant
/// `Unknown(Value)`.
///
/// A missing or unknown discriminator gives `Unknown`. Content that doesn't match the variant of a known discriminator
/// is an error.
#[doc(hidden)]
#[macro_export]
macro_rules! tagged_union {
    ($type:ident by $tag:literal $(, $wire:literal => $variant:ident($model:ty))* $(,)?) => {
        impl $crate::wire::UnionSlot for $type {
            #[allow(unused_variables, reason = "a union may have no variant but the unknown one")]
            #[inline]
            fn set(
                &mut self,
                value: $crate::wire::RawJson<'_>,
                context: &mut $crate::wire::DecodeContext,
            ) -> ::core::result::Result<bool, $crate::wire::Failed> {
                *self = match value.string_property($tag).as_deref() {
                    $(::core::option::Option::Some($wire) => {
                        let mut content = <$model as $crate::wire::Decode>::blank();
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
                #[allow(unreachable_patterns, reason = "several tags may map to one variant; the first is written")]
                match self {
                    $(Self::$variant(content) => $crate::wire::view_of(content).tagged($tag, $wire),)*
                    Self::Unknown(value) => $crate::wire::View::Any(value),
                }
            }
        }
        $crate::union!(@common $type);
    };
}

/// Implements `Node` for a union without a discriminator: `Name, String(String), Number(f64),`. The enum has a variant
/// `Unknown(Value)`.
///
/// The variant that matches best is chosen, see `UnionDecoder`. Values are not converted.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    (@common $type:ident) => {
        impl $crate::wire::Decode for $type {
            #[inline]
            fn blank() -> Self { Self::Unknown($crate::Value::Null) }
        }
        $crate::impl_serde!($type);
    };
    ($type:ident $(, $variant:ident($content:ty))* $(,)?) => {
        impl $crate::wire::UnionSlot for $type {
            #[inline]
            fn set(
                &mut self,
                value: $crate::wire::RawJson<'_>,
                context: &mut $crate::wire::DecodeContext,
            ) -> ::core::result::Result<bool, $crate::wire::Failed> {
                let mut decoder = $crate::wire::UnionDecoder::new(value, context);
                while decoder.next_round() {
                    $({
                        let mut content = <$content as $crate::wire::Decode>::blank();
                        if decoder.offer($crate::wire::slot_of(&mut content)) {
                            *self = Self::$variant(content);
                        }
                    })*
                }
                let is_known = decoder.finish();
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
