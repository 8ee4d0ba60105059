#!/bin/bash
# amc plan, as scripts and people call it: the timeline, its JSON, what may fail,
# and the exit status.

. "${top_srcdir:-.}/tests/tap.sh"
export LC_ALL=C.UTF-8 LANGUAGE=
unset AMC_SITE
samples=$(cd "${top_srcdir:-.}/data/samples" && pwd)
build=$(cd "${top_builddir:-.}" && pwd)
amc=$build/amc
sim=
tmp=$(mktemp -d) || exit 1
trap 'kill $sim 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
plan 33
need jq

manual=$samples/management-terminal.ini ssc=$samples/ssc-cluster.ini

# exits STATUS WORDS COMMAND...: its exit status, and words on standard error
exits() {
	local want=$1 words=$2 got
	shift 2
	"$@" >out 2>err </dev/null
	got=$?
	cat err
	[ $got = "$want" ] && { [ -z "$words" ] || grep -qF -- "$words" err; }
}

json() {	# FILTER ARGUMENTS...: one document on which the filter is true
	local filter=$1
	shift
	"$amc" plan "$@" --json >json-out 2>err
	[ "$(jq -s length json-out)" = 1 ] && jq -e "$filter" json-out
}

# the manual's timelines, to 2 s as its own figures are
near='def at($e; $n): .events[] | select(.event == $e and .node == $n) | .at_latest;
	def near($e; $n; $s): at($e; $n) as $t | ($t - $s | fabs) <= 2;'
ok "timeline B, where only the servers' own UPSs fail" json "$near"'
	near("confirmed"; "UPS3"; 68) and near("cluster-stopped"; "CLUS1"; 188) and
	near("os-shutdown-ordered"; "CLUS1"; 248) and
	near("output-off-ordered"; "UPS3"; 256) and near("output-off"; "UPS6"; 556)' \
	"$manual" --fail UPS3 UPS4 UPS5 UPS6
sed '/^\[Group6\]/,$d' "$manual" >three.ini	# one server less: four UPSs are told
ok "timeline A, where the disk fails" json "$near"'
	near("confirmed"; "UPS2"; 38) and near("cluster-stopped"; "CLUS3"; 158) and
	near("os-shutdown-ordered"; "CLUS3"; 218) and
	near("output-off-ordered"; "UPS2"; 226) and near("output-off"; "UPS2"; 526) and
	near("output-off"; "UPS3"; 764)' three.ini --fail UPS2

ok "the document is as it is described" json '.schema == "amc.plan.v1" and
	(.events | length) > 0 and all(.events[]; (.at_earliest | type) == "number" and
	.at_earliest <= .at_latest and (.event | type) == "string" and
	(.node | type) == "string" and (.rule | test("^R[0-9]+$"))) and
	(.required_battery_seconds | keys) == ["UPS2"] and
	(.required_battery_seconds.UPS2 | type) == "number" and
	(.verdicts | type) == "array" and .parallel == false' "$manual" --fail UPS2
ok "by time" json '.events | . == sort_by(.at_earliest, .at_latest)' "$ssc" --all
ok "all eight steps occur" json '[.events[].event] | unique == (["power-failed",
	"confirmed", "shutdown-ordered", "cluster-stopped", "os-shutdown-ordered",
	"output-off-ordered", "os-down", "output-off"] | sort)' "$ssc" --all
ok "who stays up" json '.stay_up == ["SERVER2"] and .failed == ["UPS2"]' "$manual" --fail UPS2
ok "a verdict names its rule" json '.verdicts[0] | .rule == "R27" and
	.severity == "warning" and .node == "SERVER2" and (.message | length) > 0' "$manual" --all
ok "all at once takes less" json '.parallel and .control_terminal_seconds == 220' \
	"$manual" --fail UPS2 --parallel

# what may fail
is "a group is all below it" '["UPS1","UPS2","UPS3"]' \
	"$("$amc" plan "$ssc" --fail SSC_Cluster --json | jq -c .failed)"
is "a container is all in it" '["UPS3"]' \
	"$("$amc" plan "$ssc" --fail SSC_Cluster/@devices --json | jq -c .failed)"
is "a terminal is what it needs" '["UPS4","UPS5"]' \
	"$("$amc" plan "$ssc" --fail BLADE1 --json | jq -c .failed)"
is "--fail can be given twice" '["UPS1","UPS4"]' \
	"$("$amc" plan "$ssc" --fail UPS4 --fail UPS1 --json | jq -c .failed)"
cp "$ssc" double.ini
"$amc" set double.ini BLADE1 Name=Bladeサーバ >/dev/null
ok "a name that stands twice is a path" json \
	'any(.events[]; .node == "SSC/共有ディスク_連動用/Bladeサーバ/@linked/Bladeサーバ")' \
	double.ini --fail UPS5

# for people
"$amc" plan "$manual" --fail UPS2 >out
ok "the text tells the steps" grep -qE '^ +30-158 s  CLUS1 +cluster stopped$' out
ok "and the battery" grep -qxF 'UPS2 must last 528 s on its battery' out
ok "and who stays up" grep -qxF 'Stay up: SERVER2' out
ok "and how long the control terminal must live" grep -qF 'must live 228 s' out

# the console's plan as lines of text
printf '%s\n' 'plan UPS4' x1 f o a 99 5 q | "$amc" --linear "$ssc" >out 2>&1
ok "the console tells the plan without a screen" grep -qF \
	'6 UPS4, without mains: confirmed 30-38 s · output off ordered 30-104 s' out
ok "a number with x lets one more fail" grep -qxF 'Outage plan: 2 of 6 power devices fail' out
ok "all can fail, with orders at once" grep -qxF \
	'Outage plan: 6 of 6 power devices fail, orders at once' out
ok "a number that is none is refused" grep -qF '99: not one of 1 to 13.' out
ok "a number goes there" grep -qF 'Selected: UPS3 (Power device)' out

# against what the batteries hold: simulated cards, of which one is nearly empty
port=$((20000 + $$ % 20000)) net=127.0.$((RANDOM % 200 + 20))
sed "s/^SnmpPort=.*/SnmpPort=$port/; s/^TerminalPort=.*/TerminalPort=$port/
	s/=127\.0\.5[01]\./=$net./" "$samples/demo.ini" >live.ini
"$build/upssim" -e 'at 0s UPS4 battery 3' live.ini >ready 2>&1 &
sim=$!
ok "simulated cards answer" await 30 grep -q ready ready
ok "a battery that does not last is told" json '.runtime_seconds.UPS4 < 404 and
	.runtime_seconds.UPS5 > 404 and ([.verdicts[] | select(.rule == "R36" and
	.severity == "warning") | .node] == ["UPS4"])' live.ini --fail UPS4 UPS5 --live
ok "without asking it is not known" json '.runtime_seconds == {} and
	all(.verdicts[]; .rule != "R36")' live.ini --fail UPS4 UPS5

# exit status
ok "neither --fail nor --all is usage" exits 2 "usage: amc plan" "$amc" plan "$ssc"
ok "both are, too" exits 2 "usage: amc plan" "$amc" plan "$ssc" --all --fail UPS1
ok "a node that is none" exits 1 "UPS9: there is no such node" "$amc" plan "$ssc" --fail UPS9
ok "a server without a UPS" exits 1 "SERVER1: there is no power device in it" \
	"$amc" plan "$samples/mixed-1.ini" --fail SERVER1
ok "a broken rule that is a warning: 0" exits 0 "" "$amc" plan "$manual" --all
cp "$manual" late.ini
"$amc" set late.ini UPS2 ConfirmSeconds=90 >/dev/null
ok "one that is an error: 3" exits 3 "" "$amc" plan late.ini --all
ok "with the plan nevertheless" grep -qF "error: R26: UPS2 (shared disk)" out
sed 's/^Parent=Group2.LinkedDevices/Parent=Nowhere/' "$manual" >faulty.ini
ok "a file with faults: 3" exits 3 "faulty.ini has faults: see amc check" "$amc" plan faulty.ini --all
finish
