#!/bin/bash
# The models of upssim: NUT's snmp-ups and amc read each of them, and agree.

. "${top_srcdir:-.}/tests/tap.sh"
plan 23
need snmpget jq
tmp=$(mktemp -d) || exit 1
export SNMP_PERSISTENT_DIR=$tmp/snmp XDG_STATE_HOME=$tmp/state XDG_CONFIG_HOME=$tmp/config
mkdir -p "$tmp/snmp/cert_indexes"
upssim=${top_builddir:-.}/upssim
U=1.3.6.1.4.1.318.1.1.1
R=1.3.6.1.2.1.33.1
net=127.$((32 + $$ % 32)).$((1 + $$ / 32 % 250))
port=$((20000 + $$ % 30000))
trap 'kill $pid 2>/dev/null; wait; rm -rf "$tmp"' EXIT

"$upssim" --with-parent --cards 3 --model smart --model symmetra --model rfc1628 \
	--base "$net.1:$port" --control "$tmp/s" >"$tmp/out" 2>"$tmp/err" &
pid=$!
ok 'ready' await 20 grep -qx ready "$tmp/out"
ctl() { "$upssim" ctl "$tmp/s" "$@"; }
get() { snmpget -m '' -v2c -c public -Oqv "$net.$1:$port" "$2" 2>&1; }
put() { snmpset -m '' -v2c -c public -Oqv "$net.$1:$port" "${@:2}" 2>&1 | sed -n 's/^Reason: (*\([A-Za-z]*\).*/\1/p; /^[-0-9.]/p'; }

names() { grep '^\.1' | grep -v 'No more' | cut -d' ' -f1; }
for card in 2 3; do
	snmpwalk -m '' -v2c -c public -On "$net.$card:$port" .1.3 | names >"$tmp/walk"
	snmpbulkwalk -m '' -v2c -c public -Cr40 -On "$net.$card:$port" .1.3 | names >"$tmp/bulk"
	ok 'GETBULK meets what GETNEXT meets' diff "$tmp/walk" "$tmp/bulk"
	ok 'nothing is met twice' test -s "$tmp/walk" -a -z "$(sort "$tmp/walk" | uniq -d)"
done
is 'three phases in' 3 "$(get 2 $U.9.2.2.1.2.1)"
is 'each with its voltage' yes "$(v=$(get 2 $U.9.3.3.1.3.1.1.3); [ "$v" -gt 190 ] && [ "$v" -lt 210 ] && echo yes)"
is 'what stands behind the phases' '"Outlet Group 2"' "$(get 2 $U.12.1.2.1.2.2)"
is 'nor can they be written' notWritable "$(put 2 $U.9.3.3.1.3.1.1.3 i 1)"

is 'normal output' 3 "$(get 3 $R.4.1.0)"
ctl UPS3 mains off
is 'on battery' 5 "$(get 3 $R.4.1.0)"
is 'is an alarm' 1 "$(get 3 $R.6.1.0)"
ctl UPS3 mains on
is 'a setting in minutes' 5 "$(put 3 $R.9.7.0 i 4 >/dev/null; get 3 $R.9.7.0)"
is 'off in an hour' 3600 "$(put 3 $R.8.2.0 i 3600)"
is 'counts down' yes "$([ "$(get 3 $R.8.2.0)" -gt 3590 ] && echo yes)"
is 'and is taken back' -1 "$(put 3 $R.8.2.0 i -1 >/dev/null; get 3 $R.8.2.0)"
is 'a test by its name' 5 "$(put 3 $R.7.1.0 o 1.3.6.1.2.1.33.1.7.7.3 >/dev/null; get 3 $R.7.3.0)"
is 'a name that is none' wrongValue "$(put 3 $R.7.1.0 o 1.3.6.1.2.1.33.1.7.8.3)"
over() { [ "$(get 3 $R.7.3.0)" = 1 ]; }
ok 'is passed in the end' await 20 over

# the second opinions
"${top_builddir:-.}/amc" status --json --address "$net.1:$port" --address "$net.3:$port" >"$tmp/amc"
ups() { jq -r ".ups[$1].$2" "$tmp/amc"; }
is 'amc: on line' 'online online' "$(ups 0 state) $(ups 1 state)"
if [ -x /lib/nut/snmp-ups ]; then
	mkdir "$tmp/nut"
	echo 'maxretry = 1' >"$tmp/nut/ups.conf"
	for card in 1 2 3; do
		NUT_CONFPATH=$tmp/nut NUT_STATEPATH=$tmp/nut timeout 60 /lib/nut/snmp-ups -u "$(id -un)" \
			-s "X$card" -x "port=$net.$card:$port" -x community=public -x snmp_version=v2c \
			-x mibs=auto -x pollfreq=5 -d 1 >"$tmp/nut/$card" 2>&1
	done
	nut() { sed -n "s/^$2: //p" "$tmp/nut/$1"; }
	is 'NUT: on line' 'OL OL OL' "$(nut 1 ups.status) $(nut 2 ups.status) $(nut 3 ups.status)"
	near() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a - b < 3 && b - a < 3) }'; }
	ok 'NUT and amc read the same charge' near "$(nut 1 battery.charge)" "$(ups 0 charge_percent)"
	ok 'and the same load' near "$(nut 1 ups.load)" "$(ups 0 load_percent)"
else
	skip_all 'snmp-ups is not installed'
fi
finish
