//! Known answers of the reference implementations of FSRS, in `tests/data/fsrs-vectors.json`: states, whole histories, every rating
//! from a state, the forgetting curve and intervals.

use retain::memory::{Elapsed, Fsrs6, Model};
use retain::model::{MemoryState, Rating};
use serde_json::Value;

struct Vectors(Value);

impl Vectors {
    fn parse() -> Self {
        Self(serde_json::from_str(include_str!("../../data/fsrs-vectors.json")).expect("JSON"))
    }

    fn group(&self, name: &str) -> &[Value] {
        let group = self.0[name].as_array().expect("a group of vectors");
        assert!(!group.is_empty(), "{name}");
        group
    }

    fn model(&self, vector: &Value) -> Fsrs6 {
        let set = numbers(&self.0["parameter_sets"][vector["params"].as_str().expect("a set")]);
        let parameters: Vec<f32> = set.iter().map(|number| *number as f32).collect();
        Fsrs6::new(&parameters).expect("parameters")
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("numbers").iter().map(|number| number.as_f64().expect("a number")).collect()
}

fn days(number: &Value) -> Elapsed {
    Elapsed::whole_days(u32::try_from(number.as_u64().expect("days")).expect("days"))
}

/// The states after each answer of a history.
fn states(model: &Fsrs6, ratings: &Value, deltas: &Value) -> Vec<MemoryState> {
    let ratings = numbers(ratings).into_iter().map(|number| Rating::from_number(number as u8).expect("a rating"));
    let deltas = deltas.as_array().expect("days");
    let mut before = None;
    ratings
        .zip(deltas)
        .map(|(rating, delta)| {
            let after = model.next_states(before, days(delta)).after(rating);
            before = Some(after);
            after
        })
        .collect()
}

/// To 1e-4 of the value, as the vectors are; `more` where a vector itself is rounded further.
fn holds(what: &str, found: f64, expected: f64, more: f64) {
    let allowed = 1e-4 * expected.abs().max(1.0) + more;
    assert!((found - expected).abs() <= allowed, "{what}: {found} instead of {expected}");
}

fn name(vector: &Value) -> &str {
    vector["id"].as_str().expect("an id")
}

/// What other implementations round or compute in another width.
fn tolerance(vector: &Value) -> f64 {
    vector["tol"].as_f64().unwrap_or(0.0)
}

#[test]
fn states_and_histories_hold() {
    let vectors = Vectors::parse();
    for vector in vectors.group("memory_state") {
        let model = vectors.model(vector);
        let last = *states(&model, &vector["ratings"], &vector["delta_t"]).last().expect("a state");
        let more = tolerance(vector);
        holds(name(vector), last.stability.into(), vector["stability"].as_f64().expect("a stability"), more);
        holds(name(vector), last.difficulty.into(), vector["difficulty"].as_f64().expect("a difficulty"), more);
    }
    let mut steps = 0;
    for vector in vectors.group("state_histories").iter().chain(vectors.group("oracle_f64")) {
        let model = vectors.model(vector);
        let found = states(&model, &vector["ratings"], &vector["delta_t"]);
        let expected = numbers(&vector["s_history"]).into_iter().zip(numbers(&vector["d_history"]));
        for (state, (stability, difficulty)) in found.iter().zip(expected) {
            holds(name(vector), state.stability.into(), stability, 0.0);
            holds(name(vector), state.difficulty.into(), difficulty, 0.0);
            steps += 1;
        }
    }
    assert!(steps > 300, "{steps} steps were compared");
}

#[test]
fn every_rating_from_a_state_holds() {
    let vectors = Vectors::parse();
    for vector in vectors.group("next_states") {
        let model = vectors.model(vector);
        let before = if vector["prior_ratings"].is_array() {
            states(&model, &vector["prior_ratings"], &vector["prior_delta_t"]).last().copied()
        } else {
            let given = vector["state"].as_array().map(|_| numbers(&vector["state"]));
            given.map(|state| MemoryState { stability: state[0] as f32, difficulty: state[1] as f32 })
        };
        let next = model.next_states(before, days(&vector["days_elapsed"]));
        let retention = vector["desired_retention"].as_f64().expect("a retention");
        for (rating, called) in Rating::ALL.into_iter().zip(["again", "hard", "good", "easy"]) {
            let Some(expected) = vector.get(called).map(numbers) else { continue };
            let after = next.after(rating);
            let found = [after.stability.into(), after.difficulty.into(), model.interval_days(after, retention)];
            for (found, expected) in found.into_iter().zip(expected) {
                holds(&format!("{} {called}", name(vector)), found, expected, tolerance(vector));
            }
        }
    }
}

#[test]
fn the_curve_and_its_intervals_hold() {
    let vectors = Vectors::parse();
    for vector in vectors.group("retrievability") {
        // The last parameter is the decay.
        let mut parameters = Fsrs6::default().parameters().to_vec();
        parameters[20] = vector["decay"].as_f64().expect("a decay") as f32;
        let model = Fsrs6::new(&parameters).expect("parameters");
        let times = vector["t"].as_array().expect("days");
        for ((time, stability), expected) in times.iter().zip(numbers(&vector["stability"])).zip(numbers(&vector["r"]))
        {
            let state = MemoryState { stability: stability as f32, difficulty: 5.0 };
            holds(name(vector), model.retrievability(state, days(time)), expected, 0.0);
        }
    }
    for vector in vectors.group("next_interval") {
        let model = vectors.model(vector);
        let state =
            MemoryState { stability: vector["stability"].as_f64().expect("a stability") as f32, difficulty: 5.0 };
        let (rounded, exact) = (vector.get("rounded_max1"), vector.get("value"));
        let expected = numbers(rounded.or(exact).expect("intervals"));
        for (retention, expected) in numbers(&vector["desired_retention"]).into_iter().zip(expected) {
            // What a person may set.
            if !(0.70..=0.99).contains(&retention) {
                continue;
            }
            let found = model.interval_days(state, retention);
            let found = if rounded.is_some() { found.round().max(1.0) } else { found };
            holds(name(vector), found, expected, tolerance(vector));
        }
    }
}
