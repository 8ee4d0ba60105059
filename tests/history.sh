#!/bin/bash
# The revisions of a site file: what they say, and going back to one as a new one.
. "$top_srcdir/tests/tap.sh"

export LC_ALL=C.UTF-8 LANGUAGE=
amc=$top_builddir/amc
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
plan 19

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
ok "a revision that is not there" exits 1 "site.ini: there is no revision 77" "$amc" rollback site.ini 77
ok "one that is none" exits 2 "../x: is no revision" "$amc" rollback site.ini ../x
printf '[Network]\nFormat=1\nnonsense\n' >history/site.ini.3
cp site.ini before.ini
ok "one with faults is refused with its line" exits 3 "history/site.ini.3:3: error:" "$amc" rollback site.ini 3
ok "and changes nothing" cmp before.ini site.ini
ok "a site that is not there" exits 1 "none.ini: No such file" "$amc" history none.ini
finish
