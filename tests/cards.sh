#!/bin/bash
# amc status --address reads every recorded card that snmpsim serves, and agrees
# with what NUT and apcupsd read from it. AMC_CARDS names the folder of records
# with nut/ and apcupsd/ beside them; without it, or without snmpsim, skipped.
. "$top_srcdir/tests/tap.sh"

plan 14
[ -n "${AMC_CARDS:-}" ] || skip_all "AMC_CARDS names no folder of recorded cards"
[ -d "$AMC_CARDS/nut" ] || skip_all "$AMC_CARDS has no nut/"
need snmpsimd jq
tmp=$(mktemp -d)
trap 'kill $sim 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
where=127.0.$((RANDOM % 200 + 20)).1:$((20000 + $$ % 20000))

chmod 755 "$tmp"
mkdir "$tmp/records" "$tmp/cache"
cp "$AMC_CARDS"/*.snmprec "$tmp/records"
user=()
if [ "$(id -u)" = 0 ]; then
	chown nobody "$tmp/cache"
	user=(--process-user=nobody --process-group=nogroup)
fi
snmpsimd --data-dir="$tmp/records" --cache-dir="$tmp/cache" "${user[@]}" \
	--agent-udpv4-endpoint="$where" --logging-method=file:"$tmp/log" >"$tmp/said" 2>&1 &
sim=$!
ready() { snmpget -v2c -r0 -t1 -On -m '' -c apc_sua750i "$where" 1.3.6.1.2.1.1.2.0 2>&1 | grep -q 318; }
ok "snmpsim serves them" await 60 ready

status() {	# CARD: its reading into $tmp/json
	echo "$1" >"$tmp/community"
	"$top_builddir/amc" status --address "$where" --community-file "$tmp/community" --json >"$tmp/json"
}
ours() { jq -r ".ups[0].$1 // empty" "$tmp/json"; }
nut() { sed -n "s/^$1: //p" "$AMC_CARDS/nut/$card.txt" 2>/dev/null | head -n 1; }
apc() { sed -n "s/^$1 *: *//p" "$AMC_CARDS/apcupsd/$card.txt" 2>/dev/null | sed 's/ .*//' | head -n 1; }

# near WORDS OURS THEIRS TOLERANCE: compared where both are there
near() {
	[ -n "$2" ] && [ -n "$3" ] || return 0
	compared=$((compared + 1))
	awk -v a="$2" -v b="$3" -v t="$4" 'BEGIN { d = a - b; exit !(d <= t && d >= -t) }' || {
		echo "$card: $1: ours $2, theirs $3"
		return 1
	}
}
same() {
	[ -n "$2" ] && [ -n "$3" ] || return 0
	compared=$((compared + 1))
	[ "$2" = "$3" ] || { echo "$card: $1: ours $2, theirs $3"; return 1; }
}
# The oracles' own faults are ups-ops.md section 3: delays (not compared here),
# and an APC card's RFC 1628 tree.
state() {
	case "$(nut ups.status)" in
	OL*) echo online ;;
	"OB LB"*) echo low-battery ;;
	OB*) echo on-battery ;;
	BYPASS*) echo bypass ;;
	OFF*) echo off ;;
	esac
}
agrees() {
	local fine=0
	compared=0
	status "$card" || { cat "$tmp/json"; return 1; }
	# where NUT asks the maker's own tree, its model is another object than ours
	! grep -qE 'mib: (apcc|ietf|tripplite)' "$AMC_CARDS/nut/$card.txt" ||
		same model "$(ours model)" "$(nut device.model | sed 's/ *$//')" || fine=1
	same serial "$(ours serial)" "$(nut device.serial)" || fine=1
	same state "$(ours state)" "$(state)" || fine=1
	near charge "$(ours charge_percent)" "$(nut battery.charge)" 0.5 || fine=1
	near runtime "$(ours runtime_seconds)" "$(nut battery.runtime)" 60 || fine=1
	near input "$(ours input_voltage)" "$(nut input.voltage)" 0.5 || fine=1
	near output "$(ours output_voltage)" "$(nut output.voltage)" 0.5 || fine=1
	near load "$(ours load_percent)" "$(nut ups.load)" 0.5 || fine=1
	near temperature "$(ours temperature_celsius)" "$(nut ups.temperature)" 0.5 || fine=1
	near "charge (apcupsd)" "$(ours charge_percent)" "$(apc BCHARGE)" 0.5 || fine=1
	near "input (apcupsd)" "$(ours input_voltage)" "$(apc LINEV)" 0.5 || fine=1
	near "output (apcupsd)" "$(ours output_voltage)" "$(apc OUTPUTV)" 0.5 || fine=1
	near "temperature (apcupsd)" "$(ours temperature_celsius)" "$(apc ITEMP)" 0.5 || fine=1
	echo "$compared values compared"
	[ $compared -ge 3 ] && return $fine
}
refused() {	# an honest error instead of a wrong reading
	! status "$card" && jq -e '.ups[0].error != null and .ups[0].input_voltage == null' "$tmp/json"
}

for record in "$AMC_CARDS"/*.snmprec; do
	card=$(basename "$record" .snmprec)
	case $card in
	nutddl_apc_sua5000rmi5u_rfc1628)
		ok "$card: an APC card is never read through RFC 1628" refused ;;
	*)
		ok "$card" agrees ;;
	esac
done
finish
