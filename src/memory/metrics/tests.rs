use super::*;

fn all(probabilities: &[f64], right: &[u8], bins: u32) -> Vec<Prediction> {
    (0..)
        .zip(probabilities.iter().zip(right))
        .map(|(order, (&probability, &right))| Prediction {
            luck: 0.0,
            probability,
            right: right == 1,
            order,
            bin: (order % bins, 0, 0),
        })
        .collect()
}

fn some() -> Vec<Prediction> {
    all(
        &[0.463, 0.371, 0.573, 0.407, 0.346, 0.573, 0.933, 0.573, 0.828, 0.453, 0.67, 0.491],
        &[1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0],
        3,
    )
}

#[test]
fn the_values_of_scikit_learn() {
    // sklearn.metrics 1.9.1: log_loss and roc_auc_score, with ties; the bins by numpy.
    assert!((log_loss(&some()).expect("a loss") - 0.609_905_767_109_442_9).abs() < 1e-12);
    assert!((auc(&some()).expect("both") - 0.694_444_444_444_444_5).abs() < 1e-12);
    assert!((rmse_bins(&some()).expect("bins") - 0.076_833_288_141_707_58).abs() < 1e-12);
}

#[test]
fn nothing_says_nothing() {
    assert_eq!(log_loss(&[]), None);
    assert_eq!(rmse_bins(&[]), None);
    assert_eq!(auc(&[]), None);
    assert_eq!(auc(&all(&[0.2, 0.9], &[1, 1], 1)), None, "nothing to tell apart");
    assert_eq!(honesty(&calibration(&[], 10)), None);
    assert_eq!(gain(&some()[..1], &some()[..1]), None);
}

#[test]
fn certainty_that_fails_costs_much_and_not_everything() {
    let sure = all(&[1.0, 0.0], &[0, 1], 1);
    assert!((log_loss(&sure).expect("a loss") - 1e6_f64.ln()).abs() < 1e-6);
}

#[test]
fn groups_of_a_calibration_are_equal() {
    let groups = calibration(&some(), 3);
    assert_eq!(groups.iter().map(|group| group.answers).collect::<Vec<_>>(), [4, 4, 4]);
    // The lowest four by hand: 0.346, 0.371, 0.407, 0.453, of which the second was right.
    assert!((groups[0].predicted - 0.394_25).abs() < 1e-12);
    assert_eq!(groups[0].actual, 0.25);
    assert_eq!(calibration(&some(), 100).len(), 12);
}

#[test]
fn honesty_by_hand() {
    let groups = [
        Calibration { predicted: 0.8, actual: 0.7, answers: 100, luck: 0.0 },
        Calibration { predicted: 0.9, actual: 0.95, answers: 300, luck: 0.0 },
    ];
    let honesty = honesty(&groups).expect("groups");
    assert!((honesty.off - (0.1 * 0.25 + 0.05 * 0.75)).abs() < 1e-12);
    assert!((honesty.bias - (0.1 * 0.25 - 0.05 * 0.75)).abs() < 1e-12);
    // √(2/π · 0.16/100) = 0.031915, √(2/π · 0.09/300) = 0.013820.
    assert!((honesty.chance - (0.031_915_382 * 0.25 + 0.013_819_766 * 0.75)).abs() < 1e-8);
}

#[test]
fn honesty_is_in_points_of_recall() {
    // Of two options, 0.95 right is a recall of 0.9, and 0.90 right one of 0.8.
    let honesty = honesty(&[Calibration { predicted: 0.95, actual: 0.90, answers: 100, luck: 0.5 }]).expect("groups");
    assert!((honesty.off - 0.1).abs() < 1e-12 && (honesty.bias - 0.1).abs() < 1e-12);
    assert!((honesty.chance - 2.0 * (2.0 / std::f64::consts::PI * 0.95 * 0.05 / 100.0_f64).sqrt()).abs() < 1e-12);
}

#[test]
fn a_gain_comes_with_its_error() {
    let before = all(&[0.5, 0.5, 0.5, 0.5], &[1, 1, 0, 1], 1);
    let after = all(&[0.8, 0.6, 0.4, 0.5], &[1, 1, 0, 1], 1);
    let (mean, error) = gain(&before, &after).expect("four");
    // ln(0.8/0.5), ln(0.6/0.5), ln(0.6/0.5), 0.
    let gains = [0.470_003_629, 0.182_321_557, 0.182_321_557, 0.0];
    let expected = gains.iter().sum::<f64>() / 4.0;
    let deviation = (gains.iter().map(|gain| (gain - expected).powi(2)).sum::<f64>() / 3.0).sqrt();
    assert!((mean - expected).abs() < 1e-8);
    assert!((error - deviation / 2.0).abs() < 1e-8);
    assert_eq!(gain(&before, &before), Some((0.0, 0.0)));
}
