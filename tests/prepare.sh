#!/usr/bin/env bash
# Brings what the tests need besides this folder: Python's venv module; for the real Neo4j a Java runtime (17 or later;
# Debian's default is 17 in release 12 and newer after it) and Maven; for the pages, the examples in TypeScript and the
# audit of GraphQL over HTTP Node (20.19 or later; Debian has it from release 13 on, for 12 it comes from npm) and npm;
# for the examples in a shell curl; for looking at the pages as a person does Chromium.
# Does nothing where they are present. As root on Debian it installs them; elsewhere it names what is missing and exits 1.
set -euo pipefail

java_is_new_enough() {
    command -v java >/dev/null || return 1
    local major
    major=$(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
    [ "${major:-0}" -ge 17 ]
}

node_is_new_enough() {
    command -v node >/dev/null && node -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'
}

packages=()
missing=()

need() { # the Debian package, what to call it in a sentence
    packages+=("$1")
    missing+=("$2")
}

"${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null || need python3-venv "Python's venv module"
java_is_new_enough || need default-jre-headless "a Java runtime, 17 or later"
command -v mvn >/dev/null || need maven "Maven (mvn)"
command -v curl >/dev/null || need curl "curl"
node_is_new_enough || need nodejs "Node, 20.19 or later"
command -v npm >/dev/null || need npm "npm"
command -v chromium >/dev/null || need chromium "Chromium (chromium)"

[ ${#packages[@]} -gt 0 ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    list=$(printf '%s; ' "${missing[@]}")
    echo "The tests need what is not here: ${list%; }. Install it (on Debian: apt-get install ${packages[*]}) and run again." >&2
    exit 1
fi

echo "Installing what the tests need: ${packages[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -q </dev/null
apt-get install -q -y --no-install-recommends "${packages[@]}" </dev/null
node_is_new_enough || npm install --global --no-audit --no-fund node@22
