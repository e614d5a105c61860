//! Whatever a person does, the log is what was answered.

use proptest::prelude::*;

use super::*;

fn an_action() -> impl Strategy<Value = Action> {
    let given = prop_oneof![
        prop::collection::vec(0_usize..4, 0..4).prop_map(GivenAnswer::Picked),
        prop::collection::vec((0_usize..4, 0_usize..4), 0..5).prop_map(GivenAnswer::Paired),
        prop::sample::select(vec!["", "choice 0", "nonsense"]).prop_map(|text| GivenAnswer::Typed(text.into())),
        Just(GivenAnswer::Revealed),
    ];
    prop_oneof![
        3 => (0_usize..4).prop_map(pick),
        4 => given.prop_map(|given| Action::Answer { given, took_ms: None, sure: None }),
        5 => prop::sample::select(StatedRating::ALL.to_vec()).prop_map(Action::Rate),
        1 => Just(Action::Overrule),
        1 => Just(Action::Undo),
        1 => Just(Action::Skip),
        1 => Just(Action::Bury),
        1 => Just(Action::Suspend),
        1 => Just(Action::Pause),
        1 => Just(Action::Tick),
        1 => Just(Action::Flag(Some("note".into()))),
        1 => Just(Action::Flag(None)),
    ]
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq)]
enum ReferenceDeed {
    /// The card, and whether it was right.
    Answer(CardId, bool),
    /// A flag or a card put away.
    Aside,
}

/// What must have been done, by a model that knows nothing of queues: only what was shown, answered, rated, put away and taken back.
#[derive(Default)]
struct Reference {
    done: Vec<ReferenceDeed>,
    /// How often something was done aside since the feedback is shown.
    aside: usize,
    /// The answer whose feedback is shown: card, whether it was right, whether it was only revealed.
    seen: Option<(CardId, bool, bool)>,
}

impl Reference {
    fn commit(&mut self) {
        if let Some((card, right, false)) = self.seen.take() {
            self.done.push(ReferenceDeed::Answer(card, right));
        }
        self.aside = 0;
    }

    fn log(&self) -> Vec<(CardId, bool)> {
        let answers = self.done.iter().filter_map(|deed| match deed {
            ReferenceDeed::Answer(card, right) => Some((*card, *right)),
            ReferenceDeed::Aside => None,
        });
        answers.collect()
    }

    /// What the event does to the log, where the session stood at `before`.
    fn apply(&mut self, before: Phase<'_>, after: Phase<'_>, event: &Action) {
        match event {
            Action::Answer { .. } => {
                if let (Phase::Asking(_), Phase::Answered(showing, feedback)) = (before, after) {
                    self.seen = Some((showing.card, feedback.right, showing.form.is_reveal()));
                    self.aside = 0;
                }
            }
            Action::Rate(verdict) => {
                let (Some((card, right, revealed)), Phase::Answered(showing, _)) = (self.seen, before) else { return };
                let refused = (!right && *verdict != StatedRating::GoOn)
                    || (showing.ask_rating && right && *verdict == StatedRating::GoOn);
                if !refused {
                    self.seen = None;
                    let right = right && !(revealed && *verdict == StatedRating::Guessed);
                    self.done.push(ReferenceDeed::Answer(card, right));
                }
            }
            Action::Overrule => {
                if let Some((_, right, false)) = &mut self.seen {
                    *right = !*right;
                }
            }
            Action::Undo => {
                if self.aside == 0 {
                    self.commit();
                }
                self.done.pop();
                self.aside = self.aside.saturating_sub(1);
            }
            Action::Bury | Action::Suspend => {
                self.commit();
                self.done.push(ReferenceDeed::Aside);
            }
            Action::Flag(_) => {
                self.done.push(ReferenceDeed::Aside);
                self.aside += usize::from(self.seen.is_some());
            }
            Action::Skip | Action::Quit => self.commit(),
            Action::Pause | Action::Tick | Action::Edited(_) | Action::Exam(_) => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_person_does_the_log_is_what_was_answered(
        events in prop::collection::vec((an_action(), 0_i64..900_000), 0..40), cards in 0_i64..7, minutes in prop::option::of(1_i64..40),
    ) {
        let limits = Limits { ms: minutes.map(|minutes| minutes * 60_000), ..Limits::default() };
        let (mut world, mut session, mut reference) = (World::default(), varied(cards, limits), Reference::default());
        world.begin(&mut session);
        for (event, later) in events {
            if world.finished.is_some() {
                break;
            }
            world.now_ms += later;
            let before = session.clone();
            world.send(&mut session, event.clone());
            reference.apply(before.phase(), session.phase(), &event);
            prop_assert!(!matches!(session.phase(), Phase::Between), "the session never stands still");
            prop_assert_eq!(session.answered(), world.log.len());
            let live: Vec<(CardId, bool)> = world
                .answers
                .iter()
                .filter(|(review, _)| !world.undone.contains(review))
                .map(|(_, answer)| (answer.card, answer.right))
                .collect();
            prop_assert_eq!(live, reference.log());
            prop_assert_eq!(world.done.len(), reference.done.len());
            prop_assert!(world.answers.iter().all(|(_, answer)| answer.took_ms <= 60_000));
        }
        if world.finished.is_none() {
            world.send(&mut session, Action::Quit);
        }
        prop_assert_eq!(world.finished.map(|summary| summary.answered), Some(world.log.len()));
    }
}
