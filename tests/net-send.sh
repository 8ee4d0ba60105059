#!/bin/bash
# A site for eight terminals, each a host of its own, as an operator does it: built in the
# console from nothing, in a terminal of its own, and sent to all of them while one is
# away, one is behind and one has another key than before. Each outcome is told in words,
# nothing is half done, who comes back catches up, and the new key is accepted by hand.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"
. "$top_srcdir/tests/netns.sh"
. "$top_srcdir/tests/keys.sh"

plan 35
net_begin tmux
trap 'console_end; net_end' EXIT

net_host desk 100
net_site
ok "eight terminals are up" net_start_all
site=$tmp/console.ini

# what the operator does
terminal() {	# NAME: with its key, as it was read on its own screen
	key d
	form Terminal $1 ${net_address[$1]} '' '' '' '' '' '' '' '' '' "$(pin $1)"
}
terminals() { local n; for n; do terminal $n || return 1; done; }
edit() {	# DESCRIPTION of L5, saved
	to L5
	key Enter
	await 5 shows '< Cancel >' || return 1
	key Tab Tab Tab
	key C-u
	type "$1"
	key F2
	await 10 closed && key C-s && await 10 shows "Saved as revision" && grep -q "^Description=$1" "$site"
}
prepare() {	# to all, until there is only to say yes
	await 30 shows 'F10 Quit' && key a && await 40 shows 'Password of the operator' || return 1
	type $operator
	key Enter
	await 40 shows '[[] Send []]'
}
sent() { await 60 shows '[[] Close []]'; }
row() { screen | sed -n "s/^│ \(.\) $1  *\(.*[^ ]\)  *│$/\1 \2/p"; }
rows() {	# WORDS NAME...: what is told of each of these
	local n
	for n in "${@:2}"; do
		row $n | grep -qE -- "$1" || { echo "$n: $(row $n)"; return 1; }
	done
}
whole_row() {	# NUMBER WORDS: all that is told of the one so far down
	down $1
	await 5 eval 'screen | tr -s "\n" " " | sed "s/[ │]\{2,\}/ /g" | grep -qF -- "'"$2"'"'
}

console ip netns exec $net_name-desk "$amc" "$site"
ok "the site is built" eval 'await 10 shows network && key g &&
	form "Power control group" G "" "" "" 192.0.2.255 && down 2 && terminals C1 C2 C3 &&
	to G && down 6 && terminals L1 L2 L3 L4 L5'
key C-s
ok "and saved" await 10 shows "Saved as revision 1"
is "without an error" 0 "$("$amc" check "$site" --json | jq .errors)"
ok "all are seen by the console" await 30 not shows 'no answer|Not trusted|-----'
ok "it is sent to all" eval 'prepare && rows "^~ it has no site yet" "${all[@]}" && key Enter && sent'
ok "which is told of each" rows '^= sent, it holds revision 1 now$' "${all[@]}"
ok "and of all" shows 'Done: all 8 terminals hold this site'
key Enter
ok "each holds it to the byte" holds "$site" "${all[@]}"
sees() { [ "$(net_ask $1 /v1/status | jq -r '[.terminals[].state] | sort | join(" ")')" = "$2" ]; }
everybody="master normal normal normal normal normal normal normal"
ok "a control terminal sees all the others" await 30 sees C2 "$everybody"

# L2 misses a revision, and is behind when it is back
net_cable L2 down
cp "$tmp/L2/ac_e_net.ini" "$tmp/before"
ok "changed, and sent while a cable is out" eval 'edit one && prepare && key Enter && sent'
ok "the others have it" rows '^= sent, it holds revision 2 now$' C1 C2 C3 L1 L3 L4 L5
ok "L2 is told to be out of reach, by name and address" rows '^- L2: 192\.0\.2\.5:4000: no connection' L2
ok "with what to look for" whole_row 4 "is the address right?"
ok "so it is partly done" shows 'Partly done: 7 of 8 hold this site; the others hold what they held'
ok "L2 holds the old one, whole" holds "$tmp/before" L2
key Enter
ok "and is missed by the others" await 30 eval '[ "$(state_of C1 L2)" = no-answer ]'
net_cable L2 up
ok "until its cable is back" await 30 eval '[ "$(state_of C1 L2)" = normal ]'
ok "the console tells that it is behind" eval 'to L2 && await 30 shows "holds revision 1, this file is 2"'

# L1 is switched off, and L3 was set up anew
stop L1
net_cable L1 down
stop L3
rm -r "$tmp/L3/state"
net_start L3
cp "$tmp/L1/ac_e_net.ini" "$tmp/before"
ok "one away, one behind, one changed: what each has is shown" eval 'edit two && prepare &&
	rows "^~ revision 2, 1 difference" C1 C2 C3 L4 L5 && rows "^~ revision 1, 1 difference" L2 && rows "^- " L1'
key Tab Enter
ok "sent, with the consent for who is away" sent
ok "six have it, the one behind, too" rows '^= sent, it holds revision 3 now$' C1 C2 C3 L2 L4 L5
ok "L1 gets it when it is back: so it is told" rows '^- away; when it comes back it gets it from a control terminal$' L1
ok "L3 shows another key: so it is told" rows '^! L3 .192\.0\.2\.6:4000. shows another key than' L3
ok "with the key that it shows" whole_row 5 "$(pin L3)"
ok "so it is partly done" shows 'Partly done: 6 of 8 hold this site'
key Enter
ok "the six hold it, the two what they held" eval 'holds "$site" C1 C2 C3 L2 L4 L5 && holds "$tmp/before" L1 L3'
net_cable L1 up
net_start L1
ok "L1 is back and catches up by itself" await 90 holds "$site" L1

# the operator has been at L3 and compared its key
accept() {
	to L3
	key s
	await 20 shows 'This is another key than before' && screen | grep -qF "$(pin L3)" || return 1
	key Tab Enter
	await 5 shows 'Type L3 to go on' || return 1
	type L3
	key Enter
	await 10 shows 'Password of the terminal' || return 1
	type $operator
	key Enter
	await 20 shows '[[] Send []]' && key Enter && await 20 shows 'Done: it now holds revision 4' && key Enter
}
ok "its new key is accepted, and it has the site" eval 'accept && holds "$site" L3'
ok "all others get the new key" eval 'prepare && key Enter && sent && shows "Done: all 8 terminals hold this site" &&
	holds "$site" "${all[@]}"'
key Enter
ok "all see each other" await 60 sees C3 "$everybody"
ok "with the same revision" await 20 eval '[ "$(net_ask C2 /v1/status | jq "[.terminals[].revision] | unique | length")" = 1 ]'
key q
ok "the console ends" await 10 not tm has-session -t s

# a terminal is killed while it takes a site that is long, over a line that is slow
size() { on L4 cat /sys/class/net/eth0/statistics/rx_bytes; }
{ head -c 1500000 /dev/zero | tr '\0' x | fold -w 100 | sed 's/^/; /'; echo; } >>"$site"
"$amc" set "$site" L1 Description=long >/dev/null
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
ok "killed in the middle of it: told as a failure, in words; it holds the old one, whole" eval '[ $ended = 4 ] &&
	jq -e ".terminals[0] | (.sent | not) and (.message | length > 0)" "$tmp/sent" && holds "$tmp/before" L4'
net_start L4
ok "and has the long one then, as all have" eval 'on desk "$amc" send "$site" --all --password-file "$tmp/password" && holds "$site" "${all[@]}"'
finish
