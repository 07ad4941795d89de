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
    /// Whether the model has a map of additional properties.
    pub additional: bool,
    /// What values have to meet beyond their types, as JSON, by the positions of fields.
    pub limits: &'static [(u16, &'static str)],
}

impl ModelDescriptor {
    /// The flag of a required field.
    pub const REQUIRED: u8 = 1;
    /// The flag of a field whose integers may be strings.
    pub const LENIENT: u8 = 2;

    /// The flag of a required field that can't be null, and whose type may have no value.
    pub const VALUE: u8 = 4;

    /// The position of the limits of the model itself.
    pub const ITSELF: u16 = u16::MAX;

    pub(super) const NONE: &Self =
        &Self { name: "", names: &[], flags: &[], open: false, additional: false, limits: &[] };

    fn has(&self, index: usize, flag: u8) -> bool {
        self.flags.get(index).is_some_and(|flags| flags & flag != 0)
    }

    pub(crate) fn is_lenient(&self, index: usize) -> bool {
        self.has(index, Self::LENIENT)
    }

    pub(crate) fn is_required(&self, index: usize) -> bool {
        self.has(index, Self::REQUIRED)
    }

    /// Returns whether a field must have a value when it is sent.
    pub(crate) fn demands_value(&self, index: usize) -> bool {
        self.has(index, Self::VALUE)
    }

    /// Returns the positions of all parts of a model: its fields, its `Extra`, and its additional properties.
    pub(crate) fn positions(&self) -> std::ops::Range<usize> {
        0..self.names.len() + 1 + usize::from(self.additional)
    }

    /// Returns the positions of the required fields.
    pub(crate) fn required(&self) -> impl Iterator<Item = usize> {
        (0..self.names.len()).filter(|index| self.is_required(*index))
    }
}
