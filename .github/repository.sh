#!/usr/bin/env bash
# Writes the address of the repository that runs the workflow into Cargo.toml, unless it states one: `dist` needs it.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! grep -q '^repository = ' Cargo.toml; then
    sed -i.bak "s|^readme = |repository = \"${GITHUB_SERVER_URL:?}/${GITHUB_REPOSITORY:?}\"\n&|" Cargo.toml
    rm Cargo.toml.bak
fi
