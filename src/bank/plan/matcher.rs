//! Matches the questions of a bank with those of its deck.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::deck_question::{DeckQuestion, LoadQuestions};
use super::likeness::{self, ComparedQuestion};
use crate::bank::identity::Fingerprint;
use crate::bank::{Bank, BankQuestion};
use crate::error::Result;
use crate::model::{Question, QuestionId};

/// The identity in a deck that the id of a question is, if it is one.
fn uid(question: &BankQuestion) -> Option<Uuid> {
    let id = question.id.as_deref().filter(|id| id.len() == uuid::fmt::Hyphenated::LENGTH)?;
    Uuid::try_parse(id).ok()
}

/// Among which questions something is unique.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Among {
    /// Those that are not matched yet.
    Left,
    /// All: what several questions of a bank share ("Which is true?", "yes" and "no") identifies none of them.
    All,
}

/// Matches the questions of a bank with those of its deck, one to one, the surest evidence first.
pub(super) struct Matcher<'a> {
    bank: &'a Bank,
    known: &'a [DeckQuestion],
    /// For each question of the bank the one of the deck.
    pub(super) matched: Vec<Option<usize>>,
    /// Which questions of the deck were matched.
    pub(super) taken: Vec<bool>,
    /// The texts that were looked at.
    pub(super) texts: HashMap<QuestionId, Question>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(bank: &'a Bank, known: &'a [DeckQuestion]) -> Self {
        let (matched, taken) = (vec![None; bank.questions.len()], vec![false; known.len()]);
        Self { bank, known, matched, taken, texts: HashMap::new() }
    }

    /// Loads the rest of the deck, unless both sides are matched completely.
    pub(super) fn load_rest(&mut self, load: &mut LoadQuestions<'_>) -> Result<()> {
        if self.matched.iter().all(Option::is_some) && self.taken.iter().all(|taken| *taken) {
            return Ok(());
        }
        let ids: Vec<QuestionId> = self.left().map(|at| self.known[at].id).collect();
        self.load(&ids, load)
    }

    fn load(&mut self, ids: &[QuestionId], load: &mut LoadQuestions<'_>) -> Result<()> {
        let missing: Vec<QuestionId> = ids.iter().copied().filter(|id| !self.texts.contains_key(id)).collect();
        self.texts.extend(load(&missing)?.into_iter().map(|question| (question.id, question)));
        Ok(())
    }

    /// The questions of the deck that are not matched yet.
    fn left(&self) -> impl Iterator<Item = usize> {
        (0..self.known.len()).filter(|at| !self.taken[*at])
    }

    fn text(&self, at: usize) -> Option<&Question> {
        self.texts.get(&self.known[at].id)
    }

    fn assign(&mut self, place: usize, at: usize) {
        self.matched[place] = Some(at);
        self.taken[at] = true;
    }

    /// Matches by the bank's own ids, and by the identities that a printed bank has instead.
    pub(super) fn by_external_id(&mut self, load: &mut LoadQuestions<'_>) -> Result<()> {
        let mut ids: HashMap<&str, (usize, bool)> = HashMap::new();
        let (mut own, mut seen) = (HashSet::new(), HashSet::new());
        // An id of two questions identifies neither.
        let named = self.bank.questions.iter().filter_map(|question| question.id.as_deref());
        let mut twice: HashSet<&str> = named.filter(|id| !seen.insert(*id)).collect();
        for (at, known) in self.known.iter().enumerate() {
            for placement in &known.placements {
                let Some(id) = placement.id.as_deref() else { continue };
                if placement.here {
                    ids.insert(id, (at, true));
                    if !own.insert(id) {
                        twice.insert(id);
                    }
                } else {
                    ids.entry(id).or_insert((at, false));
                }
            }
        }
        // A printed bank names questions that no bank gave an id by their identity in the deck.
        let mut uids: HashMap<Uuid, usize> = HashMap::new();
        let said = |question: &BankQuestion| question.note.as_ref().and_then(|note| note.uid);
        if self.bank.questions.iter().any(|question| said(question).or_else(|| uid(question)).is_some()) {
            uids.extend(self.known.iter().enumerate().map(|(at, known)| (known.uid, at)));
        }
        // A note of ours says which one it is.
        for (place, question) in self.bank.questions.iter().enumerate() {
            let at = said(question).and_then(|uid| uids.get(&uid)).copied();
            if let Some(at) = at.filter(|at| !self.taken[*at] && self.asked_alike(place, *at)) {
                self.assign(place, at);
            }
        }
        let mut foreign: Vec<(usize, usize)> = Vec::new();
        for (place, question) in self.bank.questions.iter().enumerate() {
            let free = self.matched[place].is_none();
            let Some(id) = question.id.as_deref().filter(|id| free && !twice.contains(id)) else { continue };
            let by_uid = || uids.get(&uid(question)?).map(|at| (*at, true));
            match ids.get(id).copied().or_else(by_uid) {
                Some((at, true)) if !self.taken[at] && self.asked_alike(place, at) => self.assign(place, at),
                Some((at, false)) => foreign.push((place, at)),
                _ => {}
            }
        }
        // The same id in two banks may mean two questions.
        let wanted: Vec<QuestionId> = foreign.iter().map(|(_, at)| self.known[*at].id).collect();
        self.load(&wanted, load)?;
        for (place, at) in foreign {
            let likely =
                self.known_compared(at).is_some_and(|known| likeness::is_likely(&self.compared(place), &known));
            if likely && !self.taken[at] && self.asked_alike(place, at) {
                self.assign(place, at);
            }
        }
        Ok(())
    }

    /// A card with choices cannot continue as a question without choices.
    fn asked_alike(&self, place: usize, at: usize) -> bool {
        self.bank.questions[place].kind.has_choices() == self.known[at].kind.has_choices()
    }

    /// Two questions with different ids of this bank are two questions, however alike.
    fn may_be(&self, place: usize, at: usize) -> bool {
        let own = self.known[at].placements.iter().filter(|placement| placement.here).find_map(|at| at.id.as_ref());
        if !self.asked_alike(place, at) {
            return false;
        }
        match (&self.bank.questions[place].id, own) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        }
    }

    /// Matches by a fingerprint that is unique on both sides.
    pub(super) fn by_print(
        &mut self,
        among: Among,
        tells: impl Fn(&BankQuestion) -> bool,
        part: impl Fn(&Fingerprint) -> u64,
    ) {
        if self.matched.iter().all(Option::is_some) {
            return;
        }
        let counts = |free: bool| free || among == Among::All;
        let mut theirs: Vec<(u64, usize)> = Vec::with_capacity(self.known.len());
        for at in (0..self.known.len()).filter(|at| counts(!self.taken[*at])) {
            // What this bank had last time, what any bank has, and what the deck has now.
            theirs.extend(self.known[at].placements.iter().map(|placement| (part(&placement.print), at)));
            theirs.extend(self.text(at).map(|question| (part(&Fingerprint::of_known(question)), at)));
        }
        theirs.sort_unstable();
        theirs.dedup();
        let places = (0..self.matched.len()).filter(|place| counts(self.matched[*place].is_none()));
        let mut ours: Vec<(u64, usize)> = places.map(|place| (part(&self.bank.prints[place]), place)).collect();
        ours.sort_unstable();
        let mut pairs: Vec<(usize, usize)> = Vec::with_capacity(ours.len());
        let mut theirs = theirs.chunk_by(|a, b| a.0 == b.0).peekable();
        for ours in ours.chunk_by(|a, b| a.0 == b.0) {
            let print = ours[0].0;
            while theirs.next_if(|theirs| theirs[0].0 < print).is_some() {}
            if let ([(_, place)], Some([(_, at)])) = (ours, theirs.peek().filter(|theirs| theirs[0].0 == print)) {
                pairs.push((*place, *at));
            }
        }
        pairs.sort_unstable();
        for (place, at) in pairs {
            let free = self.matched[place].is_none() && !self.taken[at];
            if free && tells(&self.bank.questions[place]) && self.may_be(place, at) {
                self.assign(place, at);
            }
        }
    }

    /// Matches the rest by mutual similarity, and returns the doubtful pairs.
    pub(super) fn by_similarity(&mut self) -> Vec<(usize, QuestionId, f64)> {
        let ours: Vec<usize> = (0..self.matched.len()).filter(|place| self.matched[*place].is_none()).collect();
        let theirs: Vec<usize> = self.left().filter(|at| self.text(*at).is_some()).collect();
        if ours.is_empty() || theirs.is_empty() {
            return Vec::new();
        }
        let our_texts: Vec<ComparedQuestion> = ours.iter().map(|place| self.compared(*place)).collect();
        let their_texts: Vec<ComparedQuestion> = theirs.iter().filter_map(|at| self.known_compared(*at)).collect();
        let may_be = |our: usize, their: usize| self.may_be(ours[our], theirs[their]);
        let (same, doubtful) = likeness::decide(likeness::pairs(&our_texts, &their_texts, may_be));
        for pair in same {
            self.assign(ours[pair.ours], theirs[pair.theirs]);
        }
        let known = |at: usize| self.known[at].id;
        doubtful.into_iter().map(|pair| (ours[pair.ours], known(theirs[pair.theirs]), pair.stem)).collect()
    }

    fn compared(&self, place: usize) -> ComparedQuestion {
        let question = &self.bank.questions[place];
        ComparedQuestion::new(&question.stem, question.options.iter().map(|option| option.text.as_str()))
    }

    fn known_compared(&self, at: usize) -> Option<ComparedQuestion> {
        let question = self.text(at)?;
        Some(ComparedQuestion::new(&question.stem, question.choices.iter().map(|choice| choice.text.as_str())))
    }
}
