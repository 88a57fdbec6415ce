#!/bin/sh
# A theria-run whose certificates fail.
echo "  accuracy FAILS 1 of 0"
exit 1
