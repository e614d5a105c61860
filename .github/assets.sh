#!/usr/bin/env bash
# Writes the manual page and the completions of all shells into `target/assets`, for archives and packages.
set -euo pipefail
cd "$(dirname "$0")/.."
out=target/assets
mkdir -p "$out/completions"
cargo build --locked
retain="${CARGO_TARGET_DIR:-target}/debug/retain"
"$retain" man > "$out/retain.1"
"$retain" completions bash > "$out/completions/retain.bash"
"$retain" completions zsh > "$out/completions/_retain"
"$retain" completions fish > "$out/completions/retain.fish"
"$retain" completions powershell > "$out/completions/_retain.ps1"
"$retain" completions elvish > "$out/completions/retain.elv"
