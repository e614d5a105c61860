//! Documents as their programs write them, read to the end.

use std::io::{Cursor, Write as _};

use crate::bank::{Bank, ReadOptions, read};

/// An archive of texts.
fn archive(members: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in members {
        zip.start_file(*name, stored).expect("a member");
        zip.write_all(text.as_bytes()).expect("bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

fn bank(bytes: &[u8]) -> Bank {
    read(bytes, &ReadOptions::default()).unwrap_or_else(|refusal| panic!("{refusal:?}"))
}

/// Each question: its stem, its options, the letters that are right.
fn said(bank: &Bank) -> Vec<String> {
    let letter = |place: &usize| char::from(b'a' + u8::try_from(*place).unwrap_or(25));
    let one = |question: &crate::bank::BankQuestion| {
        let options: Vec<&str> = question.options.iter().map(|option| option.text.as_str()).collect();
        let right: String = question.correct().iter().map(letter).collect();
        format!("{} [{}] {right}", question.stem, options.join("|"))
    };
    bank.questions.iter().map(one).collect()
}

/// A document of Word: each paragraph is its properties and its runs, each of properties and text.
fn word(paragraphs: &[(&str, &[(&str, &str)])]) -> Vec<u8> {
    let run = |(properties, text): &(&str, &str)| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let paragraph = |(properties, runs): &(&str, &[(&str, &str)])| {
        format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", runs.iter().map(run).collect::<String>())
    };
    word_of(&paragraphs.iter().map(paragraph).collect::<String>())
}

fn word_of(body: &str) -> Vec<u8> {
    let document = format!(
        "<w:document xmlns:w=\"w\" xmlns:a=\"a\" xmlns:r=\"r\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    let level = |place, counting, text| {
        format!(
            "<w:lvl w:ilvl=\"{place}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{counting}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>"
        )
    };
    let numbering = format!(
        "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"0\">{}{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>",
        level(0, "decimal", "%1."),
        level(1, "lowerLetter", "%2)")
    );
    archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &document),
        ("word/numbering.xml", &numbering),
    ])
}

const ASKS: &str = "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>";
const OPTION: &str = "<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr>";

#[test]
fn the_numbers_of_a_list_are_those_that_word_shows() {
    let bytes = word(&[
        (ASKS, &[("", "Which sea is the saltiest?")]),
        (OPTION, &[("", "Baltic")]),
        (OPTION, &[("", "Dead")]),
        (OPTION, &[("", "Black")]),
        (ASKS, &[("", "Which is no ocean?")]),
        (OPTION, &[("", "Arctic")]),
        (OPTION, &[("", "Caspian")]),
        ("", &[("", "Answers: 1. b 2. b")]),
    ]);
    assert_eq!(
        said(&bank(&bytes)),
        ["Which sea is the saltiest? [Baltic|Dead|Black] b", "Which is no ocean? [Arctic|Caspian] b"]
    );
}

#[test]
fn a_look_of_one_option_marks_and_one_of_all_does_not() {
    let red = "<w:color w:val=\"FF0000\"/>";
    let bold = "<w:b/>";
    let question = |first: &'static str, second: &'static str| {
        vec![
            (ASKS, vec![(bold, "Which sea is the saltiest?")]),
            (OPTION, vec![(bold, "Baltic ")]),
            (OPTION, vec![(first, "Dead"), (bold, " ")]),
            (OPTION, vec![(second, "Black")]),
        ]
    };
    let written = |first, second| {
        let paragraphs = question(first, second);
        let borrowed: Vec<(&str, &[(&str, &str)])> =
            paragraphs.iter().map(|(properties, runs)| (*properties, runs.as_slice())).collect();
        said(&bank(&word(&borrowed)))
    };
    assert_eq!(written(red, bold), ["Which sea is the saltiest? [Baltic|Dead|Black] b"]);
    assert_eq!(written(bold, bold), ["Which sea is the saltiest? [Baltic|Dead|Black] "]);
}

#[test]
fn answer_lines_win_over_looks() {
    let bold = "<w:b/>";
    let bytes = word(&[
        ("", &[("", "1. Which is a gas?")]),
        ("", &[(bold, "A. iron")]),
        ("", &[("", "B. argon")]),
        ("", &[("", "Answer: B")]),
    ]);
    assert_eq!(said(&bank(&bytes)), ["Which is a gas? [iron|argon] b"]);
}

#[test]
fn tables_of_word_are_tables() {
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: [&str; 5]| format!("<w:tr>{}</w:tr>", cells.map(cell).concat());
    let table = [
        row(["Question", "A", "B", "C", "Answer"]),
        row(["Which is a gas?", "iron", "argon", "salt", "B"]),
        row(["Which is a metal?", "iron", "argon", "salt", "A"]),
    ];
    let bytes = word_of(&format!("<w:tbl>{}</w:tbl>", table.concat()));
    let bank = bank(&bytes);
    assert_eq!(said(&bank), ["Which is a gas? [iron|argon|salt] b", "Which is a metal? [iron|argon|salt] a"]);
    assert_eq!(bank.questions[1].line, 3);
}

#[test]
fn pictures_come_with_their_questions() {
    let picture = "<w:r><w:drawing><a:blip r:embed=\"rId4\"/></w:drawing></w:r>";
    let line = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let body = [
        format!("<w:p><w:r><w:t>1. What is x*y here? </w:t></w:r>{picture}</w:p>"),
        line("A. a sail"),
        line("B. a mast"),
        line("Answer: B"),
    ];
    let document = format!(
        "<w:document xmlns:w=\"w\" xmlns:a=\"a\" xmlns:r=\"r\"><w:body>{}</w:body></w:document>",
        body.concat()
    );
    let links = "<Relationships><Relationship Id=\"rId4\" Target=\"media/ship.png\"/></Relationships>";
    let bytes = archive(&[
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", links),
        ("word/media/ship.png", "bytes"),
    ]);
    let question = &bank(&bytes).questions[0];
    assert_eq!(question.stem, "What is x\\*y here? ![](ship.png)");
    assert_eq!((question.media.len(), question.correct()), (1, vec![1]));
}

#[test]
fn open_document_texts_are_read() {
    let list = "<text:list-style style:name=\"L1\"><text:list-level-style-number text:level=\"1\" style:num-format=\"A\" style:num-suffix=\".\"/></text:list-style>\
                <style:style style:name=\"T1\" style:family=\"text\"><style:text-properties fo:font-weight=\"bold\"/></style:style>";
    let item = |text: &str| format!("<text:list-item><text:p>{text}</text:p></text:list-item>");
    let body = format!(
        "<text:p>1. Which is a gas?</text:p><text:list text:style-name=\"L1\">{}{}{}</text:list>",
        item("iron"),
        item("<text:span text:style-name=\"T1\">argon</text:span>"),
        item("salt")
    );
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\" xmlns:fo=\"f\"><office:automatic-styles>{list}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let bytes = archive(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)]);
    assert_eq!(said(&bank(&bytes)), ["Which is a gas? [iron|argon|salt] b"]);
}

#[test]
fn pages_of_html_are_read() {
    let page = "<!DOCTYPE html><html><head><title>x</title></head><body><h2>Air</h2><ol>\
                <li>Which is a gas &amp; light?<ul><li>iron<li class=\"ok\">argon<li>salt</ul>\
                <li>Which is a metal?<ul><li class=ok>iron</li><li>argon</li></ul></ol></body></html>";
    assert_eq!(
        said(&bank(page.as_bytes())),
        ["Which is a gas & light? [iron|argon|salt] b", "Which is a metal? [iron|argon] a"]
    );
    let folded = "<html><body><p>1. Which is a gas?</p><ol type=A><li>iron</li><li>argon</li></ol>\
                  <details><summary>Zeigen</summary>B</details></body></html>";
    assert_eq!(said(&bank(folded.as_bytes())), ["Which is a gas? [iron|argon] b"]);
}

#[test]
fn markdown_with_elements_is_no_page() {
    let text = "<div align=\"center\">\n\n# Quiz\n\n</div>\n\n1. Which is a gas?\n\n- [ ] iron\n- [x] argon\n";
    assert_ne!(bank(text.as_bytes()).format, "html");
}
