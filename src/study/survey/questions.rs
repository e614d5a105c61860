//! The most notable questions, with their texts.

use super::Basis;
use super::cards::SurveyCards;
use crate::error::Result;
use crate::model::{Question, letter};
use crate::stats::items::{ItemAnswers, ItemKey, Marks, note};
use crate::stats::overview::{
    ConfusionFigures, ItemFigures, OptionName, QuestionFigures, QuestionName, Share, SurenessFigures, SuspectKey,
};
use crate::stats::{Survey, wilson};

/// Questions of each kind that are shown.
const SHOWN: usize = 10;

/// The most notable questions. The caller adds the topics.
pub(super) fn figures(basis: &Basis<'_>, cards: &SurveyCards, survey: &Survey) -> Result<ItemFigures> {
    let items = || survey.items.iter().zip(&cards.keys).enumerate();
    let mut hardest: Vec<(f64, usize)> = Vec::new();
    let mut confusions: Vec<(u32, usize, u8)> = Vec::new();
    let mut suspects: Vec<(f64, usize)> = Vec::new();
    let (mut first, mut first_right) = (0, 0);
    let (mut rapid, mut rapid_right, mut chance) = (0, 0, 0.0);
    for (place, (item, key)) in items() {
        first += usize::from(item.first_right.is_some());
        first_right += usize::from(item.first_right == Some(true));
        rapid += item.rapid as usize;
        rapid_right += item.rapid_right as usize;
        chance += item.rapid_chance_sum();
        if item.right < item.answers {
            let high = wilson(item.right as usize, item.answers as usize).map_or(1.0, |(_, high)| high);
            hardest.push((high, place));
        }
        confusions.extend(item.confusions(key).into_iter().map(|(number, times)| (times, place, number)));
        if let Some(rivals) = item.suspect_key(key) {
            let all = (rivals.keyed_times + rivals.other_times) as usize;
            suspects.push((wilson(rivals.other_times as usize, all).map_or(0.0, |(low, _)| low), place));
        }
    }
    let all_confusions = confusions.len();
    // Ties are broken by the order of the questions, which no run changes.
    first_of(&mut hardest, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    first_of(&mut confusions, |a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    first_of(&mut suspects, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let texts = SurveyTexts { basis, cards, survey };
    Ok(ItemFigures {
        first_attempts: Share::from_counts(first_right, first),
        rapid: Share::from_counts(rapid_right, rapid),
        rapid_chance: (rapid > 0).then(|| chance / rapid as f64),
        sureness: sureness(&texts)?,
        topics: Vec::new(),
        hardest: hardest.into_iter().map(|(_, place)| texts.hard(place)).collect::<Result<_>>()?,
        confusions: confusions
            .into_iter()
            .map(|(times, place, number)| texts.confusion(place, number, times))
            .collect::<Result<_>>()?,
        all_confusions,
        suspect_keys: suspects
            .into_iter()
            .filter_map(|(_, place)| texts.suspect(place).transpose())
            .collect::<Result<_>>()?,
    })
}

/// What the person said of their answers, and what they were wrong about.
fn sureness(texts: &SurveyTexts<'_, '_>) -> Result<SurenessFigures> {
    let [unsure, sure] = texts.survey.sureness.map(|(right, all)| Share::from_counts(right, all));
    let wrong = || texts.cards.surely_wrong.iter().enumerate().filter(|(_, wrong)| **wrong).map(|(place, _)| place);
    Ok(SurenessFigures {
        sure,
        unsure,
        first_again: wrong().take(SHOWN).map(|place| texts.name(place)).collect::<Result<_>>()?,
        all_first_again: wrong().count(),
    })
}

fn first_of<T>(found: &mut Vec<T>, order: impl Fn(&T, &T) -> std::cmp::Ordering + Copy) {
    if found.len() > SHOWN {
        found.select_nth_unstable_by(SHOWN, order);
        found.truncate(SHOWN);
    }
    found.sort_by(order);
}

struct SurveyTexts<'a, 'g> {
    basis: &'a Basis<'g>,
    cards: &'a SurveyCards,
    survey: &'a Survey,
}

impl SurveyTexts<'_, '_> {
    fn item(&self, place: usize) -> (&ItemAnswers, &ItemKey) {
        (&self.survey.items[place], &self.cards.keys[place])
    }

    fn question(&self, place: usize) -> Result<Question> {
        let (question, ..) = self.cards.questions[place];
        self.basis
            .reader
            .question(question)?
            .ok_or_else(|| crate::error::Error::inconsistent(format!("no question has the number {}", question.0)))
    }

    fn deck(&self, place: usize) -> String {
        self.basis.decks.all()[self.cards.questions[place].1].deck.name.clone()
    }

    fn marks(&self, place: usize) -> Marks {
        Marks { draft: false, leech: self.cards.leeches[place], surely_wrong: self.cards.surely_wrong[place] }
    }

    fn name(&self, place: usize) -> Result<QuestionName> {
        let question = self.question(place)?;
        Ok(QuestionName {
            markup: question.markup,
            deck: self.deck(place),
            question: question.uid.to_string(),
            stem: question.stem,
            topic: question.topic,
        })
    }

    fn hard(&self, place: usize) -> Result<QuestionFigures> {
        let question = self.question(place)?;
        let (item, key) = self.item(place);
        Ok(QuestionFigures {
            markup: question.markup,
            deck: self.deck(place),
            right: Share::from_counts(item.right as usize, item.answers as usize),
            expected: item.expected_accuracy(),
            lapses: item.lapses as usize,
            note: note(item, key, self.marks(place), |number| option(&question, number).letter),
            question: question.uid.to_string(),
            topic: question.topic,
            stem: question.stem,
        })
    }

    fn confusion(&self, place: usize, number: u8, times: u32) -> Result<ConfusionFigures> {
        let question = self.question(place)?;
        Ok(ConfusionFigures {
            markup: question.markup,
            deck: self.deck(place),
            right: question
                .choices
                .iter()
                .filter(|choice| choice.correct)
                .map(|choice| option(&question, choice.number))
                .collect(),
            wrong: option(&question, number),
            times: times as usize,
            answers: self.item(place).0.answers as usize,
            question: question.uid.to_string(),
            stem: question.stem,
        })
    }

    fn suspect(&self, place: usize) -> Result<Option<SuspectKey>> {
        let (item, key) = self.item(place);
        let Some(rivals) = item.suspect_key(key) else { return Ok(None) };
        let question = self.question(place)?;
        Ok(Some(SuspectKey {
            markup: question.markup,
            deck: self.deck(place),
            keyed: option(&question, rivals.keyed),
            keyed_times: rivals.keyed_times as usize,
            other: option(&question, rivals.other),
            other_times: rivals.other_times as usize,
            question: question.uid.to_string(),
            stem: question.stem,
        }))
    }
}

/// An option in use by its number.
fn option(question: &Question, number: u8) -> OptionName {
    let found = question.choices.iter().find(|choice| choice.number == number);
    OptionName {
        letter: found.map(|choice| letter(usize::from(choice.position))).unwrap_or_default(),
        text: found.map(|choice| choice.text.clone()).unwrap_or_default(),
    }
}
