//! Texts that refer to options without being a phrase.

use super::nouns;
use super::pattern::{self, NamedOption, is_capital};
use super::table::TABLE;
use super::token::{Sort, Token, tokens};

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

#[cfg(test)]
mod tests;
