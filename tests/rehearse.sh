#!/bin/bash
# amc rehearse and amc shutdown, on real amcds and simulated cards: who would obey in an
# outage and who would not, servers ordered down, and called off.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 66
begin script
cd "$tmp" || exit 1
names="C1 C2 L1 L2"
declare -A address=([C1]=$net.11 [C2]=$net.12 [L1]=$net.13 [L2]=$net.14)
site=$tmp/site.ini

# what a server runs: it leaves a line
printf '#!/bin/sh\necho "$AMC_WHY|$AMC_FROM" >>"$1"\n' >down
chmod +x down
for n in $names; do
	settings $n ${address[$n]} "[commands]" "Shutdown = $tmp/down $tmp/$n.ran"
done
# control terminals and a UPS; two servers with a UPS each, one of them with a disk on another
key=$(random_key)
site ups UPS1 $net.1 control C1 ${address[C1]} control C2 ${address[C2]} |
	sed "s/^Name=G$/Name=G1/" >"$site"
{
	for i in 2 3; do
		echo "add network group G$i CommunicationAddress=127.255.255.255 RecognitionCode=T$port"
		echo "add G$i/@power ups UPS$i Address=$net.$i SnmpPort=1161 SnmpVersion=2c"
		echo "add G$i/@linked terminal L$((i - 1)) Address=${address[L$((i - 1))]}"
	done
	echo "add G3/@devices ups UPS4 Address=$net.4 SnmpPort=1161 SnmpVersion=2c ConfirmSeconds=30"
	for n in $names; do echo "set $n KeyPin=$(pin $n)"; done
} >script
ok "a site" "$amc" edit "$site" script
for n in $names; do cp "$site" $n/ac_e_net.ini; start $n; done
simulate 4

exits() {	# STATUS WORDS COMMAND...: with the password; and words in what it prints
	local want=$1 words=$2 got=0
	shift 2
	"$amc" "$@" --password-file password >out 2>err </dev/null || got=$?
	echo "status $got"
	cat out err
	[ $got = "$want" ] && { [ -z "$words" ] || cat out err | grep -qF -- "$words"; }
}
row() {		# NODE WORDS: of the rehearsal that was printed last
	local line
	line=$(grep -E "^ +[0-9-]+ s  $1 " out)
	echo "$line"
	grep -qF -- "$2" <<<"$line"
}
json() { [ "$(jq -s length out)" = 1 ] && jq -e "$1" out; }
ran() { [ "$(cat $1.ran 2>/dev/null | wc -l)" = "$2" ]; }	# NAME TIMES
state() { curl -sk "https://${address[$1]}:$port/v1/hello" | jq -r .state; }
is_state() { [ "$(state $1)" = $2 ]; }

# all is well
ok "an outage of all, and each would obey" exits 0 "8 would obey, 0 are doubtful, 0 would fail" rehearse "$site" --all
ok "a server tells what it would run" row L1 "would obey   would run $tmp/down $tmp/L1.ran; takes 60 s, as the plan counts"
ok "a control terminal too" row C1 "would run $tmp/down $tmp/C1.ran"
ok "a UPS without mains is told to save its battery" row UPS3 "SMART-UPS 1400 can be switched off: Output off until mains return"
is "in the order of the plan" "$("$amc" plan "$site" --all --json |
	jq -r '.events[] | select(.event | test("^(shutdown|output-off)-ordered")) | .node' | paste -sd' ')" \
	"$(awk '$2 == "s" { print $3 }' out | paste -sd' ')"
ok "that nothing is armed is said once" [ "$(grep -c "not armed" out)" = 1 ]
ok "and all hold this site" not grep -q "other site" out
ok "as JSON: of the disk alone" exits 0 "" rehearse "$site" --fail UPS4 --parallel --via C2 --json
ok "with who was asked, and each order" json '.schema == "amc.rehearsal.v1" and .failed == ["UPS4"] and
	.parallel and .via == "C2" and .armed == false and (.note | test("not armed")) and .error == null and .good == 3 and
	.doubtful + .fails + .pending == 0 and ([.orders[] | [.node, .event, .end]] | sort) ==
	[["L2","shutdown-ordered","good"],["UPS3","output-off-ordered","good"],["UPS4","output-off-ordered","good"]]'
ok "the UPS on line waits for its grace time" json '.orders[] | select(.node == "UPS3") |
	.words | test("Output off after the grace time")'
printf '# a night\n\nat 20s UPS2 mains off\nat 30s UPS3 battery 20\n\tat 1m UPS2 mains on\n' >night
ok "a script of upssim says what fails" exits 0 "" rehearse "$site" --scenario night --json
ok "those whose mains go off" json '.failed == ["UPS2"] and ([.orders[].node] | sort) == ["L1","UPS2"]'
echo 'at 20s UPS7 mains off' >night
ok "a name that is not there" exits 1 "night: line 1: UPS7" rehearse "$site" --scenario night
echo 'at noon UPS7 mains off' >night
ok "a line that is none" exits 1 "night: line 1" rehearse "$site" --scenario night
echo 'at 20s UPS2 volts 90' >night
ok "a script without an outage" exits 1 "night: no mains go off in it" rehearse "$site" --scenario night
ok "either, or" exits 2 "usage: amc rehearse" rehearse "$site" --all --scenario night
ok "nothing that fails: usage" exits 2 "usage: amc rehearse" rehearse "$site"
ok "nothing was run" eval '! ls *.ran 2>/dev/null'
ok "no card was told anything" eval '! "$bin/upssim" ctl sim state --json | jq -e ".. | .state? // empty | select(. != \"online\")"'

# a server that is ordered down, before it is armed and after
ok "not armed: refused here" exits 5 "The site is not armed" shutdown "$site" L1 --yes
ok "but it can be tried" exits 0 "L1: would run $tmp/down $tmp/L1.ran, for which it counts 60 s" \
	shutdown "$site" L1 --dry-run
cp "$site" armed.ini
"$amc" set armed.ini network Armed=yes >/dev/null
ok "not armed there: refused by the control terminal" exits 5 "the site that C1 holds is not armed" \
	shutdown armed.ini L1 --yes --via C1
ok "in the words of whoever reads it" eval 'LANGUAGE=ja "$amc" shutdown armed.ini L1 --yes --via C1 --password-file password 2>&1 |
	grep -q "C1 が保持するサイトは電源制御が無効"'
ok "armed" exits 0 "" send armed.ini --all
site=$tmp/armed.ini
ok "nobody there to say yes" exits 5 "nothing was sent; --yes says that this is meant" shutdown "$site" L1 C2
ok "but who is hit was told" grep -qF "2 servers go down: L1 (G2), C2 (G1)." err
ok "that the UPSs are not watched by one" grep -qF "C2 is a control terminal: the UPSs are not watched by it then." err
ok "how long it can be called off, and what stays" grep -qF \
	"It can be called off for 10 s. The outputs of the UPSs are not switched." err
ok "all of them" exits 5 "No other control terminal is left to watch them." shutdown "$site" --all
typed() {	# WORD: what a person types
	echo "$1" | script -qec "$amc shutdown $site L1 --in 60 --password-file password --via C1" \
		/dev/null >out 2>&1
}
not typed yes
ok "a person who types something else: nothing is sent" eval 'grep -q "nothing was sent" out && is_state L1 normal'
typed L1
ok "who types its name means it" eval 'grep -q "L1: goes down in 60 s: runs $tmp/down" out'
ok "and it is shutting down" is_state L1 shutting-down
ok "a second order is refused, another server takes it: 6" exits 6 "L2: goes down in 60 s" \
	shutdown "$site" L1 G3 --in 60 --yes
ok "in its words" grep -q "^L1: refused: .*already" out
ok "in an outage it would not obey now" exits 6 "" rehearse "$site" --all
ok "which is said" row L1 "would fail"
ok "called off" exits 0 "L1: stays up" shutdown "$site" L1 L2 --cancel
ok "both" grep -qx "L2: stays up" out
ok "and normal again" eval 'await 5 is_state L1 normal && await 5 is_state L2 normal'
ok "a second time there is nothing to call off" exits 5 "nothing to call off" shutdown "$site" L1 --cancel
ok "nobody calls off in a while, or in a rehearsal" exits 2 "usage: amc shutdown" shutdown "$site" L1 --cancel --in 5
ok "ordered down by JSON" exits 0 "" shutdown "$site" L2 C1 --in 1 --yes --json --via C1
ok "one document" json '.schema == "amc.order.v1" and .deed == "shutdown" and .rehearsal == false and .via == "C1" and
	.done and .error == null and (.terminals | map([.name, .end, .in, .takes, .error])) ==
	[["L2","taken",1,60,null],["C1","taken",1,60,null]]'
ok "and they go down" eval 'await 10 ran L2 1 && await 10 ran C1 1'
is "as they were told" "ordered at amc|C1" "$(cat L2.ran)"
"$amc" events C1 --site "$site" --password-file password --json >events
is "the control terminal has each of the two in its events, once" 2 "$(jq '[.events[] | select(.node == "L2" and
	.after == "order-shutdown" and .detail == "ordered at amc")] | length' events)"

# who cannot be asked
ok "--via must be a control terminal" exits 2 "--via L1: is no control terminal" shutdown "$site" L2 --yes --via L1
echo wrong >wrong
"$amc" rehearse "$site" --fail UPS2 --password-file wrong >out 2>&1
is "a wrong password" 5 $?
ok "no server is judged by it" grep -q "it was not passed on" out

kill -STOP ${pids[L1]}
ok "--timeout ends it" exits 6 "1 did not answer in time" rehearse "$site" --fail UPS2 --timeout 0.5
ok "with what is known" row UPS2 "would obey"
kill -CONT ${pids[L1]}

# what would fail, all at once
stop C1
stop L2
settings L1 ${address[L1]}
stop L1
cp "$site" L1/ac_e_net.ini
"$amc" set L1/ac_e_net.ini L1 ShutdownSeconds=90 >/dev/null
start L1
ok "without the master another one is asked" exits 6 "" rehearse "$site" --fail UPS2 UPS3
ok "a server without a command" row L1 "would fail   "
ok "in its words" row L1 "Shutdown"
ok "one that is dead" row L2 "nothing listens on this port; is amcd running?"
settings L1 ${address[L1]} "[commands]" "Shutdown = $tmp/down $tmp/L1.ran"
stop L1
start L1
sim UPS2 battery 2
sim UPS4 comm off
"$amc" set "$site" UPS3 SnmpPort=1162 >/dev/null
"$amc" set "$site" UPS1 SnmpWriteCommunity=other >/dev/null
ok "much that is wrong" exits 6 "" rehearse "$site" --all
ok "who holds another site is said once" grep -q "^C2, L1 hold other sites than this one" out
ok "a server that takes longer by its own site" row L1 "doubtful     would run $tmp/down $tmp/L1.ran; takes 90 s there, the plan counts 60 s"
ok "a battery that does not last" row UPS2 "doubtful     answers; its battery must last"
ok "a card that cannot be reached" row UPS3 "would fail   $net.3:1162 refuses: nothing listens"
ok "one that has lost its UPS" row UPS4 "would fail   its card answers, but has lost its UPS"
ok "one that does not know the community for writing" row UPS1 "would fail   with the community for writing: "
sim UPS4 comm on
mkdir profiles
sed '/<command id="off-until/,/<.command>/d; /<command id="off/d' "$top_srcdir/data/profiles/apc.xml" >profiles/apc.xml
ok "nobody who would obey: 1" exits 1 "" rehearse "$site" --fail UPS4 --profiles profiles
ok "a profile that knows no such command" row UPS4 "its profile apc knows no command that switches it off on battery"
stop C2
ok "without a control terminal: 4" exits 4 "is amcd running?" rehearse "$site" --all --timeout 5
finish
