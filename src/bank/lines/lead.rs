//! The beginning of an option: bullets, boxes, marks, and its label.

use super::alphabet::{Alphabet, Labels};
use super::key::option_word;
use super::label::{Label, bullet, label_in};
use super::mark::{self, boxed};

/// More signs do not are before a label.
const MOST_SIGNS: usize = 4;

/// The beginning of a line that may be an option.
#[derive(Clone, Copy, Debug)]
pub(in crate::bank) struct OptionLead<'a> {
    /// Bullets and marks before the label, or before the text if there is no label.
    pub(in crate::bank) signs: &'a str,
    /// Whether a box or a tick is among them, and whether it is ticked.
    pub(in crate::bank) ticked: Option<bool>,
    /// Whether bold type covers label and text.
    pub(in crate::bank) bold: bool,
    pub(in crate::bank) label: Option<Label<'a>>,
    /// The text after it.
    pub(in crate::bank) text: &'a str,
}

/// Reads the beginning of an option that is labelled so; `None` if there is none.
pub(in crate::bank) fn lead(text: &str, labels: Labels) -> Option<OptionLead<'_>> {
    let mut rest = text;
    let (mut bulleted, mut ticked) = (false, None);
    let signs = |rest: &str| text[..text.len() - rest.len()].trim_end();
    for _ in 0..MOST_SIGNS {
        let label = labels.alphabet().filter(|_| boxed(rest).is_none()).and_then(|alphabet| labelled(rest, alphabet));
        if let Some((label, bold)) = label {
            return Some(OptionLead { signs: signs(rest), ticked, bold, label: Some(label), text: label.rest });
        }
        // A star right before the text is a mark. Before a space it is a bullet, unless it follows one.
        let starred = rest.strip_prefix('*').filter(|more| !more.starts_with(['*', ' ']) || bulleted);
        if let Some((tick, more)) = boxed(rest) {
            (ticked, rest) = (Some(tick || ticked == Some(true)), more);
        } else if let Some(more) = mark::tick(rest).or(starred.filter(|_| labels != Labels::Bullets)) {
            (ticked, rest) = (Some(true), more.trim_start());
        } else if let Some(more) = bullet(rest) {
            (bulleted, rest) = (true, more);
        } else if let Some(more) = pointer(rest).filter(|_| labels != Labels::Bullets) {
            rest = more;
        } else {
            break;
        }
    }
    let unlabelled = boxed(text).is_some() || (bulleted && (labels == Labels::Bullets || ticked.is_some()));
    unlabelled.then(|| OptionLead { signs: signs(rest), ticked, bold: false, label: None, text: rest })
}

/// The label of a text, which may be in bold type, alone (`**A.** text`) or with all that follows.
fn labelled(text: &str, alphabet: Alphabet) -> Option<(Label<'_>, bool)> {
    if let Some(inner) = mark::bold(text) {
        return label_in(inner, alphabet).map(|label| (label, true));
    }
    let text = option_word(text);
    let Some(inner) = ["**", "__"].into_iter().find_map(|sign| text.strip_prefix(sign)) else {
        return label_in(text, alphabet).map(|label| (label, false));
    };
    let label = label_in(inner, alphabet)?;
    let rest = label.rest.strip_prefix("**").or_else(|| label.rest.strip_prefix("__"))?.trim_start();
    Some((Label { rest, set_off: true, ..label }, false))
}

/// A sign that points at an option: an arrow, a plus, an `x`.
fn pointer(text: &str) -> Option<&str> {
    let signs = ["-->", "==>", "->", "=>", "→", "⇒", ">>", ">", "**", "+", "x ", "X "];
    signs.iter().find_map(|sign| text.strip_prefix(sign)).map(str::trim_start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stand_before_labels() {
        for (text, signs, ticked) in [
            ("A. red", "", None),
            ("- A. red", "-", None),
            ("*A. red", "*", Some(true)),
            ("- * A. red", "- *", Some(true)),
            ("* A. red", "*", None),
            ("- [x] A. red", "- [x]", Some(true)),
            ("( ) A. red", "( )", Some(false)),
            ("✓ A. red", "✓", Some(true)),
            ("=> A. red", "=>", None),
            ("- **A.** red", "-", None),
        ] {
            let lead = lead(text, Labels::Letters).expect(text);
            assert_eq!((lead.signs, lead.ticked, lead.text), (signs, ticked, "red"), "{text}");
            assert_eq!(lead.label.map(|label| label.place), Some(0), "{text}");
        }
        assert!(lead("- red", Labels::Letters).is_none());
        assert!(lead("- red", Labels::Bullets).is_some_and(|lead| lead.signs == "-" && lead.text == "red"));
        assert!(lead("red", Labels::Bullets).is_none());
    }
}
