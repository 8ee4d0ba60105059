#!/bin/bash
# Settings of cards written, and cards told what to do: by the verb ups, to
# simulated 100 V Smart-UPSs, whose every snap, lag and refusal is told in words.
# net-snmp's tools read what we wrote.

. "${top_srcdir:-.}/tests/tap.sh"
export LC_ALL=C.UTF-8 LANGUAGE=
unset AMC_SITE
plan 66
need jq snmpget snmpset
amc=$(cd "${top_builddir:-.}" && pwd)/amc
upssim=$(cd "${top_builddir:-.}" && pwd)/upssim
tmp=$(mktemp -d) || exit 1
trap 'kill $(cat "$tmp"/pid.* 2>/dev/null) 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
net=127.66.$((RANDOM % 250))
port=$((20000 + $$ % 20000))
U=1.3.6.1.4.1.318.1.1.1

# sim NAME FIRST-ADDRESS ARGUMENT...: cards, and their socket
sim() {
	local name=$1 first=$2
	shift 2
	"$upssim" --with-parent --base "$first:$port" --control "$name" "$@" >"out.$name" 2>&1 &
	echo $! >"pid.$name"
	await 20 grep -q ready "out.$name"
}
ctl() { "$upssim" ctl cards all "$@"; }
one() { "$upssim" ctl cards "$@"; }
card() { snmpget -v2c -c public -m '' -Oqvt "$net.$1:$port" "$U.$2"; }

# exits STATUS WORDS COMMAND...: and words in what it prints
exits() {
	local want=$1 words=$2 got
	shift 2
	"$@" >out 2>err </dev/null
	got=$?
	cat out err
	[ $got = "$want" ] && { [ -z "$words" ] || cat out err | grep -qF -- "$words"; }
}
tells() {	# WORDS: in what exits printed last
	cat out
	grep -qF -- "$1" out
}
json() {	# FILTER: one document, on which it is true
	[ "$(jq -s length out)" = 1 ] && jq -e "$1" out
}
set_site() { "$amc" set site.ini "$@"; }

ok "three cards" sim cards "$net.1" --cards 3
ok "a card with a community for writing" sim closed "$net.9" --write-community geheim
{
	echo 'add network group G CommunicationAddress=127.255.255.255'
	echo 'add G group Disks'
	for i in 1 2 3; do
		echo "add G/@power ups UPS$i Address=$net.$i SnmpPort=$port Sensitivity=1"
	done
	echo "add Disks/@power ups CLOSED Address=$net.9 SnmpPort=$port SnmpVersion=2c Sensitivity=1"
	echo "add Disks/@power ups NOBODY Address=$net.200 SnmpPort=$port"
	echo 'add G/@control terminal SRV1 Address=127.66.1.1'
	echo 'add G/@control terminal SRV2 Address=127.66.1.2'
} >script
"$amc" new site.ini >/dev/null
ok "a site for them" "$amc" edit site.ini script

# compare
ok "the cards are as the site" exits 0 "10 settings were as in the site" "$amc" ups diff site.ini UPS1
ok "what a card cannot have is not asked of it" not tells Exhaust
set_site UPS1 UpperVolts=109 LowerVolts=89 GraceSeconds=60 DiskProtectSeconds=61 \
	MinimumChargePercent=16 LowBatterySeconds=1000 BuzzerTimerSeconds=40 Sensitivity=4 \
	BatteryTest=3 BuzzerTiming=2 ExhaustSeconds=10 >/dev/null
ok "a snap up is foretold" exits 0 "108 V in the card, 109 V asked: of that it will make 110 V (next higher legal value)" \
	"$amc" ups diff site.ini UPS1
ok "and one down" tells "92 V in the card, 89 V asked: of that it will make 88 V (next lower legal value)"
ok "and what the card cannot have, when it is asked" tells "10 s was asked; this card has no such setting"
"$amc" ups diff site.ini G --json >out
ok "as JSON: all of a group, and how many differ" json '.schema == "amc.ups-diff.v1" and
	[.ups[] | [.name, .differences]] == [["UPS1",10],["UPS2",0],["UPS3",0],["CLOSED",0],["NOBODY",0]] and
	(.ups[4].error | test("refuses|does not answer"))'
ok "nothing was written by that" [ "$(card 1 5.2.2.0) $(card 1 5.2.7.0)" = "108 1" ]
ok "nor by a rehearsal" exits 0 "of that it will make 110 V" "$amc" ups write --dry-run site.ini UPS1
ok "really" [ "$(card 1 5.2.2.0) $(card 1 5.2.7.0)" = "108 1" ]
ok "nor to a site that is read by nobody" exits 1 "" "$amc" ups write none.ini UPS1

# write: every snap, and the lag
ctl lag 4
began=$SECONDS
ok "writing ends partly done, as the card keeps other values" exits 6 \
	"109 V was asked, the card keeps 110 V: next higher legal value" "$amc" ups write site.ini UPS1
ok "it waited until the card showed it" [ $((SECONDS - began)) -ge 3 ] && :
ok "next lower" tells "89 V was asked, the card keeps 88 V: next lower legal value"
ok "grace time up" tells "60 s was asked, the card keeps 180 s: next higher legal value"
ok "disk protection up" tells "61 s was asked, the card keeps 180 s: next higher legal value"
ok "charge up" tells "16 % was asked, the card keeps 50 %: next higher legal value"
ok "above the highest" tells "1000 s was asked, the card keeps 600 s: highest legal value"
ok "buzzer timer down" tells "40 s was asked, the card keeps 30 s: next lower legal value"
ok "as asked" tells "high, as asked; it was auto"
is "snmpget reads the same" "110 88 18000 18000 50 60000 3000 4 3 2" \
	"$(for o in 2 3 10 9 6 8 5 7; do card 1 5.2.$o.0; done | tr '\n' ' ')$(card 1 7.2.1.0) $(card 1 5.2.4.0)"
ok "the same again: nothing to be done, and still otherwise" exits 6 \
	"109 V was asked, the card keeps 110 V: next higher legal value" "$amc" ups write site.ini UPS1
ok "taken into the site" exits 6 "" "$amc" ups write --take site.ini UPS1
ok "it has the card's value now" eval '"$amc" show site.ini UPS1 | grep -q "UpperVolts *= 110"'
ok "and is alike" exits 0 "10 settings were as in the site" "$amc" ups write site.ini UPS1

# a lag that is longer than our patience
ctl lag 30
set_site UPS2 UpperVolts=112 >/dev/null
ok "a card that shows the old value for long" exits 6 \
	"112 V was asked, the card keeps 108 V: it took it, but still shows the old value after 15 s" \
	"$amc" ups write site.ini UPS2
ctl lag 0

# one refused does not hide the others
one UPS3 comm off
set_site UPS3 UpperVolts=112 LowerVolts=88 >/dev/null
ok "a card that has lost its UPS refuses, in words" exits 5 \
	"112 V was asked, the card keeps 108 V: the card gives no reason (genErr); is the UPS connected to it" \
	"$amc" ups write site.ini UPS3
ok "each setting has its own" tells "88 V was asked, the card keeps 92 V: the card gives no reason"
one UPS3 comm on
set_site UPS3 BatteryTest=12 >/dev/null
ok "a value that the card does not take, beside others that it takes" exits 6 \
	"every 52 weeks was asked, the card keeps biweekly: the card does not take this value (badValue); it takes 2,3,4,5" \
	"$amc" ups write site.ini UPS3
ok "the others are there" [ "$(card 3 5.2.2.0) $(card 3 5.2.3.0)" = "112 88" ]

# communities
set_site CLOSED UpperVolts=110 >/dev/null
ok "a community that may not write" exits 5 "110 V was asked, the card keeps 108 V: " \
	"$amc" ups write site.ini CLOSED
ok "says what to look at" tells "(noAccess); or somebody is logged in to the card: then only Write+ may"
set_site CLOSED SnmpWriteCommunity=geheim >/dev/null
ok "with the one for writing" exits 0 "110 V, as asked; it was 108 V" "$amc" ups write site.ini CLOSED
set_site CLOSED SnmpWriteCommunity=falsch UpperVolts=112 >/dev/null
ok "with a wrong one" exits 4 "with the community for writing: $net.9" \
	"$amc" ups write site.ini CLOSED
set_site CLOSED SnmpWriteCommunity=geheim >/dev/null
ok "nobody answers" exits 4 "$net.200" "$amc" ups write site.ini NOBODY
ok "some are silent, some not: partly" exits 6 "112 V, as asked" "$amc" ups write site.ini CLOSED NOBODY

# somebody at the card's web page
set_site CLOSED SnmpWriteCommunity= >/dev/null
"$upssim" ctl closed all access public=write >/dev/null
"$upssim" ctl closed all login on >/dev/null
set_site CLOSED UpperVolts=114 >/dev/null
ok "somebody is logged in to the card" exits 5 "somebody is logged in to the card: then only Write+ may" \
	"$amc" ups write site.ini CLOSED
"$upssim" ctl closed all access public=write+ >/dev/null
ok "who may always write is not hindered" exits 0 "114 V, as asked; it was 112 V" \
	"$amc" ups write site.ini CLOSED

# a template
ok "a template is rehearsed" exits 0 "112 V in the card, 110 V asked" \
	"$amc" ups write --dry-run --like UPS1 site.ini UPS2 UPS3
ok "and nothing kept of it" eval '! "$amc" show site.ini UPS2 | grep -q "GraceSeconds *= 180"'
one UPS2 lag 0
ok "a template goes to many cards" exits 0 "180 s, as asked; it was 300 s" \
	"$amc" ups write --like UPS1 site.ini UPS2 UPS3
is "snmpget sees it" "110 18000 4 110 18000 4" \
	"$(for c in 2 3; do card $c 5.2.2.0; card $c 5.2.10.0; card $c 5.2.7.0; done | tr '\n' ' ' | sed 's/ $//')"
ok "the site has it" exits 0 "" "$amc" ups diff site.ini UPS2 UPS3

# commands: what guards them
ok "nothing is switched unless the site is armed" exits 5 "The site is not armed" \
	"$amc" ups off site.ini UPS1 --yes
set_site network Armed=yes >/dev/null
ok "nor by a script that does not say --yes" exits 5 "2 servers lose their power: SRV1, SRV2" \
	"$amc" ups off site.ini UPS1
ok "a rehearsal says who is hit" exits 0 "2 servers lose their power" "$amc" ups off --dry-run site.ini UPS1
set_site G RequiredUps=2 >/dev/null
ok "a spare power device is told as one" exits 0 \
	"2 servers run on their other power devices alone: SRV1, SRV2" "$amc" ups off --dry-run site.ini UPS1
ok "the output is still on" [ "$(card 1 4.1.1.0)" = 2 ]

# commands: their effect
ok "off, and seen" exits 0 "UPS1: done; now: Off" "$amc" ups off site.ini UPS1 --yes
ok "snmpget sees it" [ "$(card 1 4.1.1.0)" = 7 ]
ok "on, and seen" exits 0 "UPS1: done; now: Normal ON" "$amc" ups on site.ini UPS1 --yes
ok "a self test, and its result" exits 0 "UPS2: passed" "$amc" ups test site.ini UPS2 --yes
one UPS2 replace on
ok "one that fails" exits 1 "UPS2: failed" "$amc" ups test site.ini UPS2 --yes
ok "off until mains return, on mains: not sent" exits 5 \
	"cards take this only in one of these states: On battery, Low battery; now: Normal ON" \
	"$amc" ups off-until-mains site.ini UPS1 --yes
ok "what cannot be seen" exits 0 "the card took it; nothing of it can be read" "$amc" ups beep site.ini UPS3
ok "an outlet group that it has not" exits 5 "this UPS has no outlet group 4" \
	"$amc" ups outlet-off --outlet 4 site.ini UPS1 --yes
ok "an outlet group off" exits 0 "UPS1: done" "$amc" ups outlet-off --outlet 1 site.ini UPS1 --yes
ok "and on" exits 0 "UPS1: done" "$amc" ups outlet-on --outlet 1 site.ini UPS1 --yes
ok "to bypass" exits 0 "UPS1: done; now: Bypass" "$amc" ups bypass site.ini UPS1 --yes
ok "and back" exits 0 "UPS1: done; now: Normal ON" "$amc" ups bypass-end site.ini UPS1 --yes
"$amc" ups reboot site.ini UPS1 UPS3 --yes --json >out
ok "two at once, as JSON" json '.schema == "amc.ups-command.v1" and .command == "reboot" and
	[.ups[] | [.name, .outcome, .state]] == [["UPS1","shown","rebooting"],["UPS3","shown","rebooting"]]'
one UPS3 comm off
ok "a card that has lost its UPS" exits 5 "not done: the card gives no reason (genErr)" \
	"$amc" ups on site.ini UPS3 --yes
ok "a card that may not be told to" exits 4 "NOBODY: " "$amc" ups test site.ini NOBODY --yes
ok "the commands of a card" exits 0 "off-until-mains" "$amc" ups commands site.ini UPS1
finish
