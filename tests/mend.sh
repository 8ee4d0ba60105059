#!/bin/bash
# Findings that are mended by a move: check tells it, f in the problems makes it as
# one edit that can be undone, and then the rule is silent.
. "$top_srcdir/tests/tap.sh"

rules="R5 R6 R6-one R8"
plan $((5 * $(wc -w <<<"$rules") + 2))
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE= XDG_STATE_HOME=$tmp/state
amc=$(cd "$top_builddir" && pwd)/amc
sites=$(cd "$top_srcdir/tests/rules" && pwd)
cd "$tmp" || exit 1

linear() { printf '%s\n' "$@" | timeout 60 "$amc" --linear site.ini >out 2>&1; }
says() { grep -qF -- "$1" out; }
# the number that the problems give the finding of a rule
number() { linear problems '' quit; sed -n "s/^ *\([0-9]*\) [a-z]* $1 .*/\1/p" out | head -1; }
broken() { "$amc" check --json site.ini | jq -e --arg r "$1" '[.findings[] | select(.rule == $r)] | length > 0'; }

for name in $rules; do
	rule=${name%-*}
	sed 's/172\.16\.1\./127.98.1./' "$sites/$name.ini" >site.ini
	cp site.ini before.ini
	ok "$name: check tells the move" eval \
		'"$amc" check site.ini | grep -qE "^site.ini:[0-9]+: [a-z]+: $rule: .*; mended by: .* moves (to|into)"'
	n=$(number "$rule")
	linear problems "f $n" '' quit s
	ok "$name: f makes it" says "Mended: "
	ok "$name: then the rule is silent" eval '! broken $rule'
	ok "$name: and there is no error" eval '[ "$("$amc" check --json site.ini | jq .errors)" = 0 ]'
	sed 's/172\.16\.1\./127.98.1./' "$sites/$name.ini" >site.ini
	linear problems "f $n" '' undo save quit
	ok "$name: undone as one" cmp site.ini before.ini
done

sed 's/172\.16\.1\./127.98.1./' "$sites/R5.ini" >site.ini
ok "a script gets the place and the new group" eval '"$amc" check --json site.ini |
	jq -e ".findings[] | select(.rule == \"R5\").fix == {\"node\": \"Bare/@linked/SERVER3\",
	    \"key\": null, \"value\": null, \"to\": \"Bare/@linked\", \"group\": \"SERVER3\"}"'
# where power devices of the group feed its servers, a move would take them away
"$amc" add site.ini Bare/@power ups UPS2 Address=127.98.1.102 >/dev/null
"$amc" set site.ini SERVER3 Mode=advance MacAddress=00:00:5e:00:53:02 >/dev/null
ok "no server is offered to be moved away from its power device" eval '"$amc" check --json site.ini |
	jq -e "[.findings[] | select(.rule == \"R6\")] | length == 1 and .[0].fix == null"'
