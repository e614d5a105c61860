//! How the time of every reader grows with its input: banks of n and of 10·n questions, and inputs that are made to be nasty.
//!
//! `cargo bench --bench readers`, or with `-- WORD` for the cases whose name holds the word. A ratio of 1 is linear time; past 10
//! it fails.

#![allow(clippy::print_stdout, reason = "a benchmark prints")]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use retain::bank::{ReadOptions, read};

/// The smaller input is as large as it must be to take this long …
const LONG_ENOUGH: Duration = Duration::from_millis(4);
/// … and this large, in bytes; or very large.
const SMALLEST: usize = 200 << 10;
const LARGE_ENOUGH: usize = 1 << 20;
/// An input that takes this long is large enough, too.
const TOO_LONG: Duration = Duration::from_millis(500);
/// More than this many times linear time is a fault.
const MOST: f64 = 10.0;

/// What is read: its name, the format where it is named, and an input of a size.
struct Case {
    name: &'static str,
    format: Option<&'static str>,
    input: fn(usize) -> String,
}

const fn case(name: &'static str, format: Option<&'static str>, input: fn(usize) -> String) -> Case {
    Case { name, format, input }
}

/// `part` for 0, 1 … n − 1.
fn each(n: usize, part: impl Fn(usize) -> String) -> String {
    (0..n).map(part).collect()
}

fn json_items(n: usize, parting: &str) -> String {
    let item = |i| format!(r#"{{"question":"What is {i}?","options":["a {i}","b","c"],"answer":"B"}}"#);
    (0..n).map(item).collect::<Vec<_>>().join(parting)
}

const BANKS: &[Case] = &[
    case("text", None, |n| each(n, |i| format!("{}. What is {i}?\nA. a {i}\nB. b\nC. c\nAnswer: B\n\n", i + 1))),
    case("text, key at the end", None, |n| {
        each(n, |i| format!("{}. What is {i}?\nA. a {i}\nB. b\n\n", i + 1))
            + "Answers:\n"
            + &each(n, |i| format!("{}. B\n", i + 1))
    }),
    case("text, topics", None, |n| each(n, |i| format!("# Topic {i}\nWhat is {i}?\n- a {i}\n- b *\n\n"))),
    case("markdown", None, |n| each(n, |i| format!("#### Q{i}. What is {i}?\n\n- [ ] a {i}\n- [x] b\n- [ ] c\n\n"))),
    case("markdown, code", None, |n| {
        each(n, |i| {
            format!("#### Q{i}. What is it?\n\n```rs\nlet i = {i};\n```\n\n- [ ] a {i}\n- [x] b\n\nSo it is.\n\n")
        })
    }),
    case("signs", None, |n| each(n, |i| format!("# What is {i}?\n+ a {i}\n- b\n- c\n\n"))),
    case("aiken", None, |n| each(n, |i| format!("What is {i}?\nA. a {i}\nB. b\nANSWER: B\n\n"))),
    case("gift", None, |n| each(n, |i| format!("::Q{i}:: What is {i}? {{ =a {i} #yes ~%50%b ~c ####so }}\n\n"))),
    case("gift, no blank lines", None, |n| each(n, |i| format!("What is {i}? {{=a {i} ~b}}\n"))),
    case("moodle-xml", None, |n| {
        let question = |i| {
            format!(
                "<question type=\"multichoice\"><questiontext><text>What is {i}?</text></questiontext>\n\
                 <answer fraction=\"100\"><text>a {i}</text></answer><answer fraction=\"0\"><text>b</text></answer>\n</question>\n"
            )
        };
        format!("<quiz>\n{}</quiz>", each(n, question))
    }),
    case("csv", None, |n| {
        "question,option 1,option 2,option 3,answer\n".to_owned()
            + &each(n, |i| format!("\"What is {i}?\",a {i},b,c,B\n"))
    }),
    case("csv, quoted lines", None, |n| {
        "question,option 1,option 2,answer\n".to_owned() + &each(n, |i| format!("\"What\nis\n{i}?\",a {i},b,A\n"))
    }),
    case("json", None, |n| format!("[{}]", json_items(n, ","))),
    case("jsonl", None, |n| json_items(n, "\n")),
    case("yaml", None, |n| each(n, |i| format!("- question: What is {i}?\n  options: [a {i}, b, c]\n  answer: B\n"))),
    case("toml", None, |n| {
        each(n, |i| {
            format!("[[questions]]\nquestion = \"What is {i}?\"\noptions = [\"a {i}\", \"b\"]\nanswer = \"B\"\n")
        })
    }),
];

const NASTY: &[Case] = &[
    case("one long line of words", None, |n| "what ".repeat(n.min(190_000))),
    case("one long line of labels", None, |n| "A. x B. y ".repeat(n.min(95_000))),
    case("one long line of stars", None, |n| "*".repeat(n.min(900_000))),
    case("one long line of brackets", None, |n| "[".repeat(n.min(900_000))),
    case("a stem of many lines", None, |n| "what\n".repeat(n) + "- A. x *\n- B. y\n"),
    case("many paragraphs without options", None, |n| "What is this?\n\n".repeat(n)),
    case("an option of many lines", None, |n| "What?\n- A. x\n".to_owned() + &"  more\n".repeat(n) + "- B. y *\n"),
    case("many options", None, |n| "What?\n".to_owned() + &each(n, |i| format!("- option {i}\n"))),
    case("options alone", None, |n| "A. x\nB. y\n".repeat(n)),
    case("answers alone", None, |n| "Answer: B\n".repeat(n)),
    case("many answers to one question", None, |n| "What?\nA. x\nB. y\n".to_owned() + &"Answer: B\n".repeat(n)),
    case("many lists of answers", None, |n| {
        each(n, |i| format!("1. What is {i}?\nA. a {i}\nB. b\n\nAnswers:\n1. B\n\n"))
    }),
    case("headings alone", None, |n| "# Topic\n".repeat(n)),
    case("blank lines", None, |n| "What?\n".to_owned() + &"\n".repeat(n) + "- A. x *\n- B. y\n"),
    case("the same question", None, |n| "What?\n- A. x *\n- B. y\n\n".repeat(n)),
    case("unclosed fences", None, |n| "#### Q1. What?\n```\n- [x] a\n- [ ] b\n".repeat(n)),
    case("fences of growing length", None, |n| each(n, |i| format!("{}\n- [x] a\n- [ ] b\n", "`".repeat(3 + i % 60)))),
    case("unclosed details", None, |n| "### What?\n- A. x\n- B. y\n<details>\n<summary>Answer</summary>\n".repeat(n)),
    case("quotes in quotes", None, |n| "> ".repeat(n.min(450_000)) + "- [x] a\n- [ ] b\n"),
    case("unclosed quotes of a table", Some("csv"), |n| {
        "question,option 1,option 2,answer\n".to_owned() + &each(n, |i| format!("\"What is {i},a,b,A\n"))
    }),
    case("a table of many columns", Some("csv"), |n| {
        "question,".to_owned()
            + &each(n.min(80_000), |i| format!("option {i},"))
            + "answer\n"
            + &"x,".repeat(n.min(80_000))
            + "x,A\n"
    }),
    case("unclosed braces", Some("gift"), |n| "What {=a ~b\n\n".repeat(n)),
    case("braces that only close", Some("gift"), |n| "What} a\n".repeat(n)),
    case("many answers of GIFT", Some("gift"), |n| format!("What?{{={}}}", "~a#b".repeat(n))),
    case("unclosed names", Some("gift"), |n| "::a:b\n\n".repeat(n)),
    case("signs of feedback", Some("gift"), |n| format!("What?{{=a{}~b}}", "#".repeat(n))),
    case("nested elements", Some("moodle-xml"), |n| format!("<quiz>{}", "<question>".repeat(n))),
    case("elements that close", Some("moodle-xml"), |n| {
        format!("<quiz>{}{}</quiz>", "<question type=\"essay\">".repeat(n), "</question>".repeat(n))
    }),
    case("many gaps", Some("moodle-xml"), |n| {
        format!(
            "<quiz><question type=\"cloze\"><questiontext><text>{}</text></questiontext></question></quiz>",
            "{1:SA:=a".repeat(n)
        )
    }),
    case("many files", Some("moodle-xml"), |n| {
        let files = each(n, |i| format!("<file name=\"{i}.png\">AAAA</file>"));
        let texts = each(n, |i| format!("@@PLUGINFILE@@/a%20{i}.png "));
        format!(
            "<quiz><question type=\"essay\"><questiontext><text>{texts}</text>{files}</questiontext></question></quiz>"
        )
    }),
    case("nested lists of JSON", Some("json"), |n| "[".repeat(n)),
    case("nested maps of JSON", Some("json"), |n| "{\"a\":".repeat(n)),
    case("nested lists of YAML", Some("yaml"), |n| "[".repeat(n)),
    case("nested dashes of YAML", Some("yaml"), |n| "- ".repeat(n.min(400_000))),
    case("anchors of YAML", Some("yaml"), |n| {
        each(n, |i| format!("a{}: &a{} [*a{i}, *a{i}]\n", i + 1, i + 1)).replacen("[*a0, *a0]", "[x, x]", 1)
    }),
    case("nested keys of TOML", Some("toml"), |n| format!("{}a = 1", "a.".repeat(n))),
    case("front matter without end", None, |n| "---\n".to_owned() + &"deck: x\n".repeat(n)),
];

fn time(text: &str, options: &ReadOptions) -> Duration {
    let start = Instant::now();
    // Whether it is a bank or refused does not matter here.
    let _ = std::hint::black_box(read(text.as_bytes(), options));
    start.elapsed()
}

fn best(text: &str, options: &ReadOptions) -> Duration {
    let first = time(text, options);
    let more = if first < Duration::from_millis(300) { 4 } else { 0 };
    (0..more).map(|_| time(text, options)).fold(first, Duration::min)
}

/// Measures a case; the ratio of the times against that of the sizes, where it can be measured.
fn measure(case: &Case) -> f64 {
    let options = ReadOptions { format: case.format.map(str::to_owned), ..ReadOptions::default() };
    let mut n = 100;
    let mut small = (case.input)(n);
    let mut short = best(&small, &options);
    while (short < LONG_ENOUGH || small.len() < SMALLEST) && small.len() < LARGE_ENOUGH && short < TOO_LONG {
        n *= 2;
        let larger = (case.input)(n);
        if larger.len() <= small.len() {
            break;
        }
        small = larger;
        short = best(&small, &options);
    }
    let large = (case.input)(n * 10);
    // Some inputs end at a size where they would be refused unread.
    let (small, large) = if large.len() < small.len() * 8 { ((case.input)(n / 10), small) } else { (small, large) };
    let (short, long) = (best(&small, &options), best(&large, &options));
    let sizes = large.len() as f64 / small.len() as f64;
    let ratio = long.as_secs_f64() / short.as_secs_f64().max(1e-6) / sizes;
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "{:34} {:>9.1} kB {:>9.2} ms {:>10.1} kB {:>9.2} ms {:>7.2}",
        case.name,
        small.len() as f64 / 1e3,
        milliseconds(short),
        large.len() as f64 / 1e3,
        milliseconds(long),
        ratio
    );
    ratio
}

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    println!("{:34} {:>12} {:>12} {:>13} {:>12} {:>7}", "", "small", "time", "large", "time", "ratio");
    let cases = BANKS.iter().chain(NASTY);
    let chosen = cases.filter(|case| wanted.is_empty() || wanted.iter().any(|word| case.name.contains(word.as_str())));
    let worst = chosen.map(measure).fold(0.0, f64::max);
    println!("worst ratio: {worst:.2}");
    if worst > MOST { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
