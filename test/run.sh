#!/usr/bin/env bash
# Builds what is needed and runs every test: the lit suite, what applies of it on the reference path, two minutes of random
# programs, and clang-tidy. Installs missing Debian packages first.
# The last line is `N passed, N failed`; the exit status is 1 when anything failed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
. tools/setup.sh

passed=0 failed=0
summary() {
  [ $failed = 0 ] && [ $passed -gt 0 ]
  local status=$?
  trap - EXIT
  printf '%d passed, %d failed\n' $passed $failed
  exit $status
}
# Whatever ends the script early is a failure, and the summary stays the last line.
trap 'failed=$((failed + 1)); summary' EXIT
trap 'exit 1' INT TERM HUP

theria_install "${theria_build_packages[@]}" "${theria_test_packages[@]}" || exit 1
theria_build || exit 1

# run_suite NAME [LIT-OPTION…]
run_suite() {
  local results=$THERIA_BUILD/test/$1.json suite_passed suite_failed
  shift
  rm -f "$results"
  /usr/lib/llvm-22/bin/lit -v -j "$(nproc)" --output "$results" "$@" "$THERIA_BUILD/test" </dev/null
  read -r suite_passed suite_failed < <(python3 test/count.py "$results") || exit 1
  passed=$((passed + suite_passed)) failed=$((failed + suite_failed))
}

theria_say "Running the lit suite"
run_suite results

# What programs compute is tested on both paths: values, derivatives and what masks leave out.
theria_say "Running values and derivatives on the reference path"
run_suite reference --param path=reference --filter '(Golden|Masking|Calculus)/|Examples/(attention|digits|maml)'

# run_once NAME COMMAND…: one test.
run_once() {
  theria_say "Running $1"
  shift
  if "$@" </dev/null; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
  fi
}

run_once "random programs" python3 tools/theria-fuzz --minutes=2
run_once "clang-tidy" python3 test/tidy.py "$THERIA_BUILD"
summary
