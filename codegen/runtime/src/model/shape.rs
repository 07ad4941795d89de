//! What is declared of a model.

/// What is declared of a model.
#[derive(Debug)]
pub struct Shape {
    /// The name of its type, for messages.
    pub name: &'static str,
    /// The names of the fields on the wire.
    pub names: &'static [&'static str],
    /// What else is known of each of them.
    pub flags: &'static [u8],
    /// Whether there is room for fields that are not declared.
    pub open: bool,
}

impl Shape {
    /// The flag of a field that must be there.
    pub const REQUIRED: u8 = 1;
    /// The flag of a field whose integers may come as texts.
    pub const LENIENT: u8 = 2;

    pub(super) const NONE: &Self = &Self { name: "", names: &[], flags: &[], open: false };

    fn has(&self, index: usize, flag: u8) -> bool {
        self.flags.get(index).is_some_and(|flags| flags & flag != 0)
    }

    pub(crate) fn is_lenient(&self, index: usize) -> bool {
        self.has(index, Self::LENIENT)
    }

    pub(crate) fn is_required(&self, index: usize) -> bool {
        self.has(index, Self::REQUIRED)
    }

    /// The positions of the fields that must be there.
    pub(crate) fn required(&self) -> impl Iterator<Item = usize> {
        (0..self.names.len()).filter(|index| self.is_required(*index))
    }
}
