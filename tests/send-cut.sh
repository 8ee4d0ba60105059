#!/bin/bash
# A sending has one connection to each terminal; and wherever that is cut, with the
# question or with the answer lost, the terminal holds the old site or the new one, whole,
# nobody is told what did not happen, nothing is said twice that may not be, and sending
# again finishes it.
# One that is started anew, or away for a moment, between taking the site and being told
# that it counts, has it still and is told then.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 15
begin python3
here=$(cd "$top_srcdir" && pwd)/tests
cd "${tmp:?}" || exit 1
export USER=sato
amcd_options=(-v)

cut_at() { echo "$2 ${3:-question}" >"$1.new"; : >"$1.cut.log"; mv "$1.new" "$1.cut"; }	# NAME TURN [HOW]
declare -A address=([A]=1 [B]=2)		# and its relay's is 10 more
relay() {	# NAME
	python3 "$here/send-cut.py" $net.1${address[$1]} $port $net.${address[$1]} "$tmp/$1.cut" >"$1.relay" 2>&1 &
	pids[relay-$1]=$!
	await 20 grep -q ready "$1.relay"
}
connections() { tr -cd c <"$1.cut.log" | wc -c; }	# NAME
turns() { tr -cd t <"$1.cut.log" | wc -c; }
n=100
change() { n=$((n + 1)); cp site.ini before.ini; "$amc" set site.ini B ShutdownSeconds=$n >/dev/null; }
send() { "$amc" send site.ini --password-file password --json "$@" >out 2>err; }
has() { holds site.ini "$@" >/dev/null; }	# NAME...
held() { cmp -s "$1/ac_e_net.ini" before.ini; }	# NAME

for name in A B; do
	settings $name $net.${address[$name]}
	start $name
	cut_at $name 0
	relay $name
done
# control terminals would ask the others through the relays; this one is not there
revision=1 site control C $net.9 linked A $net.11 linked B $net.12 >site.ini
for name in A B; do echo set $name KeyPin="$(pin $name)"; done | "$amc" edit site.ini - >/dev/null

send A B
is "sent to both" 0 $?
is "over one connection to each" "1 1" "$(connections A) $(connections B)"
all=$(turns B)
change
cut_at A 0
send A
is "sent to one alone" 0 $?
is "over one connection" 1 "$(connections A)"
one=$(turns A)
send A B
cut_at A 0
send A B
is "nothing to do: over one connection" "0 1" "$? $(connections A)"

# every turn of B, in both ways
sweep() {	# TURNS WHAT...: what is wrong
	local turns=$1 turn how status
	shift
	for turn in $(seq "$turns"); do
		for how in question answer; do
			change
			cut_at A 0
			cut_at B "$turn" $how
			send "$@"
			status=$?
			has B || held B || echo "turn $turn, $how: B holds half a site"
			[ $status != 0 ] || has B || echo "turn $turn, $how: it is told that B has it"
			[ "$(connections B)" -le 3 ] || echo "turn $turn, $how: $(connections B) connections"
			cut_at B 0
			send A B || echo "turn $turn, $how: sending again is $?: $(cat err out)"
			has A B || echo "turn $turn, $how: not finished by sending again"
		done
	done
}
sweep "$all" A B >wrong
ok "cut at each of $all turns of a sending to both" eval 'cat wrong; ! [ -s wrong ]'
ok "there is more than one turn to it" [ "$all" -ge 5 ]
sweep "$one" B >wrong
ok "cut at each of $one turns of a sending to one" eval 'cat wrong; ! [ -s wrong ]'

# a site that counts is put once: its answer is lost, and it is not put again; behind it
# there is only the farewell
acts() { "$amc" audit B --site site.ini --password-file password --json | jq '[.acts[] | select(.act == "site")] | length'; }
status=0
for turn in $(seq $((one + 1)) -1 1); do
	change
	cut_at B 0	# one that did not come to it
	before=$(acts)
	cut_at B $turn answer
	send B
	status=$?
	[ $status = 0 ] || break
done
cut_at B 0
is "one whose answer is lost is told as not known" 4 $status
ok "but has it" has B
is "and was told once" $((before + 1)) "$(acts)"

# both have taken it, and B is about to be told that it counts
hold_activation() {
	change
	cut_at A 0
	[ -p B.cut.held ] || mkfifo B.cut.held
	cut_at B $activation hold
	send A B &
	sending=$!
	await 20 grep -q h B.cut.log && [ -e B/state/staged ] && held B
}
activation=$((all - 1))		# then there is only the farewell
ok "held between taking it and being told that it counts" hold_activation
stop B KILL
start B
: >B.cut.held
wait $sending
is "killed and started anew there: it has it still, and it counts" "0 " "$? $(holds site.ini A B)"
ok "held once more" hold_activation
stop B KILL
stop relay-B KILL
read -rt 1.5 <> <(:)
start B
cut_at B 0
relay B
wait $sending
is "away for a while there, as when it reboots: the same" "0 " "$? $(holds site.ini A B)"
finish
