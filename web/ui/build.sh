#!/bin/sh
# Builds or tests the page with the system's node; Maven calls it. Usage: build.sh build|test|driver TARGET_DIRECTORY
set -eu
cd "$(dirname "$0")"

missing() {
    echo "The HTML report is built with Node.js 20 or later and npm, and $1." >&2
    echo "On Debian and Ubuntu: apt-get install nodejs npm" >&2
    exit 1
}
command -v node >/dev/null 2>&1 || missing "no node was found in PATH"
command -v npm >/dev/null 2>&1 || missing "no npm was found in PATH"
major=$(node -p 'process.versions.node.split(".")[0]')
[ "$major" -ge 20 ] || missing "this is node $major"

exec node build.mjs "$@"
