//! The cards that something is done to: named one by one, or found by a search.

use clap::Args as Arguments;

use super::{NAMES, say_if_stale};
use crate::command::{Context, ask};
use crate::error::{Error, Result};
use crate::study::{NamedCard, Trainer};
use crate::ui::card_names;

/// Cards that something is done to.
#[derive(Arguments, Debug)]
#[command(after_help = NAMES)]
pub(super) struct Chosen {
    /// The cards
    #[arg(required_unless_present = "search", value_name = "CARD")]
    cards: Vec<String>,
    /// All cards that `retain search WORDS` finds; asks first if there are several
    #[arg(long, value_name = "WORDS", conflicts_with = "cards")]
    search: Option<String>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

/// What kind of cards a search may choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choosable {
    /// Cards.
    Cards,
    /// Cards, and questions that have none because their key is missing.
    Questions,
    /// Cards and questions that were deleted.
    Deleted,
}

impl Chosen {
    /// The cards, after a yes where a search chose several; `None` after a no. `what` is what is done to them, as in `suspend`.
    pub(super) fn find(
        &self,
        context: &Context,
        trainer: &mut Trainer,
        what: &str,
        choosable: Choosable,
    ) -> Result<Option<Vec<NamedCard>>> {
        let Some(words) = &self.search else {
            let cards = match choosable {
                Choosable::Deleted => trainer.deleted_cards_named(&self.cards)?,
                Choosable::Cards | Choosable::Questions => trainer.cards_named(&self.cards)?,
            };
            return say_if_stale(context, cards).map(Some);
        };
        let found = match choosable {
            Choosable::Deleted => trainer.cards_sought(&format!("{words} is:deleted"), true)?,
            _ => trainer.cards_sought(words, choosable == Choosable::Questions)?,
        };
        if found.is_empty() {
            return Err(Error::person(format!("no cards match `{words}`"))
                .named("no-such-card")
                .hint("`retain search WORDS` shows what a search finds"));
        }
        let question = format!("{what} {}?", card_names::named(&found));
        let nobody = || {
            Error::person("nothing was changed: this is not a terminal, so I cannot ask")
                .hint("add `--yes` to go ahead; `retain search WORDS` shows the cards first")
        };
        if found.len() > 1 && !self.yes && !ask::confirm(context, &question, false, nobody)? {
            context.talk("nothing was changed")?;
            return Ok(None);
        }
        Ok(Some(found))
    }
}
