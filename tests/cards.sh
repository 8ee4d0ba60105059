#!/bin/bash
# Every recorded card is read as NUT and apcupsd read it, wherever they are right.
# The records are served by snmpsim and by upssim --replay; amc status must make the
# same of both. AMC_CARDS names the folder of records with nut/ and apcupsd/ beside
# them; without it, or without snmpsim, skipped.
. "$top_srcdir/tests/tap.sh"

# Where an oracle is wrong, or means something else: CARD READING ORACLE why. What
# stands here must differ: a line that has become untrue fails.
exceptions='
eatonups_eaton-connectups serial NUT takes the name that a person gave it (upsIdentName) for it
generex-ups_cs121 output_watts NUT has the first of three lines, we their sum
generex-ups_cs121 load_percent apcupsd has the mean of three lines, we the highest
huaweiups_ups2000 runtime_seconds NUT multiplies the "not known" of the card by 60
huaweiups_ups2000 output_watts NUT has the kilowatts of the card as watts
poweralert_ups temperature_celsius NUT has the absolute zero of a sensor that is not there
powerwalker-vfi_500r1u output_watts NUT has the 0 of a card that does not measure it
'

[ -n "${AMC_CARDS:-}" ] || { plan 1; skip_all "AMC_CARDS names no folder of recorded cards"; }
[ -d "$AMC_CARDS/nut" ] || { plan 1; skip_all "$AMC_CARDS has no nut/"; }
records=("$AMC_CARDS"/*.snmprec)
plan $((2 + 2 * ${#records[@]} + 1))
need snmpsimd jq
tmp=$(mktemp -d)
trap 'kill $sim $own 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
net=$((RANDOM % 200 + 20))
port=$((20000 + $$ % 20000))

chmod 755 "$tmp"
mkdir "$tmp/records" "$tmp/cache" "$tmp/snmpsim" "$tmp/upssim"
cp "${records[@]}" "$tmp/records"
user=()
if [ "$(id -u)" = 0 ]; then
	chown nobody "$tmp/cache"
	user=(--process-user=nobody --process-group=nogroup)
fi
snmpsimd --data-dir="$tmp/records" --cache-dir="$tmp/cache" "${user[@]}" \
	--agent-udpv4-endpoint="127.0.$net.200:$port" --logging-method=file:"$tmp/log" >"$tmp/said" 2>&1 &
sim=$!
"$top_builddir/upssim" --base "127.0.$net.1:$port" "${records[@]/#/--replay=}" >"$tmp/ready" 2>&1 &
own=$!
ready() {
	snmpget -v2c -r0 -t1 -On -m '' -c apc_sua750i "127.0.$net.200:$port" 1.3.6.1.2.1.1.2.0 2>&1 |
		grep -q 318
}
ok "snmpsim serves them" await 60 ready
ok "upssim serves them" await 10 grep -q ready "$tmp/ready"

# status FROM ADDRESS COMMUNITY: the reading of $card into FROM/CARD.json
status() {
	echo "$3" >"$tmp/community"
	"$top_builddir/amc" status --address "$2:$port" --community-file "$tmp/community" --json |
		jq '.ups[0] | del(.name, .address, .age_seconds) |
		.error |= if . then sub("^[0-9.:]+ "; "") else . end' >"$tmp/$1/$card.json"
}
read_alike() {
	status snmpsim "127.0.$net.200" "$card"
	status upssim "127.0.$net.$at" public
	diff "$tmp/snmpsim/$card.json" "$tmp/upssim/$card.json"
}

ours() { jq -r ".$1 // empty" "$tmp/snmpsim/$card.json"; }
trimmed() { sed 's/^ *//; s/ *$//' | head -n 1; }
nut() { sed -n "s/^$1: //p" "$AMC_CARDS/nut/$card.txt" 2>/dev/null | trimmed; }
apc() { sed -n "s/^$1 *: *//p" "$AMC_CARDS/apcupsd/$card.txt" 2>/dev/null | trimmed; }
excepted() { grep -q "^$card $1 $2 " <<<"$exceptions"; }

# judge READING ORACLE THEIRS COMMAND...: does the command, which compares, succeed?
judge() {
	local reading=$1 oracle=$2 theirs=$3
	shift 3
	[ -n "$theirs" ] || return 0
	compared=$((compared + 1))
	if excepted "$reading" "$oracle"; then
		! "$@" || { echo "$card: $reading: $oracle says the same, no exception"; fine=1; }
	elif ! "$@"; then
		echo "$card: $reading: ours \"$(ours "$reading")\", $oracle has \"$theirs\""
		fine=1
	fi
}
near() {	# OURS THEIRS TOLERANCE
	[ -n "$1" ] && awk -v a="$1" -v b="$2" -v t="$3" 'BEGIN { d = a - b; exit !(d <= t && d >= -t) }'
}
number() {	# READING TOLERANCE NUT [APCUPSD FACTOR TOLERANCE]
	local theirs
	judge "$1" NUT "$(nut "$3")" near "$(ours "$1")" "$(nut "$3")" "$2"
	[ $# -gt 3 ] || return 0
	theirs=$(apc "$4" | awk -v f="$5" 'NF { print $1 * f }')
	judge "$1" apcupsd "$theirs" near "$(ours "$1")" "$theirs" "$6"
}
text() {	# READING NUT [APCUPSD]
	judge "$1" NUT "$(nut "$2")" [ "$(ours "$1")" = "$(nut "$2")" ]
	[ $# -lt 3 ] || judge "$1" apcupsd "$(apc "$3")" [ "$(ours "$1")" = "$(apc "$3")" ]
}
states() {	# the state of an oracle in our words
	case $1 in
	OL* | ONLINE*) echo online ;;
	"OB LB"*) echo low-battery ;;
	OB* | ONBATT*) echo on-battery ;;
	BYPASS*) echo bypass ;;
	OFF*) echo off ;;
	esac
}
agrees() {
	local theirs
	fine=0 compared=0
	text model device.model MODEL
	text serial device.serial SERIALNO
	text firmware ups.firmware
	theirs=$(states "$(nut ups.status)")
	judge state NUT "$theirs" [ "$(ours state)" = "$theirs" ]
	theirs=$(states "$(apc STATUS)")
	judge state apcupsd "$theirs" [ "$(ours state)" = "$theirs" ]
	number charge_percent 0.06 battery.charge BCHARGE 1 0.06
	number runtime_seconds 1 battery.runtime TIMELEFT 60 60
	number input_voltage 0.06 input.voltage LINEV 1 0.06
	number input_frequency 0.06 input.frequency LINEFREQ 1 0.06
	number output_voltage 0.06 output.voltage OUTPUTV 1 0.06
	number output_watts 0.5 output.realpower
	number load_percent 0.06 ups.load LOADPCT 1 0.06
	number battery_voltage 0.06 battery.voltage BATTV 1 0.06
	number temperature_celsius 0.06 ups.temperature ITEMP 1 0.06
	number temperature_celsius 0.06 battery.temperature
	echo "$card: $compared values compared"
	total=$((total + compared))
	[ $compared -ge 8 ] && [ $fine = 0 ]
}
refused() {	# an honest error instead of a wrong reading
	jq -e '.input_voltage == null and (.error | contains("sysObjectID"))' "$tmp/snmpsim/$card.json"
}

at=0 total=0
for record in "${records[@]}"; do
	card=$(basename "$record" .snmprec)
	at=$((at + 1))
	ok "$card is read alike from both" read_alike
	case $card in
	nutddl_apc_sua5000rmi5u_rfc1628)
		ok "$card: an APC card is never read through RFC 1628" refused ;;
	*)
		ok "$card agrees with the oracles" agrees ;;
	esac
done
ok "$total values were compared" [ $total -ge 150 ]
finish
