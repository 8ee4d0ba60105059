#!/bin/bash
# Sending to all: everybody that is there gets it or nobody; who is away gets it later
# if the operator said so, from a control terminal, and only on top of what the site
# comes from; and each outcome is told in words.
. "$top_srcdir/tests/tap.sh"

plan 52
tmp=$(mktemp -d)
declare -A pids
trap 'kill "${pids[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE= XDG_STATE_HOME=$tmp/state USER=sato
need curl jq
amc=$(cd "$top_builddir" && pwd)/amc
net=127.$((RANDOM % 50 + 200)).62
declare -A address=([C1]=$net.1 [C2]=$net.2 [L1]=$net.3 [L2]=$net.4)
names="C1 C2 L1 L2"
echo demodemo >"$tmp/password"
cd "$tmp" || exit 1

conf() {	# NAME [PASSWORD]
	mkdir -p "$1"
	cat >"$1/amcd.conf" <<-END
	[amcd]
	Name = $1
	Listen = ${address[$1]}:14000
	Site = $tmp/$1/site.ini
	StateDirectory = $tmp/$1
	END
	echo "${2:-demodemo}" | "$top_builddir/amcd" passwd -c "$1/amcd.conf" operator >/dev/null
}
start() {	# NAME
	"$top_builddir/amcd" -v -c "$1/amcd.conf" >"$1/log" 2>&1 &
	pids[$1]=$!
	await 20 curl -sk -o /dev/null "https://${address[$1]}:14000/v1/hello"
}
stop() { kill "${pids[$1]}"; wait "${pids[$1]}" 2>/dev/null; }	# NAME
hold() { local n=0 f; for f in $2; do cmp -s "$1" "$f/site.ini" || n=1; done; return $n; }	# FILE "NAMES"
send() { "$amc" send site.ini --password-file password "$@" >out 2>&1; }
change() { cp site.ini before.ini; "$amc" set site.ini L2 ShutdownSeconds=$1 >/dev/null; }	# SECONDS
says() { grep -qF -- "$1" out; }
get() { curl -sk -u operator:demodemo "https://${address[$1]}:14000$2"; }	# NAME PATH

top_builddir=$(dirname "$amc")
"$amc" new site.ini >/dev/null
{
	echo add network group G CommunicationAddress=$net.255
	echo add G/@control terminal C1 Address="${address[C1]}" Port=14000
	echo add G/@control terminal C2 Address="${address[C2]}" Port=14000
	echo add G/@linked terminal L1 Address="${address[L1]}" Port=14000
	echo add G/@linked terminal L2 Address="${address[L2]}" Port=14000
	for n in $names; do
		conf $n
		echo set $n KeyPin="$("$top_builddir/amcd" pin -c $n/amcd.conf)"
	done
} | "$amc" edit site.ini - >/dev/null
for n in $names; do start $n; done

send --all
is "to all" 0 $?
ok "all hold it" hold site.ini "$names"
ok "it was staged first" says "C1: has it, checked; it does not count yet"
ok "and each outcome is told" says "L2: sent, it holds revision 2 now"
send --all
is "again: nothing to do" 0 $?
ok "which is said" says "L1: revision 2, and no difference"

change 71
send --all --dry-run
is "rehearsed" 0 $?
ok "the difference is shown once for all that are alike" eval \
	'[ "$(grep -c "ShutdownSeconds 60 -> 71" out)" = 1 ] && says "L2 holds revision 2, as C1"'
ok "and nothing was changed" hold before.ini "$names"

# one refuses
conf L2 otherpass
send --all
is "one with another password: nothing is sent" 5 $?
ok "and why" says "L2 is there and does not take it, so nothing is sent to any"
ok "all hold what they held" hold before.ini "$names"
conf L2
chmod 500 L2
[ "$(id -u)" = 0 ] && mkdir L2/staged	# root may write anywhere
send --all
is "one that cannot stage it" 1 $?
ok "its words" says "L2/staged"
ok "the others were told to drop it" eval 'says "C1: not sent, as another one refused" && says "L1: not sent"'
ok "all hold what they held before" hold before.ini "$names"
ok "nothing is staged" eval '[ -z "$(ls C1/staged C2/staged L1/staged 2>/dev/null)" ]'
chmod 700 L2
[ ! -d L2/staged ] || rmdir L2/staged

# another operator is faster
tag=$(get C2 /v1/site -D head | sha256sum | cut -d' ' -f1)
sed 's/71/99/; s/^Revision=.*/Revision=3/' site.ini >theirs.ini
curl -sk -u operator:demodemo -H "Amc-User: suzuki" -T theirs.ini -H "If-Match: \"2-$tag\"" -o staged.json \
	"https://${address[C2]}:14000/v1/site/staged"
send --all
is "another one is sending: refused" 5 $?
ok "who and what" says "is just being sent revision 3, by suzuki from"
ok "nothing was sent" hold before.ini "$names"
curl -sk -u operator:demodemo -X DELETE -H "If-Match: \"$(jq -r .tag staged.json)\"" -o /dev/null \
	"https://${address[C2]}:14000/v1/site/staged"
send --all --json
is "now it goes" 0 $?
ok "as JSON" eval 'jq -e "[.terminals[] | .outcome, .revision] == [\"sent\", 3, \"sent\", 3, \"sent\", 3, \"sent\", 3]" out'
ok "and all hold it" hold site.ini "$names"

# what was held before
AMC_SITE=$tmp/site.ini
export AMC_SITE
(cd / && "$amc" history C1 --password-file "$tmp/password") >out 2>&1
ok "a terminal's history" eval 'grep -qE "^3 .*what it holds now" out && grep -qE "^2 .*Z$" out'
(cd / && "$amc" diff C1@2 C2 --password-file "$tmp/password") >out 2>&1
ok "a revision of it is compared" says "L2: ShutdownSeconds 60 -> 71"
(cd / && "$amc" diff C1@9 C2 --password-file "$tmp/password") >out 2>&1
is "one that it has not any more" 1 $?
cp site.ini now.ini
"$amc" rollback site.ini C1@2 --password-file password >out 2>&1
ok "it is gone back to" eval '"$amc" show site.ini L2 | grep -q "ShutdownSeconds *= 60"'
ok "as a later revision" grep -qx Revision=4 site.ini
cp now.ini site.ini
unset AMC_SITE

# one is away
change 72
cp site.ini third.ini
stop L2
send --all
is "one is away: partly done" 6 $?
ok "the others hold it" hold site.ini "C1 C2 L1"
change 73
send --all --later
is "it is to get it later" 6 $?
ok "which is said" says "L2: away; when it comes back it gets it from a control terminal"
ok "nobody else gets it handed over" eval '[ "$(curl -sk -o /dev/null -w "%{http_code}" "https://${address[C1]}:14000/v1/site/handover?tag=3-x")" = 403 ]'
start L2
ok "it comes back and catches up" await 20 hold site.ini L2
ok "from a control terminal" grep -q "C[12] hands over what was sent while we were away" L2/log

# one is away, and is changed otherwise
change 74
stop L2
send --all --later
is "away again" 6 $?
sed -i '/^ShutdownSeconds=/s/.*/ShutdownSeconds=55/' L2/site.ini
cp L2/site.ini other.ini
start L2
ok "what has other work in it is there again" await 20 eval '[ "$(get L2 /v1/hello | jq .revision)" = 5 ]'
ok "who has another one is asked" await 20 grep -q "nobody hands over a later site" L2/log
ok "and it is left alone" cmp other.ini L2/site.ini
send --all
is "until it is sent to" 0 $?
ok "then all hold it" hold site.ini "$names"

# the console does the same; without a screen, its words can be compared
change 77
stop L2
printf '%s\n' send-all demodemo 3 2 quit | timeout 60 "$amc" --linear site.ini >out 2>&1
ok "the console shows the difference" says "~ G/@linked/L2: ShutdownSeconds 74 -> 77"
ok "and sends" says "C2: sent, it holds revision 7 now"
ok "with the same consent" says "L2: away; when it comes back it gets it from a control terminal"
start L2
ok "that is kept" await 20 hold site.ini "$names"
echo "8 2026-11-21T03:42:00Z" >"state/amc/sending-$(realpath site.ini | tr -d '\n' | sha256sum | cut -c1-16)"
printf '%s\n' quit | timeout 60 "$amc" --linear site.ini >out 2>&1
ok "a sending that was broken off is told at its start" says "The sending of revision 8, begun at 2026-11-21T03:42:00Z, was broken off: a finishes it"

# one has another key
change 75
stop L2
rm L2/key.pem L2/cert.pem
start L2
send --all
is "another key: partly done" 6 $?
ok "which is said" says "L2 (${address[L2]}:14000) shows another key than before"
ok "the others hold it" hold site.ini "C1 C2 L1"

# one that is broken off
change 76
mkdir -p state/amc
name=$(realpath site.ini | tr -d '\n' | sha256sum | cut -c1-16)
echo "6 2026-11-21T03:42:00Z" >"state/amc/sending-$name"
stop L2
send --all
is "the one after one that was broken off" 6 $?
ok "tells of it" says "The sending of revision 6, begun at 2026-11-21T03:42:00Z, was broken off"
ok "and is not told of again" eval '[ ! -e "state/amc/sending-$name" ]'
finish
