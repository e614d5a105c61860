//! The command that reads aloud, and which commands would run the text instead of reading it.

use super::speech::is_slot;

/// Programs that run what follows a flag such as `-c` or `-e`.
const INTERPRETERS: [&str; 51] = [
    "sh",
    "ash",
    "bash",
    "rbash",
    "dash",
    "ksh",
    "mksh",
    "pdksh",
    "yash",
    "zsh",
    "fish",
    "csh",
    "tcsh",
    "nu",
    "elvish",
    "xonsh",
    "busybox",
    "toybox",
    "pwsh",
    "cmd",
    "python",
    "pypy",
    "ipython",
    "perl",
    "ruby",
    "irb",
    "node",
    "nodejs",
    "bun",
    "php",
    "lua",
    "luajit",
    "tclsh",
    "wish",
    "expect",
    "osascript",
    "rscript",
    "r",
    "octave",
    "julia",
    "groovy",
    "scala",
    "ghc",
    "runghc",
    "guile",
    "emacs",
    "vim",
    "nvim",
    "vi",
    "psql",
    "mysql",
];
/// Programs that give their arguments to a shell, run them as a program of their own or somewhere else, or whose first argument is a program.
const RUNNERS: [&str; 46] = [
    "ssh",
    "mosh",
    "rsh",
    "su",
    "sudo",
    "doas",
    "pkexec",
    "runuser",
    "run0",
    "xargs",
    "parallel",
    "watch",
    "script",
    "eval",
    "exec",
    "find",
    "fd",
    "flock",
    "entr",
    "tmux",
    "screen",
    "chroot",
    "unshare",
    "nsenter",
    "firejail",
    "bwrap",
    "systemd-run",
    "docker",
    "podman",
    "kubectl",
    "flatpak",
    "wsl",
    "start",
    "powershell",
    "awk",
    "gawk",
    "mawk",
    "nawk",
    "sed",
    "gsed",
    "jq",
    "dc",
    "bc",
    "deno",
    "sqlite",
    "make",
];
/// Programs that run the program after their own options.
const PREFIXES: [&str; 15] = [
    "env",
    "nice",
    "nohup",
    "timeout",
    "setsid",
    "stdbuf",
    "ionice",
    "chrt",
    "taskset",
    "time",
    "strace",
    "command",
    "unbuffer",
    "caffeinate",
    "setarch",
];

/// The words of a command, split as a shell splits them.
///
/// # Errors
/// Why it is no command, or that it would run the text.
pub(in crate::ui) fn voice_command(command: &str) -> Result<Vec<String>, String> {
    let words =
        shlex::split(command).ok_or_else(|| format!("`{command}` is not a command: a quotation mark is not closed"))?;
    if words.is_empty() {
        return Err("the command that reads aloud is empty".into());
    }
    if (0..words.len()).any(|at| is_slot(&words[at]) && would_run(&words, at)) {
        return Err(format!("`{command}` may run the text of a question as a program"));
    }
    Ok(words)
}

/// Whether the text in this place would be run: as a program, or as what an interpreter is to do. In doubt it would.
fn would_run(words: &[String], at: usize) -> bool {
    if at == 0 {
        return true;
    }
    let names: Vec<String> = words[..at].iter().map(|word| program(word)).collect();
    let knows = |list: &[&str]| names.iter().any(|name| list.contains(&name.as_str()));
    if knows(&RUNNERS) {
        return true;
    }
    if names.iter().any(|name| PREFIXES.contains(&name.as_str())) && !names_a_program(&words[..at], &names) {
        return true;
    }
    // The flag may be followed by other flags: `bash -c -l {}`.
    let flags = words[..at].iter().rev().take_while(|word| is_flag(word));
    let own = Some(&words[at]).filter(|word| is_flag(word));
    knows(&INTERPRETERS) && own.into_iter().chain(flags).any(|flag| takes_a_program(flag))
}

/// The name of a program without its folder, its ending and its version: `/usr/bin/python3.12` is `python`.
fn program(word: &str) -> String {
    let name = word.rsplit(['/', '\\']).next().unwrap_or_default().to_lowercase();
    let name =
        name.trim_end_matches(".exe").trim_end_matches(|char: char| char.is_ascii_digit() || ".-_".contains(char));
    name.to_owned()
}

fn is_flag(word: &str) -> bool {
    word.len() > 1
        && (word.starts_with(['-', '+']) || (word.starts_with('/') && !word[1..].contains('/') && word.len() == 2))
}

/// Whether what follows the flag, or its `=`, may be a program.
fn takes_a_program(flag: &str) -> bool {
    let flag = flag.to_lowercase();
    match flag.strip_prefix("--") {
        Some(long) => {
            let name = long.split('=').next().unwrap_or_default();
            ["eval", "exec", "command", "print", "run", "expr", "code"].iter().any(|part| name.contains(part))
        }
        // Letters for it are -c, -e, -E, of PHP -r, of Node -p, of `cmd` /c and /k.
        None => flag.contains(['c', 'e', 'r', 'p', 'k', 'n']),
    }
}

/// Whether a program comes between a prefix such as `nice -n 5` and the text, which would be run otherwise.
fn names_a_program(words: &[String], names: &[String]) -> bool {
    let after = names.iter().rposition(|name| PREFIXES.contains(&name.as_str())).map_or(0, |at| at + 1);
    // `env -S` splits its argument into a command.
    let splits = words.iter().any(|word| word.starts_with("-S") || word.starts_with("--split"));
    let is_program = |word: &String| {
        let number = word.starts_with(|char: char| char.is_ascii_digit());
        let signal = word.chars().all(|char| char.is_ascii_uppercase());
        !is_flag(word) && !word.contains('=') && !number && !signal
    };
    !splits && words[after..].iter().any(is_program)
}
