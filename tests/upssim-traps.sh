#!/bin/bash
# Traps of upssim, in every version, as net-snmp's snmptrapd reads them.

. "${top_srcdir:-.}/tests/tap.sh"
plan 24
PATH=$PATH:/usr/sbin
need snmptrapd snmpset
tmp=$(mktemp -d) || exit 1
export SNMP_PERSISTENT_DIR=$tmp/snmp
mkdir -p "$tmp/snmp/cert_indexes"
upssim=${top_builddir:-.}/upssim
U=1.3.6.1.4.1.318.1.1.1
net=127.$((32 + $$ % 32)).$((1 + $$ / 32 % 250))
port=$((20000 + $$ % 30000))
trap 'kill "${pids[@]}" 2>/dev/null; wait; rm -rf "$tmp"' EXIT

echo '"apc snmp profile1" read SHA "auth passphrase 1" AES "priv passphrase 1"' >"$tmp/users"
{
	echo 'authCommunity log lab'
	for card in 1 2; do
		printf 'createUser -e 0x8000013e05%s%s "apc snmp profile1" SHA "auth passphrase 1" AES "priv passphrase 1"\n' \
			"$(printf %02x ${net//./ } $card)" "$(printf %04x "$port")"
	done
	echo 'authUser log "apc snmp profile1" priv'
	echo 'format1 v1 from [%A]: 318.0%q enterprise %N up %T: %v\n'
	echo 'format2 %s from %B: %v\n'
} >"$tmp/snmptrapd.conf"
snmptrapd -f -Lo -n -On -C -c "$tmp/snmptrapd.conf" -m '' -p "$tmp/pid" "$net.250:$port" \
	>"$tmp/traps" 2>"$tmp/traps.err" &
pids+=($!)
await 20 eval 'ss -Hlun "src $net.250" | grep -q .'

to=$net.250:$port
"$upssim" --with-parent --cards 2 --base "$net.1:$port" --control "$tmp/s" --speed 10 \
	--v3-users "$tmp/users" --trap-to "$to,v1,lab" --trap-to "$to,v2c,lab" \
	--trap-to "$to,inform,lab" --trap-to "$to,v3,apc snmp profile1" \
	--trap-to "$to,v2c,stranger" >"$tmp/out" 2>"$tmp/err" &
pids+=($!)
ok 'ready' await 20 grep -qx ready "$tmp/out"
ctl() { "$upssim" ctl "$tmp/s" "$@"; }
# told CARD NUMBER: each receiver that is believed heard of it, once
heard() { grep -F "[$net.$1]:" "$tmp/traps" | grep -E "318\.0\.$2\b"; }
told() { [ "$(heard "$1" "$2" | wc -l)" = 4 ]; }

ctl UPS1 mains off
ok 'on battery: v1, v2c, an inform and v3' await 10 told 1 5
sed 's/^/# /' "$tmp/traps" | head -n 8
is 'v1 names number and text' "v1 from [$net.1]: 318.0.5 enterprise .1.3.6.1.4.1.318 up : .1.3.6.1.4.1.318.2.3.3.0 = STRING: \"UPS: On battery power.\"" \
	"$(grep '^v1' "$tmp/traps" | sed 's/up [0-9: ()]*:/up :/')"
is 'the others have their three bindings' 3 "$(heard 1 5 |
	grep -c '1\.3\.6\.1\.2\.1\.1\.3\.0 =.*1\.3\.6\.1\.6\.3\.1\.1\.4\.1\.0 =.*318\.2\.3\.3\.0 =')"
ok 'the stranger is not believed' not grep -q stranger "$tmp/traps"
ctl UPS1 battery 3
ok 'low battery' await 10 told 1 7
ctl UPS1 mains on
ok 'power is back' await 10 told 1 9
ctl UPS1 battery 90
ok 'the battery is no longer low' await 10 told 1 11
ctl UPS2 comm off
ok 'the link is lost' await 10 told 2 1
ctl UPS2 comm on
ok 'and back' await 10 told 2 8
ctl UPS2 replace on
ok 'a worn battery' await 10 told 2 17
set2() { snmpset -m '' -v2c -c public "$net.2:$port" "$U.$1" i "$2" >/dev/null; }
set2 7.2.2.0 2
ok 'the test is failed' await 10 told 2 3
ctl UPS2 replace off
ok 'a new battery' await 10 told 2 36
set2 7.2.2.0 2
ok 'the test is passed' await 10 told 2 10
set2 6.2.1.0 2
ok 'off' await 10 told 2 12
set2 6.2.6.0 2
ok 'on' await 10 told 2 30
set2 6.2.2.0 2
ok 'a reboot' await 10 told 2 15
ctl UPS2 load 120
ok 'overload' await 15 told 2 2
ctl UPS2 load 20
ok 'which is over' await 10 told 2 33
ctl UPS2 restart 1
ok 'a card that was restarted' await 10 told 2 29
told_again() { [ "$(heard 1 5 | wc -l)" -gt 4 ]; }
ok 'what was confirmed is not said again' not told_again
kill "${pids[0]}"
ctl UPS1 mains off
ctl UPS1 mains on
ok 'informs that nobody confirms do not hold it up' ctl state
is 'a wrong receiver' "upssim: --trap-to: a receiver is as 127.0.0.1:1162,v2c,public, not \"nowhere\"" \
	"$("$upssim" --base "$net.9:$port" --trap-to nowhere 2>&1)"
ctl quit
wait "${pids[1]}"
is 'it ends well, without a word' 0: "$?:$(cat "$tmp/err")"
finish
