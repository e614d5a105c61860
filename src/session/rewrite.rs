//! Rewriting references to choices with the letters of a showing.

use std::borrow::Cow;

use crate::model::letter;
use crate::model::phrase::NamedOption;

/// The text with the letters of the showing, in ascending order. Numbers become letters too, because choices are shown with letters.
///
/// `shown` maps the place of a choice in the bank to its shown place. A text that mentions something else is not changed.
pub(super) fn rewrite<'a>(
    text: &'a str,
    named: &[NamedOption],
    shown: impl Fn(usize) -> Option<usize>,
) -> Cow<'a, str> {
    let Some(mut places) = named.iter().map(|named| shown(named.place)).collect::<Option<Vec<usize>>>() else {
        return Cow::Borrowed(text);
    };
    places.sort_unstable();
    let mut written = String::with_capacity(text.len());
    let mut end = 0;
    for (named, place) in named.iter().zip(places) {
        written.push_str(&text[end..named.range.start]);
        let small = text[named.range.clone()].starts_with(|char: char| char.is_ascii_lowercase());
        let letter = letter(place);
        written.push_str(&if small { letter.to_lowercase() } else { letter });
        end = named.range.end;
    }
    written.push_str(&text[end..]);
    if written == text { Cow::Borrowed(text) } else { Cow::Owned(written) }
}
