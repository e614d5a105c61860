//! Texts that name choices by letter, with the letters of a showing.

use std::borrow::Cow;

use crate::model::letter;
use crate::model::phrase::NamedOption;

/// The text with the letters at which the named choices are shown, in their order. Where a number stood, there is a letter: choices
/// are shown with letters.
///
/// `shown` says at which place the choice of a place in the bank is shown. A text that names something else is left as it is.
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
