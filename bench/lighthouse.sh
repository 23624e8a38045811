#!/bin/sh
# Lighthouse against the production server, into bench/results/lighthouse.md. Needs Node 20 or newer, npm and Chromium.
# Everything that npm brings stands in a temporary directory and is thrown away; BENCH_LIGHTHOUSE=DIR keeps it there.
set -eu
cd "$(dirname "$0")/.."

if [ -n "${BENCH_LIGHTHOUSE:-}" ]; then
    directory=$BENCH_LIGHTHOUSE
    mkdir -p "$directory"
else
    directory=$(mktemp -d)
    trap 'rm -rf "$directory"' EXIT
fi
if [ ! -x "$directory/node_modules/.bin/lighthouse" ]; then
    cp bench/lighthouse/package.json "$directory/"
    npm install --prefix "$directory" --no-package-lock --no-audit --no-fund --ignore-scripts
fi
.venv/bin/python -m bench.lighthouse_run "$directory/node_modules/.bin/lighthouse"
