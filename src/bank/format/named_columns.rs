//! The names that a person gives to the columns of a table, checked before anything is read by them.

use std::collections::HashSet;

use super::cards;
use super::record::header::{ColumnRole, columns};
use crate::bank::Refusal;

/// Names that may occur several times.
const SEVERAL: [&str; 8] = ["", "-", "tags", "tag", "option", "options", "wrong", "answer"];

/// Checks the names of columns against a table whose widest row has `widest` cells. Fails if a name is unknown or
/// repeated, or there are more names than columns.
pub(super) fn check(names: &str, widest: usize) -> Result<(), Refusal> {
    let names: Vec<String> = names.split(',').map(|name| name.trim().to_lowercase()).collect();
    let refused = |message: String| {
        let hint = "it takes `question`, `a` to `j` or `option`, `answer`, `wrong`, `explanation`, `topic`, `tags`, `id`, \
            `front` and `back`; `-` leaves a column out";
        Err(Refusal::new(message, hint))
    };
    let known = columns(&names);
    let is_unknown = |(at, name): &(usize, &String)| {
        !SEVERAL.contains(&name.as_str()) && known.get(*at) == Some(&ColumnRole::Other) && !cards::table::is_known(name)
    };
    if let Some((_, name)) = names.iter().enumerate().find(is_unknown) {
        return refused(format!("`--columns` knows no column `{name}`"));
    }
    let mut seen = HashSet::new();
    if let Some(name) = names.iter().find(|name| !SEVERAL.contains(&name.as_str()) && !seen.insert(name.as_str())) {
        return refused(format!("`--columns` names `{name}` twice"));
    }
    if names.len() > widest {
        return refused(format!("`--columns` names {} columns where the table has {widest}", names.len()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn names_are_known_and_stand_once() {
        let told = |names: &str| check(names, 4).err().map(|refusal| refusal.message);
        assert_eq!(told("question,a,b,answer"), None);
        assert_eq!(told("-,front,-,back"), None);
        assert_eq!(told("question,a,b,grumble").as_deref(), Some("`--columns` knows no column `grumble`"));
        assert_eq!(told("question,a,a,answer").as_deref(), Some("`--columns` names `a` twice"));
        assert_eq!(told("question,a,b,c,answer").as_deref(), Some("`--columns` names 5 columns where the table has 4"));
    }
}
