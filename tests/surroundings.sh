#!/bin/bash
# From which address a terminal really speaks to its cards, on a machine with two; the
# console's site registers the other one (R23). In a network namespace of its own.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

if [ "$1" != inside ] && unshare -rn true 2>/dev/null; then
	exec unshare -rn "$BASH" "$0" inside
fi
plan 7
[ "$1" = inside ] || skip_all "network namespaces are not permitted"
begin ip unshare
port=4000 key=$(random_key)
ip link set lo up
ip link add one type veth peer name other 2>/dev/null || skip_all "there are no veth interfaces"
ip link set one up
ip link set other up
ip addr add 10.9.8.1/24 dev one
ip addr add 10.9.7.1/24 dev one

mkdir -p "$tmp/root/proc/1" "$tmp/root/proc/77"
echo systemd >"$tmp/root/proc/1/comm"
echo apcupsd >"$tmp/root/proc/77/comm"
settings SERVER1 10.9.8.1:4000
site ups UPS1 10.9.7.99 control SERVER1 10.9.8.1 >"$tmp/SERVER1/ac_e_net.ini"
amcd_options=(--root "$tmp/root")
start SERVER1
hello() { curl -sk -m 5 "$@" https://10.9.8.1:4000/v1/hello; }
known() { hello -u viewer:$viewer; }
ok "hello tells the address towards the cards" await 10 eval '[ "$(known | jq -r .speaks_from)" = 10.9.7.1 ]'
ok "and the other software" await 10 eval '[ "$(known | jq -r .other_software)" = apcupsd ]'
is "to whom is logged in only" null "$(hello | jq -r '.other_software // .speaks_from')"
is "a wrong password: 401" 401 "$(hello -u viewer:wrong -o /dev/null -w '%{http_code}')"
status() { "$top_builddir/amc" status "$tmp/SERVER1/ac_e_net.ini" --timeout 4 "$@"; }
site=$tmp/SERVER1/ac_e_net.ini
ok "amc status does not know a terminal whose key is not known" eval 'status --json | jq -e ".terminals[0].other_software == null"'
"$amc" set "$site" SERVER1 KeyPin="$(pin SERVER1)" >/dev/null
ok "so does amc status" eval 'status --json >"$tmp/out"; jq -e ".terminals[0] | .speaks_from == \"10.9.7.1\" and
	.other_software == \"apcupsd\" and .uptime_seconds >= 0 and (.clock_ahead_seconds | fabs) < 2" "$tmp/out"'
ok "in words, too" eval 'status | grep -q "^SERVER1 .*also runs apcupsd"'
finish
