//! Plain text with its line breaks and indents. Fences of code and formulas are recognised, because banks of plain text have them.

use super::Text;
use super::block::{RichBlock, StyledRun};
use super::builder::Builder;
use super::dollars::{self, FormulaPiece};
use super::face::TextFace;
use super::{clean, maths};

/// Reads plain text.
pub(super) fn parse(text: &str) -> Text {
    let mut builder = Builder::default();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut lines = text.split('\n');
    // A fence that is never closed is text, so the fences are counted first.
    let fences = text.split('\n').filter(|line| fence(line).is_some()).count();
    let mut left = fences;
    while let Some(line) = lines.next() {
        let Some(language) = fence(line).filter(|_| left >= 2) else {
            paragraph.push(line);
            continue;
        };
        left -= 2;
        words(&mut builder, &std::mem::take(&mut paragraph));
        let code: Vec<&str> = lines.by_ref().take_while(|line| fence(line).is_none()).collect();
        builder.code(language, &code.join("\n"));
    }
    words(&mut builder, &paragraph);
    builder.finish()
}

/// The language of a line that opens or closes code.
fn fence(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("```")?;
    let language = rest.trim_start_matches('`').trim();
    (!language.contains(['`', ' '])).then_some(language)
}

fn words(builder: &mut Builder, lines: &[&str]) {
    let blank = |line: &&&str| line.trim().is_empty();
    let first = lines.iter().take_while(blank).count();
    let last = lines.len() - lines.iter().rev().take_while(blank).count();
    let Some(lines) = lines.get(first..last).filter(|lines| !lines.is_empty()) else { return };
    let mut text = String::new();
    for line in lines {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line.trim_end());
    }
    let text = clean::tabs(&text);
    let mut flat = String::with_capacity(text.len());
    for piece in dollars::split(&text, true) {
        match piece {
            FormulaPiece::Words(words) => flat.push_str(&words),
            FormulaPiece::Maths { source, whole, .. } => {
                let is_formula = if whole.starts_with('\\') { dollars::is_certain } else { dollars::is_likely };
                let shown = if is_formula(source) { maths::unicode(source) } else { None };
                flat.push_str(shown.as_deref().unwrap_or(whole));
            }
        }
    }
    builder.block(RichBlock::Paragraph(vec![StyledRun { text: flat, face: TextFace::PLAIN }]));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_left_as_it_is() {
        for (text, said) in [
            ("one\n  two *three*\n\nfour <b> # 1", "one\n  two *three*\n\nfour <b> # 1"),
            ("\n\n x\n\n", " x"),
            ("", ""),
            ("what is $x^2$ for $5 and $10?", "what is x² for $5 and $10?"),
            ("echo $HOME$", "echo $HOME$"),
            ("echo \"$x.$y\"", "echo \"$x.$y\""),
            ("grep '\\(a+\\)' \\[0-9\\]", "grep '\\(a+\\)' \\[0-9\\]"),
            ("\\(a^2\\)", "a²"),
            ("so $\\unknown{x}$", "so $\\unknown{x}$"),
            ("run\n```rust\nfn  f() {}\n```\nnow", "run\ncode:\nfn  f() {}\nend of code\nnow"),
            ("run\n```rust\nfn f() {}", "run\n```rust\nfn f() {}"),
        ] {
            assert_eq!(parse(text).plain(), said, "{text}");
        }
    }
}
