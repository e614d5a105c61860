//! Examples of every command, shown at the end of its help. A test reads each of them as the program would.

/// A command line, and what it does.
const EXAMPLES: &[(&str, &str)] = &[
    ("retain review", "everything that is due today"),
    ("retain review Networks --minutes 15", "one deck, for a quarter of an hour"),
    ("retain review notes.txt", "import or update a bank, then review it"),
    ("retain review --more 20", "twenty more than today's limits allow"),
    ("retain review --cram", "practise everything; the schedule stays as it is"),
    ("retain review --say espeak-ng", "with a voice that reads questions aloud"),
    ("retain due", "how much is due; the exit code is 1 if nothing is"),
    ("retain due --format '{due} due'", "for a prompt"),
    ("retain due --ics -o retain.ics", "the next thirty days, for a calendar"),
    ("retain demo", "three minutes, and nothing is left behind"),
    ("retain demo --keep trial", "keep it in a folder, to go on tomorrow"),
    ("retain undo", "take back the last thing you did"),
    ("retain undo --list", "show the last twenty things"),
    ("retain undo --yes", "take it back without asking"),
    ("retain redo", "bring back what `undo` took back"),
    ("retain import notes.txt", "a bank; importing it again updates it"),
    ("retain import banks/ --dry-run", "look first what a folder would bring"),
    ("retain import quiz.csv --columns question,a,b,c,d,answer", "say what the columns hold"),
    ("retain anki import collection.colpkg", "decks, cards, pictures and every answer from Anki"),
    ("retain anki import deck.apkg --dry-run", "look first what would come in"),
    ("retain anki import deck.apkg --deck Spanish", "all of it below one deck"),
    ("retain anki export all.apkg", "everything, with every answer, for Anki of today"),
    ("retain anki export spanish.apkg Spanish", "one deck, with the decks in it"),
    ("retain anki export old.apkg --legacy", "for Anki of years ago"),
    ("retain anki export notes.txt", "notes in plain text, without answers"),
    ("retain exam Networks -n 20 --minutes 30", "twenty questions of one deck in half an hour"),
    ("retain exam --resume", "continue the exam that you left"),
    ("retain exam --history", "earlier exams"),
    ("retain plan", "the expected score of each exam, and what to do until then"),
    ("retain plan Networks", "of one deck"),
    ("retain plan --json", "for programs"),
    ("retain stats", "the dashboard"),
    ("retain stats Networks --days 7", "one deck, the last week"),
    ("retain stats --html report.html", "the same as a file for a browser"),
    ("retain export cards -o cards.csv", "a table for a spreadsheet"),
    ("retain export --all -o tables", "all tables, each a file in a folder"),
    ("retain export everything -o study", "all there is as text, to import elsewhere"),
    ("retain export reviews --from 2026-11-01 --format json", "answers since a day, as JSON Lines"),
    ("retain bank print Networks", "a deck as a bank that can be imported again"),
    ("retain bank print Networks -o networks.txt", "into a file"),
    ("retain bank print Networks --format json", "in another format"),
    ("retain search red planet", "questions with these words, in any of their texts"),
    ("retain search deck:Networks is:leech", "of a deck, those that are forgotten again and again"),
    ("retain search 'due:<7'", "those that come within a week"),
    ("retain browse", "look through all questions, with a search that is typed"),
    ("retain browse is:leech", "those that are forgotten again and again"),
    ("retain browse deck:Networks topic:Routing", "of a topic"),
    ("retain add Networks", "a question, asked for piece by piece"),
    ("retain add Networks --edit", "in your editor"),
    ("retain add Networks --file notes.txt", "from a file, without making it a bank of the deck"),
    ("retain purge --dry-run", "look what would be erased"),
    ("retain purge", "erase it, after a backup"),
    ("retain deck list", "all decks, with what is due"),
    ("retain deck set Networks new-per-day=10", "a setting of a deck and the decks in it"),
    ("retain deck set --default desired-retention=90%", "a setting of all decks"),
    ("retain deck set Networks exam=2027-01-15", "the day of the exam"),
    ("retain deck show Networks", "its settings, and where each comes from"),
    ("retain deck rename Networks Exam::Networks", "another name; `::` makes a deck within a deck"),
    ("retain deck create Networks", "an empty deck"),
    ("retain deck move Networks Exam", "into another deck: `Exam::Networks`"),
    ("retain deck move Exam::Networks --top", "out again"),
    ("retain deck merge Old Networks", "all questions of one deck into another"),
    ("retain deck archive Networks", "leave it out of the days until you name it"),
    ("retain deck unarchive Networks", "put it back into use"),
    ("retain deck delete Networks", "with its questions; `retain undo` brings them back"),
    ("retain deck restore Networks", "bring it back later"),
    ("retain deck postpone Networks 3 --dry-run", "look what can wait for three days"),
    ("retain deck advance Networks 3 --dry-run", "look what can be asked earlier"),
    ("retain preset create calm new-per-day=5", "settings that decks can share"),
    ("retain preset assign calm Networks Storage", "have decks share them"),
    ("retain preset list", "all presets, with their decks"),
    ("retain preset show calm", "what it sets"),
    ("retain preset set calm reviews-per-day=50", "change it for all its decks"),
    ("retain preset unassign Networks", "take it away from a deck"),
    ("retain preset rename calm quiet", "another name"),
    ("retain preset delete calm", "delete it; the decks stay"),
    ("retain card list --flagged", "the cards that you flagged"),
    ("retain card show 37febdb6", "one card, and what is remembered of it"),
    ("retain card edit 37febdb6", "its question, in your editor"),
    ("retain card flag 37febdb6 --note 'ask the teacher'", "mark it to come back to"),
    ("retain card unflag 37febdb6", "remove the mark"),
    ("retain card suspend 37febdb6", "take it out of the schedule"),
    ("retain card unsuspend 37febdb6", "put it back"),
    ("retain card bury 37febdb6", "put it off until tomorrow"),
    ("retain card unbury 37febdb6", "put it back into today"),
    ("retain card reset 37febdb6", "make it new again"),
    ("retain card suspend --search 'tag:old is:new'", "all cards that a search finds"),
    ("retain card move 37febdb6 --to Networks", "its question into another deck"),
    ("retain card move --search routing --to Networks", "all that a search finds"),
    ("retain card tag 37febdb6 --add chapter-2", "add a tag to its question"),
    ("retain card tag --search tag:old --remove old", "take a tag off"),
    ("retain card delete 37febdb6", "its question; `retain undo` brings it back"),
    ("retain card delete --search 'tag:old'", "all that a search finds"),
    ("retain card restore 37febdb6", "bring it back later"),
    ("retain card list --deleted", "what was deleted"),
    ("retain leeches", "cards that are forgotten again and again"),
    ("retain leeches Networks", "of one deck"),
    ("retain leeches --json", "for programs"),
    ("retain simulate --days 90", "answers and minutes of the next three months"),
    ("retain simulate --retention 0.85,0.9,0.95", "compare desired retentions"),
    ("retain simulate --recommend", "the one that gives most for your time"),
    ("retain whatif --ratings 3,3,1,3 --days 0,4,10,2", "memory after these answers"),
    ("retain evaluate", "how well recall is predicted"),
    ("retain evaluate Networks", "of one deck"),
    ("retain evaluate --json", "for programs"),
    ("retain optimize --dry-run", "look what a fit would adopt"),
    ("retain optimize", "fit the model of memory to your answers"),
    ("retain optimize --revert", "go back to the parameters before"),
    ("retain reschedule --dry-run", "look what changed settings would move"),
    ("retain reschedule", "move it"),
    ("retain reschedule --undo", "move it back"),
    ("retain vacation 2026-12-24 2026-12-31", "days off"),
    ("retain vacation 2026-12-24 2026-12-31 Networks --dry-run", "of one deck; look first"),
    ("retain vacation --undo", "no days off after all"),
    ("retain catchup --dry-run", "look how a backlog would be spread"),
    ("retain catchup --days 5", "over five days"),
    ("retain catchup --undo", "take it back"),
    ("retain check", "whether the database is sound"),
    ("retain rebuild", "compute the schedule from the answers again"),
    ("retain where", "where the database and its media are, and how large"),
    ("retain where --json", "for programs"),
    ("retain config", "all settings of the program, and where each comes from"),
    ("retain config theme light", "change one"),
    ("retain config keys.undo z", "another key for a command of the review"),
    ("retain backup", "a copy in the folder of backups"),
    ("retain backup /media/stick/", "a copy elsewhere"),
    ("retain backup list", "all copies, with what is in them"),
    ("retain restore latest", "go back to the newest backup"),
    ("retain restore 2026-11-23", "to the last one of a day"),
    ("retain restore --undo", "back to what the restore replaced"),
    ("retain completions bash", "for bash; also zsh, fish, elvish, powershell"),
    ("retain man", "the manual page"),
    ("retain man --out man1", "a page for every command, in a folder"),
    // The rest is shown by the commands within others, and after what is above.
    ("retain deck list --all", "the archived ones too"),
    ("retain deck list --json", "for programs"),
    ("retain deck show Exam::Networks", "of a deck within another"),
    ("retain deck show Networks --json", "for programs"),
    ("retain deck rename networks Networks", "in other letters"),
    ("retain deck rename Exam Old::Exam", "with the decks in it"),
    ("retain deck create Exam::Networks", "an empty deck within another"),
    ("retain deck create 'Networks 2'", "a name of several words"),
    ("retain deck move '#3' Exam", "the third deck of `retain deck list`"),
    ("retain deck merge Exam::Old Exam", "a deck within another into that"),
    ("retain deck merge '#4' '#2'", "by the numbers of `retain deck list`"),
    ("retain deck archive Exam", "a deck and the decks in it"),
    ("retain deck archive '#3'", "by its number in `retain deck list`"),
    ("retain deck unarchive Exam", "a deck and the decks in it"),
    ("retain deck unarchive Exam::Networks", "one deck within another"),
    ("retain deck delete Exam", "a deck and the decks in it"),
    ("retain deck delete '#3'", "by its number in `retain deck list`"),
    ("retain deck restore Exam", "a deck and the decks that went with it"),
    ("retain deck restore Exam::Networks", "one deck within another"),
    ("retain deck postpone Networks 3", "put them off; asks first"),
    ("retain deck postpone --undo", "back to the days before"),
    ("retain deck advance Networks 3", "ask them today; asks first"),
    ("retain deck advance --undo", "back to the days before"),
    ("retain preset create exam desired-retention=95% new=10", "with several settings"),
    ("retain preset create plain", "one that sets nothing yet"),
    ("retain preset assign calm Networks", "of one deck"),
    ("retain preset assign calm Exam", "a deck with the decks in it"),
    ("retain preset list --json", "for programs"),
    ("retain preset list -q", "without remarks"),
    ("retain preset show 'calm days'", "a name of several words"),
    ("retain preset show calm --json", "for programs"),
    ("retain preset set calm new=10 reviews=80", "several settings at once"),
    ("retain preset set calm new-per-day=inherit", "take a value out again"),
    ("retain preset unassign Exam::Networks", "from a deck within another"),
    ("retain preset unassign '#3'", "by its number in `retain deck list`"),
    ("retain preset rename quiet calm", "and back"),
    ("retain preset rename calm 'calm days'", "a name of several words"),
    ("retain preset delete quiet", "by its name"),
    ("retain preset delete 'calm days'", "a name of several words"),
    ("retain card list Networks", "of one deck"),
    ("retain card show 3", "the third card of the last list"),
    ("retain card show 'which protocol routes'", "by words of its question"),
    ("retain card edit 3", "by its number in the last list"),
    ("retain card edit 37febdb6 --file question.txt", "from a file that is written already"),
    ("retain card flag 3 4 5", "several of the last list"),
    ("retain card flag --search 'is:leech'", "all cards that a search finds"),
    ("retain card unflag 3 4 5", "several of the last list"),
    ("retain card unflag --search 'is:flagged'", "all of them"),
    ("retain card suspend 3 4 5", "several of the last list"),
    ("retain card unsuspend 3 4 5", "several of the last list"),
    ("retain card unsuspend --search 'tag:old'", "all cards that a search finds"),
    ("retain card bury 3 4 5", "several of the last list"),
    ("retain card bury --search 'topic:routing'", "all cards that a search finds"),
    ("retain card unbury 3 4 5", "several of the last list"),
    ("retain card unbury --search 'is:buried'", "all of them"),
    ("retain card reset 3 4 5", "several of the last list"),
    ("retain card reset --search 'deck:Networks'", "all cards of a deck"),
    ("retain card move 3 4 5 --to Exam::Networks", "several of the last list"),
    ("retain card tag 3 4 5 --add hard", "several of the last list"),
    ("retain card delete 3 4 5", "several of the last list"),
    ("retain card restore --search 'tag:old'", "all that a search finds"),
    ("retain card restore 'which protocol routes'", "by words of its question"),
    ("retain whatif --ratings 3,3 --days 0,5 --guess 0.25", "where one of four options is right by luck"),
    ("retain whatif --ratings 3,1 --days 0,5 --json", "for programs"),
    ("retain redo --db trial.db", "in another database"),
    ("retain redo --json", "for programs"),
    ("retain rebuild --db trial.db", "of another database"),
    ("retain rebuild -q", "and only print errors"),
    ("retain purge --yes", "without asking"),
    ("retain check --mend", "and put right what needs no guess"),
    ("retain check --db copy.db", "of another database"),
    ("retain where --db trial.db", "of another database"),
    ("retain completions fish", "for fish"),
    ("retain completions powershell", "for PowerShell"),
    ("retain man --out ~/.local/share/man/man1", "where `man` looks for pages of your own"),
    ("retain demo --plain", "in plain lines"),
    ("retain help deck set", "the help of a command within another"),
    ("retain help settings", "all settings, with what they take"),
    ("retain help banks", "how to write a question bank"),
];

/// How many examples a help shows.
const SHOWN: usize = 3;

/// The examples of a command, as the end of its help; empty if there are none. `path` is the command as it is typed.
pub(super) fn text(path: &str) -> String {
    let chosen: Vec<&(&str, &str)> =
        EXAMPLES.iter().filter(|(line, _)| line.strip_prefix(path).is_some_and(is_end)).take(SHOWN).collect();
    let widest = chosen.iter().map(|(line, _)| line.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (line, what) in &chosen {
        text += &format!("  {line:<widest$}  {what}\n");
    }
    if text.is_empty() { text } else { format!("Examples:\n{}", text.trim_end()) }
}

fn is_end(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(' ')
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::{Cli, command};

    #[test]
    fn every_example_is_a_command_line() {
        for (line, _) in EXAMPLES {
            let read = Cli::try_parse_from(shlex::split(line).unwrap_or_default());
            assert!(read.is_ok(), "{line}: {}", read.err().map(|error| error.to_string()).unwrap_or_default());
        }
    }

    #[test]
    fn every_command_has_three_examples() {
        fn look(command: &clap::Command, path: &str) {
            for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
                let path = format!("{path} {}", inner.get_name());
                assert_eq!(text(&path).lines().count(), 1 + SHOWN, "{path}: {}", text(&path));
                look(inner, &path);
            }
        }
        look(&command(), "retain");
        assert_eq!(text("retain un"), "", "whole words only");
    }
}
