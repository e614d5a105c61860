//! Parts of printed tests and forms for the person who fills them in: a blank before the number, points, a star for
//! mandatory questions.

use super::super::label::question_number;
use super::sheet::Sheet;

/// Words after the points of a question.
const POINTS: [&str; 12] =
    ["point", "points", "pt", "pts", "mark", "marks", "punkt", "punkte", "punto", "puntos", "punti", "pontos"];

/// Removes them if nearly all questions have them.
pub(super) fn take_off(sheet: &mut Sheet<'_>) {
    for at in sheet.find(|text| behind_blank(text).is_some()) {
        if let Some(text) = behind_blank(&sheet.lines[at]) {
            sheet.lines[at] = text.to_owned();
        }
    }
    unscored(sheet);
    let questions = sheet.find(|text| question_number(text).is_some());
    let most = |found: &[usize]| found.len() > 1 && found.len() * 10 >= questions.len() * 8;
    let is_starred = |at: &usize| sheet.is_text(*at) && sheet.lines[*at].trim_end().ends_with(" *");
    let starred = Some((0..sheet.lines.len()).filter(is_starred).collect::<Vec<_>>()).filter(|found| most(found));
    let points = Some(sheet.find(is_points)).filter(|found| most(found));
    // A star at the end of options marks them.
    let required = starred.filter(|starred| starred.iter().all(|at| questions.contains(at)) && points.is_some());
    for at in required.into_iter().flatten() {
        let text = sheet.lines[at].trim_end();
        sheet.lines[at] = text[..text.len() - 1].trim_end().to_owned();
    }
    if let Some(points) = points {
        let first = points[0];
        let message = format!(
            "`{}` and similar lines are with {} questions; they are left out",
            sheet.lines[first].trim(),
            points.len()
        );
        sheet.warn(first, "refrain", &message, "");
        sheet.explain("points", "left out", format!("with {} questions", points.len()), &points);
        points.into_iter().for_each(|at| sheet.leave_out(at));
    }
}

/// Removes the points from lines with only the number of a question, and the line `Question 1 options:`.
fn unscored(sheet: &mut Sheet<'_>) {
    for at in 0..sheet.lines.len() {
        let text = sheet.lines[at].trim().to_owned();
        let Some((_, rest)) = question_number(&text).filter(|_| sheet.is_text(at)) else { continue };
        let worded = text.starts_with(char::is_alphabetic);
        if worded && rest.starts_with('(') && is_points(rest) {
            sheet.lines[at] = text[..text.len() - rest.len()].trim_end().to_owned();
        } else if worded && rest.trim_end_matches([':', ' ']).eq_ignore_ascii_case("options") {
            sheet.leave_out(at);
        }
    }
}

/// `____ 1. What?` without the blank for the answer.
fn behind_blank(line: &str) -> Option<&str> {
    let text = line.trim_start();
    let rest = text.trim_start_matches('_');
    let number = rest.trim_start();
    let blank = text.len() - rest.len() > 1;
    (blank && number.starts_with(|char: char| char.is_ascii_digit()) && question_number(number).is_some())
        .then_some(number)
}

/// `1 point`, `(2 Punkte)`
fn is_points(text: &str) -> bool {
    let bare = text.trim_matches(['(', ')', '[', ']', '*', ' ']);
    let Some((number, word)) = bare.split_once(' ') else { return false };
    number.len() < 4 && number.parse::<f32>().is_ok() && POINTS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::super::tidy;

    fn tidied(text: &str) -> Vec<String> {
        tidy(&text.lines().map(str::to_owned).collect::<Vec<_>>(), 0).lines
    }

    #[test]
    fn blanks_points_and_stars_of_forms_are_taken_off() {
        assert_eq!(tidied("____  1. Red?\na. sky\nb. blood"), ["1. Red?", "a. sky", "b. blood"]);
        let form = "1. Red? *\n1 point\nsky\nblood\n\n2. Green? *\n2 points\nsea\ngrass";
        assert_eq!(tidied(form), ["1. Red?", "sky", "blood", "", "2. Green?", "sea", "grass"]);
    }

    #[test]
    fn numbers_lose_their_points_and_options_their_heading() {
        let text = "Question 1 (1 point)\nRed?\nQuestion 1 options:\na) sky\nb) blood";
        assert_eq!(tidied(text), ["Question 1", "Red?", "a) sky", "b) blood"]);
    }

    #[test]
    fn stars_of_options_and_gaps_in_sentences_stay() {
        for text in [
            "1. Red?\nA. sky\nB. blood *\n2. Green?\nA. grass *\nB. sea",
            "____ is red.\nA. sky",
            "1. Red *\n2. Green *",
        ] {
            assert_eq!(tidied(text), text.lines().collect::<Vec<_>>());
        }
    }
}
