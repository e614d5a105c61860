//! The options that an answer names, and the text after them.

use super::alphabet::{Alphabet, Labels};
use super::key::{ascends, entries, option_word};
use super::label::label_in;
use super::verdict::verdict;
use super::words::AND;

/// The places of letters that are alone: `B`, `b, d`.
pub(in crate::bank) fn letters_of(text: &str) -> Option<Vec<usize>> {
    letters(text.trim_end_matches(['.', ')', ' ']), Alphabet::Latin)
        .filter(|(_, rest)| rest.is_empty())
        .map(|(places, _)| places)
}

/// Letters of an alphabet at the beginning (`B`, `B, D`, `b and d`, `(B)`), and the rest.
fn letters(text: &str, alphabet: Alphabet) -> Option<(Vec<usize>, &str)> {
    let mut places = Vec::new();
    let mut rest = text;
    loop {
        let bare = rest.trim_start_matches(['(', '[']);
        let end = bare.find(|char: char| !char.is_alphanumeric()).unwrap_or(bare.len());
        let Some(place) = alphabet.place(&bare[..end]) else { break };
        places.push(place);
        rest = bare[end..].trim_start_matches([')', ']']);
        let more = rest.trim_start_matches([',', '&', '/', '+', ' ', '、', '，', ';']);
        let more = AND.iter().find_map(|and| more.strip_prefix(and)).unwrap_or(more).trim_start();
        if more.is_empty() || more.len() == rest.len() {
            break;
        }
        rest = more;
    }
    (!places.is_empty()).then_some((places, rest))
}

/// The places that an answer names among these options: by label, or by their text.
pub(in crate::bank) fn resolve(answer: &str, options: &[&str], labels: Labels) -> Option<Vec<usize>> {
    let answer = answer.trim().trim_end_matches(['.', ';']).trim();
    if let Some(place) = options.iter().position(|option| same(option, answer)) {
        return Some(vec![place]);
    }
    if let (Some(said), [one, other]) = (verdict(answer), options)
        && let (Some(one), Some(other)) = (verdict(one), verdict(other))
        && one.holds != other.holds
    {
        return Some(vec![usize::from(one.holds != said.holds)]);
    }
    let answer = option_word(answer);
    let alphabet = labels.alphabet().unwrap_or(Alphabet::Latin);
    // If letters of another script are missing, they are typed as Latin ones.
    let typed = (alphabet != Alphabet::Latin && alphabet != Alphabet::Numbers).then_some(Alphabet::Latin);
    for alphabet in [Some(alphabet), typed].into_iter().flatten() {
        if let Some((places, rest)) = letters(answer, alphabet)
            && rest.trim_matches(['.', ' ', ')', ':']).is_empty()
        {
            return Some(places);
        }
    }
    capitals(answer, options.len())
}

/// The pairs of a line of a key file, by letters: `1. B`, `1-B, 2-C`, `3: B, D`.
pub(in crate::bank) fn answer_pairs(text: &str) -> Option<Vec<(usize, Vec<usize>)>> {
    entries(text)?.into_iter().map(|(number, said)| Some((number, resolve(said, &[], Labels::Letters)?))).collect()
}

/// The place of the option whose label is the whole answer.
pub(in crate::bank) fn label_alone(answer: &str, options: usize, labels: Labels) -> Option<usize> {
    let (places, rest) = letters(option_word(answer.trim()), labels.alphabet()?)?;
    let alone = rest.trim_matches(['.', ' ', ')', ':', ';']).is_empty();
    places.first().copied().filter(|place| alone && places.len() == 1 && *place < options)
}

/// Whether an option has exactly the text of the answer.
pub(in crate::bank) fn says_option(answer: &str, options: &[&str]) -> bool {
    options.iter().any(|option| same(option, answer.trim()))
}

/// An answer, resolved: the places of the options that it names, and the rest of its text.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::bank) struct ResolvedAnswer<'a> {
    pub(in crate::bank) places: Vec<usize>,
    /// The reason, or anything else that follows the key.
    pub(in crate::bank) more: Option<&'a str>,
    /// The text of another option, which contradicts the key.
    pub(in crate::bank) differs: Option<&'a str>,
}

impl ResolvedAnswer<'_> {
    /// An answer without further text.
    pub(in crate::bank) fn new(places: Vec<usize>) -> Self {
        Self { places, more: None, differs: None }
    }
}

/// Reads an answer line among these options: a key, a key with the text of its option, or a key and why it is right.
pub(in crate::bank) fn read_answer<'a>(
    answer: &'a str,
    options: &[&str],
    labels: Labels,
) -> Option<ResolvedAnswer<'a>> {
    if let Some(places) = resolve(answer, options, labels) {
        return Some(ResolvedAnswer::new(places));
    }
    let answer = answer.trim();
    if corrects(answer, options.len(), labels.alphabet().unwrap_or(Alphabet::Latin)) {
        return None;
    }
    let label =
        labels.alphabet().or(Some(Alphabet::Latin)).and_then(|alphabet| label_in(option_word(answer), alphabet));
    if let Some(label) = label.filter(|label| label.set_off) {
        let (places, rest) = (vec![label.place], label.rest.trim_start_matches(['*', '_', ' ', '–', '—']));
        let own = options.get(label.place).copied().unwrap_or_default();
        if again(own, rest) || again(own, answer) {
            return Some(ResolvedAnswer::new(places));
        }
        if let Some(more) = behind(own, rest) {
            return Some(ResolvedAnswer { places, more: Some(more).filter(|more| says(more)), differs: None });
        }
        // A text that resembles an option is the option that is meant. Any other text is the reason.
        let likes = |option: &&str| {
            same(option, rest)
                || (rest.len() < 300
                    && strsim::normalized_levenshtein(&option.to_lowercase(), &rest.to_lowercase()) > 0.5)
        };
        let differs = options.iter().any(likes).then_some(rest);
        return Some(ResolvedAnswer {
            places,
            more: Some(rest).filter(|rest| differs.is_none() && says(rest)),
            differs,
        });
    }
    key_and_more(answer, options, labels).map(|(places, more)| ResolvedAnswer {
        places,
        more: Some(unbracketed(more)).filter(|more| says(more)),
        differs: None,
    })
}

fn says(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Whether an answer corrects itself from one option to another: `A -> C`, or `A is wrong, B is right`.
fn corrects(answer: &str, options: usize, alphabet: Alphabet) -> bool {
    let words: Vec<&str> = answer.split_whitespace().collect();
    let place =
        |word: &str| alphabet.place(word.trim_matches(['(', ')', '*', '.', ','])).filter(|place| *place < options);
    let [key, second, more @ ..] = &words[..] else { return false };
    let Some(first) = place(key) else { return false };
    let other = |word: &str| place(word).is_some_and(|place| place != first);
    if ["->", "-->", "=>", "→", "⇒", "➜"].contains(second) {
        return more.first().is_some_and(|word| other(word));
    }
    // A new clause begins with the other option. `B is right because A is …` gives a reason.
    let alike = |part: &[&str]| part[0].ends_with([',', ';', '.']) && other(part[1]) && part[2] == *second;
    let holds = more.first().and_then(|word| verdict(word.trim_matches([',', ';', '.'])));
    let worded = key.chars().chain(second.chars()).all(char::is_alphanumeric);
    worded && holds.is_none_or(|said| !said.holds) && more.windows(3).any(alike)
}

/// `(see page 12)` without its brackets.
fn unbracketed(text: &str) -> &str {
    let inner = text.strip_prefix(['(', '[']).and_then(|inner| inner.strip_suffix([')', ']']));
    inner.filter(|inner| !inner.contains(['(', '[', ')', ']'])).unwrap_or(text).trim()
}

/// Whether a text is the option again, perhaps in brackets or with parts left out.
fn again(option: &str, text: &str) -> bool {
    same(option, text) || same(option, unbracketed(text)) || shortens(text, option)
}

/// The text after that of the option, if an answer repeats it.
fn behind<'a>(option: &str, text: &'a str) -> Option<&'a str> {
    let option = option.trim().trim_end_matches('.');
    let (start, rest) = text.split_at_checked(option.len())?;
    let apart = !rest.starts_with(char::is_alphanumeric) && !option.is_empty();
    (apart && start.to_lowercase() == option.to_lowercase())
        .then(|| rest.trim_start_matches([' ', '.', ',', ';', ':', '-', '–', '—']).trim())
}

/// The places that the letters at the beginning of an answer name, and what follows (`B (see page 12)`, `B, because …`,
/// `B?`). `B` is not a key in `B vitamins` if an option contains these words.
fn key_and_more<'a>(answer: &'a str, options: &[&str], labels: Labels) -> Option<(Vec<usize>, &'a str)> {
    let text = option_word(answer.trim().trim_start_matches(['*', '_', ' ']));
    let alphabet = labels.alphabet().unwrap_or(Alphabet::Latin);
    let bare = text.trim_start_matches(['(', '[', '（', '【', '*', '_']);
    let end = bare.find(|char: char| !char.is_alphanumeric())?;
    let (token, rest) = bare.split_at(end);
    let first = letters(token, alphabet).map(|(places, _)| places).or_else(|| capitals(token, options.len()))?;
    let (others, rest) = more_letters(rest, token, alphabet);
    let places: Vec<usize> = first.into_iter().chain(others).collect();
    let closed = rest.trim_start_matches([')', ']', '）', '】', '*', '_']);
    let more =
        closed.trim_start_matches([' ', '.', ',', ';', ':', '-', '–', '—', '/', '?', '!', '*', '_', '。', '，', '：']);
    if !places.iter().all(|place| *place < options.len()) {
        return None;
    }
    // `B or C` is ambiguous.
    let other = OR.iter().find_map(|or| more.strip_prefix(or)).map(str::trim_start);
    let key = |text: &str| {
        let end = text.find(|char: char| !char.is_alphanumeric()).unwrap_or(text.len());
        letters(&text[..end], alphabet).is_some()
    };
    if other.is_some_and(key) {
        return None;
    }
    // A word after a blank may continue what begins like a key: `A metal`.
    let worded =
        bare.len() == text.len() && closed.starts_with(' ') && closed.trim_start().starts_with(char::is_alphanumeric);
    let fold = |text: &str| text.to_lowercase();
    let (more_folded, answer_folded) = (fold(more), fold(answer.trim()));
    let quotes = |option: &&str| {
        let option = fold(option);
        !more_folded.is_empty()
            && (option.contains(&more_folded) || answer_folded.contains(&option) && option.len() > 1)
    };
    if worded && (token.chars().any(char::is_lowercase) || options.iter().any(quotes)) {
        return None;
    }
    Some((places, more.trim()))
}

/// Further letters after the first, each set off as a key is (`A & B, both float`, `A, C: …`), and the rest.
fn more_letters<'a>(rest: &'a str, first: &str, alphabet: Alphabet) -> (Vec<usize>, &'a str) {
    let (mut places, mut rest) = (Vec::new(), rest);
    loop {
        let closed = rest.trim_start_matches([')', ']', '*']);
        let bare = closed.trim_start();
        let joined = bare.strip_prefix(['&', '+', '/']).or_else(|| {
            let word = AND.iter().find_map(|and| bare.strip_prefix(and));
            word.filter(|_| bare.len() < closed.len())
        });
        let after = joined.or_else(|| bare.strip_prefix([',', '、', '，', ';']));
        let Some(after) = after.map(|after| after.trim_start().trim_start_matches(['(', '[', '*'])) else { break };
        let end = after.find(|char: char| !char.is_alphanumeric()).unwrap_or(after.len());
        let (token, behind) = after.split_at(end);
        let alike = token.starts_with(char::is_uppercase) == first.starts_with(char::is_uppercase);
        // `B, a metal` has one letter; `B and D because …` has two.
        let set_off = !behind.starts_with(' ') || joined.is_some() && token.starts_with(char::is_uppercase);
        let Some(place) = alphabet.place(token).filter(|_| token.chars().count() < 3 && alike && set_off) else {
            break;
        };
        places.push(place);
        rest = behind;
    }
    (places, rest)
}

/// Words between two letters of which only one is meant.
const OR: [&str; 9] = ["or ", "oder ", "ou ", "o ", "of ", "eller ", "lub ", "или ", "veya "];

/// Letters without anything between them: `ABD`, `Ab`, `bc`.
fn capitals(token: &str, options: usize) -> Option<Vec<usize>> {
    let upper = token.to_ascii_uppercase();
    let fits = token.len() > 1 && token.len() <= options && upper.bytes().all(|byte| byte.is_ascii_uppercase());
    if !fits || !ascends(&upper) {
        return None;
    }
    let places: Vec<usize> = upper.bytes().map(|byte| usize::from(byte - b'A')).collect();
    places.iter().all(|place| *place < options).then_some(places)
}

/// Whether a text is the option with parts left out (`the first … last words`).
fn shortens(text: &str, option: &str) -> bool {
    let (text, option) = (text.to_lowercase().replace("...", "…"), option.to_lowercase());
    let mut rest = option.as_str();
    text.contains('…')
        && text.split('…').map(|part| part.trim_matches([' ', '.'])).all(|part| match rest.find(part) {
            Some(at) => {
                rest = &rest[at + part.len()..];
                true
            }
            None => false,
        })
}

fn same(option: &str, answer: &str) -> bool {
    let fold = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_lowercase();
    fold(option) == fold(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_resolved() {
        let options = ["red", "green", "C", "blue and white"];
        for (answer, places) in
            [("B", vec![1]), ("(b)", vec![1]), ("B, D", vec![1, 3]), ("green", vec![1]), ("c", vec![2])]
        {
            assert_eq!(resolve(answer, &options, Labels::Letters), Some(places), "{answer}");
        }
        assert_eq!(resolve("3", &options, Labels::Numbers), Some(vec![2]));
        assert_eq!(resolve("purple", &options, Labels::Letters), None);
        assert_eq!(resolve("Ab", &options, Labels::Letters), Some(vec![0, 1]));
    }

    #[test]
    fn a_label_alone_is_one_that_an_option_has() {
        for (answer, labels, place) in [
            ("B", Labels::Letters, Some(1)),
            ("(c).", Labels::Letters, Some(2)),
            ("D", Labels::Letters, None),
            ("AB", Labels::Letters, None),
            ("A, B", Labels::Letters, None),
            ("2", Labels::Numbers, Some(1)),
            ("2", Labels::Letters, None),
            ("B", Labels::Bullets, None),
        ] {
            assert_eq!(label_alone(answer, 3, labels), place, "{answer}");
        }
    }

    #[test]
    fn what_follows_a_key_is_no_part_of_it() {
        let options = ["red", "green", "blue", "a metal"];
        for (answer, place, more) in [
            ("B (see page 12)", 1, "(see page 12)"),
            ("B, because it grows", 1, "because it grows"),
            ("B because it grows", 1, "because it grows"),
            ("B. Because it grows", 1, "Because it grows"),
            ("B – it grows", 1, "it grows"),
            ("(D) because it shines", 3, "because it shines"),
            ("B?", 1, ""),
            ("**B**.", 1, ""),
            ("C 🗳️", 2, "🗳️"),
            ("[A] p. 3", 0, "p. 3"),
            ("B, a metal", 1, "a metal"),
        ] {
            assert_eq!(key_and_more(answer, &options, Labels::Letters), Some((vec![place], more)), "{answer}");
        }
        for (answer, more) in
            [("A & B, both grow", "both grow"), ("A, B: they grow", "they grow"), ("A and B because", "because")]
        {
            assert_eq!(key_and_more(answer, &options, Labels::Letters), Some((vec![0, 1], more)), "{answer}");
        }
        for answer in ["A metal that shines", "a dog", "Blue", "E, because", "purple", "B or C", "B or A?"] {
            assert_eq!(key_and_more(answer, &options, Labels::Letters), None, "{answer}");
        }
    }

    #[test]
    fn an_answer_may_repeat_its_option_or_say_why() {
        let options = ["red", "green", "blue and white"];
        for (answer, more, differs) in [
            ("B. green", None, None),
            ("B) Green, like grass", Some("like grass"), None),
            ("B. Because it grows", Some("Because it grows"), None),
            ("B. red", None, Some("red")),
            ("B (see page 12)", Some("see page 12"), None),
            ("Option B", None, None),
        ] {
            assert_eq!(
                read_answer(answer, &options, Labels::Letters),
                Some(ResolvedAnswer { places: vec![1], more, differs }),
                "{answer}"
            );
        }
    }

    #[test]
    fn an_answer_that_corrects_itself_names_nothing() {
        let options = ["red", "green", "blue"];
        for answer in ["A -> C", "A → B", "A is wrong, B is right", "A est faux, C est juste"] {
            assert_eq!(read_answer(answer, &options, Labels::Letters), None, "{answer}");
        }
        for answer in ["B because A is wrong", "B -> grass", "B is right, A is wrong", "B is so because A is not"] {
            assert_eq!(
                read_answer(answer, &options, Labels::Letters).map(|said| said.places),
                Some(vec![1]),
                "{answer}"
            );
        }
    }
}
