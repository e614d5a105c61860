//! Tables of statements with a tick in each row.

use super::cells::TableRow;
use super::layout::{HEAD, TableLayout, body, width};
use super::profile::ColumnProfile;
use super::row_count;
use super::ticks::Ticks;
use crate::bank::Decision;
use crate::bank::format::record::header::{ColumnRole, columns};

/// Finds statements with ticks next to them.
pub(super) fn layout(rows: &[TableRow]) -> Option<TableLayout> {
    rows.iter().take(HEAD).enumerate().find_map(|(at, (line, row))| {
        let ticks = Ticks::find(row)?;
        let body = body(rows, at + 1);
        // One column is ticked in some rows and empty in the others.
        let empty = body.iter().filter(|(_, row)| ticks.cells(row) == ["", ""]).count();
        if ticks.columns[1].is_none() && (empty == 0 || body.len() < 3) {
            return None;
        }
        let ticked = body.iter().filter(|(_, row)| ticks.of_row(row).is_some()).count();
        let sides = [true, false].map(|side| body.iter().any(|(_, row)| ticks.of_row(row) == Some(side)));
        if ticked < 2 || ticked * 5 < body.len() * 4 || sides.contains(&false) || !ticks.are_signs(body) {
            return None;
        }
        let mut columns = columns(row);
        columns.resize(row.len(), ColumnRole::Other);
        let stem = stem(row, &columns, &ticks, body)?;
        for (place, column) in columns.iter_mut().enumerate() {
            if place == stem {
                *column = ColumnRole::Question;
            } else if ticks.columns.contains(&Some(place)) || !column.is_aside() {
                *column = ColumnRole::Other;
            }
        }
        let decision = format!("statements, each `{}` or `{}` by its tick", ticks.names[0], ticks.names[1]);
        let evidence = Decision::new("columns", decision)
            .because("names of columns", [*line])
            .because(format!("{ticked} of {} have a tick", row_count(body.len())), body.iter().map(|(line, _)| *line));
        Some(TableLayout {
            columns,
            skip: at + 1,
            width: width(row, body),
            names: Some(row.clone()),
            evidence: Some(evidence),
            ticks: Some(ticks),
            ..TableLayout::default()
        })
    })
}

/// The column of the statements: the one with that name, otherwise the one whose cells look most like statements.
fn stem(names: &[String], columns: &[ColumnRole], ticks: &Ticks, body: &[TableRow]) -> Option<usize> {
    let seen = ColumnProfile::of_rows(body);
    let free = |at: &usize| !ticks.columns.contains(&Some(*at));
    let named = (0..names.len()).filter(free).find(|at| columns[*at] == ColumnRole::Question);
    let score = |at: &usize| seen.get(*at).map_or(0, |seen| seen.as_stem(body.len()));
    let is_statement = |at: &usize| score(at) > 0 && are_sentences(body, *at);
    named.or_else(|| (0..names.len()).filter(free).filter(is_statement).max_by_key(score))
}

/// Whether the cells of a column are sentences rather than names of people or things.
fn are_sentences(body: &[TableRow], at: usize) -> bool {
    let cells = || body.iter().filter_map(|(_, row)| row.get(at)).filter(|cell| !cell.is_empty());
    let spoken = |cell: &&String| {
        cell.split_whitespace().count() > 2 || cell.ends_with(['.', '。', '?', '？']) || cell.chars().any(is_wide)
    };
    cells().filter(spoken).count() * 10 >= cells().count() * 7
}

/// A sign of a script without blanks.
fn is_wide(char: char) -> bool {
    ('\u{3040}'..='\u{9fff}').contains(&char)
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};
    use crate::model::Kind;

    #[test]
    fn a_tick_says_whether_a_statement_holds() {
        for text in [
            "Statement,True,False\nTar is black.,X,\nMilk is green.,,X\nTin is a metal.,X,\n",
            "Nr;Aussage;Richtig;Falsch;Kommentar\n1;Teer ist schwarz.;x;;\n2;Milch ist grün.;;x;Sie ist weiß.\n3;Zinn ist ein Metall.;x;;\n",
            "| | R | F |\n|---|:-:|:-:|\n| Tar is black. | ☒ | ☐ |\n| Milk is green. | ☐ | ☒ |\n| Tin is a metal. | ☒ | ☐ |\n",
            "Statement,True?\nTar is black.,x\nMilk is green.,\nTin is a metal.,x\n",
            "Phrase\tVrai\tFaux\nLe goudron est noir.\t1\t0\nLe lait est vert.\t0\t1\nL'étain est un métal.\t1\t0\n",
        ] {
            let bank = read(text.as_bytes(), &ReadOptions::default()).expect(text);
            assert!(bank.questions.iter().all(|question| question.kind == Kind::TrueFalse), "{text}");
            let right: Vec<_> = bank.questions.iter().map(crate::bank::BankQuestion::correct).collect();
            assert_eq!(right, [[0], [1], [0]], "{text}");
        }
        let people = "Name,Yes,No\nAnna,x,\nBert,,x\nCleo,x,\n";
        assert!(read(people.as_bytes(), &ReadOptions::default()).is_err());
        let text = "Statement,True,False\nTar is black.,X,\nMilk is green.,,X\nIce is warm.,,\nTin is a metal.,X,\nFog is dry.,,X\n";
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect(text);
        assert_eq!((bank.questions.len(), bank.rejected, bank.problems[0].line), (4, 1, 4));
    }
}
