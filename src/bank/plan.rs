//! What an import would change: the questions of a bank matched one to one with those of the deck.

mod likeness;

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::identity::{Fingerprint, card_uid, normalise, question_uid};
use super::{Bank, BankQuestion};
use crate::model::{Choice, KeyOrigin, Question, QuestionId};
use likeness::{Said, alike};

/// A question of the deck, with the banks that hold it.
#[derive(Clone, Debug)]
pub struct Known {
    /// The question.
    pub question: Question,
    /// Paths of banks, each with the bank's id for it and its fingerprint there.
    pub placements: Vec<(String, Option<String>, Fingerprint)>,
}

/// What becomes of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// The deck does not have it yet.
    New,
    /// The deck has it as it is.
    Unchanged,
    /// Its text changed; its history stays.
    Edited,
    /// Another option is right now; its history stays, and it is due at once.
    KeyChanged,
    /// It is filed under another topic, or its options stand in another order.
    Moved,
    /// Nobody knows its answer: kept, not reviewed.
    Draft,
}

impl Status {
    /// The name as `import --json` writes it.
    pub fn name(self) -> &'static str {
        match self {
            Status::New => "new",
            Status::Unchanged => "unchanged",
            Status::Edited => "edited",
            Status::KeyChanged => "key_changed",
            Status::Moved => "moved",
            Status::Draft => "draft",
        }
    }
}

/// What becomes of one question of the bank.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// Its place in [`Bank::questions`].
    pub place: usize,
    /// What becomes of it.
    pub status: Status,
    /// The question of the deck that it is.
    pub known: Option<QuestionId>,
    /// Its identity.
    pub uid: Uuid,
    /// The identity of its card.
    pub card_uid: Uuid,
    /// For each option the choice that it goes on; none for a new one.
    pub choices: Vec<Option<u8>>,
    /// Its fingerprint.
    pub fingerprint: Fingerprint,
    /// Whether the deck keeps its own key, because the bank has none any more.
    pub key_kept: bool,
}

/// What an import would change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// One for each question of the bank, in its order.
    pub planned: Vec<Planned>,
    /// Questions that came from this bank and nowhere else, and that it no longer has.
    pub missing: Vec<QuestionId>,
    /// Questions that may be ones the deck has: place in the bank, question, and how alike their stems are.
    pub maybe_same: Vec<(usize, QuestionId, f64)>,
}

impl Plan {
    /// How many questions have this status.
    pub fn count(&self, status: Status) -> usize {
        self.planned.iter().filter(|planned| planned.status == status).count()
    }
}

/// Compares a bank at the path `source` with the questions of its deck.
pub fn plan(bank: &Bank, source: &str, deck: &str, known: &[Known]) -> Plan {
    let prints: Vec<Fingerprint> = bank.questions.iter().map(Fingerprint::of_bank).collect();
    let mut matcher = Matcher::new(bank, source, known, &prints);
    matcher.by_external_id();
    matcher.by_print(Among::Left, |_| true, |print| print.whole);
    matcher.by_print(Among::All, |_| true, |print| print.stem);
    // Two options, such as "yes" and "no", say nothing of what they answer.
    matcher.by_print(Among::All, |question| question.options.len() > 2, |print| print.options);
    let maybe_same = matcher.by_similarity();
    let matched = matcher.matched;
    let mut uids: HashSet<Uuid> = known.iter().map(|known| known.question.uid).collect();
    let planned = bank.questions.iter().enumerate().map(|(place, question)| {
        let found = matched[place].map(|at| &known[at]);
        let uid = found.map_or_else(|| fresh_uid(deck, question, prints[place], &mut uids), |found| found.question.uid);
        let choices = match found {
            Some(found) => continue_choices(question, &found.question.choices),
            None => vec![None; question.options.len()],
        };
        let key_kept =
            found.is_some_and(|found| question.key == KeyOrigin::Missing && found.question.key != KeyOrigin::Missing);
        let status = match found {
            None if question.key == KeyOrigin::Missing => Status::Draft,
            None => Status::New,
            Some(found) => compare(question, found, &choices, key_kept),
        };
        Planned {
            place,
            status,
            known: found.map(|found| found.question.id),
            uid,
            card_uid: card_uid(uid, 0),
            choices,
            fingerprint: prints[place],
            key_kept,
        }
    });
    let planned = planned.collect();
    let taken: HashSet<usize> = matched.iter().flatten().copied().collect();
    let only_here =
        |known: &Known| !known.placements.is_empty() && known.placements.iter().all(|(path, ..)| path == source);
    let missing = known
        .iter()
        .enumerate()
        .filter(|(at, known)| !taken.contains(at) && only_here(known))
        .map(|(_, known)| known.question.id)
        .collect();
    Plan { planned, missing, maybe_same }
}

fn fresh_uid(deck: &str, question: &BankQuestion, print: Fingerprint, taken: &mut HashSet<Uuid>) -> Uuid {
    let mut repeat = 0;
    loop {
        let uid = question_uid(deck, question.id.as_deref(), print, repeat);
        if taken.insert(uid) {
            return uid;
        }
        repeat += 1;
    }
}

/// Among which questions something is unique.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Among {
    /// Those that are not matched yet.
    Left,
    /// All: what several questions of a bank say ("Which is true?", "yes" and "no") tells none of them.
    All,
}

struct Matcher<'a> {
    bank: &'a Bank,
    source: &'a str,
    known: &'a [Known],
    prints: &'a [Fingerprint],
    matched: Vec<Option<usize>>,
    taken: Vec<bool>,
}

impl<'a> Matcher<'a> {
    fn new(bank: &'a Bank, source: &'a str, known: &'a [Known], prints: &'a [Fingerprint]) -> Self {
        Self { bank, source, known, prints, matched: vec![None; bank.questions.len()], taken: vec![false; known.len()] }
    }

    fn take(&mut self, place: usize, at: usize) {
        self.matched[place] = Some(at);
        self.taken[at] = true;
    }

    fn by_external_id(&mut self) {
        let mut ids: HashMap<&str, (usize, bool)> = HashMap::new();
        for (at, known) in self.known.iter().enumerate() {
            for (path, id, _) in &known.placements {
                if let Some(id) = id {
                    if path == self.source {
                        ids.insert(id, (at, true));
                    } else {
                        ids.entry(id).or_insert((at, false));
                    }
                }
            }
        }
        for (place, question) in self.bank.questions.iter().enumerate() {
            let Some(&(at, own)) = question.id.as_deref().and_then(|id| ids.get(id)) else { continue };
            // The same id in two banks may mean two things.
            let meant = own || likeness::is_likely(&said(question), &known_said(&self.known[at]));
            if meant && !self.taken[at] && self.asked_alike(place, at) {
                self.take(place, at);
            }
        }
    }

    /// A card that asks for choices cannot go on with a question that has none.
    fn asked_alike(&self, place: usize, at: usize) -> bool {
        self.bank.questions[place].kind.has_choices() == self.known[at].question.kind.has_choices()
    }

    /// Two questions with different ids of this bank are two questions, however alike.
    fn may_be(&self, place: usize, at: usize) -> bool {
        let own = self.known[at]
            .placements
            .iter()
            .filter(|(path, ..)| path == self.source)
            .find_map(|(_, id, _)| id.as_ref());
        if !self.asked_alike(place, at) {
            return false;
        }
        match (&self.bank.questions[place].id, own) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }

    /// Matches what is unique on both sides.
    fn by_print(&mut self, among: Among, tells: impl Fn(&BankQuestion) -> bool, part: impl Fn(&Fingerprint) -> u64) {
        if self.matched.iter().all(Option::is_some) {
            return;
        }
        let counts = |free: bool| free || among == Among::All;
        let mut theirs: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, known) in self.known.iter().enumerate().filter(|(at, _)| counts(!self.taken[*at])) {
            // What this bank said last time, what any bank says, and what the deck says now.
            let mut prints: Vec<u64> = known.placements.iter().map(|(_, _, print)| part(print)).collect();
            prints.push(part(&Fingerprint::of_known(&known.question)));
            prints.sort_unstable();
            prints.dedup();
            for print in prints {
                theirs.entry(print).or_default().push(at);
            }
        }
        let mut ours: HashMap<u64, Vec<usize>> = HashMap::new();
        for place in (0..self.matched.len()).filter(|place| counts(self.matched[*place].is_none())) {
            ours.entry(part(&self.prints[place])).or_default().push(place);
        }
        let mut pairs: Vec<(usize, usize)> = ours
            .iter()
            .filter_map(|(print, places)| match (&places[..], theirs.get(print).map(Vec::as_slice)) {
                ([place], Some([at])) => Some((*place, *at)),
                _ => None,
            })
            .collect();
        pairs.sort_unstable();
        for (place, at) in pairs {
            let free = self.matched[place].is_none() && !self.taken[at];
            if free && tells(&self.bank.questions[place]) && self.may_be(place, at) {
                self.take(place, at);
            }
        }
    }

    /// The best mutual matches among what is left; what is doubtful is returned.
    fn by_similarity(&mut self) -> Vec<(usize, QuestionId, f64)> {
        let ours: Vec<usize> = (0..self.matched.len()).filter(|place| self.matched[*place].is_none()).collect();
        let theirs: Vec<usize> = (0..self.known.len()).filter(|at| !self.taken[*at]).collect();
        if ours.is_empty() || theirs.is_empty() {
            return Vec::new();
        }
        let said = |place: &usize| said(&self.bank.questions[*place]);
        let our_texts: Vec<Said> = ours.iter().map(said).collect();
        let their_texts: Vec<Said> = theirs.iter().map(|at| known_said(&self.known[*at])).collect();
        let may_be = |our: usize, their: usize| self.may_be(ours[our], theirs[their]);
        let (same, doubtful) = likeness::decide(likeness::pairs(&our_texts, &their_texts, may_be));
        for pair in same {
            self.take(ours[pair.ours], theirs[pair.theirs]);
        }
        let known = |at: usize| self.known[at].question.id;
        doubtful.into_iter().map(|pair| (ours[pair.ours], known(theirs[pair.theirs]), pair.stem)).collect()
    }
}

fn said(question: &BankQuestion) -> Said {
    Said::new(&question.stem, question.options.iter().map(|option| option.text.as_str()))
}

fn known_said(known: &Known) -> Said {
    Said::new(&known.question.stem, known.question.choices.iter().map(|choice| choice.text.as_str()))
}

/// Which choice each option goes on: the one that says the same, else the one most alike, else the one in its place.
fn continue_choices(question: &BankQuestion, choices: &[Choice]) -> Vec<Option<u8>> {
    let mut found: Vec<Option<usize>> = vec![None; question.options.len()];
    let mut taken = vec![false; choices.len()];
    let ours: Vec<String> = question.options.iter().map(|option| normalise(&option.text)).collect();
    let theirs: Vec<String> = choices.iter().map(|choice| normalise(&choice.text)).collect();
    let mut assign = |found: &mut Vec<Option<usize>>, place: usize, at: usize| {
        if found[place].is_none() && !taken[at] {
            found[place] = Some(at);
            taken[at] = true;
        }
    };
    // The same letters first, so that "List" and "list" stay apart.
    for (place, option) in question.options.iter().enumerate() {
        if let Some(at) = choices.iter().position(|choice| choice.text == option.text) {
            assign(&mut found, place, at);
        }
    }
    for (place, our) in ours.iter().enumerate() {
        for at in (0..theirs.len()).filter(|at| *our == theirs[*at]) {
            assign(&mut found, place, at);
        }
    }
    let mut scored: Vec<(f64, usize, usize)> = Vec::new();
    for place in (0..ours.len()).filter(|place| found[*place].is_none()) {
        for (at, their) in theirs.iter().enumerate() {
            scored.push((alike(&ours[place], their), place, at));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, place, at) in scored.into_iter().filter(|(score, ..)| *score >= 0.5) {
        assign(&mut found, place, at);
    }
    let both = ours.len().min(theirs.len());
    (0..both).for_each(|place| assign(&mut found, place, place));
    found.into_iter().map(|at| at.map(|at| choices[at].number)).collect()
}

fn compare(question: &BankQuestion, known: &Known, choices: &[Option<u8>], key_kept: bool) -> Status {
    let old = &known.question;
    let numbers = |right: Vec<Option<u8>>| -> HashSet<Option<u8>> { right.into_iter().collect() };
    let now = numbers(
        (0..choices.len()).filter(|place| question.options[*place].correct).map(|place| choices[place]).collect(),
    );
    let before =
        numbers(old.choices.iter().filter(|choice| choice.correct).map(|choice| Some(choice.number)).collect());
    if !key_kept && old.key != KeyOrigin::Missing && now != before {
        return Status::KeyChanged;
    }
    let same_options = question.options.len() == old.choices.len()
        && question.options.iter().zip(choices).all(|(option, number)| {
            old.choices.iter().any(|choice| {
                Some(choice.number) == *number
                    && choice.text == option.text
                    && choice.feedback == option.feedback
                    && choice.pinned == option.pinned
                    && (choice.weight, &choice.pair, choice.tolerance)
                        == (option.weight, &option.pair, option.tolerance)
            })
        });
    let same_text = (&question.stem, question.markup) == (&old.stem, old.markup)
        && question.explanation == old.explanation
        && same_options;
    let keyed_now = old.key == KeyOrigin::Missing && question.key != KeyOrigin::Missing;
    if !same_text || keyed_now {
        return Status::Edited;
    }
    let same_order = old.choices.iter().zip(choices).all(|(choice, number)| Some(choice.number) == *number);
    let mut tags = question.tags.clone();
    tags.sort_unstable();
    tags.dedup();
    if question.topic != old.topic || !same_order || tags != old.tags { Status::Moved } else { Status::Unchanged }
}

#[cfg(test)]
mod tests;
