#!/usr/bin/env bash
# From a clone to a result on a fresh Debian 12 (as root, or a user with sudo): installs what is missing from Debian's
# packages, builds, and lets attention answer handwritten digits. Asks nothing; the second run starts in seconds.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/setup.sh

theria_install "${theria_build_packages[@]}"
theria_build
exec python3 tools/digits.py "$THERIA_BUILD/bin/theria-run" docs/examples </dev/null
