#!/bin/bash
# Beacons of a terminal with two networks reach the terminals of both, and those that
# have only IPv6 hear each other, too. In network namespaces of its own.
. "$top_srcdir/tests/tap.sh"

if [ "$1" != inside ] && unshare -rn true 2>/dev/null; then
	exec unshare -rn "$BASH" "$0" inside
fi
plan 6
need curl jq ip unshare nsenter
[ "$1" = inside ] || skip_all "network namespaces are not permitted"
tmp=$(mktemp -d)
pids=()		# of the spaces
terminals=()	# by number
trap 'kill "${pids[@]}" "${terminals[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
export XDG_STATE_HOME=$tmp/state LC_ALL=C.UTF-8
key=$(printf '%064x' $((RANDOM * 32768 + RANDOM)))

space() {	# its number in $space
	unshare -n sleep 300 &
	space=$!
	pids+=($space)
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
in_left ip link set eth0 up
in_left ip addr add 10.1.0.2/24 dev eth0
in_left ip -6 addr add fd00::2/64 dev eth0 nodad
in_right ip link set eth0 up
in_right ip addr add 10.2.0.3/24 dev eth0

site() {	# ADDRESS...: of the terminals
	local n=0 a
	printf '[Network]\nFormat=1\nRevision=7\nSiteKey=%s\n[Group1]\nName=G\nParent=Network\n' "$key"
	for a; do
		n=$((n + 1))
		printf '[Terminal%d]\nName=SERVER%d\nParent=Group1.ControlTerminals\nAddress=%s\n' $n $n "$a"
	done
}
start() {	# N LISTEN [COMMAND...]: with the site in $tmp/site.ini
	local n=$1 listen=$2
	shift 2
	rm -rf "$tmp/$n"
	mkdir "$tmp/$n"
	cp "$tmp/site.ini" "$tmp/$n/ac_e_net.ini"
	cat >"$tmp/$n/amcd.conf" <<-END
	[amcd]
	Name = SERVER$n
	Listen = $listen
	Traps = no
	Site = $tmp/$n/ac_e_net.ini
	StateDirectory = $tmp/$n/state
	END
	"$@" "$top_builddir/amcd" -c "$tmp/$n/amcd.conf" 2>>"$tmp/$n/log" &
	terminals[$n]=$!
}
heard() { "$top_builddir/amcd" status -c "$tmp/$1/amcd.conf" --json 2>/dev/null | jq ".beacons.$2"; }

site 10.1.0.1 10.1.0.2 10.2.0.3 >"$tmp/site.ini"
start 1 '*:4000'
start 2 10.1.0.2:4000 nsenter -t "$left" -n
start 3 '*:4000' nsenter -t "$right" -n
ok "one network hears the terminal that is in both" await 15 eval '[ "$(heard 2 good)" -ge 3 ]'
ok "so does the other, without a route" await 15 eval '[ "$(heard 3 good)" -ge 3 ]'
ok "and it hears both" await 15 eval '[ "$(heard 1 good)" -ge 6 ]'
is "nothing came twice" "0 0 0" "$(heard 1 replayed) $(heard 2 replayed) $(heard 3 replayed)"
kill "${terminals[@]}"
wait "${terminals[@]}" 2>/dev/null
terminals=()

site fd00::1 fd00::2 >"$tmp/site.ini"
start 1 '[fd00::1]:4000'
start 2 '[fd00::2]:4000' nsenter -t "$left" -n
ok "over IPv6 the one hears the other" await 15 eval '[ "$(heard 1 good)" -ge 2 ]'
ok "and the other the one" await 15 eval '[ "$(heard 2 good)" -ge 2 ]'
finish
