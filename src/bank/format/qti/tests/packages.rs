//! Packages of items.

use super::*;

fn packed(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a member");
        zip.write_all(bytes).expect("bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

fn item(ident: &str, body: &str) -> String {
    format!(
        "<assessmentItem identifier=\"{ident}\"><responseDeclaration identifier=\"R\" cardinality=\"single\"><correctResponse>\
         <value>a</value></correctResponse></responseDeclaration><itemBody>{body}<choiceInteraction \
         responseIdentifier=\"R\"><simpleChoice identifier=\"a\">one</simpleChoice><simpleChoice identifier=\"b\">two\
         </simpleChoice></choiceInteraction></itemBody></assessmentItem>"
    )
}

#[test]
fn items_come_in_the_order_of_their_test_with_its_title_and_with_their_media() {
    let test = "<assessmentTest title=\"Exam\"><testPart><assessmentSection title=\"Part 1\">\
                <assessmentItemRef href=\"items/z.xml\"/><assessmentItemRef href=\"items/a.xml\"/></assessmentSection>\
                </testPart></assessmentTest>";
    let bytes = packed(&[
        ("imsmanifest.xml", b"<manifest><organizations><item><title>x</title></item></organizations></manifest>"),
        ("items/a.xml", item("a", "<p>Second <img src=\"../media/map%20one.png\"/></p>").as_bytes()),
        ("items/z.xml", item("z", "<p>First <img src=\"gone.png\"/></p>").as_bytes()),
        ("other.xml", item("o", "<p>Third</p>").as_bytes()),
        ("broken.xml", b"<assessmentItem identifier='x' <itemBody></assessmentItem>"),
        ("test.xml", test.as_bytes()),
        ("media/map one.png", b"\x89PNG"),
    ]);
    let bank = bank(&bytes);
    let read: Vec<_> =
        bank.questions.iter().map(|question| (question.id.as_deref(), question.topic.as_deref())).collect();
    assert_eq!(read, [(Some("z"), Some("Exam::Part 1")), (Some("a"), Some("Exam::Part 1")), (Some("o"), None)]);
    let media = &bank.questions[1].media;
    assert_eq!(
        (media.len(), media[0].name.as_str(), &media[0].bytes[..]),
        (1, "../media/map%20one.png", &b"\x89PNG"[..])
    );
    let messages: Vec<_> = bank.problems.iter().map(|problem| (problem.code, problem.message.as_str())).collect();
    assert_eq!(messages[0], ("no-media", "`items/z.xml`: the archive does not hold `gone.png`, or it is too large"));
    assert_eq!((messages[1].0, bank.rejected), ("unreadable-file", 1));
    assert!(messages[1].1.starts_with("`broken.xml`: line 1"), "{}", messages[1].1);
}

#[test]
fn the_longer_of_two_versions_of_an_assessment_is_read() {
    let version_1 = |ident: &str, stem: &str| {
        format!(
            "<questestinterop><assessment ident=\"x\" title=\"Quiz\"><item ident=\"{ident}\"><presentation><material><mattext>{stem}\
             </mattext></material></presentation></item></assessment></questestinterop>"
        )
    };
    let bytes = packed(&[
        ("x/assessment_qti.xml", version_1("short", "Short?").as_bytes()),
        ("y/assessment_qti.xml", version_1("other", "Other?").as_bytes()),
        ("non_cc_assessments/x.xml.qti", version_1("long", "Long?").as_bytes()),
    ]);
    let bank = bank(&bytes);
    let ids: Vec<_> = bank.questions.iter().filter_map(|question| question.id.as_deref()).collect();
    assert_eq!(ids, ["other", "long"]);
}

#[test]
fn the_same_question_in_two_files_is_told_with_its_file() {
    let bytes =
        packed(&[("a.xml", item("a", "<p>Same</p>").as_bytes()), ("b.xml", item("b", "<p>Same</p>").as_bytes())]);
    let bank = bank(&bytes);
    assert_eq!((bank.questions.len(), bank.duplicates.len()), (1, 1));
    assert_eq!(bank.problems[0].message, "`b.xml`: the same question is in line 1 of `a.xml`; this one is left out");
}

#[test]
fn bombs_and_other_archives_are_refused() {
    let mut bomb = item("a", "<p>Boom</p>").into_bytes();
    bomb.resize(51 << 20, b' ');
    let message = refusal(&packed(&[("a.xml", &bomb)])).message;
    assert_eq!(message, "`a.xml` in the archive cannot be unpacked, or is larger than any bank");
    assert_eq!(
        refusal(&packed(&[("notes.bin", b"assessmentItem")])).message,
        "this archive holds no bank: it is no spreadsheet, no document and no package of QTI"
    );
    let named = ReadOptions { format: Some("qti".into()), ..ReadOptions::default() };
    let refusal = read(&packed(&[("readme.txt", b"x")]), &named).expect_err("no QTI");
    assert_eq!(refusal.message, "the archive holds no QTI");
    let truncated = packed(&[("a.xml", item("a", "").as_bytes())]);
    assert!(read(&truncated[..truncated.len() / 2], &ReadOptions::default()).is_err());
}
