//! Cards that are asked both ways, for every format.

use std::collections::HashSet;

use super::BankQuestion;
use super::collect::Collected;
use crate::model::Kind;

/// The reversed card, which shows the back and asks for the front. `.2` is added to its id.
pub(super) fn reverse(question: &BankQuestion) -> BankQuestion {
    let mut reverse = question.clone();
    reverse.id = question.id.as_ref().map(|id| format!("{id}.2"));
    if let Some(note) = &mut reverse.note {
        note.guid.clone_from(&reverse.id);
    }
    if let Some(back) = reverse.options.first_mut() {
        std::mem::swap(&mut reverse.stem, &mut back.text);
    }
    reverse
}

/// Adds a reversed card after each card, unless the file asks it already.
pub(super) fn add(read: &mut Collected) {
    let asked: HashSet<(String, String)> = read.questions.iter().filter_map(sides).collect();
    let questions = std::mem::take(&mut read.questions);
    for question in questions {
        let other = sides(&question)
            .filter(|(front, back)| !back.is_empty() && !asked.contains(&(back.clone(), front.clone())))
            .map(|_| reverse(&question));
        read.questions.push(question);
        read.questions.extend(other);
    }
}

fn sides(question: &BankQuestion) -> Option<(String, String)> {
    let back = question.options.first().filter(|_| question.kind == Kind::Card && question.options.len() == 1)?;
    Some((question.stem.clone(), back.text.clone()))
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    #[test]
    fn each_card_is_asked_from_both_sides() {
        let options = ReadOptions { both_ways: true, ..ReadOptions::default() };
        for text in [
            "gato\tcat\nperro\tdog\n",
            "Spanish;English\ngato;cat\nperro;dog\n",
            "Q: gato\nA: cat\n\nQ: perro\nA: dog\n",
        ] {
            let bank = read(text.as_bytes(), &options).expect("cards");
            let sides: Vec<_> =
                bank.questions.iter().map(|card| (card.stem.as_str(), card.options[0].text.as_str())).collect();
            assert_eq!(sides, [("gato", "cat"), ("cat", "gato"), ("perro", "dog"), ("dog", "perro")], "{text}");
        }
        let named = read(b"id,front,back\ns1,gato,cat\ns2,perro,dog\n", &options).expect("cards");
        let ids: Vec<_> = named.questions.iter().filter_map(|card| card.id.as_deref()).collect();
        assert_eq!(ids, ["s1", "s1.2", "s2", "s2.2"]);
        // Cards that the file asks both ways already are not asked twice.
        let both = read(b"a b:::c d\n\ne f:::g h\n", &options).expect("cards");
        assert_eq!((both.questions.len(), both.problems.len()), (4, 0));
        let choice = read(b"Which?\nA. x *\nB. y\n", &options).expect("a question");
        assert_eq!(choice.questions.len(), 1);
    }
}
