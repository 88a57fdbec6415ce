#!/bin/sh
# Interesting, which status 1 means, where a program still has a softcap.
! grep -q softcap "$1"
