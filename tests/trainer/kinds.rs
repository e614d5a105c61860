//! A bank with a question of each kind, and right and wrong answers to them.

use serde_json::{Value, json};

use super::Trainer;

/// One question of each kind, in the order in which it is asked.
const BANK: &str = "---\nform: exact\ndeck: Kinds\n---\n\n# Towns\nWhich town is the capital of Norway?\n- A. Oslo *\n  > It is.\n- B. Bergen\n  > It was, long ago.\n- C. Tromsø\nExplanation: Oslo replaced B in 1299.\n\nWhich towns lie in Norway?\n- [x] Oslo\n- [x] Bergen\n- [ ] Rome\n- [ ] Milan\n\nRome lies on the Tiber.\nKind: truefalse\n- A. True *\n- B. False\n\nName the capital of Norway.\nKind: short\n- Oslo\n- Christiania\nExplanation: The name was Christiania until 1925.\n\n# Numbers\nWhen was Oslo given its name again?\nKind: numeric\n- 1925 {± 1}\n\n# Countries\nWhich town lies in which country?\nKind: match\n- Oslo\n  -> Norway\n- Rome\n  -> Italy\n- Kyoto\n  -> Japan\n\nFrom north to south\nKind: order\n- Tromsø\n- Bergen\n- Rome\n\nThe {{c1::Tiber}} flows through {{c2::Rome}}.\nKind: cloze\n\nKyoto\nKind: card\n- An old capital of Japan.\n\nWhy do capitals move?\nKind: open\n- Power moves.\n";

pub const KINDS: [&str; 11] =
    ["single", "multiple", "truefalse", "short", "numeric", "match", "order", "cloze", "cloze", "card", "open"];

pub fn trainer() -> Trainer {
    let trainer = Trainer::new();
    trainer.file("kinds.txt", BANK);
    let said = trainer.run(&["import", "kinds.txt"]);
    assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    for pair in ["new-order=bank", "bury-siblings=off", "interleave-topics=off", "learning-steps=none"] {
        assert_eq!(trainer.run(&["deck", "set", "Kinds", pair]).code, 0, "{pair}");
    }
    trainer
}

/// The labels of these texts among the choices, or of a question's halves.
pub fn labels(among: &Value, texts: &[&str]) -> Vec<String> {
    let label = |text: &&str| {
        let found = among.as_array().expect("a list").iter().find(|one| one["text"] == *text);
        found.unwrap_or_else(|| panic!("{text} in {among}"))["label"].as_str().expect("a label").to_owned()
    };
    texts.iter().map(label).collect()
}

pub fn rightly(question: &Value) -> Value {
    let pick = |texts: &[&str]| json!({"type": "answer", "pick": labels(&question["choices"], texts), "ms": 900});
    match question["kind"].as_str().expect("a kind") {
        "single" => pick(&["Oslo"]),
        "multiple" => pick(&["Bergen", "Oslo"]),
        "truefalse" => pick(&["True"]),
        "order" => pick(&["Tromsø", "Bergen", "Rome"]),
        "short" => json!({"type": "answer", "text": "oslo"}),
        "numeric" => json!({"type": "answer", "text": 1924}),
        "match" => {
            let letters = labels(&question["choices"], &["Oslo", "Rome", "Kyoto"]);
            let numbers = labels(&question["halves"], &["Norway", "Italy", "Japan"]);
            json!({"type": "answer", "pairs": letters.iter().zip(&numbers).collect::<Vec<_>>()})
        }
        "cloze" | "card" | "open" => json!({"type": "reveal"}),
        kind => panic!("{kind}"),
    }
}

pub fn wrongly(question: &Value) -> Value {
    let pick = |texts: &[&str]| json!({"type": "answer", "pick": labels(&question["choices"], texts)});
    match question["kind"].as_str().expect("a kind") {
        "single" => pick(&["Bergen"]),
        "multiple" => pick(&["Oslo", "Rome"]),
        "truefalse" => pick(&["False"]),
        "order" => pick(&["Tromsø", "Rome", "Bergen"]),
        "short" => json!({"type": "answer", "text": "Rome"}),
        "numeric" => json!({"type": "answer", "text": "1927"}),
        "match" => {
            let letters = labels(&question["choices"], &["Oslo", "Rome", "Kyoto"]);
            let numbers = labels(&question["halves"], &["Italy", "Norway", "Japan"]);
            json!({"type": "answer", "pairs": letters.iter().zip(&numbers).collect::<Vec<_>>()})
        }
        "cloze" | "card" | "open" => json!({"type": "reveal"}),
        kind => panic!("{kind}"),
    }
}
