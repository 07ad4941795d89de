//! Markdown from bytes.

use crate::choices::Choices;

/// Parts that mean something, alone or together, in Markdown as rustdoc reads it.
const PARTS: [&str; 53] = [
    "`",
    "``",
    "```",
    "````",
    "~~~",
    "~~~rust",
    "```rust",
    "\n",
    "\n\n",
    "\n    ",
    "\n  ",
    "\t",
    " ",
    "[",
    "]",
    "](",
    ")",
    "](http://x",
    "](https://x)",
    "]: http://x",
    "![",
    "[^1]",
    "[^1]: ",
    "<b>",
    "<script>x</script>",
    "<!--",
    "-->",
    "<img/src=x/onerror=y>",
    "<http://x>",
    "\n- ",
    "\n* ",
    "\n1. ",
    "\n> ",
    "\n# ",
    "\n===",
    "\n---",
    "| a | b |\n|---|---|\n",
    "- [ ] ",
    "~~",
    "**",
    "\\",
    "&lt;",
    "\"",
    "http://x",
    "fn f() {}",
    "word",
    "\u{202e}",
    "\r",
    "`` <b> ``",
    "``` [x](http://y) ```",
    "a | b\n|---|---|\n",
    "a | b | c\n|---|---|---|\n",
    "\\\n",
];
/// Names that change what the Markdown around them means, if they are not escaped.
const NAMES: [&str; 20] = [
    "",
    "\u{200b}",
    " ",
    "\n",
    "`",
    "``",
    "```",
    "x`",
    "`x",
    "x\\",
    "|",
    "x|<b>",
    "<b>",
    "[x]",
    "](http://x)",
    "~~~",
    "---",
    "\n\n    x",
    "\u{202e}`",
    "x",
];
/// The maximum number of parts.
const LENGTH: usize = 40;
/// More words than fit on a line.
const FILLER: &str = " filler words to fill the line up so that it wraps ";

/// Returns a name and Markdown. Each byte adds a part.
#[must_use]
pub fn markdown(bytes: &[u8]) -> (String, String) {
    let mut choices = Choices::new(bytes);
    let name = if choices.chance(2) { text(&mut choices) } else { choices.pick(&NAMES).to_owned() };
    (name, text(&mut choices))
}

fn text(choices: &mut Choices<'_>) -> String {
    let mut text = String::new();
    for _ in 0..choices.up_to(LENGTH) {
        match choices.up_to(5) {
            0 => text.push_str(FILLER),
            1 => text.push('x'),
            _ => text.push_str(choices.pick(&PARTS)),
        }
    }
    text
}
