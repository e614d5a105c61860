//! Schema 18: tables, with blobs of protobuf in them.

use prost::Message;
use rusqlite::{Connection, params};

use super::note_type::{ABOUT_ORIGINAL, OutNoteType};
use super::part::OutCollection;
use crate::anki::messages::{
    CardRequirement, DeckCommon, DeckContent, DeckKind, FieldConfig, NormalDeck, NoteTypeConfig, TemplateConfig,
};

/// What LaTeX begins and ends with, as in every note type of Anki.
pub(super) const LATEX: [&str; 2] = [
    "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n",
    "\\end{document}",
];

const TABLES: &str = "
create table deck_config (id integer primary key not null, name text not null collate unicase, mtime_secs integer not null,
    usn integer not null, config blob not null);
create table config (KEY text not null primary key, usn integer not null, mtime_secs integer not null, val blob not null) without rowid;
create table fields (ntid integer not null, ord integer not null, name text not null collate unicase, config blob not null,
    primary key (ntid, ord)) without rowid;
create unique index idx_fields_name_ntid on fields (name, ntid);
create table templates (ntid integer not null, ord integer not null, name text not null collate unicase, mtime_secs integer not null,
    usn integer not null, config blob not null, primary key (ntid, ord)) without rowid;
create unique index idx_templates_name_ntid on templates (name, ntid);
create index idx_templates_usn on templates (usn);
create table notetypes (id integer not null primary key, name text not null collate unicase, mtime_secs integer not null,
    usn integer not null, config blob not null);
create unique index idx_notetypes_name on notetypes (name);
create index idx_notetypes_usn on notetypes (usn);
create table decks (id integer primary key not null, name text not null collate unicase, mtime_secs integer not null,
    usn integer not null, common blob not null, kind blob not null);
create unique index idx_decks_name on decks (name);
create index idx_notes_mid on notes (mid);
create index idx_cards_odid on cards (odid) where odid != 0;
create table tags (tag text not null primary key collate unicase, usn integer not null, collapsed boolean not null,
    config blob null) without rowid;
create table graves (oid integer not null, type integer not null, usn integer not null, primary key (oid, type)) without rowid;
create index idx_graves_pending on graves (usn);";

/// Writes all but notes, cards and answers.
pub(super) fn write(
    connection: &Connection,
    collection: &OutCollection,
    note_types: &[OutNoteType],
) -> rusqlite::Result<()> {
    connection.execute_batch(TABLES)?;
    let (now_ms, now_s) = (collection.now_ms, collection.now_ms / 1_000);
    connection.execute(
        "insert into col values (1, ?1, ?2, ?2, 18, 0, 0, 0, '', '', '', '', '')",
        [collection.created_s, now_ms],
    )?;
    let mut setting = connection.prepare("insert into config values (?, 0, ?, ?)")?;
    let settings = [
        ("creationOffset", (-collection.offset_minutes).to_string()),
        ("curDeck", "1".into()),
        ("fsrs", "true".into()),
        ("localOffset", (-collection.offset_minutes).to_string()),
        ("nextPos", "1".into()),
        ("rollover", collection.rollover.to_string()),
        ("sched2021", "true".into()),
        ("schedVer", "2".into()),
    ];
    for (key, value) in settings {
        setting.execute(params![key, now_s, value.as_bytes()])?;
    }
    let mut insert = connection.prepare("insert into decks values (?, ?, ?, -1, ?, ?)")?;
    for deck in &collection.decks {
        let normal = NormalDeck { config_id: deck.preset, ..NormalDeck::default() };
        let kind = DeckKind { kind: Some(DeckContent::Normal(normal)) };
        let common = DeckCommon::default().encode_to_vec();
        insert.execute(params![deck.id, deck.name.replace("::", "\u{1f}"), now_s, common, kind.encode_to_vec()])?;
    }
    let mut insert = connection.prepare("insert into deck_config values (?, ?, ?, -1, ?)")?;
    for preset in &collection.presets {
        insert.execute(params![preset.id, preset.name, now_s, preset.config.encode_to_vec()])?;
    }
    let mut insert = connection.prepare("insert into notetypes values (?, ?, 0, -1, ?)")?;
    let mut field = connection.prepare("insert into fields values (?, ?, ?, ?)")?;
    let mut template = connection.prepare("insert into templates values (?, ?, ?, 0, -1, ?)")?;
    for kind in note_types {
        let requirement = |place: usize| CardRequirement {
            card_ord: place as u32,
            kind: 1,
            field_ords: vec![if kind.templates.len() > 1 { 2 * place as u32 } else { 0 }],
        };
        let config = NoteTypeConfig {
            kind: i32::from(kind.cloze),
            css: kind.css.into(),
            latex_pre: LATEX[0].into(),
            latex_post: LATEX[1].into(),
            reqs: (0..kind.templates.len()).map(requirement).collect(),
            ..NoteTypeConfig::default()
        };
        insert.execute(params![kind.id, kind.name, config.encode_to_vec()])?;
        for (place, name) in kind.fields.iter().enumerate() {
            let is_hidden = name == OutNoteType::ORIGINAL;
            let config = FieldConfig {
                font_name: "Arial".into(),
                font_size: 20,
                description: if is_hidden { ABOUT_ORIGINAL.into() } else { String::new() },
                plain_text: is_hidden,
                collapsed: is_hidden,
                exclude_from_search: is_hidden,
                id: Some(kind.id * 100 + place as i64),
                ..FieldConfig::default()
            };
            field.execute(params![kind.id, place as i64, name, config.encode_to_vec()])?;
        }
        for (place, [name, front, back]) in kind.templates.iter().enumerate() {
            let config = TemplateConfig {
                q_format: front.clone(),
                a_format: back.clone(),
                id: Some(kind.id * 100 + 90 + place as i64),
                ..TemplateConfig::default()
            };
            template.execute(params![kind.id, place as i64, name, config.encode_to_vec()])?;
        }
    }
    Ok(())
}
