//! `cargo pictures`: builds the program, then takes the pictures of this folder with `make.py`.

use std::env;
use std::path::Path;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.args(["build", "--release", "--locked", "--bin", "retain"]).current_dir(root);
    // This program is `release/examples/pictures`, and the one that is built lies next to `examples`.
    let example = env::current_exe().expect("the path of this program is known");
    let release = example.ancestors().nth(2).expect("an example is in a folder of its own");
    let mut make = Command::new(if cfg!(windows) { "python" } else { "python3" });
    make.arg(root.join("docs/pictures/make.py")).args(env::args_os().skip(1));
    make.env("RETAIN", release.join("retain").with_extension(env::consts::EXE_EXTENSION));
    for command in [&mut build, &mut make] {
        let status = command.status().expect("`cargo` and `python3` are on the PATH");
        if !status.success() {
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
