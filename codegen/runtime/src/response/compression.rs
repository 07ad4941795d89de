//! Compressed content. The client doesn't ask for it, so it is named, not read.

/// The first bytes of compressed data, and the names of the codings.
const SIGNATURES: [(&[u8], &str); 2] = [(b"\x1f\x8b\x08", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd")];
/// What to do about it.
pub(crate) const HELP: &str =
    "turn the compression off in the server or the proxy, or convert the request with `into_bytes`";

/// Describes content that is compressed, as the header `Content-Encoding` or its first bytes say.
pub(crate) fn compressed(encoding: Option<&str>, body: &[u8]) -> Option<String> {
    let declared = encoding.map(str::trim).filter(|encoding| !["", "identity"].contains(encoding));
    if let Some(encoding) = declared {
        let encoding = encoding.escape_debug();
        return Some(format!("data compressed with `{encoding}`, which was not requested"));
    }
    let (_, name) = SIGNATURES.iter().find(|(signature, _)| body.starts_with(signature))?;
    Some(format!("data compressed with `{name}`, which was neither requested nor declared"))
}

#[cfg(test)]
mod tests {
    use super::compressed;

    #[test]
    fn compressed_content_is_named() {
        for (encoding, body, expected) in [
            (Some("gzip"), b"x".as_slice(), Some("data compressed with `gzip`, which was not requested")),
            (Some(" br"), b"", Some("data compressed with `br`, which was not requested")),
            (
                None,
                b"\x1f\x8b\x08\0",
                Some("data compressed with `gzip`, which was neither requested nor declared"),
            ),
            (
                Some("identity"),
                b"\x28\xb5\x2f\xfd\x04",
                Some("data compressed with `zstd`, which was neither requested nor declared"),
            ),
            (Some(""), b"{}", None),
            (None, b"", None),
        ] {
            assert_eq!(compressed(encoding, body).as_deref(), expected, "{encoding:?}");
        }
    }
}
