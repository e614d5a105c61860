//! What braces at the end of a line say: `{#id}` of a question, `{pinned, 50 %, ± 0.1}` of an option.

#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::bank) struct Attributes {
    /// Whether it keeps its place, if its text does not decide that.
    pub(in crate::bank) pinned: Option<bool>,
    /// Whether it is right, if no mark can show it.
    pub(in crate::bank) right: Option<bool>,
    /// Its share of the mark; 1 is all of it.
    pub(in crate::bank) weight: Option<f64>,
    /// How far a number may be off.
    pub(in crate::bank) tolerance: Option<f64>,
}

/// Parses the text within the braces; `None` if it is something else.
pub(in crate::bank) fn parse(inner: &str) -> Option<Attributes> {
    let mut found = Attributes::default();
    for item in inner.split(',').map(str::trim) {
        match item {
            "pinned" => found.pinned = Some(true),
            "shuffled" => found.pinned = Some(false),
            "right" => found.right = Some(true),
            "wrong" => found.right = Some(false),
            _ => {
                if let Some(share) = item.strip_suffix('%') {
                    found.weight = Some(number(share)? / 100.0);
                } else if let Some(share) = item.strip_prefix("share ") {
                    found.weight = Some(number(share)?);
                } else {
                    let off = item.strip_prefix('±').or_else(|| item.strip_prefix("+-"))?;
                    found.tolerance = Some(number(off)?);
                }
            }
        }
    }
    Some(found)
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

impl Attributes {
    /// The braces after a space, or an empty text without attributes.
    pub(in crate::bank) fn print(&self) -> String {
        let mut items = Vec::new();
        items.extend(self.pinned.map(|pinned| if pinned { "pinned".into() } else { "shuffled".into() }));
        items.extend(self.right.map(|right| if right { "right".into() } else { "wrong".into() }));
        items.extend(self.weight.map(|weight| {
            let percent = percent(weight);
            if percent / 100.0 == weight { format!("{percent} %") } else { format!("share {weight}") }
        }));
        items.extend(self.tolerance.map(|tolerance| format!("± {tolerance}")));
        if items.is_empty() { String::new() } else { format!(" {{{}}}", items.join(", ")) }
    }
}

/// The percentage that is read as this share of the mark, or the one next to it.
pub(in crate::bank) fn percent(share: f64) -> f64 {
    let percent = share * 100.0;
    let rounded = percent.round();
    [rounded, percent, percent.next_up(), percent.next_down()]
        .into_iter()
        .find(|percent| percent / 100.0 == share)
        .unwrap_or(percent)
}

/// Signs that end or escape an identity, and how they are written within one.
const SIGNS: [(&str, char); 3] = [("%7B", '{'), ("%7D", '}'), ("%25", '%')];

/// An identity as it is written after `{#`. A percent sign is escaped only if it would begin an escape.
pub(in crate::bank) fn print_id(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    for (at, char) in id.char_indices() {
        let sign = SIGNS.iter().find(|(_, sign)| {
            char == *sign && (char != '%' || SIGNS.iter().any(|(written, _)| id[at..].starts_with(written)))
        });
        match sign {
            Some((written, _)) => out.push_str(written),
            None => out.push(char),
        }
    }
    out
}

/// An identity as it was meant.
pub(in crate::bank) fn id(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(char) = rest.chars().next() {
        let (taken, meant) = SIGNS
            .iter()
            .find(|(sign, _)| rest.starts_with(sign))
            .map_or((char.len_utf8(), char), |(sign, meant)| (sign.len(), *meant));
        out.push(meant);
        rest = &rest[taken..];
    }
    out
}

/// Items of a list in one line, such as tags. A comma within an item follows a backslash.
pub(in crate::bank) fn print_list(items: &[String]) -> String {
    items.iter().map(|item| item.replace('\\', "\\\\").replace(',', "\\,")).collect::<Vec<_>>().join(", ")
}

/// The items of a list in one line.
pub(in crate::bank) fn list(text: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match (char, items.last_mut()) {
            ('\\', Some(item)) => item.push(chars.next_if(|next| matches!(next, '\\' | ',')).unwrap_or('\\')),
            (',', _) => items.push(String::new()),
            (_, Some(item)) => item.push(char),
            (_, None) => {}
        }
    }
    items.iter().map(|item| item.trim().to_owned()).filter(|item| !item.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn attributes_are_few_words() {
        let all = Attributes { pinned: Some(true), right: Some(false), weight: Some(0.5), tolerance: Some(0.1) };
        assert_eq!(all.print(), " {pinned, wrong, 50 %, ± 0.1}");
        assert_eq!(parse("pinned, wrong, 50 %, ± 0.1"), Some(all));
        for text in ["", "1, 2", "#x", "pinned, odd", "inf %"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read(weight in prop::num::f64::NORMAL, id_text in "[%257BDx{}é]{1,8}", tags in prop::collection::vec("[a,\\\\é]{1,4}", 1..4)) {
            let one = Attributes { weight: Some(weight), ..Attributes::default() };
            let printed = one.print();
            prop_assert_eq!(parse(printed.trim().trim_matches(['{', '}'])), Some(one));
            prop_assert_eq!(id(&print_id(&id_text)), id_text);
            prop_assert_eq!(list(&print_list(&tags)), tags);
        }
    }
}
