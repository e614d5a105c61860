//! Areas of a picture, which a terminal cannot cover: the picture stays whole, and its areas are named by number.

use super::form::CardForm;
use super::html::tidy;

/// Whether a note is one, by what its fields are called and say.
pub(super) fn is_one(names: &[String], values: &[String]) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case("occlusion"))
        && values.first().is_some_and(|value| value.contains("image-occlusion:"))
}

/// The note as a text with a deletion for each card.
pub(super) fn form(names: &[String], values: &[String], ordinals: &[u32]) -> CardForm {
    let field = |name: &str, place: usize| {
        let at = names.iter().position(|known| known.eq_ignore_ascii_case(name)).unwrap_or(place);
        values.get(at).map_or_else(String::new, |value| tidy(value))
    };
    let mut numbers: Vec<u32> = ordinals.iter().map(|ordinal| ordinal + 1).collect();
    numbers.extend(numbers.is_empty().then_some(1));
    let areas: Vec<String> = numbers.iter().map(|number| format!("{{{{c{number}::area {number}}}}}")).collect();
    let parts = [field("Header", 2), field("Image", 1), areas.join(", ")];
    let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("<br>");
    CardForm::Cloze { text, extra: field("Back Extra", 3) }
}
