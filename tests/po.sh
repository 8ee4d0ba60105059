#!/bin/bash
# The Japanese words: complete, and with the arguments of the English ones.
. "$top_srcdir/tests/tap.sh"

plan 6
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
po=$top_srcdir/po/ja.po

need msgfmt xgettext msgattrib msgcmp

ok "the catalogue and its formats are in order" \
	msgfmt --check -o /dev/null "$po"
is "nothing is fuzzy" "" "$(msgattrib --only-fuzzy --no-obsolete "$po")"
is "nothing is untranslated" "" "$(msgattrib --untranslated --no-obsolete "$po")"
"$top_srcdir/po/extract.sh" "$top_srcdir" >"$tmp/amc.pot"
ok "every message of the programs and of ui/ is in it" msgcmp "$po" "$tmp/amc.pot"
# a sentence that its source words otherwise would not be recognized in the event log
is "every sentence of said-table.c is said by somebody" "" \
	"$(sed -n 's/^#: //p' "$tmp/amc.pot" | grep -x src/app/said-table.c)"
# beside the program, as i18n looks for it
ok "amc speaks Japanese" eval \
	'LC_ALL=C.UTF-8 LANGUAGE=ja "$top_builddir/amc" --help | grep -q 使い方 ||
	LC_ALL=ja_JP.UTF-8 "$top_builddir/amc" --help | grep -q 使い方'
finish
