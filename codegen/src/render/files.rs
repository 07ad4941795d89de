//! Renders the intermediate representation as files. Each item is formatted separately.

use super::features::Features;
use super::format::{CodeFile, RenderError};
use super::inline::inlined;
use super::symbol::Imports;
use super::{api, by_status, endpoint, model, open_enum, union, webhooks};
use crate::base::generated::{GeneratedFile, GeneratedFiles};
use crate::base::name::RustName;
use crate::base::options::Layout;
use crate::base::parallel;
use crate::ir::api::{Api, Module, TypeDef, TypeKind};

/// Renders every file. An error is a bug in this module: an item that isn't valid Rust.
pub(crate) fn render(api: &Api, layout: Layout) -> Result<GeneratedFiles, RenderError> {
    let groups: Vec<_> = api.types.chunk_by(|a, b| a.file == b.file).collect();
    let features = match layout {
        Layout::Crate => Features::new(api),
        Layout::Module => Features::none(),
    };
    let mut files = vec![endpoints_index(api, &features), models_index(&groups, &features)?];
    files.extend(api::files(api, layout)?);
    if let Some(module) = &api.webhooks.module {
        files.push(GeneratedFile {
            path: format!("endpoints/{}.rs", module.plain()),
            text: webhooks::file(api)?,
        });
    }
    for rendered in parallel::map(&api.modules, endpoints)
        .into_iter()
        .chain(parallel::map(&groups, |types| models(types)))
    {
        files.push(rendered?);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(match layout {
        Layout::Crate => files,
        Layout::Module => inlined(&files),
    })
}

/// Renders the file of one tag's functions.
fn endpoints(module: &Module) -> Result<GeneratedFile, RenderError> {
    Ok(GeneratedFile { path: format!("endpoints/{}.rs", module.file), text: endpoint::file(module)? })
}

/// Renders a file of types.
fn models(types: &[TypeDef]) -> Result<GeneratedFile, RenderError> {
    let mut imports = Imports::of_models(types.iter().map(|def| &def.name));
    let mut body = CodeFile::body();
    for def in types {
        match &def.kind {
            TypeKind::Model(fields) => model::model(&mut body, &mut imports, def, fields)?,
            TypeKind::OpenEnum { of, variants } => {
                open_enum::open_enum(&mut body, &mut imports, def, of, variants)?;
            }
            TypeKind::Union { tag: Some(tag), variants, .. } => {
                union::tagged_union(&mut body, &mut imports, def, tag, variants)?;
            }
            TypeKind::Union { tag: None, variants, sources } => {
                union::union(&mut body, &mut imports, def, variants, sources)?;
            }
            TypeKind::ByStatus(variants) => by_status::by_status(&mut body, &mut imports, def, variants)?,
            TypeKind::Alias(ty) => model::alias(&mut body, &mut imports, def, ty)?,
        }
    }
    let mut file = CodeFile::new(&model::file_docs(types));
    imports.write(&mut file)?;
    file.items(&body);
    Ok(GeneratedFile { path: format!("models/{}.rs", types[0].file), text: file.finish() })
}

/// The size of the variants of an event is no choice of the crate.
const LARGE_VARIANTS: &str =
    "#[allow(clippy::large_enum_variant, reason = \"the description decides which types an event has\")]";

fn endpoints_index(api: &Api, features: &Features<'_>) -> GeneratedFile {
    let mut file = CodeFile::new("Endpoint functions, in one module for each tag of the description.");
    let mut modules: Vec<_> =
        api.modules.iter().map(|module| &module.name).chain(&api.webhooks.module).enumerate().collect();
    modules.sort_by_key(|(_, name)| *name);
    for (index, name) in modules {
        if let Some(condition) = features.of_module(index) {
            file.line(&condition);
        }
        if api.webhooks.module.as_ref() == Some(name) && api.webhooks.event.is_some() {
            file.line(LARGE_VARIANTS);
        }
        file.line(&format!("pub mod {name};"));
    }
    GeneratedFile { path: "endpoints/mod.rs".to_owned(), text: file.finish() }
}

fn models_index(groups: &[&[TypeDef]], features: &Features<'_>) -> Result<GeneratedFile, RenderError> {
    let mut file = CodeFile::new("The types that requests and responses contain.");
    for types in groups {
        condition(&mut file, features, types);
        file.line(&format!("mod {};", RustName::module(&types[0].file)));
    }
    file.blank();
    for types in groups {
        condition(&mut file, features, types);
        let mut names: Vec<_> = types.iter().map(|def| def.name.as_str()).collect();
        names.sort_unstable();
        let module = RustName::module(&types[0].file);
        match names.as_slice() {
            [one] => file.line(&format!("pub use self::{module}::{one};")),
            _ => file.import(&format!("pub use self::{module}::{{{}}};", names.join(", ")))?,
        }
    }
    Ok(GeneratedFile { path: "models/mod.rs".to_owned(), text: file.finish() })
}

fn condition(file: &mut CodeFile, features: &Features<'_>, types: &[TypeDef]) {
    if let Some(condition) = features.of_models(&types[0].file) {
        file.line(&condition);
    }
}
