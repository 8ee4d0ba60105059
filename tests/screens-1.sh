#!/bin/bash
# The screens of tests/screens.sh from a to k: two that run side by side wait half as long.
cd "$top_srcdir/tests/screens" && exec "$top_srcdir/tests/screens.sh" $(ls [a-k]*.keys | sed 's/\.keys$//')
