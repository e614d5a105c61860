//! The questions of a table, and the problems of its other rows.

use super::question::RowFault;
use super::{LeftOut, QuestionTable};
use crate::bank::collect::Collected;
use crate::bank::format::record;
use crate::bank::{Problem, Refusal, Severity, Source};
use crate::model::{Kind, Markup};

/// Turns a table into questions, and reports the rows that are none. Fails when its key can be read in several ways.
pub(in crate::bank) fn questions(table: QuestionTable, source: &Source<'_>) -> Result<Collected, Refusal> {
    let problems: Vec<Problem> = table.faults.iter().map(|fault| problem(fault, table.delimiter, source)).collect();
    let mut read = record::questions(table.records, source, table.hinted)?;
    if table.statements {
        read.questions.iter_mut().for_each(|question| question.kind = Kind::TrueFalse);
    }
    read.rejected += problems.len() + table.sheets.iter().map(|sheet| sheet.questions).sum::<usize>();
    read.problems.extend(table.sheets.iter().map(left_out));
    let plain = read.questions.iter_mut().filter(|question| table.framed && question.markup == Markup::Plain);
    plain.for_each(|question| question.markup = Markup::Markdown);
    read.problems.extend(table.strays.iter().map(|line| stray(*line, source)));
    read.problems.extend(problems);
    read.problems.sort_by_key(|problem| (problem.line, problem.column));
    read.evidence.extend(table.evidence);
    Ok(read)
}

/// A sheet that was not read; an error if its names promise questions.
fn left_out(sheet: &LeftOut) -> Problem {
    let LeftOut { name, questions } = sheet;
    let (severity, message, hint) = match questions {
        0 => (Severity::Warning, format!("the sheet `{name}` holds no questions with options; it is left out"), None),
        rows => (
            Severity::Error,
            format!(
                "the sheet `{name}` has {rows} rows below a column of questions, but no options that are understood"
            ),
            Some("save it as a file of its own, and name its columns with `--columns`".into()),
        ),
    };
    Problem { line: 1, column: 1, width: 1, severity, code: "sheet-left-out", message, hint, excerpt: name.clone() }
}

/// A line that belongs to no table.
fn stray(line: usize, source: &Source<'_>) -> Problem {
    let message = "text that belongs to no question is left out";
    record::trimmed(Problem::of_line(line, source.line(line), Severity::Warning, "stray-text", message, ""))
}

fn problem(fault: &RowFault, delimiter: Option<u8>, source: &Source<'_>) -> Problem {
    let line = source.line(fault.line);
    let sign = delimiter.map(char::from).filter(|_| !line.contains('"'));
    let before = sign.and_then(|sign| line.match_indices(sign).nth(fault.cell.checked_sub(1)?));
    let column = before.map_or(1, |(at, _)| line[..at].chars().count() + 2);
    let text = if line.is_empty() { &fault.cells } else { line };
    let problem = Problem::of_line(fault.line, text, Severity::Error, fault.code, &fault.message, fault.hint);
    let width = problem.excerpt.chars().count().saturating_sub(column - 1).clamp(1, 160);
    Problem { column, width, ..problem }
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};
    use crate::model::Markup;

    #[test]
    fn headings_between_tables_are_topics() {
        let table = |stem: &str| {
            format!(
                "| Question | A | B | Key |\n|---|---|---|---|\n| {stem} | sea | road | A |\n| Not {stem} | sea | road | B |\n"
            )
        };
        let text = format!("# Water\n\n{}\nMore of it.\n\n# Land\n\n{}", table("Wet?"), table("Flat?"));
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        let topics: Vec<_> = bank.questions.iter().filter_map(|question| question.topic.as_deref()).collect();
        assert_eq!(topics, ["Water", "Water", "Land", "Land"]);
        assert!(bank.questions.iter().all(|question| question.markup == Markup::Markdown));
        assert_eq!(
            bank.problems.iter().map(|problem| (problem.line, problem.code)).collect::<Vec<_>>(),
            [(8, "stray-text")]
        );
    }
}
