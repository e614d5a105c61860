//! Schemas 15 to 18: tables, with blobs of protobuf in them.

use prost::Message;
use rusqlite::Row;

use super::part::{AnkiDeck, AnkiPreset, CardTemplate, NoteType};
use super::reading::{Collection, text};
use crate::anki::messages::{DeckContent, DeckKind, NoteTypeConfig, PresetConfig, TemplateConfig};
use crate::anki::package::broken;
use crate::error::Result;

/// More minutes than this are no offset from Greenwich.
const FARTHEST: i64 = 14 * 60;

/// Minutes east of Greenwich, from the minutes west that Anki keeps.
pub(super) fn east(west: i64) -> Option<i32> {
    i32::try_from(-west).ok().filter(|_| west.abs() <= FARTHEST)
}

/// Loads what schema 11 keeps as JSON.
pub(super) fn load(collection: &mut Collection) -> Result<()> {
    let setting = |key: &str| -> Option<i64> {
        let value: Vec<u8> =
            collection.connection.query_row("select val from config where KEY = ?1", [key], |row| row.get(0)).ok()?;
        serde_json::from_slice(&value).ok()
    };
    let (rollover, offset) = (setting("rollover"), setting("creationOffset"));
    if let Some(hour) = rollover.filter(|hour| (0..24).contains(hour)) {
        collection.rollover = hour as u8;
    }
    collection.offset_minutes = offset.and_then(east);
    for (id, name, bytes) in rows(collection, "select id, name, kind from decks", 2)? {
        let mut deck = AnkiDeck { name: name.replace('\u{1f}', "::"), ..AnkiDeck::default() };
        if let Some(DeckContent::Normal(normal)) = decoded::<DeckKind>(&bytes, "decks")?.kind {
            deck.preset = Some(normal.config_id);
            deck.desired_retention = normal.desired_retention;
        }
        collection.decks.insert(id, deck);
    }
    for (id, name, bytes) in rows(collection, "select id, name, config from deck_config", 2)? {
        collection.presets.insert(id, AnkiPreset { name, config: decoded::<PresetConfig>(&bytes, "presets")? });
    }
    for (id, name, bytes) in rows(collection, "select id, name, config from notetypes", 2)? {
        let config: NoteTypeConfig = decoded(&bytes, "note types")?;
        let (cloze, occlusion) = (config.kind == 1, config.original_stock_kind == 6);
        collection.note_types.insert(id, NoteType { name, cloze, occlusion, ..NoteType::default() });
    }
    for (note_type, name, _) in rows(collection, "select ntid, name, config from fields order by ntid, ord", 2)? {
        if let Some(known) = collection.note_types.get_mut(&note_type) {
            known.fields.push(name);
        }
    }
    for (note_type, name, bytes) in rows(collection, "select ntid, name, config from templates order by ntid, ord", 2)?
    {
        let TemplateConfig { q_format, a_format, .. } = decoded(&bytes, "templates")?;
        if let Some(known) = collection.note_types.get_mut(&note_type) {
            known.templates.push(CardTemplate { name, front: q_format, back: a_format });
        }
    }
    Ok(())
}

type NamedBlob = (i64, String, Vec<u8>);

fn rows(collection: &Collection, sql: &str, blob: usize) -> Result<Vec<NamedBlob>> {
    let row = |row: &Row<'_>| Ok((row.get(0)?, text(row, 1)?, row.get(blob)?));
    let mut all = Vec::new();
    collection.each(sql, row, |found| {
        all.push(found);
        if all.len() > 200_000 { Err(broken("it has more decks or note types than anybody makes")) } else { Ok(()) }
    })?;
    Ok(all)
}

fn decoded<M: Message + Default>(bytes: &[u8], what: &str) -> Result<M> {
    M::decode(bytes).map_err(|_| broken(&format!("its {what} are damaged")))
}
