use proptest::prelude::*;

use super::coding::{BlockReader, BlockWriter, digest};
use super::word::ToldRecall;
use super::*;
use crate::clock::Clock;
use crate::model::{CardId, Confidence, Guess, Moment, Rating, Review, ReviewKind, StudyDay};
use crate::session::{Answer, StatedRating};
use crate::study::{Trainer, unwatched};

fn a_share() -> impl Strategy<Value = f32> {
    prop_oneof![Just(0.0), Just(1.0), Just(-0.0), 0.0_f32..1.0]
}

fn an_answer() -> impl Strategy<Value = (Review, WalkedWord)> {
    let told = prop::option::of((a_share(), a_share(), any::<u16>(), any::<bool>()));
    let review = (
        (0_i64..=u32::MAX.into(), any::<i32>(), 1_u8..=4, 0_u8..=5, 0_u8..=2, any::<bool>(), any::<bool>()),
        (
            prop::option::of(any::<bool>()),
            any::<u32>(),
            any::<u32>(),
            prop::collection::vec(any::<u8>(), 0..256),
            0_i64..24,
        ),
    );
    (review, prop::option::of(0.0_f64..=1.0), any::<bool>(), any::<bool>(), told).prop_map(
        |(((card, day, rating, kind, confidence, right, practice), more), recall, lapse, mature, told)| {
            let (sure, took_ms, ways, picked, hour) = more;
            let review = Review {
                card: CardId(card),
                at: Moment { utc_ms: hour * 3_600_000, offset_minutes: 0 },
                day: StudyDay(day / 2),
                rating: Rating::from_number(rating).expect("a rating"),
                kind: ReviewKind::from_number(kind).expect("a kind"),
                confidence: Confidence::from_number(confidence).expect("a confidence"),
                right,
                practice,
                sure,
                took_ms,
                guess: Guess::from_ways(ways),
                picked,
                ..Review::EMPTY
            };
            let told = told.map(|(in_use, published, alike, same)| {
                let recall = recall.filter(|_| same).map(|recall| recall as f32);
                ToldRecall { in_use: recall.unwrap_or(in_use), published: recall.unwrap_or(published), alike }
            });
            (review, WalkedWord { recall, lapse, mature, told })
        },
    )
}

proptest! {
    #[test]
    fn answers_come_back_as_they_went(answers in prop::collection::vec(an_answer(), 0..6)) {
        let mut block = BlockWriter::default();
        for (review, word) in &answers {
            prop_assert!(block.add(review, word).is_some());
        }
        let mut reader = BlockReader::new(&block.bytes);
        let mut review = Review::EMPTY;
        for (answer, word) in &answers {
            prop_assert_eq!(reader.next(&mut review), Some(*word));
            prop_assert_eq!(&review, answer);
        }
        prop_assert!(reader.is_empty());
        for end in (0..block.bytes.len()).step_by(97) {
            // What is cut off ends in nothing, and not in a panic.
            let mut reader = BlockReader::new(&block.bytes[..end]);
            while !reader.is_empty() && reader.next(&mut review).is_some() {}
        }
    }

    #[test]
    fn a_digest_tells_bytes_apart(bytes in prop::collection::vec(any::<u8>(), 1..64), at: prop::sample::Index, other in 1_u8..) {
        let mut changed = bytes.clone();
        changed[at.index(bytes.len())] ^= other;
        prop_assert_ne!(digest(&bytes), digest(&changed));
        prop_assert_ne!(digest(&bytes), digest(&bytes[..bytes.len() - 1]));
    }
}

const NOW: Moment = Moment { utc_ms: 1_795_000_000_000, offset_minutes: 60 };

/// A check finds what was kept wrongly, although the file is as it was written.
#[test]
fn a_check_finds_a_walk_that_says_something_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("a.db");
    let mut trainer = Trainer::open(&db, Clock::fixed(NOW), Some(1)).expect("a trainer");
    trainer.import(b"What is red?\n- A. Mars *\n- B. Venus\n", "a.txt", &mut unwatched).expect("an import");
    for right in [true, false, true] {
        let answer = Answer {
            card: CardId(1),
            right,
            overruled: false,
            sure: None,
            verdict: StatedRating::GoOn,
            picked: vec![u8::from(!right)],
            shown: vec![0, 1],
            typed: None,
            exam: false,
            order_seed: 0,
            took_ms: 2_000,
            guess: Guess::one_of(2),
            practice: false,
        };
        trainer.record(&answer, None).expect("an answer");
    }
    let always = KeepingRules { fewest: 0, few: 0, most: 100 };
    let figures = trainer.overview_keeping(&Default::default(), always).expect("figures");
    assert_eq!(trainer.check().expect("a check").problems, []);
    let kept = KeptWalk::open(&db).expect("a walk");
    assert_eq!(kept.basis.extent.counts, [3, 0, 0]);
    let mut writer = KeptWalkWriter::begin(&db, &kept.basis, None).expect("a writer");
    kept.each(|batch| {
        for WalkedAnswer { review, word } in batch {
            writer.add(&Review { took_ms: review.took_ms + 1, ..review.clone() }, word).expect("an answer");
        }
    });
    writer.finish(&db).expect("a file");
    assert_ne!(trainer.overview_keeping(&Default::default(), always).expect("figures"), figures);
    let problems = trainer.check().expect("a check").problems;
    assert_eq!(problems.len(), 1, "{problems:?}");
    let done = trainer.mend(&mut unwatched).expect("a repair").done;
    assert_eq!(done, ["what was kept for figures was removed: the next ones count the whole answer log"]);
    assert_eq!(trainer.check().expect("a check").problems, []);
    assert_eq!(trainer.overview_keeping(&Default::default(), always).expect("figures"), figures);
}
