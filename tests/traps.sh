#!/bin/bash
# Traps: a real amcd hears them from net-snmp's snmptrap, asks the card that they
# are about at once, notes and answers them; a stranger and a flood do no harm.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 21
begin snmptrap
# the tools' own memory, which they would else begin to keep below /var
export SNMP_PERSISTENT_DIR=$tmp/snmp MIBS=
mkdir -p "$tmp/snmp/cert_indexes"
url=https://$net.9:$port
args=1.3.6.1.4.1.318.2.3.3.0
settings SERVER1 $net.9 "Traps = :$port"
site ups UPS1 $net.1 control SERVER1 $net.9 >"$tmp/SERVER1/ac_e_net.ini"
log=$tmp/SERVER1/log
simulate 1
start SERVER1

has() { ask "$url/v1/events?max=1000" | jq -e "[.events[] | select($1)] | length > 0" >/dev/null; }
state() { ask "$url/v1/status" | jq -r '.ups[0].state'; }
age() { ask "$url/v1/status" | jq -r '.ups[0].age_seconds'; }
fresh() { [ "$(ask "$url/v1/status" | jq '.ups[0].age_seconds < 0.5')" = true ]; }
is_state() { [ "$(state)" = "$1" ]; }
# v1 FROM AGENT SPECIFIC [TEXT], v2 FROM OID, inform FROM OID
v1() { snmptrap --clientaddr="$1" -v1 -c public "$net.9:$port" 1.3.6.1.4.1.318 "$2" 6 "$3" 12345 \
	"$args" s "${4-UPS: event}"; }
v2() { snmptrap --clientaddr="$1" -v2c -c public "$net.9:$port" '' "$2" "$args" s "UPS: event"; }
inform() { snmptrap --clientaddr="$1" -Ci -v2c -r 0 -t 2 -c public "$net.9:$port" '' "$2" "$args" s x; }
# a second after the last question for a trap there may be one again
a_second() { read -rt 1.1 <> <(:) || :; }

await 10 is_state online
ok "a v1 trap is noted under the profile's name, of the card that it says" eval \
	'v1 "$net.77" "$net.1" 5 "UPS: On battery" && await 5 has ".kind == \"trap\" and .node == \"UPS1\" and .after == \"upsOnBattery\""'
ok "with who sent it and what it carries" has ".kind == \"trap\" and (.detail | test(\"from=$net.77 version=1 .*On battery\"))"
ok "it is a hint: nobody has to acknowledge it" has '.kind == "trap" and .severity == 1'
ok "and in the log" grep -q "trap node=UPS1 name=upsOnBattery from=$net.77 version=1 oid=1.3.6.1.4.1.318.0.5" "$log"
is "what the trap says is not believed" online "$(state)"

# that trap asked the card just now: without another the next question is 8 s away
a_second
sim UPS1 mains off
ok "a v2c trap of the card's address makes it be asked at once" eval \
	'v2 "$net.1" 1.3.6.1.4.1.318.0.5 && await 2 is_state on-battery'
ok "the state that follows is the card's" has '.kind == "ups-state" and .after == "on-battery"'
sim UPS1 mains on
a_second
ok "an inform does the same" eval 'inform "$net.1" 1.3.6.1.4.1.318.0.9 && await 2 is_state online'
ok "and is answered: snmptrap was content" has '.kind == "trap" and .after == "powerRestored"'
ok "a trap that no profile knows has its number" eval \
	'v2 "$net.1" 1.3.6.1.4.1.99999.0.1 && await 5 has ".kind == \"trap\" and .after == \"1.3.6.1.4.1.99999.0.1\""'
ok "v1's generic ones have their names" eval \
	'snmptrap --clientaddr="$net.1" -v1 -c public "$net.9:$port" 1.3.6.1.4.1.318 "$net.1" 4 0 1 && await 5 has ".after == \"authenticationFailure\""'
a_second
ok "v3: asked at once, though not understood" eval \
	'snmptrap --clientaddr="$net.1" -v3 -l noAuthNoPriv -u nobody -e 8000000001020304 "$net.9:$port" "" 1.3.6.1.4.1.318.0.5 && await 2 fresh'

ok "a stranger is told once" eval 'v1 "$net.66" "$net.66" 5; v1 "$net.66" "$net.66" 5; v2 "$net.66" 1.3.6.1.4.1.318.0.5
	await 5 grep -q "trap from=$net.66 node=none" "$log"'
is "only once" 1 "$(grep -c "from=$net.66 node=none" "$log")"
ok "a stranger's inform is not answered" not inform "$net.66" 1.3.6.1.4.1.318.0.9
ok "noise is no trap" eval 'echo noise >"/dev/udp/$net.9/$port"; head -c 3000 /dev/urandom >"/dev/udp/$net.9/$port"; fresh || state'

# a flood: thousands of the same datagram
before=$(ask "$url/v1/events?max=1000" | jq '[.events[] | select(.kind == "trap")] | length')
snmptrap --clientaddr="$net.1" -d -v2c -c public "$net.9:$port" '' 1.3.6.1.4.1.318.0.5 >"$tmp/dump" 2>&1
hex=$(grep -E '^[0-9]+: ' "$tmp/dump" | cut -c7-54 | tr -d ' \n')
printf "$(sed 's/../\\x&/g' <<<"$hex")" >"$tmp/datagram"
flood() {
	python3 - "$net" "$port" "$tmp/datagram" <<-'END'
	import socket, sys
	s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
	s.bind((sys.argv[1] + ".1", 0))
	data = open(sys.argv[3], "rb").read()
	for i in range(5000):
	    s.sendto(data, (sys.argv[1] + ".9", int(sys.argv[2])))
	END
}
if command -v python3 >/dev/null; then
	flood
	noted=$(ask "$url/v1/events?max=1000" | jq '[.events[] | select(.kind == "trap")] | length')
	ok "of a flood a few are noted: $((noted - before)) of 5000" eval \
		'[ $noted -gt $before ] && [ $noted -le $((before + 25)) ]'
	ok "the rest is counted" await 15 grep -qE "traps: [0-9]+ more dropped" "$log"
else
	ok "of a flood few are noted # SKIP no python3" true
	ok "the rest is counted # SKIP no python3" true
fi
ok "and it answers as always" is_state online
ok "what became of them stands in /metrics" eval \
	'ask "$url/metrics" | grep -qE "^amc_traps_total\{verdict=.dropped.\} [1-9]"'
settings SERVER2 $net.10 "Traps = $net.9:$port"
site ups UPS1 $net.1 control SERVER2 $net.10 >"$tmp/SERVER2/ac_e_net.ini"
start SERVER2
ok "a port that another has keeps nobody from working" grep -q "another program listens there" "$tmp/SERVER2/log"
finish
