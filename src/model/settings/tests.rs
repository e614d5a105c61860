use super::*;

#[test]
fn every_default_reads_back() {
    let defaults = Settings::default();
    for key in Settings::keys() {
        let mut settings = Settings::default();
        let text = defaults.get(key).expect("a known key");
        settings.set(key, &text).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(settings, defaults, "{key}");
    }
}

#[test]
fn values_outside_the_range_are_refused_and_change_nothing() {
    for (key, value) in [
        ("desired-retention", "1"),
        ("desired-retention", "0.69"),
        ("desired-retention", "NaN"),
        ("desired-retention", "inf"),
        ("new-per-day", "-1"),
        ("new-per-day", "10000"),
        ("reviews-per-day", "ten"),
        ("learning-steps", ""),
        ("learning-steps", "10"),
        ("learning-steps", "1m 0s"),
        ("learn-ahead", "13h"),
        ("maximum-interval", "0"),
        ("luck-aware", "maybe"),
        ("prior-knowledge", "1"),
        ("day-start", "24"),
        ("parameters", "1, 2, 3"),
        ("easy-days", "1 1 1 1 1 1"),
        ("easy-days", "0 0 0 0 0 0 0"),
        ("easy-days", "1 1 1 1 1 1 2"),
        ("review-order", "risky"),
        ("leech-threshold", "1"),
        ("exam", "2027-13-30"),
        ("exam", "tomorrow"),
        ("minutes-per-day", "0"),
        ("grading", ""),
        ("confidence", "on"),
    ] {
        let mut settings = Settings::default();
        let error = settings.set(key, value).expect_err(value);
        assert!(matches!(error, SettingError::Value { .. }), "{key}={value}: {error}");
        assert_eq!(settings, Settings::default());
    }
    assert!(matches!(Settings::default().set("colour", "blue"), Err(SettingError::UnknownKey(_))));
}

#[test]
fn every_value_reads_back() {
    for (key, value) in [
        ("easy-days", "1 1 1 1 1 0.5 0"),
        ("review-order", "overdue"),
        ("new-order", "topics"),
        ("mix", "new-last"),
        ("leech-threshold", "off"),
        ("leech-action", "suspend"),
        ("grading", "ask"),
        ("confidence", "ask"),
        ("exam", "2027-01-15"),
        ("minutes-per-day", "45"),
        ("ignore-before", "2026-01-31"),
        ("exam", "none"),
    ] {
        let mut settings = Settings::default();
        settings.set(key, value).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(settings.get(key).expect("a key"), value);
    }
}

#[test]
fn durations_print_as_they_are_read() {
    let mut settings = Settings::default();
    settings.set("learning-steps", "90s 1h 1d").expect("steps");
    assert_eq!(settings.learning_steps, [90_000, 3_600_000, 86_400_000]);
    assert_eq!(settings.get("learning-steps").expect("a key"), "90s 1h 1d");
    settings.set("learning-steps", "1d 2w").expect("steps");
    assert_eq!(settings.get("learning-steps").expect("a key"), "1d 14d");
    settings.set("learning-steps", "none").expect("no steps");
    assert_eq!(settings.learning_steps, Vec::<i64>::new());
}
