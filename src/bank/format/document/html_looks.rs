//! What the elements of HTML and their attributes say of how text looks.

use super::{Looks, TextLook};

/// The looks that an element gives to the text in it. `attribute` gives the value of one of its attributes.
pub(super) fn looks(name: &str, attribute: &dyn Fn(&str) -> Option<String>, looks: &mut Looks) -> Vec<TextLook> {
    let mut found = Vec::new();
    match name {
        "b" | "strong" => found.push(looks.intern("bold type")),
        "i" | "em" => found.push(looks.intern("italics")),
        "u" | "ins" => found.push(looks.intern("an underline")),
        "s" | "strike" | "del" => found.push(looks.intern("a line through it")),
        "mark" => found.push(looks.intern("a highlight")),
        _ => {}
    }
    if let Some(colour) = attribute("color") {
        found.extend([looks.intern("a colour"), looks.intern(&format!("the colour {colour}"))]);
    }
    for class in attribute("class").unwrap_or_default().split_whitespace() {
        found.push(looks.intern(&format!("the class `{class}`")));
    }
    for property in attribute("style").unwrap_or_default().split(';') {
        let Some((name, value)) = property.split_once(':') else { continue };
        let value = value.trim().to_lowercase();
        let kind = match name.trim().to_lowercase().as_str() {
            "font-weight" if !["normal", "400"].contains(&value.as_str()) => {
                found.push(looks.intern("bold type"));
                continue;
            }
            "text-decoration" if value.contains("underline") => {
                found.push(looks.intern("an underline"));
                continue;
            }
            "text-decoration" if value.contains("line-through") => {
                found.push(looks.intern("a line through it"));
                continue;
            }
            "color" if !["black", "#000", "#000000", "inherit"].contains(&value.as_str()) => "a colour",
            "background" | "background-color"
                if !["white", "#fff", "#ffffff", "none", "transparent"].contains(&value.as_str()) =>
            {
                "a highlight"
            }
            _ => continue,
        };
        found.extend([looks.intern(kind), looks.intern(&format!("{kind} {value}"))]);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_classes_and_styles_are_looks() {
        let mut all = Looks::default();
        let style = |name: &str| {
            (name == "style")
                .then(|| "color: #C00; font-weight: 700".to_owned())
                .or((name == "class").then(|| "a right".into()))
        };
        let found = looks("em", &style, &mut all);
        let names: Vec<&str> = found.iter().map(|look| all.name(*look)).collect();
        assert_eq!(names, ["italics", "the class `a`", "the class `right`", "a colour", "a colour #c00", "bold type"]);
    }
}
