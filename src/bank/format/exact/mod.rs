//! The exact form of loose text, which `retain bank print` writes: the same topics, questions and options, but with rules
//! instead of conventions, so that every text is read back as it was. Front matter with `form: exact` declares it.
//!
//! - A topic is a heading (`# Routing`; `#` alone ends it). A question stands below a heading or an empty line, as it is or behind
//!   `## `; `{#id}` at its end is its identity.
//! - Options are `- A. …`, `- [x] …` or `- …`; ` *` or a ticked box marks the right ones; `{pinned, 50 %, ± 0.1}` at the end says
//!   more of them; below them follow `  > feedback` and `  -> other half`.
//! - `Explanation:`, `Tags:`, `Kind:`, `Markup:` and `Declared:` begin lines of their own.
//! - A text goes on in lines that are indented by two spaces more, empty lines between them included.
//! - A backslash before or behind what would be read as a mark makes it text.

pub(in crate::bank) mod attribute;
mod draft;
pub(in crate::bank) mod guard;
mod read;

pub(in crate::bank) use draft::by_default;
pub(in crate::bank) use read::read_exact;

/// Whether the text begins with front matter that declares the exact form.
pub(in crate::bank) fn declares(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).skip_while(|line| line.is_empty());
    let block = |line: &&str| *line != "---";
    lines.next() == Some("---")
        && lines.take_while(block).any(|line| {
            line.split_once(':').is_some_and(|(key, value)| key.trim() == "form" && value.trim() == "exact")
        })
}
