//! The macros for enums of types that keep unknown values.

/// Implements `Node` for a union with a discriminator: `Name by "type", "a" => A(ModelA), "b" | "B" => B(ModelB),`. The
/// enum has a variant `Unknown(Value)`.
///
/// A variant has any number of values. The first is written, unless the model has another one of them. `by "type" or 1`
/// gives the index of the variant of all other values. See `UnionDecoder` for the choice, and `union` for `from`.
#[doc(hidden)]
#[macro_export]
macro_rules! tagged_union {
    (
        $type:ident by $tag:literal $(or $default:literal)?
        $(, $($wire:literal)|* => $variant:ident($content:ty) $(from $($source:ty)|+)?)* $(,)?
    ) => {
        impl $crate::wire::UnionSlot for $type {
            #[inline]
            fn set(
                &mut self,
                value: $crate::wire::RawJson<'_>,
                context: &mut $crate::wire::DecodeContext,
            ) -> ::core::result::Result<bool, $crate::wire::Failed> {
                const BY: &$crate::wire::Discriminator = &$crate::wire::Discriminator {
                    property: $tag,
                    tags: &[$(&[$($wire),*]),*],
                    default: $crate::tagged_union!(@default $($default)?),
                };
                let mut decoder = $crate::wire::UnionDecoder::tagged(BY, value, context);
                $crate::union!(@decode self value context decoder $($variant($content))*)
            }
        }
        impl $crate::wire::Node for $type {
            #[inline]
            fn slot(&mut self) -> $crate::wire::Slot<'_> { $crate::wire::Slot::Union(self) }
            #[inline]
            fn view(&self) -> $crate::wire::View<'_> {
                match self {
                    $(Self::$variant(content) => $crate::wire::view_of(content).tagged($tag, &[$($wire),*]),)*
                    Self::Unknown(value) => $crate::wire::View::Any(value),
                }
            }
        }
        $crate::union!(@common $type $(, $variant $(from $($source)|+)?)*);
    };
    (@default) => { ::core::option::Option::None };
    (@default $index:literal) => { ::core::option::Option::Some($index) };
}

/// Implements `Node` for a union without a discriminator: `Name, String(String) from String | &str, Number(f64),`. The
/// enum has a variant `Unknown(Value)`.
///
/// The variant that matches best is chosen, see `UnionDecoder`. Values are not converted. `from` lists the types that the
/// union implements `From` for: those that convert into the type of the variant, or, after the name of the union, those
/// whose value is read as one of its variants.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    (@common $type:ident $(, $variant:ident $(from $($source:ty)|+)?)*) => {
        impl $crate::wire::Decode for $type {
            #[inline]
            fn blank() -> Self { Self::Unknown($crate::Value::Null) }
        }
        $crate::impl_serde!($type);
        $($($(
            impl ::core::convert::From<$source> for $type {
                #[inline]
                fn from(value: $source) -> Self { Self::$variant(::core::convert::Into::into(value)) }
            }
        )+)?)*
    };
    (@decode $self:ident $value:ident $context:ident $decoder:ident $($variant:ident($content:ty))*) => {{
        while $decoder.next_round() {
            $(if $decoder.next_variant() {
                let mut content = <$content as $crate::wire::Decode>::blank();
                if $decoder.offer($crate::wire::slot_of(&mut content)) {
                    *$self = Self::$variant(content);
                }
            })*
        }
        let is_known = $decoder.finish()?;
        if !is_known {
            *$self = Self::Unknown($context.value($value)?);
        }
        ::core::result::Result::Ok(is_known)
    }};
    ($type:ident $(from $($fitting:ty)|+)? $(, $variant:ident($content:ty) $(from $($source:ty)|+)?)* $(,)?) => {
        impl $crate::wire::UnionSlot for $type {
            #[inline]
            fn set(
                &mut self,
                value: $crate::wire::RawJson<'_>,
                context: &mut $crate::wire::DecodeContext,
            ) -> ::core::result::Result<bool, $crate::wire::Failed> {
                let mut decoder = $crate::wire::UnionDecoder::new(value, context);
                $crate::union!(@decode self value context decoder $($variant($content))*)
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
        $crate::union!(@common $type $(, $variant $(from $($source)|+)?)*);
        $($(
            impl ::core::convert::From<$fitting> for $type {
                fn from(value: $fitting) -> Self { $crate::wire::as_read(&value) }
            }
        )+)?
    };
}
