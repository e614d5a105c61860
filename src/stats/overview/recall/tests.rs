use uuid::Uuid;

use super::*;
use crate::chance::Chance;

/// Chances of luck: free recall, then two, four and five options.
const LUCK: [f64; 4] = [0.0, 0.5, 0.25, 0.2];

#[test]
fn the_interval_is_that_of_right_answers_without_luck() {
    // 81 of 263 right: 0.2553–0.3662 (Newcombe 1998, table I, method 3). Of five options: (0.2553 − 0.2) / 0.8 and so on.
    let recall = Recall::from_counts(81, 263, 263.0 / 5.0);
    let (low, high) = recall.interval().expect("an interval");
    assert!((low - 0.0691).abs() < 1e-4 && (high - 0.2078).abs() < 1e-4, "{recall:?}");
    assert!((recall.corrected.expect("a share") - (81.0 / 263.0 - 0.2) / 0.8).abs() < 1e-12);
    // Worse than luck: the figure says so, its interval stays a probability.
    let recall = Recall::from_counts(1, 10, 5.0);
    assert!((recall.corrected.expect("a share") + 0.8).abs() < 1e-12);
    assert_eq!(recall.interval(), Some((0.0, 0.0)));
}

#[test]
fn of_nothing_nothing_is_said() {
    for recall in [Recall::from_counts(0, 0, 0.0), Recall::from_counts(3, 3, 3.0)] {
        assert_eq!((recall.corrected, recall.interval()), (None, None));
        assert_eq!(RecallVerdict::judge(0.9, &recall), RecallVerdict::TooFew);
    }
}

#[test]
fn a_verdict_is_about_recall_without_luck() {
    let verdict = |right, answers, guess: f64| {
        RecallVerdict::judge(0.9, &Recall::from_counts(right, answers, guess * answers as f64))
    };
    // 713 of 811 (0.8548–0.8998): not on target by a hair without luck, and far from it with four options.
    assert_eq!([0.0, 0.25].map(|guess| verdict(713, 811, guess)), [RecallVerdict::Below; 2]);
    // 95 % right is recall of 0.9 with two options.
    assert_eq!(verdict(1_900, 2_000, 0.5), RecallVerdict::OnTarget);
    assert_eq!(verdict(1_900, 2_000, 0.0), RecallVerdict::Above);
    assert_eq!(verdict(1_800, 2_000, 0.5), RecallVerdict::Below);
    // Of few answers little can be said, unless they are far off.
    assert_eq!(
        [verdict(9, 10, 0.0), verdict(95, 100, 0.5), verdict(2, 10, 0.0)],
        [RecallVerdict::TooFew, RecallVerdict::TooFew, RecallVerdict::Below]
    );
}

#[test]
fn figures_that_are_written_alike_are_alike() {
    let recall = |low, high| Recall {
        corrected_low_95: Some(low),
        corrected_high_95: Some(high),
        ..Recall::from_counts(9, 10, 0.0)
    };
    assert_eq!(RecallVerdict::judge(0.9, &recall(0.86, 0.899_96)), RecallVerdict::OnTarget);
    assert_eq!(RecallVerdict::judge(0.9, &recall(0.86, 0.899_94)), RecallVerdict::Below);
    assert_eq!(RecallVerdict::judge(0.9, &recall(0.85, 0.95)), RecallVerdict::OnTarget);
    assert_eq!(RecallVerdict::judge(0.9, &recall(0.849_9, 0.95)), RecallVerdict::TooFew);
    assert_eq!(RecallVerdict::judge(0.9, &recall(0.900_1, 0.95)), RecallVerdict::Above);
}

/// The probability of each number of right answers among `answers`, each right with probability `share` (binomial).
fn binomial(answers: usize, share: f64) -> Vec<f64> {
    let mode = (answers as f64 * share) as usize;
    let mut weights = vec![0.0; answers + 1];
    weights[mode] = 1.0;
    let odds = share / (1.0 - share);
    for right in mode..answers {
        weights[right + 1] = weights[right] * odds * (answers - right) as f64 / (right + 1) as f64;
    }
    for right in (0..mode).rev() {
        weights[right] = weights[right + 1] / odds * (right + 1) as f64 / (answers - right) as f64;
    }
    let all: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / all).collect()
}

/// Whether a verdict is wrong about a person who really recalls this share.
fn is_wrong(verdict: RecallVerdict, target: f64, recall: f64) -> bool {
    match verdict {
        RecallVerdict::Below => recall >= target,
        RecallVerdict::Above => recall <= target,
        RecallVerdict::OnTarget => (recall - target).abs() > 0.05,
        RecallVerdict::TooFew => false,
    }
}

#[test]
fn at_most_one_verdict_in_twenty_is_wrong() {
    let mut worst: f64 = 0.0;
    for target in [0.8, 0.9, 0.95] {
        for guess in LUCK {
            for answers in [50, 100, 200, 500, 1_000, 2_000, 5_000] {
                let verdicts: Vec<RecallVerdict> = (0..=answers)
                    .map(|right| {
                        RecallVerdict::judge(target, &Recall::from_counts(right, answers, guess * answers as f64))
                    })
                    .collect();
                // The hardest to tell from the target is what lies right beside it.
                let near = [-0.001, -1e-9, 1e-9, 0.001].map(|beside| target + beside);
                for recall in (75..98).map(|percent| f64::from(percent) / 100.0 + 1e-6).chain(near) {
                    let likely = binomial(answers, guess + (1.0 - guess) * recall);
                    let wrong = verdicts.iter().zip(likely).filter(|(said, _)| is_wrong(**said, target, recall));
                    worst = worst.max(wrong.map(|(_, probability)| probability).sum());
                }
            }
        }
    }
    assert!((0.03..=0.05).contains(&worst), "{worst}");
}

#[test]
fn verdicts_come_with_enough_answers() {
    // Four options, 5 points below the target, on it, 5 above it.
    for (recall, said) in [(0.85, RecallVerdict::Below), (0.9, RecallVerdict::OnTarget), (0.95, RecallVerdict::Above)] {
        let likely = binomial(1_000, 0.25 + 0.75 * recall);
        let found =
            (0..=1_000).filter(|right| RecallVerdict::judge(0.9, &Recall::from_counts(*right, 1_000, 250.0)) == said);
        let probability: f64 = found.map(|right| likely[right]).sum();
        assert!(probability > 0.93, "{recall}: {probability}");
    }
}

#[test]
fn verdicts_on_learners_whose_cards_differ() {
    let mut chance = Chance::derived("verdicts", Uuid::NAMESPACE_OID, 0, 0);
    for guess in LUCK {
        for answers in [50, 200, 800, 3_200] {
            let mut wrong = 0;
            for _ in 0..200 {
                let middle = 0.75 + 0.22 * f64::from(chance.unit());
                let (mut right, mut recall_sum) = (0, 0.0);
                for _ in 0..answers {
                    // From card to card, recall differs by 20 points at the most.
                    let recall = (middle + 0.2 * (f64::from(chance.unit()) - 0.5)).min(1.0);
                    recall_sum += recall;
                    let known = f64::from(chance.unit()) < recall;
                    right += usize::from(known || f64::from(chance.unit()) < guess);
                }
                let verdict = RecallVerdict::judge(0.9, &Recall::from_counts(right, answers, guess * answers as f64));
                wrong += u32::from(is_wrong(verdict, 0.9, recall_sum / answers as f64));
            }
            assert!(wrong <= 10, "{answers} answers, luck {guess}: {wrong} of 200");
        }
    }
}
