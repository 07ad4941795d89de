//! Writes JSON directly into a buffer. There may be millions of records, so no tree is built for them.

use serde::Serialize;

/// An object that is being written.
pub(crate) struct Object<'a> {
    out: &'a mut Vec<u8>,
    empty: bool,
}

impl<'a> Object<'a> {
    /// Starts an object at the end of the buffer.
    pub(crate) fn open(out: &'a mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, empty: true }
    }

    /// Writes a field. The key must not need escapes.
    pub(crate) fn field(&mut self, key: &str, value: impl Serialize) -> &mut Self {
        write(self.key(key), &value);
        self
    }

    /// Writes a field whose value is written by a function.
    pub(crate) fn raw(&mut self, key: &str, value: impl FnOnce(&mut Vec<u8>)) -> &mut Self {
        value(self.key(key));
        self
    }

    /// Returns the length of the buffer so far.
    pub(crate) fn written(&self) -> usize {
        self.out.len()
    }

    /// Closes the object.
    pub(crate) fn close(self) {
        self.out.push(b'}');
    }

    fn key(&mut self, key: &str) -> &mut Vec<u8> {
        if !std::mem::take(&mut self.empty) {
            self.out.push(b',');
        }
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
        self.out
    }
}

/// Writes an array, with a function that writes each item.
pub(crate) fn array<T>(
    out: &mut Vec<u8>,
    items: impl IntoIterator<Item = T>,
    mut item: impl FnMut(&mut Vec<u8>, T),
) {
    out.push(b'[');
    for (position, value) in items.into_iter().enumerate() {
        if position > 0 {
            out.push(b',');
        }
        item(out, value);
    }
    out.push(b']');
}

/// Writes a value. That can't fail for a buffer and string keys.
pub(crate) fn write(out: &mut Vec<u8>, value: &impl Serialize) {
    let _ = serde_json::to_writer(out, value);
}

/// Returns an object as the bytes of a body.
pub(crate) fn object(fill: impl FnOnce(&mut Object<'_>)) -> Vec<u8> {
    let mut out = Vec::new();
    let mut object = Object::open(&mut out);
    fill(&mut object);
    object.close();
    out
}
