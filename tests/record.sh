#!/bin/bash
# amc record: what it writes of snmpsim's and upssim's agents, played again by both.
. "${top_srcdir:-.}/tests/tap.sh"
export LC_ALL=C.UTF-8 LANGUAGE=
unset AMC_SITE
plan 27
need snmpsimd snmpwalk jq python3
build=$(cd "${top_builddir:-.}" && pwd)
amc=$build/amc
tmp=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || :; wait 2>/dev/null || :; rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
net=127.$((100 + RANDOM % 100)).$((RANDOM % 200))
port=$((20000 + $$ % 20000))
chmod 755 .
mkdir records cache

# Every type that there is, and texts that need care; sorted, as agents are.
E=1.3.6.1.4.1.99999
cat >records/all.snmprec <<END
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.4294967295.128.0
$E.1.1.0|2|0
$E.1.2.0|2|-1
$E.1.3.0|2|-2147483648
$E.1.4.0|2|2147483647
$E.1.5.0|2|128
$E.2.1.0|4|Smart-UPS 1500
$E.2.2.0|4|
$E.2.3.0|4x|ff00e99bbbe6ba90
$E.2.4.0|4x|20626c616e6b20
$E.2.5.0|4|a | bar|
$E.3.1.0|64|192.0.2.200
$E.4.1.0|65|4294967295
$E.4.2.0|66|2147483648
$E.4.3.0|67|360000
$E.5.1.0|68x|9f780442f60000
$E.6.1.0|70|18446744073709551615
$E.6.2.0|70|0
$E.10.1.0|4|our words
$E.10.2.0|4|read with our words, please
$E.11.$(printf '4294967295.%.0s' {1..118})0|2|1
END
for i in $(seq 1 300); do echo "$E.20.$i.0|2|$i"; done >>records/all.snmprec
cp records/all.snmprec 'records/our words.snmprec'
user=()
[ "$(id -u)" != 0 ] || { chown nobody cache; user=(--process-user=nobody --process-group=nogroup); }
snmpsimd --data-dir="$tmp/records" --cache-dir="$tmp/cache" "${user[@]}" \
	--agent-udpv4-endpoint="$net.1:$port" --logging-method=file:"$tmp/log" >said 2>&1 &
ready() { snmpget -v2c -r0 -t2 -On -m '' -Oqv -c all "$net.1:$port" $E.1.1.0 2>&1 | grep -qx 0; }
ok "snmpsim serves all types" await 60 ready
echo all >all
echo 'our words' >words

# as $E.10.1.0 has it, which is hidden when it is the community
for v in 1 2c; do
	ok "recorded by v$v" "$amc" record "$net.1:$port" --snmp-version $v --community-file all -o $v.snmprec
done
ok "what v2c found is what snmpsim has" diff records/all.snmprec 2c.snmprec
# v1 has no Counter64 (RFC 2576, 4.1.2.1)
ok "v1 found the same, but Counter64" diff <(grep -v '|70|' records/all.snmprec) <(grep -v '|70|' 1.snmprec)
"$amc" record "$net.1:$port" --snmp-version 2c --community-file words >hidden.snmprec 2>hidden.words
is "the community does not stand in it" 0 "$(grep -c 'our words' hidden.snmprec)"
is "but stars" "$E.10.1.0|4|******** $E.10.2.0|4|read with ********, please" \
	"$(diff records/all.snmprec hidden.snmprec | sed -n 's/^> //p' | paste -sd' ')"
is "which is told" 1 "$(grep -c '^2 had a community or password of ours' hidden.words)"
"$amc" record "$net.1:$port" --snmp-version 2c --community-file all -o json.snmprec --json >json 2>/dev/null
is "--json tells of it" '["amc.record.v1",321,0,0,true]' \
	"$(jq -c '[.schema, .objects, .left_out, .hidden, .complete]' json)"
is "a record is its owner's" 600 "$(stat -c %a 2c.snmprec)"
"$amc" record "$net.1:$port" --json >json 2>/dev/null
is "--json and the record in one stream: 2" 2 $?

# played by upssim, it is the same once more
walk() { snmpwalk -v2c -c "$1" -On -m '' -Oe "$2:$port" .1.3.6.1 2>&1; }
"$build/upssim" --replay 2c.snmprec --base "$net.2:$port" >replay.said &
ok "upssim plays it" await 20 grep -qx ready replay.said
ok "recorded again" "$amc" record "$net.2:$port" --snmp-version 2c -o again.snmprec
ok "it is the same" diff 2c.snmprec again.snmprec
ok "snmpwalk sees the same at both" diff <(walk all "$net.1") <(walk public "$net.2")

# a card that lives, by v3, and what of it can be played
printf '%s\n' 'reader read SHA-256 "reader passphrase" AES "another passphrase"' >users
"$build/upssim" --cards 1 --base "$net.3:$port" --v3-users users >live.said &
await 20 grep -qx ready live.said
printf '%s\n' SnmpUser=reader SnmpLevel=authPriv SnmpAuthProtocol=SHA-256 'SnmpAuthPassword=reader passphrase' \
	SnmpPrivProtocol=AES 'SnmpPrivPassword=another passphrase' >user
ok "recorded by v3" "$amc" record "$net.3:$port" --user-file user -o live.snmprec
"$build/upssim" --replay live.snmprec --base "$net.4:$port" >played.said &
await 20 grep -qx ready played.said
state() { "$amc" status --address "$1:$port" --json | jq -c '.ups[0] | [.state, .model, .serial, .profile]'; }
is "amc reads the record as it reads the card" "$(state "$net.3")" "$(state "$net.4")"
is "which is a UPS" '"online"' "$(state "$net.4" | jq -c '.[0]')"
is "no passphrase is in it" 0 "$(grep -c passphrase live.snmprec)"

# out of a site, by name
cat >site.ini <<END
[Network]
Format=1
[Group1]
Name=G
Parent=Network
[Ups1]
Name=U1
Parent=Group1.PowerDevices
Address=$net.3
SnmpPort=$port
END
ok "a UPS of a site" "$amc" record --site site.ini U1 -o site.snmprec
ok "has as many objects" test "$(wc -l <site.snmprec)" = "$(wc -l <live.snmprec)"

# cards that go wrong: one goes in a circle, one falls silent behind its third object
cat >bad.py <<'END'
import socket, sys
def tlv(tag, body): return bytes([tag, len(body)]) + body
def answer(request, last):
	at = request.index(b"public") + 6
	number = request[at + 4:at + 4 + request[at + 3]]
	name = tlv(6, b"\x2b\x06\x01\x02\x01\x01" + bytes([last]))
	pdu = tlv(2, number) + tlv(2, b"\0") + tlv(2, b"\0") + tlv(0x30, tlv(0x30, name + tlv(2, b"\7")))
	return tlv(0x30, tlv(2, b"\0") + tlv(4, b"public") + tlv(0xa2, pdu))
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((sys.argv[1], int(sys.argv[2])))
print("ready", flush=True)
n = 0
while True:
	request, who = s.recvfrom(2000)
	n += 1
	if sys.argv[3] == "circle":
		s.sendto(answer(request, 1 + n % 3), who)
	elif n <= 3:
		s.sendto(answer(request, n), who)
END
python3 bad.py "$net.5" "$port" circle >circle.said &
python3 bad.py "$net.6" "$port" silent >silent.said &
await 20 grep -qx ready circle.said
await 20 grep -qx ready silent.said
"$amc" record "$net.5:$port" -o circle.snmprec 2>words
is "one that goes in a circle: 6" 6 $?
is "in words" "amc: $net.5:$port: behind 1.3.6.1.2.1.1.3 it gives 1.3.6.1.2.1.1.1, which stands before it: the card's software is faulty" \
	"$(head -n 1 words)"
ok "and no file" test ! -e circle.snmprec
"$amc" record "$net.6:$port" >silent.snmprec 2>words
is "one that falls silent: 6" 6 $?
is "what was seen up to there is given" "$(printf '1.3.6.1.2.1.1.%s|2|7\n' 1 2 3)" "$(cat silent.snmprec)"
"$amc" record "$net.7:$port" 2>words
is "nobody there: 4" 4 $?
finish
