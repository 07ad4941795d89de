//! The man pages of the commands.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Command;
use clap_mangen::Man;

use crate::files::FileError;
use crate::sync;

/// Writes a page for the command and each of its subcommands to an existing folder: all of them, or none.
///
/// # Errors
///
/// Returns an error if the folder doesn't exist, or a page can't be written.
pub(crate) fn write(command: Command, folder: &Path) -> Result<(), FileError> {
    let error = |error| FileError::new("write into", folder, error);
    fs::metadata(folder).map_err(error)?;
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    add_pages(command, &mut pages).map_err(error)?;
    let pages: Vec<_> = pages.iter().map(|(name, page)| (folder.join(name), page.as_slice())).collect();
    sync::replace(folder, &pages, &[])
}

/// Adds the pages of a command and its subcommands, with their file names.
fn add_pages(command: Command, pages: &mut Vec<(PathBuf, Vec<u8>)>) -> io::Result<()> {
    for command in command.get_subcommands().filter(|command| !command.is_hide_set()).cloned() {
        add_pages(command, pages)?;
    }
    let man = Man::new(command);
    let mut page = Vec::new();
    man.render(&mut page)?;
    pages.push((man.get_filename().into(), page));
    Ok(())
}
