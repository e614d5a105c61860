//! Databases that somebody else wrote, or a disk spoilt: opened, checked, asked, repaired, and read for what answers are left.

use std::fs;
use std::io::Cursor;

use retain::clock::Clock;
use retain::model::Moment;
use retain::study::{IntakeConsent, ReviewRequest, Trainer, unwatched};
use retain::ui::lines::InputLines;
use retain::ui::{drive, plain::Plain};

use super::talk::review;

const BANK: &str = "Which?\n- A. x *\n- B. y\n\nWhat goes with what?\nKind: match\n- a -> b\n- c -> d\n\nRome is in {{c1::Italy}}.\nKind: cloze\n";

fn clock() -> Clock {
    Clock::fixed(Moment { utc_ms: 1_795_420_800_000, offset_minutes: 60 })
}

thread_local! {
    static SOUND: Vec<u8> = sound();
}

/// A sound database of a few questions and answers, in one file.
fn sound() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("retain.db");
    let mut trainer = Trainer::open(&path, clock(), Some(1)).expect("a database");
    trainer.import(BANK.as_bytes(), "sea.txt", &mut unwatched).expect("a bank");
    let lines = InputLines::new(Cursor::new(b"a\n\n1\n\nItaly\n\nb\n\n".to_vec()), std::sync::Arc::default())
        .expect("a thread");
    let mut front = Plain::new(lines, Vec::new(), false);
    review(&mut trainer, |session, world| drive(&mut front, session, world).map(|_| ())).expect("answers");
    drop(trainer);
    fs::read(&path).expect("a file")
}

/// The first byte says whether the rest is a whole file, or changes of a sound one: the page, the place in it (two bytes), how many bytes
/// (up to 15), and these.
fn spoilt(bytes: &[u8]) -> Vec<u8> {
    let Some((choice, mut rest)) = bytes.split_first() else { return Vec::new() };
    if *choice == 0 {
        return rest.to_vec();
    }
    let mut file = SOUND.with(Clone::clone);
    let pages = file.len() / 4096;
    while let [page, high, low, many, more @ ..] = rest {
        let at = usize::from(*page) % pages * 4096 + (usize::from(*high) * 256 + usize::from(*low)) % 4096;
        let many = usize::from(*many % 16).min(more.len()).min(file.len() - at);
        file[at..at + many].copy_from_slice(&more[..many]);
        rest = &more[many..];
    }
    if *choice % 8 == 1 {
        file.truncate(file.len() * usize::from(*choice) / 256);
    }
    file
}

/// A database, as any bytes.
pub fn database(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, other) = (folder.path().join("retain.db"), folder.path().join("other.db"));
    let file = spoilt(bytes);
    fs::write(&path, &file).expect("written");
    fs::write(&other, &file).expect("written");
    match Trainer::open_existing(&path, clock(), Some(1)) {
        Ok(mut trainer) => {
            let _ = trainer.check();
            let _ = trainer.plan_day(&ReviewRequest::default());
            let _ = trainer.home();
            let _ = trainer.search("x", 10, &mut unwatched);
            let _ = trainer.last_deeds(20);
            let _ = trainer.mend(&mut unwatched);
            let _ = trainer.rebuild(&mut unwatched);
        }
        Err(error) => {
            let _ = Trainer::check_unopened(&path, error);
            assert!(fs::read(&path).is_ok_and(|now| now == file), "what is refused is not changed");
        }
    }
    let mut own = Trainer::open(&folder.path().join("own.db"), clock(), Some(1)).expect("a database");
    let _ = own.take_in_answers(&other, IntakeConsent { changed_days: true, same_database: true });
    assert!(own.check().expect("a check").problems.is_empty(), "what was taken in is sound");
}
