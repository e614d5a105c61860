//! `retain search`: everything that banks say, found by words.

use clap::Args as Arguments;

use super::progress::bars;
use super::{Context, number};
use crate::error::{Done, Result};
use crate::study::{SearchFindings, Trainer, filter_text};
use crate::ui::card_table::{self, ListView};
use crate::ui::paint::Paint;
use crate::ui::{card_names, screen};

/// How to search.
pub(super) const SYNTAX: &str = "\
Words:    mars planet      both words, anywhere in a question
          mon*             words that begin so
          \"red planet\"     these words in this order
          mars OR venus    one of them
          -mars            not this word (write `--` before words that begin with a `-`)
Filters:  deck:Planets  topic:\"Outer Planets\"  tag:chapter-*
          is:new  is:due  is:learning  is:review  is:suspended  is:buried  is:flagged  is:leech  is:draft
          'due:<7' (within 7 days)  due:0 (today)  'due:>30'  due:overdue
          A shell takes `<` and `>` for files: put such a filter in quotes.
Letter case and marks on letters do not count. `-` before a filter turns it around.

The numbers of the list name cards until another list is shown: `retain card show 3`, `retain card suspend 3 5`.";

/// Find questions by their words.
#[derive(Arguments, Debug)]
#[command(after_help = SYNTAX)]
pub struct Args {
    /// What to look for
    #[arg(required = true, allow_hyphen_values = true, value_name = "WORDS")]
    words: Vec<String>,
    /// Show at most this many cards
    #[arg(long, default_value = "50", value_name = "N", value_parser = number::whole(1, u32::MAX))]
    limit: u32,
    /// JSON Lines, for programs
    #[arg(long)]
    json: bool,
}

/// The words as one text. A shell takes quotation marks away, so an argument with blanks is a phrase, unless it is all that was typed.
pub(super) fn text(words: &[String]) -> String {
    if let [only] = words {
        return only.clone();
    }
    let quoted = |word: &String| match word.split_once(':') {
        _ if !word.contains(char::is_whitespace) || word.contains('"') => word.clone(),
        None => format!("\"{word}\""),
        Some((filter @ ("deck" | "topic" | "tag"), name)) => filter_text(filter, name),
        Some(_) => word.clone(),
    };
    words.iter().map(quoted).collect::<Vec<_>>().join(" ")
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let mut trainer = context.trainer()?;
    let limit = usize::try_from(args.limit).unwrap_or(usize::MAX);
    let found = trainer.search(&text(&args.words), limit, &mut bars(context, None))?;
    if args.json {
        context.print(&card_table::found_json(&found.cards, trainer.now())?)?;
        return Ok(Done::Whole);
    }
    print(context, &trainer, &found)
}

/// Prints what was found, for people.
pub(super) fn print(context: &Context, trainer: &Trainer, found: &SearchFindings) -> Result<Done> {
    let present = trainer.present()?;
    let view = ListView {
        now: present.now,
        today: present.today,
        width: screen::columns(),
        paint: Paint::new(context.color_out()),
        sought: &found.sought,
    };
    if !found.cards.is_empty() {
        context.print(&card_table::found_text(&found.cards, view))?;
        trainer.keep_list(found.cards.iter().map(|card| card.card.unwrap_or(card.question)));
    }
    context.talk(&card_names::findings(found))?;
    Ok(Done::Whole)
}
