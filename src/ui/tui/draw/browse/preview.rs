//! The question under the cursor, with its options, its answer and its explanation.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::BrowseScreen;
use crate::model::cloze::Cloze;
use crate::model::{Choice, KeyOrigin, Kind, Markup, letter};
use crate::study::CardPreview;
use crate::ui::card_table::comes_back;
use crate::ui::tui::draw::body::{Body, Led};
use crate::ui::{rich, words};

/// The lines of the question; none if there is no card.
pub(super) fn lines(screen: &BrowseScreen<'_>, width: usize) -> Vec<Line<'static>> {
    let Some((_, preview)) = &screen.place.preview else { return Vec::new() };
    let mut body = Body::new(width.max(8));
    head(&mut body, screen, preview);
    question(&mut body, screen, preview);
    body.into_iter().map(|row| row.line).collect()
}

/// Where it belongs, its state, and its flag.
fn head(body: &mut Body, screen: &BrowseScreen<'_>, preview: &CardPreview) {
    let theme = &screen.theme;
    let topic = preview.question.topic.as_ref().map(|topic| format!(" › {topic}")).unwrap_or_default();
    body.text(&rich::line(&format!("{}{topic}", preview.deck)), theme.dim);
    let state = match &preview.memory {
        None => "draft: no answer is marked, so it is not asked".to_owned(),
        Some(memory) => {
            let when = comes_back(preview.shelf, Some(memory), screen.present.now, screen.present.today);
            let state = memory.state.name();
            let mut text = if when == state { when } else { format!("{state} · {when}") };
            if memory.repetitions > 0 {
                let lapses = if memory.lapses > 0 {
                    format!(", {}", words::count(memory.lapses, "lapse"))
                } else {
                    String::new()
                };
                text += &format!(" · {}{lapses}", words::count(memory.repetitions, "answer"));
            }
            text
        }
    };
    body.text(&state, theme.accent);
    if let Some(note) = &preview.flag {
        body.text(&format!("⚑ {}", rich::line(&words::flag(note))), theme.flag);
    }
    body.blank();
}

fn question(body: &mut Body, screen: &BrowseScreen<'_>, preview: &CardPreview) {
    let (theme, question) = (&screen.theme, &preview.question);
    let cloze = (question.kind == Kind::Cloze).then(|| Cloze::parse(&question.stem));
    let stem = match (&cloze, preview.place) {
        (Some(cloze), Some(place)) => cloze.front(place),
        (Some(cloze), None) => cloze.whole(),
        (None, _) => question.stem.clone(),
    };
    body.styled(&stem, question.markup, theme, theme.strong);
    if let (Some(cloze), Some(place)) = (&cloze, preview.place) {
        for answer in cloze.answers(place) {
            answer_line(body, screen, preview, &answer);
        }
    }
    if !question.choices.is_empty() {
        body.blank();
    }
    for (at, choice) in question.choices.iter().enumerate() {
        choice_lines(body, screen, preview, at, choice);
    }
    if let Some(explanation) = &question.explanation {
        body.blank();
        body.styled(explanation, question.markup, theme, Style::new());
    }
    if let Some(rule) = question.key_rule.as_ref().filter(|_| question.key == KeyOrigin::Declared) {
        body.text(&format!("the key is declared ({rule})"), theme.dim);
    }
    if !question.tags.is_empty() {
        body.blank();
        body.text(&rich::line(&format!("tags: {}", question.tags.join(", "))), theme.dim);
    }
}

fn answer_line(body: &mut Body, screen: &BrowseScreen<'_>, preview: &CardPreview, text: &str) {
    let theme = &screen.theme;
    let how = Led { markup: preview.question.markup, theme, style: theme.right, lead: theme.right, choice: None };
    body.led("→ ", text, how);
}

fn choice_lines(body: &mut Body, screen: &BrowseScreen<'_>, preview: &CardPreview, at: usize, choice: &Choice) {
    let (theme, question) = (&screen.theme, &preview.question);
    let label = letter(usize::from(choice.position));
    let plain = Led { markup: question.markup, theme, style: Style::new(), lead: Style::new(), choice: None };
    match question.kind {
        Kind::Single | Kind::Multiple | Kind::TrueFalse => {
            let (sign, style) = if choice.correct { ("✓", theme.right) } else { (" ", Style::new()) };
            body.led(&format!("{sign} {label}  "), &choice.text, Led { style, lead: style, ..plain });
        }
        Kind::Match => {
            if !choice.text.is_empty() {
                body.led(&format!("  {label}  "), &choice.text, plain);
            }
            let lead = if choice.text.is_empty() { "     → (no match) " } else { "     → " };
            body.led(lead, choice.pair.as_deref().unwrap_or_default(), Led { style: theme.right, ..plain });
        }
        Kind::Order => body.led(&format!("{:>2}  ", at + 1), &choice.text, plain),
        Kind::Short | Kind::Numeric => {
            let is_right = choice.correct && choice.weight.is_none_or(|weight| weight >= 1.0);
            let (sign, style) = if is_right { ("✓ ", theme.right) } else { ("  ", theme.dim) };
            body.led(sign, &choice.text, Led { markup: Markup::Plain, style, lead: style, ..plain });
            if let Some(by) = choice.tolerance.filter(|by| *by > 0.0) {
                body.line(Line::from(Span::styled(format!("  give or take {by}"), theme.dim)));
            }
        }
        Kind::Card | Kind::Cloze | Kind::Open => answer_line(body, screen, preview, &choice.text),
    }
    if let Some(feedback) = &choice.feedback {
        body.led("     ", feedback, Led { style: theme.dim, ..plain });
    }
}
