//! Lines of a text with cards: blank ones, headings, rules, code.

pub(super) use crate::bank::lines::inline::holds_options;
use crate::bank::lines::label::bullet;
use crate::bank::lines::mark;

#[derive(Clone, Copy, Debug)]
pub(super) struct QaLine<'a> {
    /// From 1.
    pub(super) number: usize,
    /// The line without the sign of a line break.
    pub(super) text: &'a str,
    /// Whether it is code, or the fence around it.
    pub(super) code: bool,
}

/// The lines below the front matter.
pub(super) fn lines(all: &[String], skip: usize) -> Vec<QaLine<'_>> {
    let mut fenced = None;
    let mut opened = 0;
    let mut lines = Vec::with_capacity(all.len().saturating_sub(skip));
    for (number, text) in (1..).zip(all).skip(skip) {
        let fence = fence(text).filter(|sign| fenced.is_none_or(|open| open == *sign));
        let code = fenced.is_some() || fence.is_some();
        if fence.is_some() {
            fenced = if fenced.is_some() { None } else { fence };
            opened = lines.len();
        }
        lines.push(QaLine { number, text: if code { text } else { ended(text) }, code });
    }
    // A fence that never closes is a line like others.
    if fenced.is_some() {
        lines[opened..].iter_mut().for_each(|line| line.code = false);
    }
    lines
}

/// The sign of a fence. A line with text between such signs (```` ```text``` ````) is no fence.
fn fence(line: &str) -> Option<char> {
    let text = line.trim_start();
    let sign = text.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
    let rest = text.trim_start_matches(sign);
    (text.len() - rest.len() >= 3 && !rest.contains(sign)).then_some(sign)
}

/// The text without the signs of a line break at its end.
fn ended(text: &str) -> &str {
    let text = text.trim_end();
    ["<br>", "<br/>", "<br />", "\\"].iter().find_map(|sign| text.strip_suffix(sign)).unwrap_or(text).trim_end()
}

impl<'a> QaLine<'a> {
    pub(super) fn is_blank(&self) -> bool {
        !self.code && self.text.trim().is_empty()
    }

    pub(super) fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// A line of dashes and the like.
    pub(super) fn is_rule(&self) -> bool {
        let text = self.text.trim();
        let sign = text.chars().next().filter(|sign| matches!(sign, '-' | '*' | '_' | '=' | '~' | '—'));
        !self.code
            && text.len() >= 3
            && sign.is_some_and(|sign| text.chars().all(|char| char == sign || char.is_whitespace()))
    }

    pub(super) fn heading(&self) -> Option<(usize, &'a str)> {
        let text = self.text.trim_start();
        let level = text.bytes().take_while(|byte| *byte == b'#').count();
        let rest = text[level..].trim().trim_end_matches('#').trim();
        let heads = !self.code && (1..=6).contains(&level) && text[level..].starts_with(' ') && self.indent() < 4;
        (heads && !rest.is_empty()).then(|| (level, mark::bold(rest).unwrap_or(rest)))
    }

    pub(super) fn bullet(&self) -> Option<&'a str> {
        let text = self.text.trim_start();
        let signs = ["→ ", "-> ", "=> ", "➜ ", "↳ ", "– "];
        if self.code || self.is_rule() {
            return None;
        }
        bullet(text).or_else(|| signs.iter().find_map(|sign| text.strip_prefix(sign))).map(str::trim)
    }
}

/// The lines as one text: without blank ones around it, without the indentation that all of them have.
pub(super) fn joined(lines: &[QaLine<'_>]) -> String {
    let kept = |line: &QaLine<'_>| !line.is_blank() && !line.is_rule();
    let Some(first) = lines.iter().position(kept) else { return String::new() };
    let last = lines.iter().rposition(kept).unwrap_or(first);
    let lines = &lines[first..=last];
    let margin = lines.iter().filter(|line| !line.is_blank()).map(QaLine::indent).min().unwrap_or(0);
    let cut = |line: &QaLine<'_>| line.text.get(margin..).unwrap_or("").trim_end().to_owned();
    lines.iter().map(cut).collect::<Vec<_>>().join("\n")
}

pub(super) fn asks(text: &str) -> bool {
    text.trim_end_matches([' ', '*', '_', '"', '”', '»', ')']).ends_with(['?', '？', '؟'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_of_one_sign() {
        let is_rule = |text| QaLine { number: 1, text, code: false }.is_rule();
        for text in ["---", " * * * ", "____", "===", "~~~~", "— —", "-\u{a0}-"] {
            assert!(is_rule(text), "{text}");
        }
        for text in ["--", "-*-", "- a -", "a", "", "   ", "...", "- - x"] {
            assert!(!is_rule(text), "{text}");
        }
    }
}
