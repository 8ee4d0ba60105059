#!/bin/bash
# The revisions of a site file: what they say, and going back to one as a new one.
. "$top_srcdir/tests/tap.sh"

export LC_ALL=C.UTF-8 LANGUAGE=
set -o pipefail	# jq takes no input at all for true
amc=$top_builddir/amc
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
plan 29

need jq

# exits STATUS WORDS COMMAND...
exits() {
	local want=$1 words=$2 got
	shift 2
	"$@" >out 2>err </dev/null
	got=$?
	cat err
	[ $got = "$want" ] && { [ -z "$words" ] || grep -qF -- "$words" err; }
}
revision() { sed -n 's/^Revision=//p' site.ini; }

cp "$top_srcdir/data/samples/ssc-cluster.ini" site.ini
chmod 600 site.ini
cp site.ini first.ini
ok "a file without a history has one row" eval \
	'"$amc" history --json site.ini | jq -e ".schema == \"amc.history.v1\" and
	([.revisions[].current] == [true])"'
"$amc" set site.ini UPS1 ConfirmSeconds=90 GraceSeconds=60 >/dev/null
"$amc" remove site.ini UPS5 >/dev/null
"$amc" add site.ini SSC ups UPSX Address=172.16.1.99 >/dev/null
ok "each row tells what the next one changed" eval \
	'"$amc" history --json site.ini | jq -e "[.revisions[] | .revision] == [\"4\",\"3\",\"2\",\"1\"] and
	.revisions[1].changed_by_next.added == 1 and .revisions[2].changed_by_next.removed == 1 and
	.revisions[3].changed_by_next.set == 2 and .revisions[0].saved_by != null"'
ok "and in words" grep -qE '^1 .* 2 set$' <("$amc" history site.ini)
ok "its size is that of the file" eval \
	'[ "$("$amc" history --json site.ini | jq ".revisions[3].size")" = "$(stat -c %s first.ini)" ]'

# rollback
cp site.ini before.ini
"$amc" rollback --dry-run site.ini 1 >dry
ok "--dry-run shows the difference" grep -q '^- SSC/@power/UPSX' dry
ok "and changes nothing" cmp before.ini site.ini
ok "rollback" "$amc" rollback site.ini 1
is "is a new revision" 5 "$(revision)"
is "with the content of the old one" "" "$("$amc" diff first.ini site.ini)"
ok "its comments and order, too: only what saving writes differs" test -z \
	"$(diff first.ini site.ini | grep '^[<>]' | grep -vE '^. (Revision|Saved|SavedBy|LastUps)=')"
ok "the one that was there is kept" cmp before.ini history/site.ini.4
"$amc" add site.ini SSC ups UPSY >/dev/null
is "no number is used again" 1 "$(grep -c '^\[Ups8\]' site.ini)"
ok "back and forth" "$amc" rollback site.ini 4
is "as it was" "" "$("$amc" diff before.ini site.ini)"
# a file that was broken or emptied says no number, but its history does
for broken in 's/.*//' 's/^Revision=.*/Revision=x/'; do
	revision=$(sed -n 's/^Revision=//p' site.ini)
	sed -i "$broken" site.ini
	"$amc" rollback site.ini 1 >/dev/null
	is "over a broken file the number goes on" $((revision + 1)) "$(sed -n 's/^Revision=//p' site.ini)"
	"$amc" rollback site.ini 4 >/dev/null
done
ok "a revision that is not there" exits 1 "site.ini: there is no revision 77" "$amc" rollback site.ini 77
ok "one that is none" exits 2 "../x: is no revision" "$amc" rollback site.ini ../x
printf '[Network]\nFormat=1\nnonsense\n' >history/site.ini.3
cp site.ini before.ini
ok "one with faults is refused with its line" exits 3 "history/site.ini.3:3: error:" "$amc" rollback site.ini 3
ok "and changes nothing" cmp before.ini site.ini
ok "a site that is not there" exits 1 "none.ini: No such file" "$amc" history none.ini

# merge: what a copy changed, into what the file has now
"$amc" new one.ini >/dev/null
printf 'add network group G\nadd G ups U1\nadd G ups U2\n' | "$amc" edit one.ini - >/dev/null
cp one.ini one.ini.mine
"$amc" set one.ini.mine U1 ConfirmSeconds=77 >/dev/null
sed -i 's/^Revision=.*/Revision=2/' one.ini.mine	# as the console keeps a copy
"$amc" set one.ini U2 ConfirmSeconds=88 >/dev/null
ok "merge takes the base from the history" "$amc" merge one.ini one.ini.mine
ok "both are there" eval 'grep -q ConfirmSeconds=77 one.ini && grep -q ConfirmSeconds=88 one.ini'
is "as one revision" 4 "$(sed -n 's/^Revision=//p' one.ini)"
ok "once more changes nothing" eval '[ "$("$amc" merge one.ini one.ini.mine)" = "nothing to change, revision 4" ]'
"$amc" set one.ini U1 ConfirmSeconds=99 >/dev/null
cp one.ini before.ini
ok "what both changed is told and refused" exits 5 "! G/@power/U1: ConfirmSeconds here 77, in the file 99" \
	"$amc" merge one.ini one.ini.mine
ok "and nothing is changed" cmp before.ini one.ini
mv history/one.ini.2 base.ini
ok "a base that is gone is asked for" exits 1 "there is no revision 2 any more" "$amc" merge one.ini one.ini.mine
"$amc" rollback one.ini 3 >/dev/null
is "and may be named" "~ G/@power/U1: ConfirmSeconds 60 -> 77" \
	"$("$amc" merge --dry-run one.ini one.ini.mine base.ini)"
finish
