#!/bin/bash
# amc new --wizard, as scripts call it: what it makes, what it tells, its exit
# status, and that a refused one leaves nothing behind.

. "${top_srcdir:-.}/tests/tap.sh"
export LC_ALL=C.UTF-8 LANGUAGE=
unset AMC_SITE
amc=${top_builddir:-.}/amc
samples=$(cd "${top_srcdir:-.}/data/samples" && pwd)
completion=$(cd "${top_srcdir:-.}/data/completions" && pwd)/amc
amc=$(cd "$(dirname "$amc")" && pwd)/amc
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
plan 52

need jq

# Without ids and what amc keeps itself.
bare() {
	"$amc" show --json "$1" | jq -S 'walk(if type == "object" then
		del(.id, .origin, .origins, .schema, .settings.Revision, .settings.Saved, .settings.SavedBy,
		.settings.SiteKey, .settings.LastGroup, .settings.LastUps, .settings.LastTerminal)
		else . end)'
}

# makes_sample NAME KEY=VALUE...: the wizard of that name makes the sample
makes_sample() {
	local name=$1
	shift
	"$amc" new --wizard "$name" "$name.ini" "$@" >out &&
		diff <(bare "$name.ini") <(bare "$samples/$name.ini") &&
		"$amc" check "$name.ini"
}

# exits STATUS WORDS COMMAND...: its exit status, words on standard error, no file
exits() {
	local want=$1 words=$2 got
	shift 2
	"$@" >out 2>err </dev/null
	got=$?
	cat err
	[ $got = "$want" ] && grep -qF -- "$words" err && [ ! -e refused.ini ] && [ ! -s out ]
}

for i in 1 2 3 4 5 6 7 8 9; do
	ok "mixed-$i makes the sample" makes_sample mixed-$i
done
ok "management-terminal makes the sample" makes_sample management-terminal
ok "no-management-terminal makes the sample" makes_sample no-management-terminal
ok "ssc-cluster makes the sample" makes_sample ssc-cluster
ok "what is proposed may also be said" eval 'rm ssc-cluster.ini && makes_sample ssc-cluster \
	control2.Name=SSC-CL-SV2 ControlTerminals=2 control-upses.ConfirmSeconds=120 Network=172.16.1.9/255.255.255.0'
is "it is private" 600 "$(stat -c %a ssc-cluster.ini)"
ok "single-server has no error" eval '"$amc" new --wizard single-server single.ini && "$amc" check single.ini'

# the manual's four UPSs, in a network of one's own
ok "4 UPSs" "$amc" new --wizard management-terminal four.ini Nodes=2 Network=10.9.8.7/24 \
	control.Name=MGR control-ups.Address=10.9.8.250
is "are four" 4 "$(grep -c '^\[Ups' four.ini)"
is "by the local broadcast address" 4 "$(grep -cx CommunicationAddress=10.9.8.255 four.ini)"
is "with addresses in the network" 7 "$(grep -c '^Address=10\.9\.8\.' four.ini)"
ok "one of which was given" grep -qx Address=10.9.8.250 four.ini
ok "names count on from what was given" eval '"$amc" new --wizard management-terminal rack.ini \
	Nodes=16 node1.Name=rack-09 >out && grep -qx Name=rack-24 rack.ini'
is "no address twice" "" "$(sed -n 's/^Address=//p' rack.ini | sort | uniq -d)"

# rehearsed
ok "--dry-run shows the tree" eval '"$amc" new --dry-run --wizard ssc-cluster refused.ini >out && grep -q "UPS6 .*172.16.1.106" out'
ok "and what the rules say" grep -q "warning: R27: " out
ok "and makes nothing" test ! -e refused.ini
ok "--json is one document" eval '"$amc" new --dry-run --json --wizard mixed-1 refused.ini >out &&
	[ "$(jq -s length out)" = 1 ] && jq -e ".schema == \"amc.edit.v1\" and .dry_run and .wizard == \"mixed-1\" and
	.tree.children[0].settings.CommunicationAddress == \"172.16.1.255\" and [.findings[] | select(.severity == \"error\")] == []" out'
ok "without secrets" not grep -q '"public"' out

# refused
ok "an unknown wizard" exits 2 'there is no wizard "scc-cluster"; the nearest is ssc-cluster' \
	"$amc" new --wizard scc-cluster refused.ini
ok "an unknown key" exits 2 "control1.Adress: the wizard ssc-cluster does not ask this; the nearest that it asks is control1.Address" \
	"$amc" new --wizard ssc-cluster refused.ini control1.Adress=1.2.3.4
ok "a key of more than there are" exits 2 "node5.Name: the wizard management-terminal does not ask this" \
	"$amc" new --wizard management-terminal refused.ini node5.Name=x
ok "a bad value" exits 2 "control-upses.ConfirmSeconds: Power failure confirmation time: 3601 is not between 0 and 3600 s" \
	"$amc" new --wizard ssc-cluster refused.ini control-upses.ConfirmSeconds=3601
ok "a bad number" exits 2 "Nodes: Cluster servers: 17 is not between 2 and 16" \
	"$amc" new --wizard management-terminal refused.ini Nodes=17
ok "a bad network" exits 2 "is not an address and a mask such as 172.16.134.12/255.255.255.0" \
	"$amc" new --wizard single-server refused.ini Network=10.0.0.0/255.0.255.0
ok "no equals sign" exits 2 "settings are given as KEY=VALUE" "$amc" new --wizard single-server refused.ini x
ok "two alike" exits 3 "control2.Name: R13: x is also the name" \
	"$amc" new --wizard ssc-cluster refused.ini control1.Name=x control2.Name=x
ok "an error of the rules" exits 3 "R26: " \
	"$amc" new --wizard ssc-cluster refused.ini control-disk-ups.ConfirmSeconds=120
ok "no file named" exits 2 "usage: amc new" "$amc" new --wizard ssc-cluster
ok "a place that is not there" exits 1 "there is no such folder: none" "$amc" new --wizard ssc-cluster none/refused.ini
cp single.ini before.ini
ok "a file that is there" exits 1 "single.ini: is there already" "$amc" new --wizard ssc-cluster single.ini
ok "stays as it was" cmp before.ini single.ini
ok "KEY=VALUE needs a wizard" exits 2 "usage: amc new" "$amc" new refused.ini Nodes=2

# told
ok "list tells all" eval '"$amc" new --wizard list >out && [ "$(grep -c "^[a-z].*: " out)" = 13 ]'
ok "with keys, proposals and what is allowed" grep -qE \
	'^  control-disk-ups.ConfirmSeconds +90 +Power failure confirmation time: 0\.\.3600 s$' out
ok "or one" eval '"$amc" new --wizard list mixed-1 >out && [ "$(grep -c "^[a-z].*: " out)" = 1 ]'
ok "as --help does" eval '"$amc" new --wizard mixed-1 --help >help && diff out <(sed "1,2d; /^  --/d" help | sed \$d)'
ok "as JSON" eval '"$amc" new --wizard list --json | jq -e "(.wizards | length) == 13 and
	.schema == \"amc.wizards.v1\" and (.wizards[].questions[] | select(.key == \"Nodes\") |
	.default == \"4\" and .allowed == \"2..16\")"'
ok "every key that is told is taken" eval '"$amc" new --wizard list ssc-cluster |
	sed -nE "s/^  ([A-Za-z0-9.-]+) +([^ ]+) .*/\1=\2/p" >keys && [ "$(wc -l <keys)" -gt 40 ] &&
	mapfile -t keys <keys && "$amc" new --wizard ssc-cluster again.ini "${keys[@]}" >out &&
	diff <(bare again.ini) <(bare "$samples/ssc-cluster.ini")'

# the same line by line, with silent addresses on loopback
linear() {	# FILE LINE...: what it says stands in `out`
	local file=$1
	shift
	printf '%s\n' "$@" | "$amc" --linear "$file" >out 2>err
}
ok "linear mode asks the same" linear line.ini wizard 4 127.16.1.0/24 ok '?' . '<' . . . 99 2 ok \
	ok ok ok ok 130 '<' 120 ok ok create save quit
sed 's/=172\.16\.1\./=127.16.1./' "$samples/ssc-cluster.ini" >moved.ini
ok "and makes the sample" diff <(bare line.ini) <(bare moved.ini)
ok "refusing what cannot be" grep -qF 'Control terminals: 99 is not between 2 and 16' out
ok "and leaving it asks" eval 'linear left.ini wizard 1 127.16.1.0/24 cancel no cancel yes quit && grep -q "drop its answers" out'
ok "and makes nothing" test ! -e left.ini
finish
