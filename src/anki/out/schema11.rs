//! Schema 11: decks, presets, note types and settings are JSON in the one row of `col`.

use rusqlite::{Connection, params};
use serde_json::{Map, Value, json};

use super::note_type::{ABOUT_ORIGINAL, OutNoteType};
use super::part::{OutCollection, OutDeck, OutPreset};
use super::schema18::LATEX;

/// Writes all but notes, cards and answers.
pub(super) fn write(
    connection: &Connection,
    collection: &OutCollection,
    note_types: &[OutNoteType],
) -> rusqlite::Result<()> {
    connection
        .execute_batch("create table graves (usn integer not null, oid integer not null, type integer not null);")?;
    let now_s = collection.now_ms / 1_000;
    let conf = json!({
        "activeDecks": [1], "addToCur": true, "collapseTime": 1200, "creationOffset": -collection.offset_minutes, "curDeck": 1,
        "curModel": note_types.first().map_or(0, |kind| kind.id), "dayLearnFirst": false, "dueCounts": true, "estTimes": true,
        "fsrs": true, "newSpread": 0, "nextPos": 1, "rollover": collection.rollover, "sched2021": true, "schedVer": 2,
        "sortBackwards": false, "sortType": "noteFld", "timeLim": 0,
    });
    let by_id = |values: Vec<(i64, Value)>| -> String {
        let map: Map<String, Value> = values.into_iter().map(|(id, value)| (id.to_string(), value)).collect();
        Value::Object(map).to_string()
    };
    let models = by_id(note_types.iter().map(|kind| (kind.id, model(kind))).collect());
    let decks = by_id(collection.decks.iter().map(|it| (it.id, deck(it, now_s))).collect());
    let presets = by_id(collection.presets.iter().map(|it| (it.id, preset(it, now_s))).collect());
    connection.execute(
        "insert into col values (1, ?1, ?2, ?2, 11, 0, 0, 0, ?3, ?4, ?5, ?6, '{}')",
        params![collection.created_s, collection.now_ms, conf.to_string(), models, decks, presets],
    )?;
    Ok(())
}

fn model(kind: &OutNoteType) -> Value {
    let field = |(place, name): (usize, &String)| {
        let is_hidden = name == OutNoteType::ORIGINAL;
        json!({"name": name, "ord": place, "sticky": false, "rtl": false, "font": "Arial", "size": 20,
            "description": if is_hidden { ABOUT_ORIGINAL } else { "" }, "plainText": is_hidden, "collapsed": is_hidden,
            "excludeFromSearch": is_hidden, "id": kind.id * 100 + place as i64, "tag": null,
            "preventDeletion": false, "media": []})
    };
    let template = |(place, [name, front, back]): (usize, &[String; 3])| {
        json!({"name": name, "ord": place, "qfmt": front, "afmt": back, "bqfmt": "", "bafmt": "", "did": null, "bfont": "",
            "bsize": 0, "id": kind.id * 100 + 90 + place as i64})
    };
    let required = |place: usize| json!([place, "any", [if kind.templates.len() > 1 { 2 * place } else { 0 }]]);
    json!({
        "id": kind.id, "name": kind.name, "type": i32::from(kind.cloze), "mod": 0, "usn": -1, "sortf": 0, "did": null,
        "flds": kind.fields.iter().enumerate().map(field).collect::<Vec<_>>(),
        "tmpls": kind.templates.iter().enumerate().map(template).collect::<Vec<_>>(),
        "css": kind.css, "latexPre": LATEX[0], "latexPost": LATEX[1], "latexsvg": false,
        "req": (0..kind.templates.len()).map(required).collect::<Vec<_>>(), "tags": [], "vers": [],
    })
}

fn deck(deck: &OutDeck, now_s: i64) -> Value {
    json!({
        "id": deck.id, "mod": now_s, "name": deck.name, "usn": -1, "lrnToday": [0, 0], "revToday": [0, 0], "newToday": [0, 0],
        "timeToday": [0, 0], "collapsed": false, "browserCollapsed": false, "desc": "", "dyn": 0, "conf": deck.preset, "extendNew": 0,
        "extendRev": 0,
    })
}

fn preset(preset: &OutPreset, now_s: i64) -> Value {
    let config = &preset.config;
    json!({
        "id": preset.id, "mod": now_s, "name": preset.name, "usn": -1, "maxTaken": 60, "autoplay": true, "timer": 0, "replayq": true,
        "dyn": false,
        "new": {"bury": config.bury_new, "delays": config.learn_steps, "initialFactor": 2500, "ints": [1, 4, 0],
            "order": config.new_card_insert_order, "perDay": config.new_per_day},
        "rev": {"bury": config.bury_reviews, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": config.maximum_review_interval,
            "perDay": config.reviews_per_day, "hardFactor": 1.2},
        "lapse": {"delays": config.relearn_steps, "leechAction": config.leech_action, "leechFails": config.leech_threshold,
            "minInt": 1, "mult": 0.0},
        "buryInterdayLearning": config.bury_interday_learning, "newMix": config.new_mix, "interdayLearningMix": 0,
        "reviewOrder": config.review_order, "newSortOrder": 0, "newGatherPriority": 0, "fsrsWeights": [], "fsrsParams5": [],
        "fsrsParams6": config.fsrs_params_6, "desiredRetention": config.desired_retention,
        "ignoreRevlogsBeforeDate": config.ignore_revlogs_before_date, "easyDaysPercentages": config.easy_days_percentages,
        "sm2Retention": 0.9,
    })
}
