#!/usr/bin/env bash
# Builds and runs libFuzzer on what reads hostile input, with address and undefined-behaviour sanitizers:
# docs/Sanitizers.md.
#
#   bash test/fuzz.sh [--seconds=60] [FUZZER…]
#
# FUZZER: npy, arguments, parser or compiler; all of them where none is named, one after the other, each for so long on one
# core. Exit status 1 where one finds anything; the input that shows it is kept in build/address-undefined/fuzz.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
. tools/setup.sh

seconds=60 fuzzers=()
for argument in "$@"; do
  case $argument in
  --seconds=*) seconds=${argument#*=} ;;
  parser | compiler | npy | arguments) fuzzers+=("$argument") ;;
  *)
    theria_error "expected --seconds=N, parser, compiler, npy or arguments, but found '$argument'; name a fuzzer"
    exit 1
    ;;
  esac
done
[ ${#fuzzers[@]} -gt 0 ] || fuzzers=(npy arguments parser compiler)

theria_install "${theria_build_packages[@]}" "${theria_test_packages[@]}" "${theria_measure_packages[@]}" || exit 1
theria_build_sanitized address,undefined "${fuzzers[@]/#/fuzz-}" || exit 1

folder=$THERIA_BUILD/fuzz
mkdir -p "$folder"
mapfile -t settings < <(python3 test/sanitizers.py address,undefined /usr/lib/llvm-22/bin)
status=0
for fuzzer in "${fuzzers[@]}"; do
  theria_say "Running fuzz-$fuzzer for $seconds s"
  corpus=$folder/$fuzzer.corpus
  mkdir -p "$corpus"
  python3 test/Fuzzers/seeds.py "$fuzzer" "$folder/$fuzzer.seeds" "$folder/$fuzzer.dict" || exit 1
  env "${settings[@]}" "$THERIA_BUILD/bin/fuzz-$fuzzer" "$corpus" "$folder/$fuzzer.seeds" -dict="$folder/$fuzzer.dict" \
    -max_len=4096 -max_total_time="$seconds" -timeout=60 -rss_limit_mb=4096 -print_final_stats=1 \
    -artifact_prefix="$folder/$fuzzer-" >"$folder/$fuzzer.log" 2>&1 </dev/null || status=1
  grep -av '^#\|NEW_FUNC\|# Uses:' "$folder/$fuzzer.log"
done
exit $status
