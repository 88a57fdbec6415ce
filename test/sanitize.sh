#!/usr/bin/env bash
# Builds Theria with a sanitizer in a folder of its own, and runs the lit suite in it: docs/Sanitizers.md.
#
#   bash test/sanitize.sh KIND [LIT-OPTION…]
#
# KIND: address, undefined, thread, or address,undefined (build/address-undefined). Exit status 1 where a test fails or
# a sanitizer finds anything. Installs missing Debian packages first.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
. tools/setup.sh

kind=${1:-}
case $kind in
address | undefined | thread | address,undefined) shift ;;
*)
  theria_error "expected address, undefined, thread or address,undefined, but found '$kind'; name a sanitizer"
  exit 1
  ;;
esac
theria_install "${theria_build_packages[@]}" "${theria_test_packages[@]}" "${theria_measure_packages[@]}" || exit 1
theria_build_sanitized "$kind" || exit 1

rm -f "$THERIA_BUILD"/findings.*
theria_say "Running the lit suite with the $kind sanitizer"
/usr/lib/llvm-22/bin/lit -v -j "$(nproc)" "$@" "$THERIA_BUILD/test" </dev/null
status=$?
# A finding in a program that is expected to fail, too. That there was no memory left is none.
mapfile -t findings < <(grep -lsE 'ERROR: (Address|Leak)Sanitizer|runtime error:|WARNING: ThreadSanitizer:' "$THERIA_BUILD"/findings.*)
[ ${#findings[@]} = 0 ] || cat "${findings[@]}"
printf '%d findings of the %s sanitizer\n' ${#findings[@]} "$kind"
[ $status = 0 ] && [ ${#findings[@]} = 0 ]
