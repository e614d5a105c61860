//! Tables as data: lists of rows below a row of names, and columns side by side.

use serde_json::{Map, Value};

use super::name::FieldRole;

/// The rows of a list of lists: below a row of names, or words and what they mean.
pub(super) fn of_lists(items: &[Value]) -> Option<Vec<Map<String, Value>>> {
    let rows: Vec<&Vec<Value>> = items.iter().map(Value::as_array).collect::<Option<_>>()?;
    let (first, rest) = rows.split_first()?;
    let names: Vec<&str> = first.iter().map(Value::as_str).collect::<Option<_>>()?;
    let fields: Vec<FieldRole> = names.iter().map(|name| FieldRole::from_name(name)).collect();
    let has = |field: FieldRole| fields.contains(&field);
    let named = (has(FieldRole::Question) || has(FieldRole::Front))
        && (has(FieldRole::Answer) || has(FieldRole::Back))
        && !rest.is_empty();
    if named {
        let row = |row: &&Vec<Value>| names.iter().map(|name| (*name).to_owned()).zip(row.iter().cloned()).collect();
        return Some(rest.iter().map(row).collect());
    }
    let pair = |row: &&Vec<Value>| {
        row.len() == 2 && row.iter().all(|cell| cell.as_str().is_some_and(|text| !text.trim().is_empty()))
    };
    let card = |row: &&Vec<Value>| {
        let names = ["front".to_owned(), "back".to_owned()];
        names.into_iter().zip(row.iter().cloned()).collect()
    };
    (rows.len() > 1 && rows.iter().all(pair)).then(|| rows.iter().map(card).collect())
}

/// The rows of columns: a list of questions next to equally long lists of options and answers, or maps with the same
/// names.
pub(super) fn of_columns(fields: &Map<String, Value>) -> Option<Vec<Map<String, Value>>> {
    let column = |value: &Value| -> Option<Vec<Value>> {
        match value {
            Value::Array(items) => Some(items.clone()),
            Value::Object(fields) if fields.keys().all(|name| name.parse::<u64>().is_ok()) => {
                Some(fields.values().cloned().collect())
            }
            _ => None,
        }
    };
    let asks = fields.iter().find(|(name, value)| {
        let texts = match value {
            Value::Array(items) => items.len() > 1 && items.iter().all(Value::is_string),
            Value::Object(fields) => fields.len() > 1 && fields.values().all(Value::is_string),
            _ => false,
        };
        texts && matches!(FieldRole::from_name(name), FieldRole::Question | FieldRole::Front)
    })?;
    let count = column(asks.1)?.len();
    let fits = |field: FieldRole, value: &Value| match (field, column(value)) {
        (FieldRole::Options, Some(cells)) => {
            cells.len() == count && cells.iter().all(|cell| cell.is_array() || cell.is_object())
        }
        (FieldRole::Answer | FieldRole::Back, Some(cells)) => cells.len() == count,
        _ => false,
    };
    if !fields.iter().any(|(name, value)| fits(FieldRole::from_name(name), value)) {
        return None;
    }
    let mut rows = vec![Map::new(); count];
    for (name, value) in fields {
        // A single value applies to all rows.
        let cells = column(value).filter(|cells| cells.len() == count).unwrap_or_default();
        rows.iter_mut().zip(cells).for_each(|(row, cell)| {
            row.insert(name.clone(), cell);
        });
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_rows() {
        let lists = |json: &str| of_lists(serde_json::from_str::<Value>(json).ok()?.as_array()?).map(|rows| rows.len());
        assert_eq!(lists(r#"[["dog", "Hund"], ["cat", "Katze"]]"#), Some(2));
        assert_eq!(lists(r#"[["question", "a", "b", "answer"], ["What?", "x", "y", "a"]]"#), Some(1));
        assert_eq!(lists("[[1, 2], [3, 4]]"), None);
        let columns =
            |json: &str| of_columns(serde_json::from_str::<Value>(json).ok()?.as_object()?).map(|rows| rows.len());
        assert_eq!(columns(r#"{"question": ["One?", "Two?"], "answer": ["x", "y"]}"#), Some(2));
        assert_eq!(columns(r#"{"question": {"0": "One?", "1": "Two?"}, "answer": {"0": "x", "1": "y"}}"#), Some(2));
        assert_eq!(
            columns(r#"{"questions": ["One?", "Two?"], "options": [["a", "b"], ["c", "d"]], "answers": ["A", "B"]}"#),
            Some(2)
        );
        assert_eq!(columns(r#"{"question": ["two", "lines"], "options": ["a", "b"], "answer": "a"}"#), None);
    }
}
