#!/bin/bash
# The screens of tests/screens.sh from l to z: two that run side by side wait half as long.
cd "$top_srcdir/tests/screens" && exec "$top_srcdir/tests/screens.sh" $(ls [l-z]*.keys | sed 's/\.keys$//')
