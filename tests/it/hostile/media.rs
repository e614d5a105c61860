//! Pictures and sounds come from the folder of a bank, and from nowhere else.

use std::fs;
use std::path::Path;

use retain::bank::{Media, ReadOptions};
use retain::study::{Batch, ImportOptions, unwatched};

use crate::fixture::study::Study;

/// A bank in a folder of its own, with a question for each name, next to a file that it must not see.
fn imported(study: &Study, names: &[&str]) -> (String, usize) {
    let folder = study.db().parent().expect("a folder").to_path_buf();
    fs::write(folder.join("secret.png"), "secret").expect("a file");
    study.file("bank/own.png", "own");
    let bank: String =
        (0..).zip(names).map(|(at, name)| format!("What is {at}? ![x]({name})\n\n- [x] a\n- [ ] b\n\n")).collect();
    study.file("bank/bank.md", format!("---\nmarkup: markdown\n---\n{bank}"));
    let words = study.import_file("bank/bank.md").words();
    let kept = fs::read_dir(folder.join("media")).map_or(0, Iterator::count);
    (words, kept)
}

#[test]
fn nothing_outside_the_folder_is_copied() {
    let study = Study::new();
    let names = [
        "../secret.png",
        "%2e%2e/secret.png",
        "..%2fsecret.png",
        "..\\secret.png",
        "x/../../secret.png",
        "/etc/hosts.png",
        "file:///etc/hosts.png",
        "C:\\secret.png",
    ];
    let (words, kept) = imported(&study, &names);
    assert_eq!(words.matches("warning[media-outside]").count(), names.len(), "{words}");
    assert!(words.contains("it is not in the folder of the bank"), "{words}");
    assert_eq!(kept, 0);
}

#[test]
fn what_is_no_media_is_not_even_looked_at() {
    let study = Study::new();
    let (words, kept) = imported(&study, &["../../etc/passwd", "/etc/passwd", "https://example.org/a.png", "own.txt"]);
    assert!(!words.contains("media-"), "{words}");
    assert_eq!(kept, 0);
}

#[test]
fn a_picture_in_plain_text_is_said() {
    let study = Study::new();
    study.file("bank/own.png", "own");
    let bank = "1. Which? ![](own.png) ![](none.png)\nA. e *\nB. f\n";
    study.file("bank/plain.txt", bank);
    let words = study.import_file("bank/plain.txt").words();
    assert_eq!(words.matches("warning[media-unmarked]").count(), 1, "{words}");
    assert!(words.contains("`own.png` is not copied: the texts of its question are read as plain text"), "{words}");
    // As the hint says.
    study.file("bank/marked.txt", format!("---\nmarkup: markdown\n---\n{bank}"));
    let words = study.import_file("bank/marked.txt").words();
    assert!(!words.contains("media-unmarked") && words.contains("media-missing"), "{words}");
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_are_not_followed_and_pipes_are_not_opened() {
    let study = Study::new();
    study.file("bank/own.png", "own");
    let folder = study.db().with_file_name("bank");
    std::os::unix::fs::symlink("../secret.png", folder.join("out.png")).expect("a link");
    std::os::unix::fs::symlink("own.png", folder.join("in.png")).expect("a link");
    std::os::unix::fs::symlink("/dev/zero", folder.join("zero.png")).expect("a link");
    assert!(std::process::Command::new("mkfifo").arg(folder.join("pipe.png")).status().expect("mkfifo").success());
    let (words, kept) = imported(&study, &["out.png", "in.png", "own.png", "zero.png", "pipe.png"]);
    assert_eq!(words.matches("warning[media-outside]").count(), 2, "{words}");
    assert_eq!(words.matches("warning[media-missing]").count(), 1, "{words}");
    assert_eq!(kept, 1, "both names are one file");
}

#[test]
fn what_a_question_names_beyond_the_most_is_not_copied() {
    let study = Study::new();
    let pictures: String = (0..101)
        .map(|at| {
            study.file(&format!("bank/{at}.png"), at.to_string());
            format!("![x]({at}.png) ")
        })
        .collect();
    study.file("bank/bank.md", format!("---\nmarkup: markdown\n---\nWhat? {pictures}\n\n- [x] a\n- [ ] b\n"));
    let words = study.import_file("bank/bank.md").words();
    assert!(words.contains("`100.png` is not copied: its question names more than 100 files"), "{words}");
    assert_eq!(fs::read_dir(study.db().with_file_name("media")).expect("a folder").count(), 100);
}

#[test]
fn a_large_picture_within_a_bank_is_not_copied() {
    let study = Study::new();
    let mut bank = retain::bank::read(b"One?\n- A. a *\n- B. b\n", &ReadOptions::default()).expect("a bank");
    for (name, size) in [("large.png", (50 << 20) + 1), ("small.png", 7)] {
        bank.questions[0].media.push(Media { name: name.into(), bytes: vec![7_u8; size].into() });
    }
    let source = ("bank.xml", Path::new("bank.xml"));
    study
        .trainer()
        .import_bank(&mut bank, source, &ImportOptions::default(), &mut Batch::default(), &mut unwatched)
        .expect("an import");
    let said: Vec<&str> = bank.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(said, ["the file `large.png` is not copied: it is larger than 50 MiB"]);
    assert_eq!(fs::read_dir(study.db().with_file_name("media")).expect("a folder").count(), 1);
    study.is_sound();
}
