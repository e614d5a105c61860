use std::collections::HashSet;

use roxmltree::{Document, Node, ParsingOptions};

use super::html;
use crate::model::StudyDay;
use crate::stats::overview::{DayActivity, Overview};
use crate::ui::tests::overview::{nothing, studied};

fn document(html: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(html, options).expect("a well-formed document")
}

/// The words that are read, a block a line.
fn words(node: Node<'_, '_>, text: &mut String) {
    if node.has_tag_name("style") || node.has_tag_name("svg") || node.has_tag_name("details") {
        return;
    }
    if let Some(words) = node.text().filter(|_| node.is_text()) {
        *text += words.trim_matches('\n');
    }
    for child in node.children() {
        words(child, text);
    }
    match node.tag_name().name() {
        "h1" | "h2" | "h3" | "p" | "dt" | "dd" | "tr" | "caption" | "title" | "li" => text.push('\n'),
        "th" | "td" => text.push_str(" | "),
        _ => {}
    }
}

fn read(overview: &Overview) -> String {
    let html = html(overview);
    let mut text = String::new();
    words(document(&html).root(), &mut text);
    // Whether a line may be broken at a blank is nothing to read.
    text.replace('\u{a0}', " ")
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// A person whose bank means harm.
fn hostile() -> Overview {
    const TEXT: &str = "</title></svg><script>alert(1)</script>\"' onload=\"x\" & $x$ \\$ \u{202e}\u{7}]]>--><!--";
    let mut overview = studied();
    overview.about.deck = Some(TEXT.into());
    overview.about.topics = vec![TEXT.into()];
    overview.about.tags = vec![TEXT.into()];
    for topic in &mut overview.items.topics {
        topic.deck = TEXT.into();
        topic.topic = topic.topic.as_ref().map(|_| TEXT.into());
    }
    for question in &mut overview.items.hardest {
        (question.stem, question.note, question.topic) = (TEXT.into(), Some(TEXT.into()), Some(TEXT.into()));
    }
    for confusion in &mut overview.items.confusions {
        confusion.stem = TEXT.into();
        (confusion.wrong.letter, confusion.wrong.text) = (TEXT.into(), TEXT.into());
        confusion.right[0].text = TEXT.into();
    }
    for question in &mut overview.items.sureness.first_again {
        (question.stem, question.topic) = (TEXT.into(), Some(TEXT.into()));
    }
    for key in &mut overview.items.suspect_keys {
        (key.stem, key.keyed.text, key.other.text) = (TEXT.into(), TEXT.into(), TEXT.into());
    }
    overview
}

/// Twenty years of answers.
fn old() -> Overview {
    let mut overview = studied();
    let today = overview.about.today;
    let day = |place: i32| DayActivity {
        date: StudyDay(today.0 - 7_299 + place),
        answers: 20 + place.unsigned_abs() as usize % 60,
        new: 4,
        reviews: 12,
        accuracy: Some(0.8),
        minutes: 9.5,
    };
    overview.activity.days = (0..7_300).map(day).collect();
    overview
}

#[test]
fn the_words_of_who_studies() {
    insta::assert_snapshot!(read(&studied()));
}

#[test]
fn the_words_where_there_is_nothing() {
    insta::assert_snapshot!(read(&nothing()));
}

#[test]
fn the_file_is_whole_and_asks_for_nothing() {
    for overview in [studied(), nothing(), hostile(), old()] {
        let html = html(&overview);
        let lower = html.to_lowercase();
        for part in
            ["http://", "https://", "<script", "<link", "<img", "@import", "url(", "<iframe", "nan", "inf ", "\u{202e}"]
        {
            let found = lower.find(part).map(|at| &lower[at.saturating_sub(40)..(at + 40).min(lower.len())]);
            assert!(found.is_none() || part == "nan" && !html.contains("NaN"), "{part}: {found:?}");
        }
        let document = document(&html);
        for node in document.descendants().filter(Node::is_element) {
            let harmless = node.attributes().all(|attribute| {
                let name = attribute.name();
                !name.starts_with("on") && name != "src" && (name != "href" || attribute.value().starts_with('#'))
            });
            assert!(harmless, "{node:?}");
        }
        assert!(html.len() < 1 << 20, "{} bytes", html.len());
    }
}

#[test]
fn every_picture_has_a_name_and_a_table() {
    let html = html(&studied());
    let document = document(&html);
    let mut ids = HashSet::new();
    for node in document.descendants() {
        assert!(node.attribute("id").is_none_or(|id| ids.insert(id)), "{:?} twice", node.attribute("id"));
    }
    let pictures: Vec<_> = document.descendants().filter(|node| node.has_tag_name("svg")).collect();
    assert_eq!(pictures.len(), 13);
    for picture in pictures {
        assert_eq!(picture.attribute("role"), Some("img"));
        let names = picture.attribute("aria-labelledby").expect("a name");
        for (id, element) in names.split(' ').zip(["title", "desc"]) {
            let named = document.descendants().find(|node| node.attribute("id") == Some(id)).expect("what it names");
            assert!(named.has_tag_name(element) && named.text().is_some_and(|text| !text.is_empty()), "{id}");
        }
        let figure = picture.parent().expect("a figure");
        for element in ["figcaption", "details", "table", "caption"] {
            assert!(figure.descendants().any(|node| node.has_tag_name(element)), "{names}: {element}");
        }
    }
    for cell in document.descendants().filter(|node| node.has_tag_name("th")) {
        assert!(matches!(cell.attribute("scope"), Some("col" | "row")));
    }
    for reference in document.descendants().filter_map(|node| node.attribute("href")) {
        assert!(ids.contains(&reference[1..]), "{reference}");
    }
}

#[test]
fn headings_go_down_one_by_one() {
    for overview in [studied(), nothing()] {
        let html = html(&overview);
        let mut last = 0;
        for node in document(&html).descendants() {
            if let Some(level) = node.tag_name().name().strip_prefix('h').and_then(|level| level.parse::<u32>().ok()) {
                assert!(level <= last + 1 && (level > 1 || last == 0), "h{level} after h{last}");
                last = level;
            }
        }
        assert_eq!(last, 3);
    }
}

#[test]
fn colours_are_names_that_the_style_sheet_gives() {
    let html = html(&studied());
    let document = document(&html);
    for node in document.descendants().filter(|node| node.ancestors().any(|above| above.has_tag_name("svg"))) {
        for name in ["fill", "stroke"] {
            let Some(colour) = node.attribute(name).filter(|colour| *colour != "none") else { continue };
            let named = colour.strip_prefix("var(").and_then(|colour| colour.strip_suffix(')'));
            let named = named.unwrap_or_else(|| panic!("{colour} does not follow the theme"));
            assert_eq!(super::STYLE.matches(&format!("{named}:")).count(), 2, "{named} in light and dark");
        }
    }
}

#[test]
fn names_in_pictures_are_as_they_are_written() {
    let mut overview = studied();
    overview.items.topics[0].topic = Some("cost $5 or $6 \\$".into());
    assert!(html(&overview).contains(">cost $5 or $6 \\$</text>"));
}

#[test]
fn twenty_years_have_room() {
    let html = html(&old());
    let document = document(&html);
    let picture =
        document.descendants().find(|node| node.attribute("aria-labelledby") == Some("daily-title daily-description"));
    let bars = picture.expect("a picture").descendants().filter(|node| node.has_tag_name("rect")).count();
    assert_eq!(bars, 2 * 241, "two parts each");
    assert!(html.contains("Each bar is a month"));
}
