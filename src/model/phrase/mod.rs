//! Options that refer to other options: "all of the above", "A and B", in English, German, French and Spanish.
//!
//! One table for all callers: banks pin such options, and a session keeps them true when options change places. The
//! tables have no accents and are in lower case, because people leave accents out.

mod english;
mod french;
mod german;
mod language;
mod nouns;
mod pattern;
mod spanish;
mod table;
mod token;

pub use pattern::NamedOption;
use pattern::is_capital;
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

/// How a text refers to options without being a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mention {
    /// Nothing.
    Nothing,
    /// It speaks of those above it.
    Above,
    /// It names some, by letter or place.
    Places,
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

/// How an option that is not a phrase refers to the `options` of its question.
pub fn mention(text: &str, options: usize) -> Mention {
    let tokens = tokens(text);
    let within = |pattern: &&pattern::Pattern| pattern.anywhere(&tokens);
    let whole = TABLE.whole_about_places.iter().any(|pattern| pattern.says(&tokens));
    if whole
        || TABLE.about_places.iter().any(|pattern| within(&pattern))
        || is_logic(&tokens, options)
        || are_subjects(&tokens, options)
    {
        return Mention::Places;
    }
    if TABLE.about_above.iter().any(|pattern| within(&pattern)) { Mention::Above } else { Mention::Nothing }
}

/// Whether a text consists of letters of options and words that join statements about them.
fn is_logic(tokens: &[Token<'_>], options: usize) -> bool {
    let names = |token: &Token<'_>| is_capital(token) && token.place().is_some_and(|place| place < options);
    let named = tokens.iter().filter(|token| names(token)).count();
    // "A false reason" has an article.
    const VERBS: [&str; 12] =
        ["is", "does", "causes", "implies", "explains", "but", "not", "ist", "est", "es", "stimmt", "trifft"];
    let verb = |next: &Token<'_>| VERBS.contains(&next.folded.as_ref()) || pattern::joins(&next.folded);
    let article = named == 1 && names(&tokens[0]) && !tokens.get(1).is_some_and(verb);
    named > 0
        && !article
        && tokens.iter().any(|token| token.sort == Sort::Word)
        && TABLE.logic.iter().any(|words| {
            let fits = |token: &Token<'_>| match token.sort {
                Sort::Comma | Sort::Join | Sort::Dash => true,
                _ => names(token) || words.contains(token.folded.as_ref()) || nouns::is_noun(&token.folded),
            };
            tokens.iter().all(fits)
        })
}

/// Whether letters of two options are the subjects of sentences: "A is even but B is odd". "Vitamin A is …" is about a
/// vitamin.
fn are_subjects(tokens: &[Token<'_>], options: usize) -> bool {
    const VERBS: [&str; 16] = [
        "is", "are", "was", "has", "does", "causes", "implies", "follows", "ist", "hat", "folgt", "est", "a", "es",
        "tiene", "fue",
    ];
    let begins = |at: usize| {
        let before = at.checked_sub(1).map(|before| &tokens[before]);
        before.is_none_or(|token| {
            token.sort == Sort::Comma || TABLE.logic.iter().any(|words| words.contains(token.folded.as_ref()))
        })
    };
    let subject = |at: usize| {
        let place = tokens[at].place().filter(|place| is_capital(&tokens[at]) && *place < options)?;
        let verb = tokens.get(at + 1).is_some_and(|next| !next.capital && VERBS.contains(&next.folded.as_ref()));
        (verb && begins(at)).then_some(place)
    };
    let mut subjects: Vec<usize> = (0..tokens.len()).filter_map(subject).collect();
    subjects.dedup();
    subjects.len() > 1
}

/// The capital letters that are on their own in a text, as names of places.
pub fn capitals(text: &str) -> Vec<NamedOption> {
    let tokens = tokens(text);
    let named = |token: &Token<'_>| {
        let place = token.place().filter(|_| is_capital(token))?;
        Some(NamedOption { range: token.range.clone(), place, number: false, labelled: token.labelled })
    };
    tokens.iter().filter(|token| !is_article(text, token) || token.range.start > 0).filter_map(named).collect()
}

/// Whether a stem names some of its `options` by letter or number: "Why is option B wrong?", "Which of A–D …".
pub fn stem_names_options(stem: &str, options: usize) -> bool {
    let tokens = tokens(stem);
    TABLE.stem.iter().any(|pattern| pattern.anywhere(&tokens)) || names_all(&tokens, options)
}

/// Whether letters of all `options` are there as a span ("A–D", "A to D") or a list ("A, B, C or D").
fn names_all(tokens: &[Token<'_>], options: usize) -> bool {
    const TO: [&str; 4] = ["to", "through", "bis", "a"];
    let is = |token: &Token<'_>, place: usize| is_capital(token) && token.place() == Some(place);
    let Some(last) = options.checked_sub(1).filter(|last| *last > 1) else { return false };
    let span = tokens.windows(3).any(|three| {
        let to = three[1].sort == Sort::Dash || TO.contains(&three[1].folded.as_ref());
        to && is(&three[0], 0) && is(&three[2], last)
    });
    // Words of three letters join a list, longer ones end it.
    let mut lists = vec![Vec::new()];
    for token in tokens {
        match token.place().filter(|_| is_capital(token)) {
            Some(place) => lists.last_mut().into_iter().for_each(|list| list.push(place)),
            None if token.folded.len() > 3 => lists.push(Vec::new()),
            None => {}
        }
    }
    span || lists.iter().any(|list| list.iter().copied().eq(0..=last))
}

/// Whether a stem has its own statements or things under all these letters or numbers.
pub fn stem_has(stem: &str, named: &[NamedOption]) -> bool {
    let tokens = tokens(stem);
    named.iter().all(|named| {
        tokens.iter().any(|token| {
            let same = token.place() == Some(named.place);
            match token.sort {
                Sort::Number => named.number && same && token.labelled,
                Sort::Letter => !named.number && same && (token.labelled || token.capital && !is_article(stem, token)),
                _ => false,
            }
        })
    })
}

/// "A patient …" has an article, "A and B" has none.
fn is_article(text: &str, token: &Token<'_>) -> bool {
    let behind = text[token.range.end..].trim_start_matches(' ');
    let next = behind.split(' ').next().unwrap_or_default();
    token.folded == "a" && behind.starts_with(char::is_lowercase) && !pattern::joins(next)
}

/// The place that a text is the letter of, from 0 if it is nothing else.
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
