//! Formulas of Word in one line of plain text: `(a + b)/2`, `x²`, `√(2)`.

use roxmltree::Node;

use super::script::Script;
use crate::bank::format::office_xml::inner;

/// A formula as plain text. The reader of XML limits the depth of its elements.
pub(super) fn linear(node: Node<'_, '_>) -> String {
    let part = |name: &str| inner(node, name).map(linear).unwrap_or_default();
    match node.tag_name().name() {
        "t" => node.text().unwrap_or("").to_owned(),
        "f" => format!("{}/{}", grouped(&part("num")), grouped(&part("den"))),
        "sSup" => format!("{}{}", part("e"), scripted(Script::Raised, &part("sup"))),
        "sSub" => format!("{}{}", part("e"), scripted(Script::Lowered, &part("sub"))),
        "sSubSup" => format!(
            "{}{}{}",
            part("e"),
            scripted(Script::Lowered, &part("sub")),
            scripted(Script::Raised, &part("sup"))
        ),
        "rad" => format!("{}√({})", scripted(Script::Raised, &part("deg")), part("e")),
        "d" => format!("({})", part("e")),
        name if name.ends_with("Pr") => String::new(),
        _ => node.children().filter(Node::is_element).map(linear).collect(),
    }
}

fn scripted(script: Script, text: &str) -> String {
    let written = script.write(text);
    match (written == text, script) {
        (false, _) if !written.starts_with(['^', '_']) => written,
        (_, Script::Normal) => written,
        _ if text.is_empty() => String::new(),
        (_, Script::Raised) => format!("^{}", grouped(text)),
        (_, Script::Lowered) => format!("_{}", grouped(text)),
    }
}

fn grouped(text: &str) -> String {
    if text.chars().all(char::is_alphanumeric) { text.to_owned() } else { format!("({text})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_one_line() {
        let text = "<m:oMath xmlns:m='m'><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>\
                    <m:r><m:t>=</m:t></m:r><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>10</m:t></m:r></m:sup></m:sSup></m:oMath>";
        let tree = roxmltree::Document::parse(text).expect("xml");
        assert_eq!(linear(tree.root_element()), "(a+b)/2=x¹⁰");
    }
}
