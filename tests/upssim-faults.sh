#!/bin/bash
# Cards of upssim that are many, slow, dead, lying, or particular about who may
# write: net-snmp's tools ask them.

. "${top_srcdir:-.}/tests/tap.sh"
plan 33
need snmpget jq
tmp=$(mktemp -d) || exit 1
export SNMP_PERSISTENT_DIR=$tmp/snmp
mkdir -p "$tmp/snmp/cert_indexes"
upssim=${top_builddir:-.}/upssim
U=1.3.6.1.4.1.318.1.1.1
net=127.$((32 + $$ % 32)).$((1 + $$ / 32 % 250))
port=$((20000 + $$ % 30000))
trap 'kill $pid 2>/dev/null; wait; rm -rf "$tmp"' EXIT

"$upssim" --with-parent --cards 600 --base "$net.1:$port" --control "$tmp/s" \
	--dead 5 --access lab=write --access off=disabled >"$tmp/out" 2>"$tmp/err" &
pid=$!
ok 'six hundred cards are ready' await 20 grep -qx ready "$tmp/out"

at() { echo "$net.$1:$port"; }
ctl() { "$upssim" ctl "$tmp/s" "$@"; }
get() {		# CARD OID [OPTION...]
	local card=$1 oid=$2
	shift 2
	snmpget -m '' -v2c -c public -Oqv -t 0.5 -r 0 "$@" "$(at "$card")" "$oid" 2>&1
}
put() {		# VERSION COMMUNITY VALUE: the reason of a refusal, or the value
	snmpset -m '' "-v$1" -c "$2" -Oqv -t 0.5 -r 0 "$(at 1)" $U.5.2.2.0 i "$3" 2>&1 |
		sed -n 's/^Reason: (*\([A-Za-z]*\).*/\1/p; /^[0-9T]/p' | cut -c1-7
}
state() { ctl state --json | jq -r "$1"; }

is 'state is one JSON document' amc.upssim.v1 "$(state .schema)"
is 'one in twenty is dead' 30 "$(state '[.cards[] | select(.alive | not)] | length')"
is 'spread evenly' UPS20,UPS40 "$(state '[.cards[] | select(.alive | not).name][:2] | join(",")')"
is 'a dead one is silent' Timeout "$(get 20 $U.4.1.1.0 | cut -d: -f1)"
ctl dead 0
is 'and none any more' 0 "$(state '[.cards[] | select(.alive | not)] | length')"
is 'the first of them answers' 2 "$(get 20 $U.4.1.1.0)"
is 'a number of the far end' '"UPS250"' "$(get 250 $U.1.1.2.0)"

is 'the tenth question is counted' 1 "$(state '.cards[249].answered')"
ctl UPS2 latency 300
slow() { local t=${EPOCHREALTIME/./}; get "$1" $U.4.1.1.0 -t 5 >/dev/null; echo $(((${EPOCHREALTIME/./} - t) / 1000)); }
is 'a slow card takes its time' yes "$([ "$(slow 2)" -ge 300 ] && echo yes)"
ctl UPS2 latency 0
ctl UPS2 loss 100
is 'a card that loses everything' Timeout "$(get 2 $U.4.1.1.0 -t 0.2 | cut -d: -f1)"
ctl UPS2 loss 0

ctl UPS2 lie type
is 'a wrong type' '"?"' "$(get 2 $U.4.1.1.0)"
for lie in rubbish number cut; do
	ctl UPS2 lie $lie
	is "$lie is no answer" Timeout "$(get 2 $U.4.1.1.0 -t 0.2 | cut -d: -f1)"
done
ctl UPS2 lie source
is 'from another address' 2 "$(get 2 $U.4.1.1.0)"	# net-snmp takes it
ctl UPS2 lie none
is 'the truth again' 2 "$(get 2 $U.4.1.1.0)"
is 'a wrong lie' 'upssim: lie is none|type|rubbish|number|cut|source, not "no"' "$(ctl UPS2 lie no 2>&1)"

is 'public may write' 110 "$(put 2c public 110)"
is 'so may lab' 112 "$(put 2c lab 112)"
is 'off may nothing' Timeout "$(put 2c off 114)"
ctl all login on
is 'somebody is logged in: lab may not' noAcces "$(put 2c lab 108)"
is 'and is told so in v1, too' noSuchN "$(put 1 lab 108)"
is 'public still may: it has write+' 114 "$(put 2c public 114)"
ctl all login off
is 'nobody is: lab may' 108 "$(put 2c lab 108)"
ctl all access public=read
is 'public may only read now' noAcces "$(put 2c public 110)"
is 'which it does' 108 "$(get 1 $U.5.2.2.0)"
ctl UPS1 access public disabled
is 'nor that' Timeout "$(get 1 $U.5.2.2.0 -t 0.2 | cut -d: -f1)"

before=$(get 3 1.3.6.1.2.1.1.3.0 -Ot)
ctl UPS3 restart 0.4
is 'a card that restarts is silent' Timeout "$(get 3 $U.4.1.1.0 -t 0.2 | cut -d: -f1)"
again() { after=$(get 3 1.3.6.1.2.1.1.3.0 -Ot) && [[ $after =~ ^[0-9]+$ ]]; }
ok 'and comes again' await 10 again
is 'its uptime begins anew' yes "$([ "$after" -lt "$before" ] && echo yes)"

# anything at its ports
bytes() {
	local i
	for ((i = 0; i < 300; i++)); do
		head -c $((RANDOM % 300)) /dev/urandom >"/dev/udp/$net.4/$port"
	done
	printf '\x30\x29\x02\x01\x01\x04\x06public\xa5\x1c\x02\x04\x7f\xff\xff\xff\x02\x01\x00\x02\x04\x7f\xff\xff\xff\x30\x0e\x30\x0c\x06\x08\x2b\x06\x01\x02\x01\x01\x03\x00\x05\x00' >"/dev/udp/$net.4/$port"
}
bytes
is 'noise does not harm it' 2 "$(get 4 $U.4.1.1.0 -t 3)"
ctl quit
wait $pid
is 'it ends well, without a word' 0: "$?:$(cat "$tmp/err")"
finish
