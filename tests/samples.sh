#!/bin/bash
# The sample sites through the program: no errors by the rules, shown as the
# trees of the documents (samples.trees), and an edit that changes only its own
# line and what saving writes.

export LC_ALL=C.UTF-8 LANGUAGE=
amc=${top_builddir:-.}/amc
samples=${top_srcdir:-.}/data/samples
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

count=0
failed=0
# ok WORDS COMMAND...: the test is whether the command succeeds
ok() {
	local words=$1
	shift
	count=$((count + 1))
	if "$@" >"$dir/said" 2>&1; then
		echo "ok $count - $words"
	else
		echo "not ok $count - $words"
		sed 's/^/# /' "$dir/said"
		failed=1
	fi
}

has_no_error() {
	"$amc" check "$1" >"$dir/check"
	[ $? = 0 ] && tail -n 1 "$dir/check" | grep -q '^0 errors' &&
		"$amc" check --json "$1" | grep -q '"errors": *0\b'
}

# Sections stand in tree order, so the names must come as they do in the file.
shows_its_names() {
	"$amc" show "$1" >"$dir/shown" &&
		sed -n 's/^Name=//p' "$1" >"$dir/want" &&
		sed -E '1d; /^ *@/d; s/^ *//; s/ +(group|ups|terminal) .*//' \
			"$dir/shown" >"$dir/names" &&
		diff "$dir/want" "$dir/names"
}

# The tree of samples.trees, where the sample is one of the documents' sites.
shows_its_tree() {
	sed -n "/^== $2\$/,/^== /p" "${top_srcdir:-.}/tests/samples.trees" |
		sed '/^== /d' >"$dir/want"
	[ -s "$dir/want" ] || return 1
	"$amc" show "$1" | sed -E 's/([^ ]) +/\1 /g' >"$dir/shown" &&
		diff "$dir/want" "$dir/shown"
}

# Of the old lines only the edited one and the revision may be gone.
edits_one_line() {
	cp "$1" "$dir/site.ini" && chmod 600 "$dir/site.ini" &&
		"$amc" set "$dir/site.ini" network TerminalPort=4567 &&
		diff "$1" "$dir/site.ini" | sed -n 's/^< //p' >"$dir/gone"
	grep -vE '^(Revision|TerminalPort)=' "$dir/gone" && return 1
	[ "$(wc -l <"$dir/gone")" = 2 ] &&
		grep -qx TerminalPort=4567 "$dir/site.ini" &&
		grep -qx Revision=2 "$dir/site.ini"
}

for file in "$samples"/*.ini; do
	name=${file##*/}
	ok "$name has no error" has_no_error "$file"
	ok "$name is shown in its order" shows_its_names "$file"
	[ $name = demo.ini ] ||
		ok "$name is shown as in the documents" shows_its_tree "$file" "${name%.ini}"
	ok "$name keeps its lines when one is edited" edits_one_line "$file"
done
ok "there are 13 samples" test $count = 51
echo "1..$count"
exit $failed
