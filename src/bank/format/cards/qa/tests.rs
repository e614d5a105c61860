use crate::bank::{Bank, ReadOptions, read};

fn bank(text: &str) -> Bank {
    read(text.as_bytes(), &ReadOptions::default()).unwrap_or_else(|refusal| panic!("{}: {text}", refusal.message))
}

/// Asserts that a text is two cards, on red and on green.
fn says_colours(text: &str) {
    let bank = bank(text);
    let found: Vec<_> = cards(&bank).into_iter().map(|(front, back, _)| (front, back)).collect();
    assert_eq!((bank.format, &bank.problems[..]), ("qa", &[][..]), "{text}");
    assert_eq!(found, [("What is red?", "Blood"), ("What is green?", "Grass")], "{text}");
}

/// Each card as its front, its back and its topic.
fn cards(bank: &Bank) -> Vec<(&str, &str, Option<&str>)> {
    bank.questions
        .iter()
        .map(|question| (question.stem.as_str(), question.options[0].text.as_str(), question.topic.as_deref()))
        .collect()
}

#[test]
fn sides_are_signed_in_many_ways() {
    for (front, back) in [
        ("**Q:** ", "**A:** "),
        ("**Question:** ", "**Answer:** "),
        ("Question: ", "Answer: "),
        ("Q. ", "A. "),
        ("Q) ", "Ans) "),
        ("Frage: ", "Antwort: "),
        ("P: ", "R: "),
        ("Question : ", "Réponse : "),
        ("- Q: ", "  - A: "),
        ("Front: ", "Back: "),
        ("问：", "答："),
    ] {
        says_colours(&format!("{front}What is red?\n{back}Blood\n\n{front}What is green?\n{back}Grass\n"));
        says_colours(&format!("{front}What is red?\n\n{back}Blood\n\n---\n\n{front}What is green?\n\n{back}Grass\n"));
    }
    says_colours("Q1: What is red?\nA1: Blood\nQ2: What is green?\nA2: Grass\n");
    says_colours("**Q: What is red?**\nA: Blood\n\n**Q: What is green?**\nA: Grass\n");
    says_colours(
        "## Question 1\n\nWhat is red?\n\nAnswer:\nBlood\n\n## Question 2\n\nWhat is green?\n\nAnswer:\nGrass\n",
    );
}

#[test]
fn headings_and_paragraphs() {
    says_colours("## What is red?\n\nBlood\n\n## What is green?\n\nGrass\n");
    says_colours("### 1. What is red?\nBlood\n\n### 2. What is green?\nGrass\n");
    says_colours("**1. What is red?**\n\nBlood\n\n**2. What is green?**\n\nGrass\n");
    says_colours("1. What is red?\nBlood\n\n2. What is green?\nGrass\n");
    let bank = bank(
        "# Sea\n\n## Fog\n\nA cloud that lies on the water.\n\n## Tide\n\nThe sea as it comes and goes.\n\n## Reef\n\nRocks below.\n",
    );
    assert_eq!(cards(&bank)[0], ("Fog", "A cloud that lies on the water.", Some("Sea")));
    assert_eq!((bank.questions.len(), bank.problems.len()), (3, 0));
}

#[test]
fn items_and_paragraphs() {
    says_colours("What is red?\n\n- Blood\n\nWhat is green?\n\n- Grass\n");
    says_colours("What is red?\n→ Blood\n\nWhat is green?\n→ Grass\n");
    says_colours("- What is red?\n  - Blood\n- What is green?\n  - Grass\n");
    says_colours("What is red?\n\nBlood\n\n\nWhat is green?\n\nGrass\n");
    says_colours("What is red?\n\nBlood\n\nWhat is green?\n\nGrass\n");
    says_colours("What is red?\nBlood\n\nWhat is green?\nGrass\n");
}

#[test]
fn answers_that_are_folded_away() {
    let fold = |text: &str| format!("<details>\n<summary>Answer</summary>\n\n{text}\n\n</details>\n");
    says_colours(&format!("### What is red?\n\n{}\n### What is green?\n\n{}", fold("Blood"), fold("Grass")));
    says_colours(
        "<details><summary>What is red?</summary><br><b>\nBlood\n</b></details>\n\n<details><summary>What is green?</summary><br><b>\nGrass\n</b></details>\n",
    );
}

#[test]
fn lines_of_two_sides() {
    for sign in [" = ", " - ", " – ", " → ", ": "] {
        let text = format!(
            "Lektion 1: Tiere\n\nder Wal{sign}whale\ndie Möwe{sign}gull\n\nLektion 2: Meer\n\ndie Flut{sign}tide\ndas Riff{sign}reef, rocks\n"
        );
        let bank = bank(&text);
        assert_eq!(
            cards(&bank),
            [
                ("der Wal", "whale", Some("Lektion 1: Tiere")),
                ("die Möwe", "gull", Some("Lektion 1: Tiere")),
                ("die Flut", "tide", Some("Lektion 2: Meer")),
                ("das Riff", "reef, rocks", Some("Lektion 2: Meer")),
            ],
            "{text}"
        );
    }
}

#[test]
fn a_line_that_belongs_to_no_card_is_told() {
    let bank = bank(
        "Whale - Wal\nGull - Möwe\nTide - Flut\nReef - Riff\nFog - Nebel\nSea - Meer\nSand - Sand\nThis line is about something else entirely.\nRock - Fels\n",
    );
    let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!((bank.questions.len(), told), (8, vec![(8, "stray-text")]));
}

#[test]
fn prose_is_no_cards() {
    for text in [
        "# Tool\n\nA tool.\n\n## Installation\n\nRun the script.\n\n## Usage\n\nCall it.\n\n## License\n\nMIT\n",
        "Anna: hi\nBen: hello there\nAnna: how are you?\nBen: fine\nAnna: see you\n",
        "Flour: 200 g\nMilk: 300 ml\nEggs: 2 large\nButter: 50 g\nSugar: 20 g\n",
        "From: Anna\nTo: Ben\nSubject: boats\nDate: today\n\nDear Ben,\n\nI saw a boat.\n",
        "Dear Anna,\n\nthe boat is here. What shall we do?\n\nWe wait.\n\nBen\n",
        "10:00 - start\n10:30 - talk\n11:00 - break\n11:20 - end\n",
        "Soup\n\nWater\n\nHeat it up, and stir.\n\nServe it.\n",
        "port = 8080\nhost = 1\ndebug = true\nlevel = 3\n",
        "Intro - 1\nBoats - 4\nSails - 9\nIndex - 20\n",
        "I came home.\nIt was late.\n\nThe lamp burned.\nNobody spoke.\n\nWe went in.\nThe end.\n",
        "1. Mix the flour.\nUse a bowl.\n\n2. Add milk.\nStir.\n\n3. Fry.\nServe warm.\n",
    ] {
        let read = read(text.as_bytes(), &ReadOptions::default());
        assert!(read.is_err(), "{text}: {:?}", read.map(|bank| (bank.format, bank.questions)));
    }
}

#[test]
fn options_are_no_backs() {
    for text in [
        "Q: Which is red?\nA) Sky\nB) Blood\nA: B\n\nQ: Which is green?\nA) Grass\nB) Blood\nA: A\n",
        "## Which is red?\n\nA. Sky\nB. Blood\n\n## Which is green?\n\nA. Grass\nB. Sky\n",
        "1. Which is red?\nsky\nblood\ngrass\n\n2. Which is green?\nsky\nblood\ngrass\n",
    ] {
        let read = read(text.as_bytes(), &ReadOptions::default());
        assert!(read.is_err() || read.is_ok_and(|bank| bank.format != "qa"), "{text}");
    }
}
