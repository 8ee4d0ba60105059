#!/bin/bash
# Beacons of a terminal with two networks reach the terminals of both, and those that
# have only IPv6 hear each other, too. In network namespaces of its own.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

if [ "$1" != inside ] && unshare -rn true 2>/dev/null; then
	exec unshare -rn "$BASH" "$0" inside
fi
plan 6
[ "$1" = inside ] || skip_all "network namespaces are not permitted"
begin ip unshare nsenter
key=$(random_key)
port=4000

space() {	# its number in $space
	unshare -n sleep 300 &
	space=$!
	pids[$space]=$space
	await 5 eval '[ "$(readlink /proc/$space/ns/net)" != "$(readlink /proc/self/ns/net)" ]'
}
space && left=$space
space && right=$space
in_left() { nsenter -t "$left" -n "$@"; }
in_right() { nsenter -t "$right" -n "$@"; }
ip link set lo up
for side in left right; do
	ip link add "$side" type veth peer name eth0 netns "${!side}" 2>/dev/null ||
		skip_all "there are no veth interfaces"
	ip link set "$side" up
done
ip addr add 10.1.0.1/24 dev left
ip addr add 10.2.0.1/24 dev right
ip -6 addr add fd00::1/64 dev left nodad
in_left ip link set lo up
in_right ip link set lo up
in_left ip link set eth0 up
in_left ip addr add 10.1.0.2/24 dev eth0
in_left ip -6 addr add fd00::2/64 dev eth0 nodad
in_right ip link set eth0 up
in_right ip addr add 10.2.0.3/24 dev eth0

terminal() {	# N LISTEN [COMMAND...]: with the site in $tmp/site.ini
	rm -rf "$tmp/SERVER$1"
	settings SERVER$1 $2
	cp "$tmp/site.ini" "$tmp/SERVER$1/ac_e_net.ini"
	start SERVER$1 "${@:3}"
}
heard() { "$amcd" status -c "$tmp/SERVER$1/amcd.conf" --json 2>/dev/null | jq ".beacons.$2"; }

site control SERVER1 10.1.0.1 control SERVER2 10.1.0.2 control SERVER3 10.2.0.3 >"$tmp/site.ini"
terminal 1 '*:4000'
terminal 2 10.1.0.2:4000 nsenter -t "$left" -n
terminal 3 '*:4000' nsenter -t "$right" -n
ok "one network hears the terminal that is in both" await 15 eval '[ "$(heard 2 good)" -ge 3 ]'
ok "so does the other, without a route" await 15 eval '[ "$(heard 3 good)" -ge 3 ]'
ok "and it hears both" await 15 eval '[ "$(heard 1 good)" -ge 6 ]'
is "nothing came twice" "0 0 0" "$(heard 1 replayed) $(heard 2 replayed) $(heard 3 replayed)"
for n in 1 2 3; do stop SERVER$n; done

site control SERVER1 fd00::1 control SERVER2 fd00::2 >"$tmp/site.ini"
terminal 1 '[fd00::1]:4000'
terminal 2 '[fd00::2]:4000' nsenter -t "$left" -n
ok "over IPv6 the one hears the other" await 15 eval '[ "$(heard 1 good)" -ge 2 ]'
ok "and the other the one" await 15 eval '[ "$(heard 2 good)" -ge 2 ]'
finish
