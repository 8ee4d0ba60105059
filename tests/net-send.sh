#!/bin/bash
# A site for eight terminals, each a host of its own: sent to all of them while one is
# away, one is behind and one has another key than before. Each outcome is told in
# words, nothing is half done, and who comes back catches up.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"
. "$top_srcdir/tests/netns.sh"

plan 29

net_begin
net_host desk 100
net_site
is "amc finds no error in the site" 0 "$("$amc" check "$site" --json | jq .errors)"

send() {	# ARGUMENT...: from the desk; its status in $status, its document in $tmp/sent
	on desk "$amc" send "$site" --password-file "$tmp/password" --json "$@" >"$tmp/sent" 2>"$tmp/words"
	status=$?
}
sent() { jq -r '[.terminals[] | select(.sent).terminal] | sort | join(" ")' "$tmp/sent"; }
of() { jq -r ".terminals[] | select(.terminal == \"$1\").$2" "$tmp/sent"; }
change() { "$amc" set "$site" L1 Description="$1" >/dev/null; }

ok "eight terminals are up" net_start_all
send --all
is "a first site goes to all" 0 $status
is "which is told" "${all[*]}" "$(sent)"
ok "each holds it to the byte" holds "$site" "${all[@]}"
sees() { [ "$(net_ask $1 /v1/status | jq -r '[.terminals[].state] | sort | join(" ")')" = "$2" ]; }
everybody="master normal normal normal normal normal normal normal"
ok "a control terminal sees all the others" await 30 sees C2 "$everybody"

# L2 misses a revision, and is behind when it is back
net_cable L2 down
change "missed by L2"
cp "$tmp/L2/ac_e_net.ini" "$tmp/before"
send --all
is "without L2 it is partly done" 6 $status
is "the others have it" "C1 C2 C3 L1 L3 L4 L5" "$(sent)"
ok "L2 is told to be out of reach, by name and address" eval 'of L2 message | grep -qF "192.0.2.5"'
ok "L2 holds the old one, whole" holds "$tmp/before" L2
ok "and is missed by the others" await 30 eval '[ "$(state_of C1 L2)" = no-answer ]'
net_cable L2 up
ok "until its cable is back" await 30 eval '[ "$(state_of C1 L2)" = normal ]'
ok "C1 sees that it is behind" await 20 eval '[ "$(net_ask C1 /v1/status |
	jq "[.terminals[] | select(.name == \"C1\" or .name == \"L2\").revision] | .[0] > .[1]")" = true ]'

# L1 is switched off, and L3 was set up anew
stop L1
net_cable L1 down
stop L3
rm -r "$tmp/L3/state"
net_start L3
cp "$tmp/L1/ac_e_net.ini" "$tmp/before"
change "one away, one behind, one changed"
send --all --later
is "to eight, of which two cannot have it: partly done" 6 $status
is "six have it, the one behind, too" "C1 C2 C3 L2 L4 L5" "$(sent)"
ok "they hold it" holds "$site" C1 C2 C3 L2 L4 L5
ok "L1 is away: so it is told" eval 'of L1 message; [ "$(of L1 status)" = 4 ]'
ok "L3 shows another key: refused, with both keys" eval '[ "$(of L3 status)" = 5 ] &&
	of L3 message | grep -qF "$(pin L3)" && of L3 message | grep -q "another key"'
ok "both hold what they held" holds "$tmp/before" L1 L3

# L1 comes back
net_cable L1 up
net_start L1
ok "who was away catches up by itself" await 90 holds "$site" L1
# an operator has been at L3 and read its key
"$amc" set "$site" L3 KeyPin="$(pin L3)" >/dev/null
send --all
is "with the new key accepted all have it" 0 $status
ok "each to the byte" holds "$site" "${all[@]}"
ok "all see each other" await 40 sees C3 "$everybody"
ok "with the same revision" await 20 eval '[ "$(net_ask C2 /v1/status | jq "[.terminals[].revision] | unique | length")" = 1 ]'

# a terminal is killed while it takes a site that is long, over a line that is slow
size() { on L4 cat /sys/class/net/eth0/statistics/rx_bytes; }
{ echo "; $(head -c 1500000 /dev/zero | tr '\0' x | fold -w 100 | sed 's/^/; /')"; } >>"$site"
change "long"
cp "$tmp/L4/ac_e_net.ini" "$tmp/before"
on desk tc qdisc add dev eth0 root tbf rate 2mbit burst 20000 latency 500ms
start=$(size)
on desk "$amc" send "$site" L4 --password-file "$tmp/password" --json >"$tmp/sent" 2>"$tmp/words" &
sender=$!
await 20 eval '[ $(($(size) - start)) -gt 400000 ]'
stop L4 KILL
wait $sender
ended=$?
on desk tc qdisc del dev eth0 root
ok "killed in the middle of it: told as a failure, in words" eval '[ $ended = 4 ] && [ "$(of L4 sent)" = false ] && [ -n "$(of L4 message)" ]'
ok "L4 holds the old one, whole" holds "$tmp/before" L4
ok "it starts again" net_start L4
send --all
is "and has the long one then, as all have" 0 $status
ok "each to the byte" holds "$site" "${all[@]}"
finish
