#!/bin/sh
# check.sh FAULT FOLDER [LINES]: the certificate of a program by a compiler with a fault, with single spaces.
faulty-theria-run "$1" "$2/Inputs/program.mlir" --check --derive=vjp --fill=normal:1 --tile=2x1 --schedule=recompute \
  --check-lines="${3:-accuracy,differences,stages}" >"${TMPDIR:-/tmp}/certificate.$$"
status=$?
tr -s ' ' <"${TMPDIR:-/tmp}/certificate.$$"
rm -f "${TMPDIR:-/tmp}/certificate.$$"
exit $status
