#!/bin/bash
# Sending to all: everybody that is there gets it or nobody; who is away gets it later
# if the operator said so, from a control terminal, and only on top of what the site
# comes from; and each outcome is told in words.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 57
begin
export USER=sato
names="C1 C2 L1 L2"
declare -A address=([C1]=$net.1 [C2]=$net.2 [L1]=$net.3 [L2]=$net.4)
cd "$tmp" || exit 1
amcd_options=(-v)
send() { "$amc" send site.ini --password-file password "$@" >out 2>&1; }
change() { cp site.ini before.ini; "$amc" set site.ini L2 ShutdownSeconds=$1 >/dev/null; }	# SECONDS
says() { grep -qF -- "$1" out; }
get() { ask "https://${address[$1]}:$port$2" "${@:3}"; }	# NAME PATH [OPTION...]

for n in $names; do settings $n ${address[$n]}; done
revision=1 site control C1 $net.1 control C2 $net.2 linked L1 $net.3 linked L2 $net.4 >site.ini
for n in $names; do echo set $n KeyPin="$(pin $n)"; done | "$amc" edit site.ini - >/dev/null
for n in $names; do start $n; done

send --all
is "to all" 0 $?
ok "all hold it" holds site.ini $names
ok "it was staged first" says "C1: has it, checked; it does not count yet"
ok "and each outcome is told" says "L2: sent, it holds revision 2 now"
send --all
is "again: nothing to do" 0 $?
ok "which is said" says "L1: revision 2, and no difference"

change 71
send --all --dry-run
is "rehearsed" 0 $?
ok "the difference is shown once for all that are alike" eval \
	'[ "$(grep -c "Shutdown time 60 s -> 71 s" out)" = 1 ] && says "L2 holds revision 2, as C1"'
ok "and nothing was changed" holds before.ini $names

# one refuses
operator=other-horse settings L2 $net.4
send --all
is "one with another password: nothing is sent" 5 $?
ok "and why" says "L2 is there and does not take it, so nothing is sent to any"
ok "all hold what they held" holds before.ini $names
settings L2 $net.4
chmod 500 L2/state
[ "$(id -u)" = 0 ] && mkdir L2/state/staged	# root may write anywhere
send --all
is "one that cannot stage it" 1 $?
ok "its words" says "L2/state/staged"
ok "the others were told to drop it" eval 'says "C1: not sent, as another one refused" && says "L1: not sent"'
ok "all hold what they held before" holds before.ini $names
ok "nothing is staged" eval '[ -z "$(ls C1/state/staged C2/state/staged L1/state/staged 2>/dev/null)" ]'
chmod 700 L2/state
[ ! -d L2/state/staged ] || rmdir L2/state/staged

# another operator is faster
tag=$(get C2 /v1/site -D head | sha256sum | cut -d' ' -f1)
sed 's/71/99/; s/^Revision=.*/Revision=3/' site.ini >theirs.ini
ask -H "Amc-User: suzuki" -T theirs.ini -H "If-Match: \"2-$tag\"" -o staged.json \
	"https://${address[C2]}:$port/v1/site/staged"
send --all
is "another one is sending: refused" 5 $?
ok "who and what" says "is just being sent revision 3, by suzuki from"
ok "nothing was sent" holds before.ini $names
ask -X DELETE -H "If-Match: \"$(jq -r .tag staged.json)\"" -o /dev/null \
	"https://${address[C2]}:$port/v1/site/staged"
send --all --json
is "now it goes" 0 $?
ok "as JSON" eval 'jq -e "[.terminals[] | .outcome, .revision] == [\"sent\", 3, \"sent\", 3, \"sent\", 3, \"sent\", 3]" out'
ok "and all hold it" holds site.ini $names

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
ok "the others hold it" holds site.ini C1 C2 L1
change 73
send --all --later
is "it is to get it later" 6 $?
ok "which is said" says "L2: away; when it comes back it gets it from a control terminal"
ok "nobody else gets it handed over" eval '[ "$(curl -sk -o /dev/null -w "%{http_code}" "https://${address[C1]}:$port/v1/site/handover?tag=3-x")" = 403 ]'
start L2
ok "it comes back and catches up" await 20 holds site.ini L2
ok "from a control terminal" grep -q "C[12] hands over what was sent while we were away" L2/log

# one is away, and is changed otherwise
change 74
stop L2
send --all --later
is "away again" 6 $?
sed -i '/^ShutdownSeconds=/s/.*/ShutdownSeconds=55/' L2/ac_e_net.ini
cp L2/ac_e_net.ini other.ini
: >L2/log
start L2
ok "what has other work in it is there again" await 20 eval '[ "$(get L2 /v1/hello | jq .revision)" = 5 ]'
ok "who has another one is asked" await 20 grep -q "nobody hands over a later site" L2/log
ok "and it is left alone" cmp other.ini L2/ac_e_net.ini
send --all
is "until it is sent to" 0 $?
ok "then all hold it" holds site.ini $names

# the console does the same; without a screen, its words can be compared
change 77
stop L2
printf '%s\n' send-all correct-horse 3 2 quit | timeout 60 "$amc" --linear site.ini >out 2>&1
ok "the console shows the difference" says "~ L2 (G / Linked terminals): Shutdown time 74 s -> 77 s"
ok "and sends" says "C2: sent, it holds revision 7 now"
ok "with the same consent" says "L2: away; when it comes back it gets it from a control terminal"
start L2
ok "that is kept" await 20 holds site.ini $names
echo "8 2026-11-21T03:42:00Z" >"xdg/amc/sending-$(realpath site.ini | tr -d '\n' | sha256sum | cut -c1-16)"
printf '%s\n' quit | timeout 60 "$amc" --linear site.ini >out 2>&1
ok "a sending that was broken off is told at its start" says "The sending of revision 8, begun at 2026-11-21T03:42:00Z, was broken off: a finishes it"

# back to what a terminal held once, and everywhere
differs() { "$amc" diff "$@" --site site.ini --password-file password >out 2>&1; }
differs C1 L1
ok "two terminals beside each other: no difference" not grep -q . out
differs L1 C1@6
ok "one beside the history of another" says "ShutdownSeconds"
"$amc" rollback site.ini C1@6 --password-file password >out 2>&1
send --all
is "rolled back to a revision that a terminal keeps, and sent" 0 $?
ok "all hold it" holds site.ini $names
differs L2 C1@6
ok "the content of then" not grep -q . out

# one has another key
change 75
stop L2
rm L2/state/key.pem L2/state/cert.pem
start L2
send --all
is "another key: partly done" 6 $?
ok "which is said" says "L2 (${address[L2]}:$port) shows another key than before"
ok "the others hold it" holds site.ini C1 C2 L1

# one that is broken off
change 76
mkdir -p xdg/amc
name=$(realpath site.ini | tr -d '\n' | sha256sum | cut -c1-16)
echo "6 2026-11-21T03:42:00Z" >"xdg/amc/sending-$name"
stop L2
send --all
is "the one after one that was broken off" 6 $?
ok "tells of it" says "The sending of revision 6, begun at 2026-11-21T03:42:00Z, was broken off"
ok "and is not told of again" eval '[ ! -e "xdg/amc/sending-$name" ]'
finish
