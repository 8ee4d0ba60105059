#!/bin/bash
# The manual pages: right in form, and every verb and option of amc stands in
# its page and in the completion.
. "$top_srcdir/tests/tap.sh"

plan 21
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
man=$top_srcdir/man

need mandoc

lint() {
	if [ -f "$man/$1" ]; then
		mandoc -T lint -W warning "$man/$1"
	else
		mandoc -T lint -W warning "$top_builddir/man/$1"
	fi
}
for page in amc.1 upssim.1 ac_e_net.ini.5 amc-exchange.5 amc-notify.5 amc-profile.5 amcd.conf.5 \
	amc-protocol.7 amcd.8; do
	ok "$page is in order" lint $page
done

# All words of a list are in a text; those that are not are printed.
all_in() {	# TEXT, WORDS on standard input
	local word missing=0
	while read -r word; do
		grep -qF -e "$word" "$1" || { echo "missing: $word"; missing=1; }
	done
	return $missing
}
text() { mandoc -T ascii "$1" | sed "s/.$(printf '\b')//g"; }

LC_ALL=C "$top_builddir/amc" --help |
	sed -n 's/^  \([a-z][a-z]*\) .*/amc \1/p' >"$tmp/verbs"
# the options of the program and of its verbs, from their tables
sed -n 's/^\t{ "\([a-z-]*\)", \(no\|required\)_argument.*/--\1/p' \
	"$top_srcdir/src/amc.c" "$top_srcdir/src/cli/option.c" | sort -u >"$tmp/options"
text "$man/amc.1" >"$tmp/amc.1"
text "$man/amcd.8" >"$tmp/amcd.8"
sed -n 's/^\t{ "\([a-z-]*\)", \(no\|required\)_argument.*/--\1/p' \
	"$top_srcdir/src/amcd.c" >"$tmp/amcd-options"
ok "there are verbs and options" [ -s "$tmp/verbs" -a -s "$tmp/options" ]
ok "every verb stands in amc.1" all_in "$tmp/amc.1" <"$tmp/verbs"
ok "every option stands in amc.1" all_in "$tmp/amc.1" <"$tmp/options"
ok "every option of amcd stands in amcd.8" all_in "$tmp/amcd.8" <"$tmp/amcd-options"
ok "every option is completed" all_in "$top_srcdir/data/completions/amc" <"$tmp/options"
ok "every key that amc set takes stands in ac_e_net.ini.5" eval \
	'text "$top_builddir/man/ac_e_net.ini.5" >"$tmp/ini.5" &&
	LC_ALL=C "$top_builddir/amc" set --help |
	sed -n "s/^  \([A-Z][A-Za-z]*\) .*/\1/p" | all_in "$tmp/ini.5"'

# the Japanese page: the same sections, options, verbs, keys, files and variables
ja=$man/ja/amc.1
parts() { grep -cE '^\.S[hs] ' "$1"; }
ok "ja/amc.1 is in order" mandoc -T lint -W warning "$ja"
ok "ja/amc.1 has all sections" [ "$(parts "$man/amc.1")" = "$(parts "$ja")" ]
grep '^\.It' "$man/amc.1" | sort -u >"$tmp/items"
ok "ja/amc.1 has all verbs, options and keys" eval \
	'grep "^\.It" "$ja" | sort -u >"$tmp/ja-items" && diff "$tmp/items" "$tmp/ja-items"'
# what has no words is the same, and in the same order: paragraphs, lists, examples
skeleton() {
	sed -nE 's/^\.(S[hs]) .*/\1/p; /^\.Bd/,/^\.Ed/p; /^\.(Dd|Pp|Bl|El|It|Dl amc) ?/p' "$1"
}
skeleton "$man/amc.1" >"$tmp/skeleton"
ok "ja/amc.1 has all paragraphs and examples" eval \
	'skeleton "$ja" | diff "$tmp/skeleton" -'
sed -nE 's/^\.(Ev|Pa) ([^ ]+).*/\2/p' "$man/amc.1" | sort -u >"$tmp/names"
ok "ja/amc.1 names all files and variables" all_in "$ja" <"$tmp/names"

# other pages of ours that a page refers to are there
ok "no page refers to one that is missing" eval \
	'sed -n "s/^\.Xr \(amc[a-z.-]*\|ac_e[a-z_.]*\|upssim\) \([1-8]\).*/\1.\2/p" "$man"/*.[1-8] "$man"/*.in | sort -u |
	while read -r page; do [ -f "$man/$page" ] || [ -f "$man/$page.in" ] || exit 1; done'
finish
