//! Texts of questions without the signs of their markup, which mean nothing in a table.

use crate::model::Markup;
use crate::stats::overview::{OptionName, Overview};
use crate::ui::rich::Text;

/// The same figures with plain texts.
pub fn without_markup(mut overview: Overview) -> Overview {
    let items = &mut overview.items;
    for question in &mut items.sureness.first_again {
        strip(&mut question.stem, &mut question.markup, &mut []);
    }
    for question in &mut items.hardest {
        strip(&mut question.stem, &mut question.markup, &mut []);
    }
    for confusion in &mut items.confusions {
        let options = &mut confusion.right.iter_mut().chain([&mut confusion.wrong]).collect::<Vec<_>>();
        strip(&mut confusion.stem, &mut confusion.markup, options);
    }
    for suspect in &mut items.suspect_keys {
        let options = &mut [&mut suspect.keyed, &mut suspect.other];
        strip(&mut suspect.stem, &mut suspect.markup, options);
    }
    overview
}

fn strip(stem: &mut String, markup: &mut Markup, options: &mut [&mut OptionName]) {
    if *markup == Markup::Plain {
        return;
    }
    let plain = |text: &str| Text::parse(text, *markup).plain();
    *stem = plain(stem);
    for option in options {
        option.text = plain(&option.text);
    }
    *markup = Markup::Plain;
}
