//! The forms of answers, before and after the answer.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use super::Screen;
use super::body::{Body, Led};
use crate::model::Markup;
use crate::session::{self, Difference, Feedback, GivenAnswer, Half, Showing, ShownChoice};
use crate::ui::rich::harmless;
use crate::ui::theme::Theme;

fn led<'a>(screen: &'a Screen<'_>, showing: &Showing, style: Style, choice: usize) -> Led<'a> {
    Led { markup: showing.markup, theme: &screen.theme, style, lead: style, choice: Some(choice) }
}

/// The choices with the cursor, marks of picked ones, and struck-out ones.
pub(super) fn picks(body: &mut Body, screen: &Screen<'_>, showing: &Showing) {
    let place = screen.place;
    for (at, choice) in showing.choices.iter().enumerate() {
        let (picked, struck) = (place.picked.contains(&at) || place.held == Some(at), place.struck.contains(&at));
        let mark = if struck {
            '×'
        } else if picked {
            '●'
        } else {
            ' '
        };
        let style = match (at == place.cursor, struck) {
            (_, true) => screen.theme.struck,
            (true, false) => screen.theme.cursor,
            (false, false) => Style::new(),
        };
        let cursor = if at == place.cursor { '›' } else { ' ' };
        body.led(&format!("{cursor}{mark} {}  ", choice.label), &choice.text, led(screen, showing, style, at));
    }
}

/// The choices after the answer: right ones, picked ones, and the feedback of the bank.
pub(super) fn picked(body: &mut Body, screen: &Screen<'_>, showing: &Showing, feedback: &Feedback) {
    let picked = feedback.picked();
    for (at, choice) in showing.choices.iter().enumerate() {
        let (right, picked) = (feedback.correct.contains(&at), picked.contains(&at));
        let (sign, style) = match (right, picked) {
            (true, true) => ("✓›", screen.theme.right),
            (true, false) => ("✓ ", screen.theme.right),
            (false, true) => ("✗›", screen.theme.wrong),
            (false, false) => ("  ", screen.theme.dim),
        };
        let text = format!("{}{}", choice.text, in_the_bank(showing, choice));
        body.led(&format!("{sign} {}  ", choice.label), &text, led(screen, showing, style, at));
        if let Some(text) = choice.feedback.as_ref().filter(|_| right || picked) {
            body.led("      ", text, Led { choice: None, ..led(screen, showing, screen.theme.dim, at) });
        }
    }
}

/// The letter of the choice in the bank, if the explanation seems to name letters and the choices are shuffled.
fn in_the_bank(showing: &Showing, choice: &ShownChoice) -> String {
    let moved = showing.choices.iter().any(|choice| choice.label != choice.bank_letter);
    let named = |choice: &ShownChoice| {
        let explanation = showing.explanation.as_deref().unwrap_or_default();
        explanation.split(|char: char| !char.is_alphanumeric()).any(|word| word == choice.bank_letter)
    };
    if !moved || !showing.choices.iter().any(named) {
        return String::new();
    }
    format!("  ({} in the bank)", choice.bank_letter)
}

/// The choices to be ordered, each with its number so far.
pub(super) fn order(body: &mut Body, screen: &Screen<'_>, showing: &Showing) {
    let place = screen.place;
    for (at, choice) in showing.choices.iter().enumerate() {
        let number = place.picked.iter().position(|picked| *picked == at);
        let number = number.map_or_else(|| " ·".to_owned(), |number| format!("{:>2}", number + 1));
        let (cursor, style) = if at == place.cursor { ('›', screen.theme.cursor) } else { (' ', Style::new()) };
        body.led(&format!("{cursor}{number} {}  ", choice.label), &choice.text, led(screen, showing, style, at));
    }
}

/// The right order, with the number of each choice in the answer.
pub(super) fn ordered(body: &mut Body, screen: &Screen<'_>, showing: &Showing, feedback: &Feedback) {
    let picked = feedback.picked();
    for (number, &at) in feedback.correct.iter().enumerate() {
        // A question that was left open shows only what would have been right.
        let given = picked.iter().position(|picked| *picked == at).unwrap_or(number);
        let (sign, style) = if given == number { ("✓", screen.theme.right) } else { ("✗", screen.theme.wrong) };
        let was = if given == number { String::new() } else { format!("  (you: {})", given + 1) };
        let choice = &showing.choices[at];
        let lead = format!("{sign}{:>2} {}  ", number + 1, choice.label);
        body.led(&lead, &format!("{}{was}", choice.text), led(screen, showing, style, at));
    }
}

/// The pairs so far, and the halves.
pub(super) fn pairs(body: &mut Body, screen: &Screen<'_>, showing: &Showing, halves: &[Half]) {
    let place = screen.place;
    for (at, choice) in showing.choices.iter().enumerate() {
        let given = place.halves.get(at).copied().flatten();
        let given = given.map_or_else(|| "·".to_owned(), |half| halves[half].label.clone());
        let (cursor, style) = if at == place.cursor { ('›', screen.theme.cursor) } else { (' ', Style::new()) };
        body.led(&format!("{cursor} {}  → {given:<2} ", choice.label), &choice.text, led(screen, showing, style, at));
    }
    body.blank();
    for half in halves {
        let taken = place.halves.iter().flatten().any(|given| halves[*given].label == half.label);
        let style = if taken { screen.theme.dim } else { Style::new() };
        body.led(
            &format!("     {:<2} ", half.label),
            &half.text,
            Led { choice: None, ..led(screen, showing, style, 0) },
        );
    }
}

/// Each choice with the half that was given, and the right one if that differs.
pub(super) fn paired(body: &mut Body, screen: &Screen<'_>, showing: &Showing, halves: &[Half], feedback: &Feedback) {
    let given = match &feedback.given {
        GivenAnswer::Paired(pairs) => pairs.clone(),
        GivenAnswer::Picked(_) | GivenAnswer::Typed(_) | GivenAnswer::Revealed | GivenAnswer::LeftOpen => Vec::new(),
    };
    let is_open = feedback.given == GivenAnswer::LeftOpen;
    let right = showing.right_halves();
    for (at, choice) in showing.choices.iter().enumerate() {
        let half = given.iter().find(|(choice, _)| *choice == at).map(|(_, half)| *half);
        let fits = half.is_some() && half == right.get(at).copied();
        let (sign, style) = match (is_open, fits) {
            (true, _) => (" ", Style::new()),
            (false, true) => ("✓", screen.theme.right),
            (false, false) => ("✗", screen.theme.wrong),
        };
        body.led(&format!("{sign}  {}  ", choice.label), &choice.text, led(screen, showing, style, at));
        let text = |half: Option<usize>| half.and_then(|half| halves.get(half)).map_or("", |half| half.text.as_str());
        if !fits && !is_open {
            let yours = Led { choice: Some(at), ..led(screen, showing, screen.theme.wrong, at) };
            body.led("      you: ", text(half), yours);
        }
        body.led("      → ", text(right.get(at).copied()), led(screen, showing, screen.theme.right, at));
    }
}

/// The typed line with its cursor.
pub(super) fn line(body: &mut Body, screen: &Screen<'_>, width: usize) {
    let (input, room) = (&screen.place.line, width.saturating_sub(3).max(4));
    body.line(input_line("› ", input, room, &screen.theme));
}

/// A typed line, scrolled so that its cursor is visible.
pub(super) fn input_line(lead: &str, input: &tui_input::Input, room: usize, theme: &Theme) -> Line<'static> {
    let chars: Vec<char> = input.value().chars().filter(|char| !char.is_control()).collect();
    let cursor = input.cursor().min(chars.len());
    let width = |part: &[char]| unicode_width::UnicodeWidthStr::width(part.iter().collect::<String>().as_str());
    let mut from = 0;
    while from < cursor && width(&chars[from..cursor]) + 1 > room {
        from += 1;
    }
    let mut to = chars.len();
    while to > cursor && width(&chars[from..to]) > room {
        to -= 1;
    }
    let part = |part: &[char]| part.iter().collect::<String>();
    let under = chars.get(cursor).filter(|_| cursor < to).map_or_else(|| " ".to_owned(), char::to_string);
    Line::from(vec![
        Span::styled(lead.to_owned(), theme.accent),
        Span::raw(part(&chars[from..cursor])),
        Span::styled(under, Style::new().add_modifier(Modifier::REVERSED)),
        Span::raw(part(&chars[(cursor + 1).min(to)..to])),
    ])
}

/// The typed answer against the accepted ones, letter by letter.
pub(super) fn typed(body: &mut Body, screen: &Screen<'_>, showing: &Showing, feedback: &Feedback) {
    let theme = screen.theme;
    let text = match &feedback.given {
        GivenAnswer::Typed(text) => Some(text),
        _ => None,
    };
    let (sign, style) = if feedback.right { ("✓› ", theme.right) } else { ("✗› ", theme.wrong) };
    let accepted = showing.right_texts();
    let near = feedback.typed.as_ref().filter(|_| !feedback.right && !feedback.overruled);
    let is_given = |other: &str| feedback.right && text.is_some_and(|text| text == other);
    let mut rest: Vec<&str> = accepted.iter().copied().filter(|other| !is_given(other)).collect();
    match (near, text) {
        // If next to nothing is equal, a comparison of letters explains nothing.
        (Some(typed), Some(text)) if typed.distance * 2 <= text.chars().count().max(2) => {
            body.line(compared(sign, style, &typed.typed));
            body.line(compared("✓  ", theme.right, &typed.accepted));
            let nearest = typed.nearest.and_then(|nearest| accepted.get(nearest));
            rest.retain(|other| Some(other) != nearest);
            if typed.accents_only {
                body.text("   only the accents differ", theme.dim);
            }
        }
        (_, Some(text)) => {
            body.led(sign, text, Led { markup: Markup::Plain, choice: None, ..led(screen, showing, style, 0) });
        }
        (_, None) => {}
    }
    for other in rest {
        let give = showing.tolerance_of(other).map(|by| format!(", give or take {by}")).unwrap_or_default();
        body.led("✓  ", &format!("{other}{give}"), Led { choice: None, ..led(screen, showing, theme.right, 0) });
    }
    if let Some(text) = &feedback.comment {
        body.led("   ", text, Led { choice: None, ..led(screen, showing, theme.dim, 0) });
    }
}

/// One of two compared lines; its differences are underlined.
fn compared(sign: &str, style: Style, spans: &[session::ComparedSpan]) -> Line<'static> {
    let span = |span: &session::ComparedSpan| {
        let text = harmless(&span.text).into_owned();
        match span.difference {
            Difference::Same => Span::raw(text),
            Difference::Wrong | Difference::Extra | Difference::Missing => {
                Span::styled(text, style.add_modifier(Modifier::UNDERLINED))
            }
        }
    };
    let lead = Span::styled(sign.to_owned(), style);
    Line::from(std::iter::once(lead).chain(spans.iter().map(span)).collect::<Vec<_>>())
}

/// The answer that was to be recalled.
pub(super) fn revealed(body: &mut Body, screen: &Screen<'_>, showing: &Showing, answer: &[String]) {
    for text in answer {
        body.led("→ ", text, Led { choice: None, ..led(screen, showing, screen.theme.right, 0) });
    }
    if answer.iter().all(|text| text.trim().is_empty()) && showing.explanation.is_none() {
        body.text("the bank gives no answer: say how yours was", screen.theme.dim);
    }
}
