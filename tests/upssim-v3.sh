#!/bin/bash
# SNMPv3 of upssim: every level, protocol and report, as net-snmp's tools meet them.

. "${top_srcdir:-.}/tests/tap.sh"
plan 45
need snmpget jq
tmp=$(mktemp -d) || exit 1
export SNMP_PERSISTENT_DIR=$tmp/snmp
mkdir -p "$tmp/snmp/cert_indexes"
upssim=${top_builddir:-.}/upssim
U=1.3.6.1.4.1.318.1.1.1
net=127.$((32 + $$ % 32)).$((1 + $$ / 32 % 250))
port=$((20000 + $$ % 30000))
trap 'kill $pid 2>/dev/null; wait; rm -rf "$tmp"' EXIT

auths='MD5 SHA SHA-224 SHA-256 SHA-384 SHA-512'
privs='DES AES AES-192 AES-256'
{
	echo '# the users of this test'
	echo 'nobody read'
	echo 'reader read SHA "reader passphrase"'
	echo '"apc snmp profile1" write+ SHA "auth passphrase 1" AES "priv passphrase 1"'
	echo '"apc snmp profile2" write MD5 "auth passphrase 2" DES "priv passphrase 2"'
	echo 'gone disabled'
	for a in $auths; do
		for p in $privs; do
			echo "$a-$p write+ $a authpass-$a $p privpass-$p"
		done
	done
} >"$tmp/users"

"$upssim" --with-parent --cards 3 --base "$net.1:$port" --control "$tmp/s" \
	--v3-users "$tmp/users" >"$tmp/out" 2>"$tmp/err" &
pid=$!
ok 'ready' await 20 grep -qx ready "$tmp/out"

at=$net.1:$port
v3() {		# TOOL OPTION...
	local tool=$1
	shift
	"snmp$tool" -m '' -v3 -Oqv -t 1 -r 1 "$@" 2>&1
}
get() { v3 get "$@" "$at" $U.4.1.1.0; }
one=(-u 'apc snmp profile1' -a SHA -A 'auth passphrase 1' -x AES -X 'priv passphrase 1')
two=(-u 'apc snmp profile2' -a MD5 -A 'auth passphrase 2' -x DES -X 'priv passphrase 2')

is 'no authentication' 2 "$(get -l noAuthNoPriv -u nobody)"
is 'authentication' 2 "$(get -l authNoPriv -u reader -a SHA -A 'reader passphrase')"
is 'both, with blanks in the name' 2 "$(get -l authPriv "${one[@]}")"
for a in $auths; do
	for p in $privs; do
		is "$a and $p" 2 "$(get -l authPriv -u "$a-$p" -a "$a" -A "authpass-$a" -x "$p" -X "privpass-$p")"
	done
done

is 'a user that is not known' 'snmpget: Unknown user name' "$(get -l noAuthNoPriv -u stranger)"
is 'one that is disabled' 'snmpget: Unknown user name' "$(get -l noAuthNoPriv -u gone)"
is 'a wrong passphrase' 'snmpget: Authentication failure (incorrect password, community or key)' \
	"$(get -l authNoPriv -u reader -a SHA -A 'wrong passphrase')"
is 'a wrong key to decrypt with' 'snmpget: Decryption error' \
	"$(get -l authPriv "${one[@]}" -X 'another passphrase')"
is 'more than the user has' 'snmpget: Unsupported security level' \
	"$(get -l authNoPriv -u nobody -a SHA -A 'some passphrase')"
is 'less than he has' 'Reason: authorizationError (access denied to that object)' \
	"$(get -l authNoPriv "${one[@]}" | sed -n 's/^Reason/&/p')"
is 'a context' 'snmpget: Bad context specified' "$(get -l noAuthNoPriv -u nobody -n other 2>&1)"
# the engine's id alone does not do: its time must be learned from a report
engine=0x8000013e05$(printf %02x ${net//./ } 1)$(printf %04x "$port")
asked() { "$upssim" ctl "$tmp/s" state --json | jq '.cards[0].asked'; }
n=$(asked)
is 'who does not know the time is told' '2 2' "$(get -l authNoPriv -u reader -a SHA \
	-A 'reader passphrase' -e "$engine") $(($(asked) - n))"

ok 'all of it is found by GETBULK' sh -c "[ \$(snmpbulkwalk -m '' -v3 -l authPriv -u 'apc snmp profile2' \
	-a MD5 -A 'auth passphrase 2' -x DES -X 'priv passphrase 2' $at .1.3 | wc -l) -gt 95 ]"
set3() { v3 set "$@" | sed -n 's/^Reason: (*\([A-Za-z]*\).*/\1/p; /^[0-9]/p'; }
is 'write+ may write' 110 "$(set3 -l authPriv "${one[@]}" "$at" $U.5.2.2.0 i 110)"
is 'read may not' noAccess "$(set3 -l noAuthNoPriv -u nobody "$at" $U.5.2.2.0 i 112)"
"$upssim" ctl "$tmp/s" all login on
is 'write may not while somebody is logged in' noAccess \
	"$(set3 -l authPriv "${two[@]}" "$at" $U.5.2.2.0 i 112)"

"$upssim" ctl "$tmp/s" UPS1 restart 0.2
ok 'it answers after a restart' await 10 sh -c \
	"snmpget -m '' -v3 -l noAuthNoPriv -u nobody -t 0.3 -r 0 $at $U.4.1.1.0"
boots() { "$upssim" ctl "$tmp/s" state --json | jq -c '[.cards[].engine_boots]'; }
is 'which is one boot more' '[2,1,1]' "$(boots)"

# a message with one bit turned is never taken for what it was
for i in 30 40 50 60; do
	head -c $i /dev/urandom >"/dev/udp/$net.1/$port"
	printf '\x30\x3e\x02\x01\x03\x30\x11\x02\x04\x00\x00\x00\x01\x02\x03\x00\xff\xe3\x04\x01\x07\x02\x01\x03' >"/dev/udp/$net.1/$port"
done
is 'noise does not harm it' 2 "$(get -l authPriv "${one[@]}")"
echo '"x" write+ SHA short' >"$tmp/bad"
is 'a short passphrase is told with its line' "upssim: $tmp/bad: line 1: a passphrase has at least 8 characters" \
	"$("$upssim" --base "$net.9:$port" --v3-users "$tmp/bad" 2>&1)"
kill $pid
wait $pid
is 'it ends well, without a word' 0: "$?:$(cat "$tmp/err")"
finish
