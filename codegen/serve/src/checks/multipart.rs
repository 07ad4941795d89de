//! Splits a multipart body into its parts.

use crate::base::media_type::parameter;

/// A part of a multipart body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) headers: Vec<(String, String)>,
    pub(super) content: Vec<u8>,
}

impl Part {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Returns the name of the field.
    pub(super) fn name(&self) -> Option<String> {
        let disposition = self.header("content-disposition")?;
        let name = parameter(disposition, "name")?;
        Some(name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"))
    }
}

/// Returns the parts of a body, or a message.
pub(super) fn parts(content_type: &str, body: &[u8]) -> Result<Vec<Part>, String> {
    let boundary = parameter(content_type, "boundary").ok_or("the media type has no `boundary`")?;
    let delimiter = format!("--{boundary}");
    let mut found = Vec::new();
    let mut rest = after(body, delimiter.as_bytes()).ok_or("the body doesn't contain its boundary")?;
    loop {
        if rest.starts_with(b"--") {
            return Ok(found);
        }
        let start = rest.strip_prefix(b"\r\n").ok_or("a boundary is not at the end of its line")?;
        let next = format!("\r\n{delimiter}");
        let end = position(start, next.as_bytes()).ok_or("the last boundary is missing")?;
        found.push(part(&start[..end])?);
        rest = &start[end + next.len()..];
    }
}

fn part(bytes: &[u8]) -> Result<Part, String> {
    // A part without headers begins with the empty line.
    let (head, content) = if let Some(content) = bytes.strip_prefix(b"\r\n") {
        (&bytes[..0], content)
    } else {
        let end = position(bytes, b"\r\n\r\n").ok_or("a part has no empty line after its headers")?;
        (&bytes[..end], &bytes[end + 4..])
    };
    let head = String::from_utf8_lossy(head);
    let headers = head.split("\r\n").filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    Ok(Part { headers: headers.collect(), content: content.to_vec() })
}

fn after<'b>(bytes: &'b [u8], wanted: &[u8]) -> Option<&'b [u8]> {
    position(bytes, wanted).map(|start| &bytes[start + wanted.len()..])
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn a_body_is_split_into_its_parts() {
        let body = b"preamble\r\n--x\r\nContent-Disposition: form-data; name=\"a;%22\"\r\nContent-Type: text/plain\r\n\r\none\r\n\r\n\
            --x\r\n\r\ntwo\r\n--x--\r\n";
        let found = parts("multipart/form-data; boundary=\"x\"", body).unwrap();
        assert_eq!(found[0].content, b"one\r\n");
        assert_eq!(found[0].header("Content-type"), Some("text/plain"));
        assert_eq!((found[1].content.as_slice(), found[1].name()), (b"two".as_slice(), None));
        for (content_type, body) in
            [("multipart/mixed", ""), ("a; boundary=x", "--x\r\n"), ("a; boundary=x", "")]
        {
            assert!(parts(content_type, body.as_bytes()).is_err(), "{content_type} {body:?}");
        }
    }
}
