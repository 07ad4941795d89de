//! `x-pending`, held to the answer that the operation declares.

use openapiv3::Operation as Declared;

use super::Lowerer;
use super::extension::{text, texts};
use super::lookup::{check_declared, definition, fields, resolve, undeclared};
use crate::ir::{Pending, Type, TypeShape};
use crate::pointer::Pointer;

impl Lowerer<'_, '_> {
    /// How the answer shows that the work which it describes goes on.
    pub(super) fn pending(
        &mut self,
        declared: &Declared,
        response: Option<&Type>,
        at: &Pointer,
    ) -> Option<Pending> {
        let value = declared.extensions.get("x-pending")?;
        let at = at.child("x-pending");
        if self.findings.any_below(&at) {
            return None;
        }
        let written = text(value, "pointer").unwrap_or_default();
        let values = texts(value, "values");
        let Some(pointer) = Pointer::parse(&written).filter(|_| written.starts_with('/')) else {
            let message = format!("{written:?} is no JSON pointer to a property");
            self.findings.mistake(&at.child("pointer"), message, "for example /job_status/status");
            return None;
        };
        self.check_pending(response, &pointer, &values, &at);
        // What has a mistake can't be waited for.
        (!self.findings.any_below(&at)).then_some(Pending { pointer, values })
    }

    /// The pointer must lead through declared properties to a text, of which the values are known ones.
    fn check_pending(&mut self, response: Option<&Type>, pointer: &Pointer, values: &[String], at: &Pointer) {
        let types = &self.types;
        let at_pointer = at.child("pointer");
        let mut ty = response.unwrap_or(&Type::Free);
        for token in pointer.tokens() {
            let known = fields(types, ty).unwrap_or_default();
            let Some(field) = known.iter().find(|field| field.wire.as_str() == token) else {
                let names = known.iter().map(|field| field.wire.as_str());
                return undeclared(self.findings, &at_pointer, token, "declared property on this way", names);
            };
            ty = &field.ty;
        }
        let ty = resolve(types, ty);
        match definition(types, ty).map(|def| &def.shape) {
            Some(TypeShape::OpenEnum(variants)) => {
                let known = variants.iter().map(|variant| variant.wire.as_str());
                for (index, value) in values.iter().enumerate() {
                    let at = at.child("values").index(index);
                    check_declared(self.findings, &at, value, "declared value there", known.clone());
                }
            }
            None if *ty == Type::String => {}
            _ => {
                let message = format!("what stands at {} is declared as no text", pointer.to_path());
                self.findings.mistake(&at_pointer, message, "lead to the property that holds the state");
            }
        }
    }
}
