//! Options that refer to other options: "all of the above", "A and B", in English, German, French and Spanish.
//!
//! One table for all callers: banks pin such options, and a session keeps them true when options change places. The
//! tables have no accents and are in lower case, because people leave accents out.

mod english;
mod french;
mod german;
mod language;
mod mention;
mod nouns;
mod pattern;
mod spanish;
mod table;
mod token;

pub use mention::{Mention, capitals, mention, stem_has, stem_names_options};
pub use pattern::NamedOption;
use table::{PhraseKind, TABLE};
use token::{Sort, Token, Tokens, fold, tokens};

/// No phrase is longer, in bytes.
const LONGEST: usize = 120;

/// How an option refers to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phrase {
    /// To all others, wherever they are: "none of these", "both".
    Others,
    /// To those above it, with their number if it is given: "both of the above".
    Above(Option<usize>),
    /// To those below it.
    Below,
    /// It names them: "A and C", "only (2)".
    Places(Vec<NamedOption>),
}

/// The phrase that the whole text is, if it is one.
///
/// "None" and "all" alone are not phrases: they answer "how many". If they do mean options, they hold at every place.
pub fn phrase(text: &str) -> Option<Phrase> {
    // A word that is in no phrase ends the look: few options that begin like one get past their third word.
    if !may_be_phrase(text) || !Tokens::new(text).all(|token| TABLE.may_hold(&token)) {
        return None;
    }
    let tokens = tokens(text);
    let first = tokens.first()?;
    let lettered = matches!(first.sort, Sort::Letter | Sort::Number);
    TABLE.beginning(&first.folded, lettered).find_map(|(says, pattern)| {
        let named = pattern.whole(&tokens)?;
        // Code and mathematics have letters of their own.
        let foreign = |sign| text.contains(sign);
        Some(match says {
            PhraseKind::Places if foreign('`') || foreign('$') => return None,
            PhraseKind::Places => Phrase::Places(named),
            PhraseKind::Above => Phrase::Above(how_many(&tokens)),
            PhraseKind::Others => Phrase::Others,
            PhraseKind::Below => Phrase::Below,
        })
    })
}

/// Whether an option of this text keeps its place when options are shuffled.
///
/// "Only A", "both 1 and 2" and "A, C" do not. They are true wherever they are, and if all options are such (of
/// statements in the stem), places would be learnt by heart.
pub fn keeps_place(text: &str) -> bool {
    match phrase(text) {
        Some(Phrase::Places(named)) => {
            let words = tokens(text).iter().filter(|token| token.sort != Sort::Comma).count() > named.len();
            words && named.len() > 1 && named.iter().all(|named| !named.number || named.labelled)
        }
        Some(_) => true,
        None => false,
    }
}

/// A quick look: a million options are looked at in an import, and few begin like a phrase.
fn may_be_phrase(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let text = text.trim_start_matches(|char: char| !char.is_alphanumeric() && char != '<' && char != '&');
    let first = text.split(|char: char| !char.is_alphanumeric() && !matches!(char, '-' | '\'' | '’')).next();
    match first {
        None => false,
        // An element of HTML.
        Some("") => !text.is_empty(),
        Some(word) => word.len() < 3 || (word.len() < 24 && TABLE.begins(&fold(word))) || word.contains('-'),
    }
}

/// The number of options in a phrase, if it has one: "both", "all three", "the two".
fn how_many(tokens: &[Token<'_>]) -> Option<usize> {
    const TWO: [&str; 8] = ["both", "neither", "either", "beide", "beides", "beiden", "ambas", "ambos"];
    const ALL: [&str; 11] = ["all", "the", "alle", "die", "der", "les", "las", "los", "toutes", "tous", "todas"];
    const NUMBERS: [&[&str]; 4] = [
        &["two", "zwei", "deux", "dos", "2"],
        &["three", "drei", "trois", "tres", "3"],
        &["four", "vier", "quatre", "cuatro", "4"],
        &["five", "funf", "cinq", "cinco", "5"],
    ];
    let counted = tokens.windows(2).filter(|pair| ALL.contains(&pair[0].folded.as_ref())).find_map(|pair| {
        NUMBERS.iter().position(|number| number.contains(&pair[1].folded.as_ref())).map(|place| place + 2)
    });
    counted.or_else(|| tokens.iter().any(|token| TWO.contains(&token.folded.as_ref())).then_some(2))
}

/// The place (from 0) of the letter that a text consists of.
pub fn bare_letter(text: &str) -> Option<usize> {
    match &tokens(text)[..] {
        [token] if token.sort == Sort::Letter => token.place(),
        _ => None,
    }
}

/// Whether a text is a letter or a number and nothing else, also one that no option has: "x", "42".
pub fn is_value(text: &str) -> bool {
    matches!(&tokens(text)[..], [token] if matches!(token.sort, Sort::Letter | Sort::Number))
}

#[cfg(test)]
mod tests;
