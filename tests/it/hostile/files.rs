//! Files that are no banks by what they are: without end, or larger than any.

use std::fs::File;

use crate::fixture::program::Program;

#[test]
fn a_file_without_end_is_not_read() {
    let program = Program::new();
    let large = File::create(program.folder().join("large.txt")).expect("a file");
    large.set_len(20 << 30).expect("twenty gigabytes of nothing");
    let told = program.run(&["import", "large.txt"]);
    assert_eq!((told.code, told.err.lines().next()), (1, Some("error: large.txt: the file is larger than 512 MiB")));
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_no_files() {
    let program = Program::new();
    let pipe = program.folder().join("pipe.txt");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    for path in ["/dev/zero", "/dev/random", "pipe.txt"] {
        for args in [&["import", path][..], &["review", path], &["add", "Deck", "--file", path]] {
            let told = program.run(args);
            if args[0] == "add" && told.code == 2 {
                continue;
            }
            assert_eq!(told.code, 1, "{args:?}: {}{}", told.out, told.err);
            assert!(told.err.contains("this is a pipe or a device, not a file"), "{args:?}: {}", told.err);
        }
    }
    let bank = "What?\n- A. x *\n- B. y\n";
    let told = program.with_input(&["import", "/dev/stdin", "--deck", "Piped"], bank);
    assert_eq!(told.code, 0, "{}", told.err);
    // In a folder they are passed over.
    program.file("banks/a.txt", bank);
    std::fs::rename(&pipe, program.folder().join("banks/pipe.txt")).expect("moved");
    program.ok(&["import", "banks"]);
}

#[test]
fn names_of_decks_pass_the_same_limits_everywhere() {
    let program = Program::new();
    let bank = |deck: &str| format!("---\ndeck: {deck}\n---\nWhat?\n- A. x *\n- B. y\n");
    program.file("a.txt", bank("Sea"));
    program.ok(&["import", "a.txt"]);
    let deep = ["d"; 21].join("::");
    let long = "n".repeat(501);
    let steering = "a\u{1b}]52;c;YWJj\u{7}\u{202e}";
    for name in [deep.as_str(), &long, steering] {
        program.file("b.txt", bank(name));
        let nested = format!("{}::e", ["d"; 20].join("::"));
        for args in [
            &["deck", "create", name][..],
            &["deck", "rename", "Sea", name],
            &["import", "b.txt"],
            &["import", "a.txt", "--deck", name],
            &["deck", "create", &nested],
        ] {
            let told = program.run(args);
            assert_eq!(told.code, 1, "{args:?}: {}", told.err);
            assert!(told.err.contains("a deck cannot be called"), "{args:?}: {}", told.err);
            assert!(told.err.len() < 2_000 && !told.err.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{args:?}");
        }
    }
    // A rename makes the names of the decks within longer, too.
    program.ok(&["deck", "create", &["d"; 20].join("::")]);
    let told = program.run(&["deck", "rename", "d", "e::e"]);
    assert!(told.code == 1 && told.err.contains("20 levels"), "{}", told.err);
    assert_eq!(program.json(&["deck", "list", "--json"]).len(), 2);
}
