//! Deletions: the parts of a text that a cloze leaves out, in the signs of several formats.

/// What deletions a text has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Deletions {
    /// How many say what they leave out.
    pub(super) count: usize,
    /// Whether one is empty or never closed.
    pub(super) broken: bool,
}

impl Deletions {
    fn add(&mut self, inside: &str) {
        if inside.trim().is_empty() { self.broken = true } else { self.count += 1 }
    }

    /// Anki's: `{{c1::text::hint}}`, also within each other.
    pub(super) fn anki(text: &str) -> Self {
        let mut found = Self::default();
        let mut open: Vec<usize> = Vec::new();
        let mut at = 0;
        while let Some(next) = text[at..].find(['{', '}']) {
            at += next;
            let rest = &text[at..];
            if let Some(sign) = opening(rest) {
                at += sign;
                open.push(at);
            } else if rest.starts_with("}}") && !open.is_empty() {
                let inside = open.pop().map_or("", |from| &text[from..at]);
                found.add(inside.split("::").next().unwrap_or_default());
                at += 2;
            } else {
                at += 1;
            }
        }
        found.broken |= !open.is_empty();
        found
    }

    /// Those of hashcards and Mnemosyne: `[text]`, but for pictures (`![…]`) and escaped brackets.
    pub(super) fn brackets(text: &str) -> Self {
        Self::bracketed(text, false)
    }

    /// Those of Org: `[text||hint]`, but for links (`[[…]]`), footnotes and dates.
    pub(super) fn org(text: &str) -> Self {
        Self::bracketed(text, true)
    }

    fn bracketed(text: &str, org: bool) -> Self {
        let mut found = Self::default();
        let mut open: Option<usize> = None;
        let mut links = org;
        let mut at = 0;
        while let Some(next) = text[at..].find(['[', ']', '\\', '!']) {
            at += next;
            let rest = &text[at..];
            let ended = |end: &str| rest.find(end).map(|place| at + place + end.len());
            let skipped = match rest.as_bytes() {
                [b'\\', b'[' | b']', ..] if !org => Some(at + 2),
                [b'!', b'[', ..] if !org => ended("]").or(Some(text.len())),
                [b'[', b'[', ..] if links => {
                    let end = ended("]]");
                    links = end.is_some();
                    end
                }
                [b'\\' | b'!', ..] => Some(at + 1),
                _ => None,
            };
            if let Some(end) = skipped {
                at = end;
                continue;
            }
            if rest.starts_with('[') {
                open = Some(at + 1);
            } else if let Some(from) = open.take() {
                let inside = &text[from..at];
                if !org {
                    found.add(inside);
                } else if is_deletion_of_org(inside) {
                    found.add(inside.split("||").next().unwrap_or_default());
                }
            }
            at += 1;
        }
        // In Org a bracket alone is a bracket.
        found.broken |= open.is_some() && !org;
        found
    }

    /// Obsidian's: `==text==` and `{{text}}`, but for code.
    pub(super) fn obsidian(text: &str) -> Self {
        let mut found = Self::default();
        let mut at = 0;
        while let Some(next) = text[at..].find(['=', '{', '`']) {
            at += next;
            let rest = &text[at..];
            if let Some(code) = rest.strip_prefix('`') {
                at += code.find('`').map_or(rest.len(), |end| end + 2);
            } else if rest.starts_with("==") {
                let run = rest.bytes().take_while(|byte| *byte == b'=').count();
                let inside = &rest[run..];
                let end = if run == 2 && inside.starts_with(|char: char| !char.is_whitespace()) {
                    inside.find("==")
                } else {
                    None
                };
                at += run;
                if let Some(end) = end {
                    found.add(&inside[..end]);
                    at += end + 2;
                }
            } else if let Some(inside) = rest.strip_prefix("{{") {
                let Some(end) = inside.find("}}") else {
                    found.broken = true;
                    break;
                };
                found.add(&inside[..end]);
                at += end + 4;
            } else {
                at += 1;
            }
        }
        found
    }
}

/// The length of `{{c1::` at the beginning of a text.
fn opening(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("{{c")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && rest[digits..].starts_with("::")).then_some(5 + digits)
}

/// Whether what stands in brackets in Org is to be left out: not a box, a date, a count of done things or a footnote.
fn is_deletion_of_org(inside: &str) -> bool {
    let date = inside.len() >= 10
        && inside.bytes().take(10).enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let count = !inside.is_empty() && inside.bytes().all(|byte| byte.is_ascii_digit() || b"/%".contains(&byte));
    let done = count && inside.contains(['/', '%']);
    !(inside.trim().is_empty() || inside == "X" || inside == "-" || date || done || inside.starts_with("fn:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(count: usize, broken: bool) -> Deletions {
        Deletions { count, broken }
    }

    #[test]
    fn signs_of_every_format_are_counted() {
        for (text, found) in [
            ("{{c1::Rome}} and {{c2::Oslo::a city}}", of(2, false)),
            ("{{c1::a {{c2::b}} c}}", of(2, false)),
            ("{{c1::\\frac{1}{2}}}", of(1, false)),
            ("{{c1::}} {{c2::b", of(0, true)),
            ("{{Front}} {c1::x}", of(0, false)),
        ] {
            assert_eq!(Deletions::anki(text), found, "{text}");
        }
        for (text, found) in [
            ("[Rome] is ![old](x.png) and \\[not\\] [Oslo]", of(2, false)),
            ("[] and [a", of(0, true)),
            ("![never closed", of(0, false)),
        ] {
            assert_eq!(Deletions::brackets(text), found, "{text}");
        }
        for (text, found) in [
            ("[Rome||city] on [[file:a.png][a map]] [2011-04-30 Sat] [fn:1] [2/3] [ ] x[", of(1, false)),
            ("[one][two]", of(2, false)),
            ("[[never closed [here]", of(1, false)),
        ] {
            assert_eq!(Deletions::org(text), found, "{text}");
        }
        for (text, found) in [
            ("==Rome== and {{Oslo}}", of(2, false)),
            ("`a==b==c` where a == b", of(0, false)),
            ("{{never closed", of(0, true)),
            ("=====\n`", of(0, false)),
        ] {
            assert_eq!(Deletions::obsidian(text), found, "{text}");
        }
    }
}
