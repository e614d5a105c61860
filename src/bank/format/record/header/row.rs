//! The names of a row together: repeated names count options, and flags belong to the options next to them.

use super::name::{ColumnName, fold};
use super::{ColumnRole, words};
use crate::model::limits::TABLE_COLUMNS;

/// What the columns of a table hold by their names.
pub(in crate::bank) fn columns(names: &[String]) -> Vec<ColumnRole> {
    if names.len() as u64 > TABLE_COLUMNS.most {
        // A long line of commas is no row of names, and to look each of them up would take for ever.
        return vec![ColumnRole::Other; names.len()];
    }
    let mut columns: Vec<ColumnRole> = names.iter().map(|name| ColumnRole::from_name(name)).collect();
    count_repeated(names, &mut columns);
    flags_beside(names, &mut columns);
    flags_in_small_letters(names, &mut columns);
    flags_that_ask(names, &mut columns);
    align_flags(&mut columns);
    several_wrong(&mut columns);
    right_by_name(names, &mut columns);
    columns
}

/// `Wrong answers,Wrong answers` hold one each.
fn several_wrong(columns: &mut [ColumnRole]) {
    let wrong = |column: &&mut ColumnRole| matches!(column, ColumnRole::Wrong | ColumnRole::Wrongs);
    if columns.iter_mut().filter(wrong).count() > 1 {
        columns.iter_mut().filter(wrong).for_each(|column| *column = ColumnRole::Wrong);
    }
}

/// `A (correct),B,C`: the name of one option says that it is right in every row.
fn right_by_name(names: &[String], columns: &mut [ColumnRole]) {
    let options: Vec<usize> = (0..columns.len()).filter(|at| columns[*at].option().is_some()).collect();
    let keyed = columns.iter().any(|column| column.is_key() || *column == ColumnRole::Options);
    let right = |at: &&usize| {
        let name = names[**at].trim();
        let aside = name.find(['(', '[']).map_or("", |open| &name[open..]);
        let hint = ColumnName::parse(aside);
        name.starts_with('*') || name.ends_with('*') || hint.has(&words::RIGHT) && !hint.has(&words::WRONG)
    };
    let mut found = options.iter().filter(right);
    if let (Some(key), None, false) = (found.next().copied(), found.next(), keyed) {
        options.into_iter().for_each(|at| columns[at] = if at == key { ColumnRole::Answer } else { ColumnRole::Wrong });
    }
}

/// The names of the options, if one between others has neither a letter nor a number (`1,X,2`): then all are options in
/// their order.
pub(in crate::bank::format::record) fn labels(names: &[String], columns: &mut [ColumnRole]) -> Vec<String> {
    let options: Vec<usize> = (0..columns.len()).filter(|at| columns[*at].option().is_some()).collect();
    let (Some(first), Some(last)) = (options.first().copied(), options.last().copied()) else { return Vec::new() };
    let parted = |at: usize| {
        let name = names[at].trim();
        name.rsplit_once([' ', '_', '-']).map(|(word, label)| (word.to_lowercase(), label.to_owned()))
    };
    let Some((word, _)) = parted(first) else { return Vec::new() };
    let alike = |at: &usize| parted(*at).is_some_and(|(other, _)| other == word);
    let between: Vec<usize> = (first..=last).filter(alike).collect();
    let other = between.iter().filter(|at| columns[**at] == ColumnRole::Other).count();
    if other == 0 || !options.iter().all(alike) {
        return Vec::new();
    }
    between.iter().enumerate().for_each(|(place, at)| columns[*at] = ColumnRole::Option(place, None));
    between.into_iter().filter_map(|at| parted(at).map(|(_, label)| label)).collect()
}

/// Whether a name says no more than that the column is an answer, and which (`Answer 2`).
pub(in crate::bank::format::record) fn is_numbered_answer(name: &str) -> bool {
    let name = ColumnName::parse(name);
    name.has(&words::ANSWER) && !name.has(&words::OPTION) && name.place.is_some_and(|(_, base)| base.is_some())
}

/// `Answer,Answer,Answer` are options in their order.
fn count_repeated(names: &[String], columns: &mut [ColumnRole]) {
    let repeated = |at: usize| names.iter().filter(|name| **name == names[at]).count() > 1;
    if columns.iter().any(|column| column.option().is_some()) {
        return;
    }
    let counted = |at: &usize| {
        let name = ColumnName::parse(&names[*at]);
        let right = name.has(&words::RIGHT) || name.has(&words::WRONG) || name.has(&words::EXPLANATION);
        !names[*at].is_empty() && (name.has(&words::OPTION) || name.has(&words::ANSWER)) && !right && repeated(*at)
    };
    let places: Vec<usize> = (0..names.len().min(columns.len())).filter(counted).collect();
    for (place, at) in places.into_iter().enumerate() {
        columns[at] = ColumnRole::Option(place, None);
    }
}

/// `Option 1,Correct,Option 2,Correct`: a flag follows its option.
fn flags_beside(names: &[String], columns: &mut [ColumnRole]) {
    let options = columns.iter().filter_map(ColumnRole::option).count();
    let answers = (1..columns.len().min(names.len())).filter(|at| columns[*at] == ColumnRole::Answer);
    let behind: Vec<(usize, usize)> = answers.filter_map(|at| Some((at, columns[at - 1].option()?))).collect();
    if options > 1 && behind.len() == options {
        for (at, place) in behind {
            columns[at] = ColumnRole::Flag(place);
        }
    }
}

/// `correcta` alone is a word, and next to `correctb` a flag.
fn flags_in_small_letters(names: &[String], columns: &mut [ColumnRole]) {
    let letter = |name: &String| {
        let rest = fold(name).strip_prefix("correct").and_then(|rest| rest.bytes().next().filter(|_| rest.len() == 1));
        rest.filter(|letter| (b'a'..=b'j').contains(letter)).map(|letter| usize::from(letter - b'a'))
    };
    let places: Vec<Option<usize>> = names.iter().map(letter).collect();
    if places.contains(&Some(0)) && places.contains(&Some(1)) {
        for (column, place) in columns.iter_mut().zip(places).filter_map(|(column, place)| Some((column, place?))) {
            *column = ColumnRole::Flag(place);
        }
    }
}

/// `A?,B?` behind `A,B` ask whether these are right.
fn flags_that_ask(names: &[String], columns: &mut [ColumnRole]) {
    let asks = |at: &usize| names[*at].trim().ends_with('?');
    let place = |at: &usize| columns[*at].option();
    let (asking, plain): (Vec<usize>, Vec<usize>) = (0..columns.len()).filter(|at| place(at).is_some()).partition(asks);
    let same = asking.iter().map(place).eq(plain.iter().map(place));
    if same && asking.len() > 1 {
        let flags: Vec<(usize, usize)> = asking.into_iter().filter_map(|at| Some((at, place(&at)?))).collect();
        flags.into_iter().for_each(|(at, place)| columns[at] = ColumnRole::Flag(place));
    }
}

/// Options may count from A while their flags count from 1.
fn align_flags(columns: &mut [ColumnRole]) {
    let first = |place: fn(&ColumnRole) -> Option<usize>| columns.iter().filter_map(place).min();
    let (Some(option), Some(flag)) = (first(ColumnRole::option), first(ColumnRole::flag)) else { return };
    for column in columns {
        if let ColumnRole::Flag(place) = column {
            *place = *place + option - flag.min(*place + option);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_may_have_labels_of_their_own() {
        let names: Vec<String> = "Question,Option 1,Option X,Option 2,Key".split(',').map(str::to_owned).collect();
        let mut found = columns(&names);
        assert_eq!(labels(&names, &mut found), ["1", "X", "2"]);
        assert_eq!(found[2], ColumnRole::Option(1, None));
    }

    fn named(names: &str) -> Vec<ColumnRole> {
        columns(&names.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn names_that_repeat_count_options() {
        let options = |at: usize| ColumnRole::Option(at, None);
        let asked = [ColumnRole::Question, options(0), options(1), options(2), ColumnRole::Answer];
        assert_eq!(named("Question,Answer,Answer,Answer,Correct answer"), asked);
        assert_eq!(named("Frage,Antwort,Antwort,Antwort,Lösung"), asked);
    }

    #[test]
    fn flags_belong_to_their_options() {
        assert_eq!(
            named("Question,Option A,Correct,Option B,Correct")[2..5],
            [ColumnRole::Flag(0), ColumnRole::Option(1, None), ColumnRole::Flag(1)]
        );
        assert_eq!(named("question,a,b,correcta,correctb")[3..], [ColumnRole::Flag(0), ColumnRole::Flag(1)]);
        assert_eq!(named("pregunta,opcion1,opcion2,correcta")[3..], [ColumnRole::Answer]);
        assert_eq!(named("question,A,B,Grade1,Grade2")[3..], [ColumnRole::Flag(0), ColumnRole::Flag(1)]);
        assert_eq!(named("Frage,A,B,A?,B?")[3..], [ColumnRole::Flag(0), ColumnRole::Flag(1)]);
        assert_eq!(named("question,A (correct),B,C")[1..], [ColumnRole::Answer, ColumnRole::Wrong, ColumnRole::Wrong]);
        assert_eq!(
            named("Frage,Antwort A,Antwort B,A richtig,B richtig")[3..],
            [ColumnRole::Flag(0), ColumnRole::Flag(1)]
        );
    }
}
