//! The small language of the tables, and how a text is matched with it.
//!
//! Spaces separate words. `a|b` is one of several, `a?` may be missing, `$options`, `$nouns` and `$true` are the words
//! of the language. `LIST` is two or more letters or numbers of options ("A, B and C"), `REF` one or more, `CAPITAL` a
//! capital letter, `DIGIT` a number, `END` the end of the text or a comma.

use std::ops::Range;

use super::language::PhraseLanguage;
use super::nouns::is_noun;
use super::token::{Sort, Token};

/// An option that a phrase names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedOption {
    /// The place of the name in the text, in bytes.
    pub range: Range<usize>,
    /// The place named, from 0.
    pub place: usize,
    /// Whether it is a number; else it is a letter.
    pub number: bool,
    /// Whether brackets or a point set it apart: `(a)`, `2)`.
    pub(super) labelled: bool,
}

#[derive(Debug)]
struct PatternWord {
    what: WordClass,
    optional: bool,
}

#[derive(Debug)]
enum WordClass {
    Words(Vec<&'static str>),
    /// Letters or numbers, at least this many.
    List(usize),
    Capital,
    Digit,
    End,
}

/// A phrase as a table writes it, taken apart.
#[derive(Debug)]
pub(super) struct Pattern(Vec<PatternWord>);

/// Words that join the letters of a list, in all languages: "A as well as B", "sowohl A als auch B", "A ainsi que B".
pub(super) const JOINS: [&str; 24] = [
    "and", "or", "nor", "as", "well", "und", "oder", "noch", "sowie", "als", "auch", "et", "ou", "ni", "soit", "ainsi",
    "que", "y", "e", "o", "u", "asi", "como", "also",
];

impl Pattern {
    pub(super) fn new(written: &'static str, language: &'static PhraseLanguage) -> Self {
        let item = |word: &'static str| {
            let (word, optional) = word.strip_suffix('?').map_or((word, false), |word| (word, true));
            let what = match word {
                "LIST" => WordClass::List(2),
                "REF" => WordClass::List(1),
                "CAPITAL" => WordClass::Capital,
                "DIGIT" => WordClass::Digit,
                "END" => WordClass::End,
                _ => WordClass::Words(word.split('|').flat_map(|word| language.words(word)).collect()),
            };
            PatternWord { what, optional }
        };
        Self(written.split(' ').map(item).collect())
    }

    /// The words that a text of this pattern may begin with, and whether it may begin with a letter or a number.
    pub(super) fn beginnings(&self) -> (Vec<&'static str>, bool) {
        let mut words = Vec::new();
        for item in &self.0 {
            match &item.what {
                WordClass::Words(these) => words.extend_from_slice(these),
                _ => return (words, true),
            }
            if !item.optional {
                break;
            }
        }
        (words, false)
    }

    /// The words that a text of this pattern may contain, besides letters, numbers and words that join them.
    pub(super) fn words(&self) -> impl Iterator<Item = &'static str> {
        let words = self.0.iter().map(|item| if let WordClass::Words(words) = &item.what { &words[..] } else { &[] });
        words.flatten().copied()
    }

    /// The options that the text names, if all of it is this phrase.
    pub(super) fn whole(&self, tokens: &[Token<'_>]) -> Option<Vec<NamedOption>> {
        let mut named = Vec::new();
        run(&self.0, tokens, 0, true, &mut named).then_some(())?;
        // "2 and 3" is two numbers, "only 2" is a count: without another word they name no options.
        let bare = |named: &NamedOption| named.number && !named.labelled;
        let says = tokens.iter().any(|token| token.sort == Sort::Word && !joins(&token.folded));
        (named.len() > 1 && says || !named.iter().any(bare)).then_some(named)
    }

    /// Whether all of the text is this phrase.
    pub(super) fn says(&self, tokens: &[Token<'_>]) -> bool {
        run(&self.0, tokens, 0, true, &mut Vec::new())
    }

    /// Whether the phrase is anywhere in the text.
    pub(super) fn anywhere(&self, tokens: &[Token<'_>]) -> bool {
        (0..tokens.len()).any(|start| run(&self.0, tokens, start, false, &mut Vec::new()))
    }
}

/// Whether the words match the tokens from `at` on; to the end if `whole`.
fn run(items: &[PatternWord], tokens: &[Token<'_>], at: usize, whole: bool, named: &mut Vec<NamedOption>) -> bool {
    let Some((item, rest)) = items.split_first() else { return !whole || at == tokens.len() };
    let before = named.len();
    if let Some(next) = match_word(&item.what, tokens, at, named)
        && run(rest, tokens, next, whole, named)
    {
        return true;
    }
    named.truncate(before);
    item.optional && run(rest, tokens, at, whole, named)
}

/// The end of the word at `at`, if it matches.
fn match_word(what: &WordClass, tokens: &[Token<'_>], at: usize, named: &mut Vec<NamedOption>) -> Option<usize> {
    let token = tokens.get(at);
    let one = |is: bool| is.then_some(at + 1);
    match what {
        WordClass::Words(words) => one(token.is_some_and(|token| words.contains(&token.folded.as_ref()))),
        // "Give three answers. A …" names no option.
        WordClass::Capital if at > 0 && tokens[at - 1].labelled => None,
        WordClass::Capital => one(token.is_some_and(is_capital)),
        WordClass::Digit => one(token.is_some_and(|token| token.sort == Sort::Number && token.place().is_some())),
        WordClass::End => token.is_none_or(|token| token.sort == Sort::Comma).then_some(at),
        WordClass::List(least) => {
            let (next, list) = list(tokens, at)?;
            let enough = list.len() >= *least;
            named.extend(list);
            enough.then_some(next)
        }
    }
}

/// Whether it is a capital letter that may name an option. "I" is a word, and a number of the Romans.
pub(super) fn is_capital(token: &Token<'_>) -> bool {
    token.sort == Sort::Letter && token.capital && token.folded != "i" && token.place().is_some()
}

/// A list of letters or of numbers, none twice. A list with only commas is in order; otherwise it is the answer to an
/// ordering.
fn list(tokens: &[Token<'_>], at: usize) -> Option<(usize, Vec<NamedOption>)> {
    let name = |at: usize| {
        let token = tokens.get(at)?;
        let number = token.sort == Sort::Number;
        let labelled = token.labelled;
        Some(NamedOption { range: token.range.clone(), place: token.place()?, number, labelled })
    };
    let mut list = vec![name(at)?];
    let (mut end, mut joined) = (at + 1, false);
    loop {
        // The shortest join: the "e" of "a and e" is a letter, that of "b e i" joins.
        let joins = tokens[end..].iter().take_while(|token| is_join(token)).count();
        let behind = (end + 1..=end + joins).find_map(|next| {
            // "Option A and option B".
            let noun = tokens.get(next).is_some_and(|token| is_noun(&token.folded));
            Some((next, next + usize::from(noun), name(next + usize::from(noun))?))
        });
        let Some((next, at, named)) = behind else { break };
        joined |= tokens[end..next].iter().any(|token| token.sort != Sort::Comma);
        list.push(named);
        end = at + 1;
    }
    let mut places: Vec<usize> = list.iter().map(|named| named.place).collect();
    let ordered = places.is_sorted();
    places.sort_unstable();
    places.dedup();
    let mixed = list.iter().any(|named| named.number != list[0].number);
    // "I" alone is a number of the Romans.
    let roman = !list[0].number && places == [8];
    (places.len() == list.len() && !mixed && !roman && (ordered || joined)).then_some((end, list))
}

/// Whether a word joins the letters of a list.
pub(super) fn joins(word: &str) -> bool {
    JOINS.contains(&word)
}

fn is_join(token: &Token<'_>) -> bool {
    // A capital "E" is a letter, but "OR" is a word.
    let word = token.sort == Sort::Word || !token.capital;
    matches!(token.sort, Sort::Comma | Sort::Join) || (word && joins(&token.folded))
}
