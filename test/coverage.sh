#!/usr/bin/env bash
# What the lit suite runs of the C++ sources, by clang's source-based coverage: builds with counters in build/coverage, runs
# the suite there and prints lines and regions of each folder, and the lines that never ran.
#
#   bash test/coverage.sh                  the whole suite, from nothing
#   bash test/coverage.sh --filter REGEX   the tests that match alone, added to what earlier runs counted
#
# The exit status is 1 where a folder of dialect/ or lib/ is below the aim, or where a test failed. docs/Coverage.md has
# the figures. A process that a signal ends writes no counters.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/setup.sh

coverage=$THERIA_BUILD/coverage
profiles=$coverage/profiles
case $#:${1:-} in
0:) rm -rf "$profiles" ;;
2:--filter) ;;
*)
  theria_error "expected nothing or --filter REGEX, but found '$*'; see the top of test/coverage.sh"
  exit 1
  ;;
esac

theria_install "${theria_build_packages[@]}" "${theria_test_packages[@]}" "${theria_measure_packages[@]}"
# Without optimisation the suite takes too long. Paths relative to the build let objects be shared by ccache.
counters="-fprofile-instr-generate -fcoverage-mapping -fcoverage-compilation-dir=."
theria_build "$coverage" -DCMAKE_{C,CXX}_FLAGS="$counters" -DCMAKE_{C,CXX}_FLAGS_RELEASE="-O1 -DNDEBUG"

theria_say "Running the lit suite"
failed=0
# Every process adds its counters to one of four files for each program, so that they stay few.
LLVM_PROFILE_FILE=$profiles/%4m.profraw /usr/lib/llvm-22/bin/lit -q -j "$(nproc)" --timeout 1500 "$@" \
  "$coverage/test" </dev/null || failed=1

theria_say "Reading the counters"
llvm-profdata-22 merge -sparse "$profiles"/*.profraw -o "$coverage/suite.profdata"
python3 test/coverage.py "$coverage" || failed=1
exit $failed
