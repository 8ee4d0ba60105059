# shellcheck shell=bash
# Which keys a view tells in linear mode (?), against those it has on a full screen.

# keys_told CONTEXT FILE: every action of ui/keys.xml, but for what src/tui/linear-offer.c
# has something else for; and nothing else. What is missing or too much goes to stderr.
keys_told() {
	diff <(sed -n "/<context name=\"$1\"/,/<\/context>/s/.*action=\"\([^\"]*\)\".*/\1/p" \
		"$top_srcdir/ui/keys.xml" | sort -u | grep -vxFf \
		<(grep -o '"[a-z-]*"' "$top_srcdir/src/tui/linear-offer.c" | tr -d '"')) \
		<(sed -n 's/^[^ ]*, \([a-z-]*\): .*/\1/p' "$2" | sort -u) >&2
}
