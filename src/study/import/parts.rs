//! A bank whose questions name decks of their own goes into all of these, in one transaction.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::Batch;
use super::apply::{ImportOptions, Imported, Incoming, write_bank};
use super::media::MediaFiles;
use super::origin::{DeckOrigin, find_origin};
use super::put_away::{bring_deck_back, stays_away};
use crate::bank::plan::ImportPlan;
use crate::bank::{Bank, BankQuestion};
use crate::error::Result;
use crate::model::DeedKind;
use crate::store::{NewDeed, Store};
use crate::study::present::Present;
use crate::study::progress::Watch;

/// The questions of a bank that go into one deck.
struct BankPart {
    bank: Bank,
    /// Their places in the whole bank.
    places: Vec<usize>,
    media: MediaFiles,
    origin: DeckOrigin,
}

impl BankPart {
    fn incoming<'a>(&'a self, source: &'a str) -> Incoming<'a> {
        Incoming::new(&self.bank, &self.media, &self.origin, source)
    }
}

/// Imports or updates a bank of several decks. A question that came before stays in the deck where it is.
#[expect(clippy::too_many_arguments, reason = "those of the import of a bank, and its media")]
pub(super) fn import_parts(
    store: &mut Store,
    bank: &mut Bank,
    media: MediaFiles,
    (source, path): (&str, &Path),
    options: &ImportOptions<'_>,
    batch: &mut Batch,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<Imported> {
    let mut parts = parts(store, bank, media, (source, path), options)?;
    let done = import_each(store, &parts, source, options, batch, present, watch);
    // The report is about the whole bank.
    let mut whole: Vec<Option<BankQuestion>> = vec![None; parts.iter().map(|part| part.places.len()).sum()];
    for part in &mut parts {
        for (place, question) in part.places.iter().zip(std::mem::take(&mut part.bank.questions)) {
            whole[*place] = Some(question);
        }
    }
    bank.questions = whole.into_iter().flatten().collect();
    done
}

/// Takes the questions out of the bank, deck by deck.
fn parts(
    store: &Store,
    bank: &mut Bank,
    media: MediaFiles,
    (source, path): (&str, &Path),
    options: &ImportOptions<'_>,
) -> Result<Vec<BankPart>> {
    let reader = store.reader();
    let here = reader.decks_of_bank(source)?;
    let mut decks: HashMap<Option<String>, usize> = HashMap::new();
    let mut parts: Vec<BankPart> = Vec::new();
    let within = |deck: &String| options.deck.map_or_else(|| deck.clone(), |outer| format!("{outer}::{deck}"));
    let placed = std::mem::take(&mut bank.questions).into_iter().zip(&bank.prints).zip(media).enumerate();
    for (place, ((question, print), files)) in placed {
        let known = question.id.as_ref().and_then(|id| here.get(id)).cloned();
        let deck = known.or_else(|| question.deck.as_ref().map(within));
        let at = *decks.entry(deck.clone()).or_insert_with(|| {
            let front =
                crate::bank::Front { deck: deck.clone().or_else(|| bank.front.deck.clone()), ..bank.front.clone() };
            let origin = deck.map(|deck| DeckOrigin { named: Some(deck.clone()), ..DeckOrigin::for_deck(&deck) });
            parts.push(BankPart {
                bank: Bank { front, format: bank.format, ..Bank::default() },
                places: Vec::new(),
                media: Vec::new(),
                origin: origin.unwrap_or_default(),
            });
            parts.len() - 1
        });
        let part = &mut parts[at];
        part.places.push(place);
        part.media.push(files);
        part.bank.prints.push(*print);
        part.bank.questions.push(question);
    }
    for part in parts.iter_mut().filter(|part| part.origin.deck.is_empty()) {
        part.origin = find_origin(reader, options.deck, &part.bank, source, path)?;
    }
    Ok(parts)
}

fn import_each(
    store: &mut Store,
    parts: &[BankPart],
    source: &str,
    options: &ImportOptions<'_>,
    batch: &mut Batch,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<Imported> {
    let mut notes: Vec<String> = Vec::new();
    let mut plans: Vec<ImportPlan> = Vec::new();
    if options.dry_run {
        for part in parts {
            plans.push(part.incoming(source).plan(store.reader())?);
        }
    } else {
        for part in parts {
            notes.extend(bring_deck_back(store, &part.incoming(source), present)?);
        }
        let mut writer = store.import_writer()?;
        writer.delay_memories();
        let number = batch.number(writer.reader())?;
        writer.begin_deed(NewDeed { batch: Some(number), ..NewDeed::new(DeedKind::Import, present.now) })?;
        let mut any = false;
        for part in parts {
            let (plan, changed) = write_bank(&mut writer, &part.incoming(source), options, number, present.now, watch)?;
            any |= changed;
            plans.push(plan);
        }
        if !any {
            writer.forget_deed();
        }
        writer.commit()?;
    }
    let mut whole = ImportPlan::default();
    let mut decks: BTreeMap<String, usize> = BTreeMap::new();
    for (part, mut plan) in parts.iter().zip(plans) {
        notes.extend(stays_away(store.reader(), &part.origin.deck, &plan)?);
        notes.extend(part.origin.told.clone());
        *decks.entry(part.origin.deck.clone()).or_default() += part.places.len();
        plan.planned.iter_mut().for_each(|planned| planned.place = part.places[planned.place]);
        plan.maybe_same.iter_mut().for_each(|(place, ..)| *place = part.places[*place]);
        whole.planned.extend(plan.planned);
        whole.missing.extend(plan.missing);
        whole.maybe_same.extend(plan.maybe_same);
        whole.texts.extend(plan.texts);
    }
    whole.planned.sort_by_key(|planned| planned.place);
    let most = decks.iter().max_by_key(|(_, count)| **count).map(|(deck, _)| deck.clone()).unwrap_or_default();
    let decks = if decks.len() > 1 { decks.into_iter().collect() } else { Vec::new() };
    notes.dedup();
    Ok(Imported { deck: most, decks, plan: whole, note: (!notes.is_empty()).then(|| notes.join("\n")) })
}
