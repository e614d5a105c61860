//! Back to the parameters before the last fit that was adopted.

use crate::error::{Error, Result};
use crate::model::DeedKind;
use crate::store::{NewDeed, Store};
use crate::study::decks::Decks;
use crate::study::present::Present;
use crate::study::progress::Watch;
use crate::study::rebuild::remake_changed;

/// What a fit that was taken back leaves behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FitReverted {
    /// The deck's name; `all decks` for the default.
    pub name: String,
    /// What is in use now.
    pub now: NowInUse,
}

/// What is in use after a fit was taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NowInUse {
    /// The fit had changed no parameters, only how the person answers.
    AnsweringBefore,
    /// The parameters before the fit.
    ParametersBefore,
    /// No parameters of its own.
    NoneOfItsOwn,
}

/// Takes back the last adopted fit, of one deck if it is named.
pub(in crate::study) fn revert_fit(
    store: &mut Store,
    deck: Option<&str>,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<FitReverted> {
    let now_ms = present.now.utc_ms;
    let mut writer = store.deed(NewDeed::new(DeedKind::Fit, present.now))?;
    let before = Decks::load(writer.reader())?;
    let wanted = deck.map(|name| before.exactly(name)).transpose()?.map(|entry| entry.deck.id);
    let last = writer.reader().fits()?.into_iter().find(|fit| {
        let changed = fit.fitted.is_some() || fit.answering.is_some();
        changed && fit.reverted_ms.is_none() && (deck.is_none() || fit.deck == wanted)
    });
    let Some(fit) = last else {
        return Err(
            Error::person("there is no fit to take back").hint("`retain optimize --history` shows what was tried")
        );
    };
    let name = match fit.deck {
        Some(deck) => before.entry(deck)?.deck.name.clone(),
        None => "all decks".to_owned(),
    };
    if fit.fitted.is_some() && writer.reader().own_parameters(fit.deck)? != fit.fitted {
        return Err(Error::person(format!("the parameters of {name} were changed after the fit"))
            .hint("set them yourself with `retain deck set … parameters=…`; nothing was changed"));
    }
    if fit.fitted.is_some() {
        writer.put_parameters(fit.deck, fit.before.as_deref(), now_ms, "the fit after them was taken back")?;
    }
    writer.put_answering(fit.deck, fit.answering_before.as_deref(), now_ms, "the fit after it was taken back")?;
    writer.mark_fit_reverted(fit.id, now_ms)?;
    writer.entitle(format!("{name}: back to the parameters before the last fit"));
    remake_changed(&mut writer, &before, watch)?;
    writer.commit()?;
    let now = match (&fit.fitted, &fit.before) {
        (None, _) => NowInUse::AnsweringBefore,
        (_, Some(_)) => NowInUse::ParametersBefore,
        (_, None) => NowInUse::NoneOfItsOwn,
    };
    Ok(FitReverted { name, now })
}
