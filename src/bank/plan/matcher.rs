//! Which question of a bank is which of its deck.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::{Known, Texts};
use crate::bank::identity::{Fingerprint, normalise};
use crate::bank::{Bank, BankQuestion};
use crate::error::Result;
use crate::model::{Question, QuestionId};

/// Stems at least this alike, with half of the options equal, are one question that was edited.
const SAME: f64 = 0.85;
/// Stems at least this alike may be: they are listed.
const MAYBE: f64 = 0.70;
/// Pairs whose stems are compared letter by letter, at the most: beyond it an import would take minutes.
const MOST_COMPARED: usize = 200_000;

/// The identity in a deck that the id of a question is written as, where it is one.
fn uid(question: &BankQuestion) -> Option<Uuid> {
    let id = question.id.as_deref().filter(|id| id.len() == uuid::fmt::Hyphenated::LENGTH)?;
    Uuid::try_parse(id).ok()
}

/// Matches the questions of a bank with those of its deck, one to one, the surest evidence first.
pub(super) struct Matcher<'a> {
    bank: &'a Bank,
    known: &'a [Known],
    /// For each question of the bank the one of the deck.
    pub(super) matched: Vec<Option<usize>>,
    /// Which questions of the deck were matched.
    pub(super) taken: Vec<bool>,
    /// The texts that were looked at.
    pub(super) texts: HashMap<QuestionId, Question>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(bank: &'a Bank, known: &'a [Known]) -> Self {
        let (matched, taken) = (vec![None; bank.questions.len()], vec![false; known.len()]);
        Self { bank, known, matched, taken, texts: HashMap::new() }
    }

    /// Loads what is left of the deck, unless nothing is left on either side.
    pub(super) fn load_rest(&mut self, texts: &mut dyn Texts) -> Result<()> {
        if self.matched.iter().all(Option::is_some) && self.taken.iter().all(|taken| *taken) {
            return Ok(());
        }
        let ids: Vec<QuestionId> = self.left().map(|at| self.known[at].id).collect();
        self.texts = texts.load(&ids)?.into_iter().map(|question| (question.id, question)).collect();
        Ok(())
    }

    /// The questions of the deck that nothing was matched with yet.
    fn left(&self) -> impl Iterator<Item = usize> {
        (0..self.known.len()).filter(|at| !self.taken[*at])
    }

    fn text(&self, at: usize) -> Option<&Question> {
        self.texts.get(&self.known[at].id)
    }

    fn take(&mut self, place: usize, at: usize) {
        self.matched[place] = Some(at);
        self.taken[at] = true;
    }

    pub(super) fn by_external_id(&mut self) {
        let mut ids: HashMap<&str, usize> = HashMap::new();
        let (mut own, mut seen) = (HashSet::new(), HashSet::new());
        // An id that two questions of a bank have tells neither.
        let named = self.bank.questions.iter().filter_map(|question| question.id.as_deref());
        let mut twice: HashSet<&str> = named.filter(|id| !seen.insert(*id)).collect();
        for (at, known) in self.known.iter().enumerate() {
            for placement in &known.placements {
                if let Some(id) = placement.id.as_deref() {
                    // The same id in two banks may mean two things; this bank's own wins.
                    if placement.here {
                        ids.insert(id, at);
                        if !own.insert(id) {
                            twice.insert(id);
                        }
                    } else {
                        ids.entry(id).or_insert(at);
                    }
                }
            }
        }
        // A printed bank names questions that no bank gave an id by their identity in the deck.
        let mut uids: HashMap<Uuid, usize> = HashMap::new();
        if self.bank.questions.iter().any(|question| uid(question).is_some()) {
            uids.extend(self.known.iter().enumerate().map(|(at, known)| (known.uid, at)));
        }
        for (place, question) in self.bank.questions.iter().enumerate() {
            if let Some(at) = question
                .id
                .as_deref()
                .filter(|id| !twice.contains(id))
                .and_then(|id| ids.get(id).or_else(|| uids.get(&uid(question)?)))
                .filter(|at| !self.taken[**at] && self.asked_alike(place, **at))
            {
                self.take(place, *at);
            }
        }
    }

    /// A card that asks for choices cannot go on with a question that has none.
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

    /// Matches what is unique on both sides.
    pub(super) fn by_print(&mut self, part: impl Fn(&Fingerprint) -> u64) {
        self.by_print_among(part, 0);
    }

    /// Matches the options that are unique on both sides. What has one option or none may share it with any other: the back of
    /// a card says little of its front.
    pub(super) fn by_options(&mut self) {
        self.by_print_among(|print| print.options, 2);
    }

    /// Matches what is unique on both sides, among the questions with at least so many options.
    fn by_print_among(&mut self, part: impl Fn(&Fingerprint) -> u64, options: usize) {
        let mut theirs: Vec<(u64, usize)> = Vec::with_capacity(self.known.len());
        let many = |at: &usize| options == 0 || self.text(*at).is_some_and(|known| known.choices.len() >= options);
        for at in self.left().filter(many) {
            // What this bank said last time, what any bank says, and what the deck says now.
            theirs.extend(self.known[at].placements.iter().map(|placement| (part(&placement.print), at)));
            theirs.extend(self.text(at).map(|question| (part(&Fingerprint::of_known(question)), at)));
        }
        theirs.sort_unstable();
        theirs.dedup();
        let many = |place: &usize| self.bank.questions[*place].options.len() >= options;
        let open = (0..self.matched.len()).filter(|place| self.matched[*place].is_none()).filter(many);
        let mut ours: Vec<(u64, usize)> = open.map(|place| (part(&self.bank.prints[place]), place)).collect();
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
            if !self.taken[at] && self.may_be(place, at) {
                self.take(place, at);
            }
        }
    }

    /// The best mutual matches among what is left; what is doubtful is returned.
    pub(super) fn by_similarity(&mut self) -> Vec<(usize, QuestionId, f64)> {
        let ours: Vec<usize> = (0..self.matched.len()).filter(|place| self.matched[*place].is_none()).collect();
        let theirs: Vec<usize> = self.left().filter(|at| self.text(*at).is_some()).collect();
        if ours.is_empty() || theirs.is_empty() {
            return Vec::new();
        }
        let their_stems: Vec<String> =
            theirs.iter().filter_map(|at| self.text(*at)).map(|question| normalise(&question.stem)).collect();
        let mut words: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, stem) in their_stems.iter().enumerate() {
            let mut seen = HashSet::new();
            for word in stem.split(' ').filter(|word| seen.insert(*word)) {
                words.entry(word).or_default().push(index);
            }
        }
        let (mut scored, mut budget) = (Vec::new(), MOST_COMPARED);
        for place in ours {
            let stem = normalise(&self.bank.questions[place].stem);
            let mut shared: HashMap<usize, usize> = HashMap::new();
            for word in stem.split(' ') {
                // A word that most stems have tells nothing.
                for index in words.get(word).into_iter().flatten().take(500) {
                    *shared.entry(*index).or_default() += 1;
                }
            }
            let mut candidates: Vec<(usize, usize)> = shared.into_iter().collect();
            candidates.sort_unstable_by_key(|(index, count)| (std::cmp::Reverse(*count), *index));
            for (index, _) in candidates.into_iter().take(8) {
                let at = theirs[index];
                let (short, long) =
                    (stem.len().min(their_stems[index].len()), stem.len().max(their_stems[index].len()));
                if (short as f64) < (long as f64) * MAYBE * 0.8 || budget == 0 || !self.may_be(place, at) {
                    continue;
                }
                budget -= 1;
                let score = strsim::normalized_damerau_levenshtein(&stem, &their_stems[index]);
                if score >= MAYBE {
                    scored.push((score, place, at));
                }
            }
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut doubtful = Vec::new();
        for (score, place, at) in scored {
            if self.matched[place].is_some() || self.taken[at] {
                continue;
            }
            if score >= SAME && self.half_of_options_equal(place, at) {
                self.take(place, at);
            } else {
                doubtful.push((place, self.known[at].id, score));
            }
        }
        doubtful.retain(|(place, ..)| self.matched[*place].is_none());
        doubtful
    }

    fn half_of_options_equal(&self, place: usize, at: usize) -> bool {
        let theirs: HashSet<String> = self
            .text(at)
            .into_iter()
            .flat_map(|question| &question.choices)
            .map(|choice| normalise(&choice.text))
            .collect();
        let options = &self.bank.questions[place].options;
        let equal = options.iter().filter(|option| theirs.contains(&normalise(&option.text))).count();
        equal * 2 >= options.len().max(theirs.len())
    }
}
