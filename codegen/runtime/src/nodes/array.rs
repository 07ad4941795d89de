//! The macro for types that are arrays in JSON.

/// Implements `Node` for a type that implements `ArraySlot` and `ArrayView`: `[T: Decode] Vec<T>`.
macro_rules! array {
    ([$($parameter:tt)+] $type:ty) => {
        impl<$($parameter)+> Node for $type {
            #[inline]
            fn slot(&mut self) -> Slot<'_> {
                Slot::Array(self)
            }

            #[inline]
            fn view(&self) -> View<'_> {
                View::Array(self)
            }
        }
    };
}
