//! `retain card show`: a card, its answers and the curve of forgetting.

use uuid::Uuid;

use super::shown::Shown;
use crate::command::card_history::card_history;
use crate::command::decks::Decks;
use crate::command::{Context, output};
use crate::error::{Done, Error, Result};
use crate::model::{CardId, Moment, Question, StudyDay, letter};
use crate::stats::{CardAnswer, CardHistory};
use crate::store::{LoadedCard, Reader};
use crate::ui::paint::Paint;
use crate::ui::rich::harmless;
use crate::ui::{About, curve, words};

/// The picture, in columns and lines: it fits a terminal of 80 columns.
const PICTURE: (usize, usize) = (78, 13);

pub(super) fn run(context: &Context, uid: Uuid, json: bool) -> Result<Done> {
    let store = context.store()?;
    let reader = store.reader();
    let (id, card) = super::find(&store, uid)?;
    let now = context.clock.now();
    let Some(history) = card_history(reader, &Decks::read(reader)?, id, now)? else {
        return Ok(Done::Whole);
    };
    if json {
        context.print(&output::json_line(&Shown::new(&card, &history, now))?)?;
        return Ok(Done::Whole);
    }
    let media = reader
        .media_of(card.question.id)?
        .into_iter()
        .map(|(name, file)| format!("media {name}: {}\n", context.media().join(file).display()));
    let (_, today) = context.today(reader)?;
    let paint = Paint::new(context.color_out());
    let mut text = question(&card) + &media.collect::<String>() + &facts(&card, &history, now, today);
    if !history.answers.is_empty() {
        text += &format!("\n{}", answers(&history.answers, &card.question, paint));
        text += &curve::lines(&history.curve, PICTURE.0, PICTURE.1)
            .iter()
            .map(|line| format!("{line}\n"))
            .collect::<String>();
    }
    context.print(&text)?;
    Ok(Done::Whole)
}

/// What is known of a card; none where there is none of this number.
pub(in crate::command) fn about(reader: Reader<'_>, decks: &Decks, card: CardId, now: Moment) -> Result<Option<About>> {
    let (Some(loaded), Some(history)) = (reader.card(card)?, card_history(reader, decks, card, now)?) else {
        return Ok(None);
    };
    let today = now.study_day(decks.of(loaded.deck)?.settings.day_start);
    let json = serde_json::to_value(Shown::new(&loaded, &history, now))
        .map_err(|error| Error::fault(format!("cannot write JSON: {error}")))?;
    Ok(Some(About {
        facts: facts(&loaded, &history, now, today),
        answers: answers(&history.answers, &loaded.question, Paint::new(false)),
        curve: history.curve,
        json,
    }))
}

fn question(card: &LoadedCard) -> String {
    let question = &card.question;
    let topic = question.topic.as_ref().map(|topic| format!(" › {topic}")).unwrap_or_default();
    let mut text = format!("{}{topic}\n{}\n", card.deck_name, harmless(&question.stem));
    for choice in &question.choices {
        let mark = if choice.correct { "*" } else { " " };
        text += &format!(" {mark} {}. {}\n", letter(usize::from(choice.position)), harmless(&choice.text));
    }
    if let Some(rule) = &question.key_rule {
        text += &format!("the right option is declared, not marked ({rule})\n");
    }
    text
}

/// Where it comes from, how it stands, and its flag.
fn facts(card: &LoadedCard, history: &CardHistory, now: Moment, today: StudyDay) -> String {
    let mut text = String::new();
    if let Some((path, line)) = &history.source {
        text += &format!("in {path}:{line}");
        text += &history.bank_id.as_ref().map(|id| format!(", called `{id}` there")).unwrap_or_default();
        text.push('\n');
    }
    let memory = &history.memory;
    text += &format!("state {}", memory.state.name());
    if let Some(due) = memory.due {
        text += &format!(", due {} ({})", due.text(now), words::due(due, now, today));
    }
    if let Some(state) = memory.memory {
        text += &format!(", stability {:.2} days, difficulty {:.2}", state.stability, state.difficulty);
    }
    if let Some(recall) = history.retrievability {
        text += &format!(", recall today {}", words::share(recall));
    }
    text += &format!(", {}, {}", words::count(memory.repetitions, "answer"), words::count(memory.lapses, "lapse"));
    if memory.suspended {
        text += ", suspended";
    }
    if let Some(until) = memory.buried_until.filter(|until| *until > today) {
        text += &format!(", put off until {until}");
    }
    text.push('\n');
    if let Some(flag) = &history.flag {
        text += &format!("{}\n", words::flag(&flag.note));
    }
    text + &format!("card {}\n", card.uid)
}

/// A line for each answer.
fn answers(answers: &[CardAnswer], question: &Question, paint: Paint) -> String {
    if answers.is_empty() {
        return "no answers yet\n".into();
    }
    let header = "day         answered    rating   picked recall stability difficulty  next";
    let mut text = format!("{}\n", paint.dim(header));
    for answer in answers {
        let number = |value: Option<f32>| value.map_or_else(|| "–".into(), |value| format!("{value:.2}"));
        let line = format!(
            "{}  {:<10}  {:<7}  {:<6} {:>6} {:>9} {:>10}  {}",
            answer.day,
            answer.kind.name(),
            rating(answer),
            letters(&answer.picked, question),
            answer.retrievability_before.map_or_else(|| "–".into(), words::share),
            number(answer.after.map(|state| state.stability)),
            number(answer.after.map(|state| state.difficulty)),
            if answer.undone { "taken back".into() } else { words::interval(answer.interval_days) },
        );
        text += &if answer.undone { format!("{}\n", paint.dim(&line)) } else { line + "\n" };
    }
    text
}

/// The rating as a person knows it: a right answer that was called a guess is one.
fn rating(answer: &CardAnswer) -> String {
    let guessed = answer.right && answer.rating == crate::model::Rating::Again;
    if guessed { "guessed".into() } else { answer.rating.to_string() }
}

/// The letters that the bank has now; what is no longer among its choices has none.
fn letters(picked: &[u8], question: &Question) -> String {
    let letter_of = |number: &u8| {
        let choice = question.choices.iter().find(|choice| choice.number == *number);
        choice.map_or_else(|| "–".into(), |choice| letter(usize::from(choice.position)))
    };
    picked.iter().map(letter_of).collect::<Vec<_>>().join(" ")
}
