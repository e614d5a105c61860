//! Pictures in documents: texts name them, and the questions that do are shown with them.

use crate::bank::{BankQuestion, Media};
use crate::model::Markup;

/// How a text names a picture, until its question is known.
pub(super) fn named(name: &str) -> String {
    format!("![]({name})")
}

/// The file name at the end of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Gives each question the pictures that its texts name. Its texts become Markdown, in which all other signs stay text.
pub(super) fn attach(questions: &mut [BankQuestion], media: &[Media]) {
    if media.is_empty() {
        return;
    }
    for question in questions {
        let held: Vec<Media> = media
            .iter()
            .filter(|media| question.texts().any(|text| text.contains(&named(&media.name))))
            .cloned()
            .collect();
        if held.is_empty() {
            continue;
        }
        if question.markup == Markup::Plain {
            question.markup = Markup::Markdown;
            let texts = question.options.iter_mut().flat_map(|option| {
                [Some(&mut option.text), option.feedback.as_mut(), option.pair.as_mut()].into_iter().flatten()
            });
            for text in [&mut question.stem].into_iter().chain(question.explanation.as_mut()).chain(texts) {
                *text = escaped(text, &held);
            }
        }
        // A picture next to the file is found by its name.
        question.media.extend(held.into_iter().filter(|media| !media.bytes.is_empty()));
    }
}

/// The text with the signs of Markdown escaped, except for the pictures.
fn escaped(text: &str, media: &[Media]) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(char) = rest.chars().next() {
        let picture = rest
            .starts_with("![](")
            .then(|| media.iter().map(|media| named(&media.name)).find(|name| rest.starts_with(name.as_str())));
        if let Some(name) = picture.flatten() {
            rest = &rest[name.len()..];
            out.push_str(&name);
            continue;
        }
        if "\\`*_[]<>#".contains(char) {
            out.push('\\');
        }
        out.push(char);
        rest = &rest[char.len_utf8()..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_hold_the_pictures_that_they_name() {
        let media =
            [Media { name: "a.png".into(), bytes: [1].into() }, Media { name: "b.png".into(), bytes: [2].into() }];
        let stem = format!("What is 2*3 here? {}", named("a.png"));
        let mut questions = [
            BankQuestion { stem, ..BankQuestion::default() },
            BankQuestion { stem: "2*3?".into(), ..BankQuestion::default() },
        ];
        attach(&mut questions, &media);
        assert_eq!(questions[0].stem, "What is 2\\*3 here? ![](a.png)");
        assert_eq!(questions[0].media, media[..1]);
        assert_eq!((questions[1].stem.as_str(), questions[1].markup), ("2*3?", Markup::Plain));
    }
}
