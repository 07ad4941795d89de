//! The source of a crate's runtime.

use std::fmt;
use std::path::PathBuf;

/// The source of a crate's runtime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuntimeSource {
    /// A copy that this command writes to the given folder. Without a folder, the copy is inside the crate, or that of
    /// a neighboring crate is used.
    Copy(Option<PathBuf>),
    /// A folder that this command neither reads nor writes.
    Path(PathBuf),
    /// A version on crates.io.
    Version(String),
}

impl Default for RuntimeSource {
    fn default() -> Self {
        Self::Copy(None)
    }
}

impl fmt::Display for RuntimeSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Copy(None) => f.write_str("copy"),
            Self::Copy(Some(folder)) => write!(f, "copy={}", folder.display()),
            Self::Path(folder) => write!(f, "path={}", folder.display()),
            Self::Version(version) => write!(f, "version={version}"),
        }
    }
}

/// Parses the value of `--runtime`: `copy`, `copy=DIR`, `path=DIR` or `version=VERSION`.
impl std::str::FromStr for RuntimeSource {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            None if text == "copy" => Ok(Self::Copy(None)),
            Some(("copy", folder)) if !folder.is_empty() => Ok(Self::Copy(Some(folder.into()))),
            Some(("path", folder)) if !folder.is_empty() => Ok(Self::Path(folder.into())),
            Some(("version", version)) => {
                let requirement = semver::VersionReq::parse(version).map_err(|error| error.to_string())?;
                let _ = requirement;
                Ok(Self::Version(version.to_owned()))
            }
            _ => Err("expected copy, copy=DIR, path=DIR or version=VERSION".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RuntimeSource;

    #[test]
    fn sources_of_the_runtime_are_parsed() {
        for (text, source) in [
            ("copy", RuntimeSource::Copy(None)),
            ("copy=../x", RuntimeSource::Copy(Some("../x".into()))),
            ("path=x", RuntimeSource::Path("x".into())),
            ("version=0.1", RuntimeSource::Version("0.1".to_owned())),
        ] {
            assert_eq!(source.to_string(), text);
            assert_eq!(text.parse(), Ok(source));
        }
        for text in ["", "x", "copy=", "version=a", "version="] {
            assert!(text.parse::<RuntimeSource>().is_err(), "{text}");
        }
    }
}
