#!/bin/bash
# A sending has one connection to each terminal; and wherever that is cut, with the
# question or with the answer lost, the terminal holds the old site or the new one, whole,
# nobody is told what did not happen, nothing is said twice that may not be, and sending
# again finishes it.
. "$top_srcdir/tests/tap.sh"

plan 11
tmp=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE= XDG_STATE_HOME=$tmp/state USER=sato
need curl python3 jq
build=$(cd "$top_builddir" && pwd)
here=$(cd "$top_srcdir" && pwd)/tests
amc=$build/amc
net=127.$((RANDOM % 50 + 200)).63
port=$((20000 + RANDOM % 10000))
cd "$tmp" || exit 1
echo demodemo >password

amcd() {	# NAME ADDRESS
	mkdir -p "$1"
	printf '[amcd]\nName = %s\nListen = %s:%d\nSite = %s/site.ini\nStateDirectory = %s\n' \
		"$1" "$2" $port "$tmp/$1" "$tmp/$1" >"$1/amcd.conf"
	echo demodemo | "$build/amcd" passwd -c "$1/amcd.conf" operator >/dev/null
	"$build/amcd" -v -c "$1/amcd.conf" >"$1/log" 2>&1 &
	pids+=($!)
	await 20 curl -sk -o /dev/null "https://$2:$port/v1/hello"
}
cut_at() { echo "$2 ${3:-question}" >"$1.new"; : >"$1.cut.log"; mv "$1.new" "$1.cut"; }	# NAME TURN [HOW]
relay() {	# NAME LISTEN TO
	cut_at "$1" 0
	python3 "$here/send-cut.py" "$2" $port "$3" "$tmp/$1.cut" >"$1.relay" 2>&1 &
	pids+=($!)
	await 20 grep -q ready "$1.relay"
}
connections() { tr -cd c <"$1.cut.log" | wc -c; }	# NAME
turns() { tr -cd t <"$1.cut.log" | wc -c; }
n=100
change() { n=$((n + 1)); cp site.ini before.ini; "$amc" set site.ini B ShutdownSeconds=$n >/dev/null; }
send() { "$amc" send site.ini --password-file password --json "$@" >out 2>err; }
holds() { cmp -s "$1/site.ini" site.ini; }	# NAME
held() { cmp -s "$1/site.ini" before.ini; }

"$amc" new site.ini >/dev/null
for i in 1 2; do
	name=$([ $i = 1 ] && echo A || echo B)
	amcd $name $net.$i
	relay $name $net.1$i $net.$i
done
{
	echo add network group G CommunicationAddress=$net.255
	# control terminals would ask the others through the relays; this one is not there
	echo add G/@control terminal C Address=$net.9 Port=$port
	for i in 1 2; do
		name=$([ $i = 1 ] && echo A || echo B)
		echo add G/@linked terminal $name Address=$net.1$i Port=$port \
			KeyPin="$("$build/amcd" pin -c $name/amcd.conf)"
	done
} | "$amc" edit site.ini - >/dev/null

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
			holds B || held B || echo "turn $turn, $how: B holds half a site"
			[ $status != 0 ] || holds B || echo "turn $turn, $how: it is told that B has it"
			[ "$(connections B)" -le 3 ] || echo "turn $turn, $how: $(connections B) connections"
			cut_at B 0
			send A B || echo "turn $turn, $how: sending again is $?: $(cat err out)"
			{ holds A && holds B; } || echo "turn $turn, $how: not finished by sending again"
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
ok "but has it" holds B
is "and was told once" $((before + 1)) "$(acts)"
finish
