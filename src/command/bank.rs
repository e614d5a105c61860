//! `retain bank`: decks written back as question banks.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args as Arguments, Subcommand};

use super::decks::Decks;
use super::{Context, output};
use crate::bank::{Bank, BankQuestion, Front, print};
use crate::error::{Done, Error, Result};
use crate::model::Deck;
use crate::store::{KnownQuestion, Reader};
use crate::ui::words;

/// Question banks.
#[derive(Arguments, Debug)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write a deck as a bank that imports again as the same questions
    Print {
        /// The deck; decks in it are banks of their own
        deck: String,
        /// The format
        #[arg(long, default_value = "text", value_parser = PossibleValuesParser::new(print::formats()))]
        format: String,
        /// The file (default: standard output)
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// Runs the command.
///
/// # Errors
/// When there is no such deck, it has no questions of its own, or the database or the file fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let Action::Print { deck, format, output } = &args.action;
    let store = context.store()?;
    let decks = Decks::read(store.reader())?;
    let deck = &decks.exactly(deck)?.deck;
    let bank = bank(store.reader(), deck)?;
    if bank.questions.is_empty() {
        return Err(no_questions(deck, &decks));
    }
    let printed =
        print::print(&bank, format).ok_or_else(|| Error::fault(format!("no format `{format}` can be printed")))?;
    let left_out: usize = printed.losses.iter().filter(|loss| loss.left_out).map(|loss| loss.questions).sum();
    context.talk(&printed.losses.iter().map(|loss| warning(format, loss)).collect::<String>())?;
    if left_out == bank.questions.len() {
        return Err(Error::person(format!("`{format}` can hold no question of `{}`", deck.name))
            .hint("`text`, `markdown`, `csv` and `json` hold everything"));
    }
    match output {
        None => context.print(&printed.text)?,
        Some(path) => {
            output::to_file(path, |out| out.write_all(printed.text.as_bytes()).map_err(crate::ui::broken_stream))?;
            let count = words::count((bank.questions.len() - left_out) as u64, "question");
            context.talk(&format!("wrote {count} to {}", path.display()))?;
        }
    }
    Ok(if printed.losses.is_empty() { Done::Whole } else { Done::InPart })
}

fn warning(format: &str, loss: &print::Loss) -> String {
    let count = words::count(loss.questions as u64, "question");
    if loss.left_out {
        format!("warning: {count} left out of `{format}`: {}\n", loss.what)
    } else {
        format!("warning: {count} in `{format}` without {}\n", loss.what)
    }
}

fn no_questions(deck: &Deck, decks: &Decks) -> Error {
    let error = Error::person(format!("`{}` has no questions of its own", deck.name));
    let inner = decks.all().iter().map(|entry| &entry.deck);
    let mut inner = inner.filter(|other| other.is_within(&deck.name) && other.name.len() > deck.name.len());
    match inner.next() {
        Some(inner) => {
            error.hint(format!("the decks in it are banks of their own: `retain bank print {}`", inner.name))
        }
        None => error.hint("import a bank into it with `retain import FILE`"),
    }
}

/// The questions of a deck as a bank has them, in the order of the banks that they came from.
fn bank(reader: Reader<'_>, deck: &Deck) -> Result<Bank> {
    let mut ranks: HashMap<i64, usize> = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut placed = Vec::new();
    let known = reader.known_questions(deck.id)?;
    // Both come by number.
    for (question, KnownQuestion { placements, .. }) in reader.questions(Some(deck.id.0))?.into_iter().zip(known) {
        for (source, _) in &placements {
            let next = ranks.len();
            ranks.entry(*source).or_insert(next);
        }
        // Questions come by number, which is when they were first imported; a bank may have got new ones in between.
        let place = placements.first().map(|(source, at)| (ranks[source], at.position));
        // Two banks may mean two questions by one id: the first one has it, as when a bank is imported.
        let own = placements.into_iter().filter_map(|(_, at)| at.external_id).find(|id| !taken.contains(id));
        let id = own.unwrap_or_else(|| question.uid.to_string());
        taken.insert(id.clone());
        placed.push((place.is_none(), place, BankQuestion::of_known(question, Some(id))));
    }
    placed.sort_by_key(|(nowhere, place, _)| (*nowhere, *place));
    Ok(Bank {
        front: Front { deck: Some(deck.name.clone()), ..Front::default() },
        questions: placed.into_iter().map(|(.., question)| question).collect(),
        ..Bank::default()
    })
}
