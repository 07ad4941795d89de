//! The static description of a model.

/// The static description of a model: its name, its fields, and whether it keeps undeclared fields.
#[derive(Debug)]
pub struct ModelDescriptor {
    /// The name of the Rust type, for messages.
    pub name: &'static str,
    /// The JSON names of the fields.
    pub names: &'static [&'static str],
    /// The flags of each field.
    pub flags: &'static [u8],
    /// Whether the model keeps undeclared fields.
    pub open: bool,
}

impl ModelDescriptor {
    /// The flag of a required field.
    pub const REQUIRED: u8 = 1;
    /// The flag of a field whose integers may be strings.
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

    /// Returns the positions of the required fields.
    pub(crate) fn required(&self) -> impl Iterator<Item = usize> {
        (0..self.names.len()).filter(|index| self.is_required(*index))
    }
}
