#!/bin/sh
# make bench: how long reading, checking, saving a site and the plan of its outage
# take, as ratios to a bare scan of the same file. Lines "ratio NAME VALUE LIMIT"; fails above a limit.
set -eu
bench=${top_builddir:-.}/bench-site
# in memory where there is such a place: it is the program that is measured
if [ -d /dev/shm ] && [ -w /dev/shm ]; then
	dir=$(mktemp -d /dev/shm/bench-site.XXXXXX)
else
	dir=$(mktemp -d)
fi
trap 'rm -rf "$dir"' EXIT
"$bench" "$dir" > "$dir/out"
cat "$dir/out"
awk '$1 == "ratio" && $3 > $4 { print "too slow: " $2; bad = 1 } END { exit bad }' "$dir/out"
