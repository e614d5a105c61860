//! What distinguishes prose, notes, letters and other lists from cards.

use crate::bank::word_set::WordSet;

/// Headings and labels of documents, which no back of a card follows.
static DOCUMENT: WordSet = WordSet::of_phrases(
    "abstract, about, acknowledgements, agenda, address, adresse, appendix, author, authors, attendees, autor, bugs, \
    build, changelog, changes, cc, conclusion, configuration, contact, contents, contributing, cook time, credits, \
    date, datum, dependencies, description, development, director, directions, docs, documentation, due, einleitung, \
    email, e-mail, example, examples, fax, features, from, getting started, how to use, ingredients, ingrédients, \
    installation, install, instructions, introduction, license, licence, links, location, method, name, next steps, \
    notes, overview, password, phone, prerequisites, price, prep time, quick start, quickstart, references, \
    requirements, roadmap, running, screenshots, servings, setup, status, steps, subject, summary, support, telefon, \
    testing, tests, time, to, todo, usage",
);
/// More of them, of notes and warnings.
static REMARKS: WordSet =
    WordSet::new("note warning tip important caution hint remark p.s ps version zutaten zubereitung tel url");
/// Words that begin a statement about oneself or an address to somebody.
static TELLING: WordSet = WordSet::new(
    "i we my our i'm i've we're let's you your please thanks hi hello dear ich wir nous je nosotros mi noi nós мы я",
);
static DAYS: WordSet = WordSet::new(
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag \
    lundi mardi mercredi jeudi vendredi lunes martes viernes",
);

/// Whether a name is that of a part of a document (`Installation`, `Subject`).
pub(super) fn is_of_document(name: &str) -> bool {
    let name = name.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase();
    DOCUMENT.contains(name.as_str()) || REMARKS.contains(name.as_str())
}

/// Whether somebody speaks here, to somebody or about themselves.
pub(super) fn tells(text: &str) -> bool {
    let first = text.split(|char: char| char.is_whitespace() || char == ',').next().unwrap_or_default().to_lowercase();
    TELLING.contains(first.as_str())
}

/// Whether a name is a day of the week or a date.
pub(super) fn is_date(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    let first = lower.split([' ', ',', '.']).next().unwrap_or_default();
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let parted = name.contains(['-', '/', ':', '.']) && digits >= 3;
    let clock = name
        .as_bytes()
        .windows(4)
        .any(|at| at[0].is_ascii_digit() && at[1] == b':' && at[2].is_ascii_digit() && at[3].is_ascii_digit());
    clock || DAYS.contains(first) || (parted && digits * 2 >= name.trim().chars().count())
}

/// Whether a text is the name of a thing rather than a sentence.
pub(super) fn is_term(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text.chars().count() <= 60
        && text.split_whitespace().count() <= 6
        && !text.ends_with(['.', '!', ',', ';', ':', '。', '！', '，', '：'])
        && !is_of_document(text)
        && !is_date(text)
}

/// Whether nearly all pairs are terms and their meanings: short texts that address nobody, each front once.
pub(super) fn are_terms<'t>(pairs: impl Iterator<Item = (&'t str, &'t str)>) -> bool {
    let (mut all, mut fit, mut document) = (0_usize, 0_usize, 0_usize);
    let mut seen = std::collections::HashSet::new();
    for (front, back) in pairs {
        all += 1;
        document += usize::from(is_of_document(front) || is_date(front));
        let short =
            back.split_whitespace().count() <= 40 && back.lines().filter(|line| !line.trim().is_empty()).count() <= 3;
        let plain = !["](http", "```", "$ ", "`"].iter().any(|sign| back.contains(sign));
        fit += usize::from(is_term(front) && short && plain && !tells(back) && seen.insert(front.to_lowercase()));
    }
    all >= 3 && fit * 10 >= all * 9 && document * 5 < all
}
