//! What no table says, for whoever reckons the figures again.

use std::collections::{HashMap, HashSet};

use retain::model::{CardId, Move, MoveKind, QuestionId, Settings};
use retain::store::Reader;
use serde_json::{Map, Value, json};

use super::Subject;

/// The moment, the settings, the moves of the log, drafts, tags and kinds, as `tests/statistics` takes them.
pub fn known(now: &str, reader: Reader<'_>, subjects: &[Subject], moves: &[Move]) -> Value {
    let (mut decks, mut drafts, mut tags, mut kinds) = (Map::new(), Map::new(), Map::new(), Map::new());
    let asked: HashSet<QuestionId> = subjects.iter().map(|subject| subject.question).collect();
    let uids: HashMap<CardId, String> =
        subjects.iter().map(|subject| (subject.card, subject.uid.to_string())).collect();
    for (deck, settings) in reader.decks_with_settings().expect("decks") {
        let questions = reader.questions(Some(deck.id.0)).expect("questions");
        let unasked = questions.iter().filter(|question| !asked.contains(&question.id)).count();
        drafts.insert(deck.name.clone(), unasked.into());
        for question in questions {
            let uid = question.uid.to_string();
            tags.insert(uid.clone(), question.tags.clone().into());
            kinds.insert(uid, json!([question.kind.to_string(), question.choices.len()]));
        }
        let origins = reader.setting_origins(&deck).expect("settings");
        let since = origins.get("parameters").and_then(|origin| origin.set()).map(|set| set.at_ms);
        decks.insert(deck.name, of(&settings, since));
    }
    let entry = |change: &Move| entry(&change.id.0.to_string(), uids.get(&change.card), change.kind);
    let moves: Vec<Value> = moves.iter().map(entry).collect();
    json!({"now": now, "decks": decks, "drafts": drafts, "tags": tags, "kinds": kinds, "moves": moves})
}

fn of(settings: &Settings, parameters_since_ms: Option<i64>) -> Value {
    json!({
        "desired_retention": settings.desired_retention,
        "prior_knowledge": settings.prior_knowledge,
        "luck_aware": settings.luck_aware,
        "exam": settings.exam.map(|day| day.to_string()),
        "leech_threshold": settings.leech_threshold,
        "new_per_day": settings.new_per_day,
        "reviews_per_day": settings.reviews_per_day,
        "new_ignores_review_limit": settings.new_ignores_review_limit,
        "parameters": settings.parameters,
        "parameters_since_ms": parameters_since_ms,
    })
}

fn entry(id: &str, card: Option<&String>, kind: MoveKind) -> Value {
    let (name, day) = match kind {
        MoveKind::Suspend => ("suspend", None),
        MoveKind::Unsuspend => ("unsuspend", None),
        MoveKind::Bury(until) => ("bury", Some(until)),
        MoveKind::Unbury => ("unbury", None),
        MoveKind::Due(due) => ("due", Some(due)),
        MoveKind::Forget => ("forget", None),
    };
    json!([id, card, name, day.map(|day| day.to_string())])
}
