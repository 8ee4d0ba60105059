#!/bin/bash
# From which address a terminal really speaks to its cards, on a machine with two; the
# console's site registers the other one (R23). In a network namespace of its own.
. "$top_srcdir/tests/tap.sh"

if [ "$1" != inside ] && unshare -rn true 2>/dev/null; then
	exec unshare -rn "$BASH" "$0" inside
fi
plan 4
need curl jq ip unshare
[ "$1" = inside ] || skip_all "network namespaces are not permitted"
tmp=$(mktemp -d)
export XDG_STATE_HOME=$tmp/state LC_ALL=C.UTF-8
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
ip link set lo up
ip link add one type veth peer name other 2>/dev/null || skip_all "there are no veth interfaces"
ip link set one up
ip link set other up
ip addr add 10.9.8.1/24 dev one
ip addr add 10.9.7.1/24 dev one

mkdir -p "$tmp/root/proc/1" "$tmp/root/proc/77"
echo systemd >"$tmp/root/proc/1/comm"
echo apcupsd >"$tmp/root/proc/77/comm"
cat >"$tmp/amcd.conf" <<END
[amcd]
Name = SERVER1
Listen = 10.9.8.1:4000
Traps = no
Site = $tmp/ac_e_net.ini
StateDirectory = $tmp/state-amcd
END
cat >"$tmp/ac_e_net.ini" <<END
[Network]
Format=1
Revision=7
[Group1]
Name=G
Parent=Network
CommunicationAddress=10.9.8.255
[Ups1]
Name=UPS1
Parent=Group1.PowerDevices
Address=10.9.7.99
[Terminal1]
Name=SERVER1
Parent=Group1.ControlTerminals
Address=10.9.8.1
END
"$top_builddir/amcd" --root "$tmp/root" -c "$tmp/amcd.conf" 2>"$tmp/log" &
pids+=($!)
hello() { curl -sk -m 5 https://10.9.8.1:4000/v1/hello; }
ok "hello tells the address towards the cards" await 10 eval '[ "$(hello | jq -r .speaks_from)" = 10.9.7.1 ]'
ok "and the other software" await 10 eval '[ "$(hello | jq -r .other_software)" = apcupsd ]'
status() { "$top_builddir/amc" status "$tmp/ac_e_net.ini" --timeout 4 "$@"; }
ok "so does amc status" eval 'status --json >"$tmp/out"; jq -e ".terminals[0] | .speaks_from == \"10.9.7.1\" and
	.other_software == \"apcupsd\" and .uptime_seconds >= 0 and (.clock_ahead_seconds | fabs) < 2" "$tmp/out"'
ok "in words, too" eval 'status | grep -q "^SERVER1 .*also runs apcupsd"'
finish
