//! `retain stats`: the dashboard.

use clap::Args as Arguments;

use super::Context;
use super::decks::Decks;
use super::facts::{self, Scope};
use super::optimize::suggestion;
use crate::error::{Done, Result};
use crate::model::{CardState, Due, StudyDay};
use crate::stats::Tally;
use crate::ui::dashboard::{self, Dashboard};
use crate::ui::paint::Paint;

/// Days of the longer view.
const MONTH: i32 = 30;

/// Show how it goes.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Only this deck and the decks in it
    deck: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// When there is no such deck, or the database fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let store = context.store()?;
    let reader = store.reader();
    let decks = Decks::read(reader)?;
    let (_, today) = context.today(reader)?;
    let scope = Scope {
        from: Some(StudyDay(today.0 - MONTH + 1)),
        to: Some(today),
        ..Scope::new(&decks, args.deck.as_deref())?
    };
    let (mut answers, mut month) = (Tally::default(), Tally::default());
    facts::each(reader, &decks, &scope, |fact| {
        month.add(fact);
        if fact.review.day == today {
            answers.add(fact);
        }
        Ok(())
    })?;
    let (mut due, mut new) = ([0; 7], 0);
    for card in facts::cards(context, reader, &decks, &scope)? {
        if card.memory.suspended {
            continue;
        }
        new += usize::from(card.memory.state == CardState::New);
        let day = match card.memory.due {
            Some(Due::Day(day)) => day.since(today),
            Some(Due::At(_)) => 0,
            None => continue,
        };
        if let Some(count) = due.get_mut(day as usize) {
            *count += 1;
        }
    }
    let chosen = decks.named(args.deck.as_deref()).unwrap_or_default();
    let settings = reader.default_settings()?;
    let target = if chosen.is_empty() {
        settings.desired_retention
    } else {
        chosen.iter().map(|entry| entry.settings.desired_retention).sum::<f64>() / chosen.len() as f64
    };
    let shown = Dashboard {
        deck: args.deck.clone(),
        today,
        answers,
        month,
        streak: reader.streak(today, settings.day_start)?,
        target,
        due,
        new,
    };
    context.print(&dashboard::text(&shown, Paint::new(context.color_out())))?;
    context.talk(&suggestion(reader)?.unwrap_or_default())?;
    Ok(Done::Whole)
}
