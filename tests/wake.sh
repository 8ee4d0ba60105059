#!/bin/bash
# amc wake: the packet that starts a server, beside that of wakeonlan(1).
. "${top_srcdir:-.}/tests/tap.sh"
plan 14
need wakeonlan python3 jq
amc=$top_builddir/amc
tmp=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || :; wait 2>/dev/null || :; rm -rf "$tmp"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE=

# Takes what comes to a broadcast address of loopback, one packet a line in hex.
cat >"$tmp/listen.py" <<'END'
import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("127.255.255.255", 0))
print(s.getsockname()[1], flush=True)
while True:
	print(s.recv(2000).hex(), flush=True)
END
python3 "$tmp/listen.py" >"$tmp/heard" &
await 10 test -s "$tmp/heard"
port=$(head -n 1 "$tmp/heard")
packets() { sed 1d "$tmp/heard"; }
heard() { [ "$(packets | wc -l)" = "$1" ]; }

f=$tmp/site.ini
cat >"$f" <<'END'
[Network]
Format=1
Revision=1
Armed=yes

[Group1]
Name=G1
Parent=Network
CommunicationAddress=127.255.255.255

[Terminal1]
Name=S1
Parent=Group1.ControlTerminals
Address=127.0.0.1
MacAddress=00:1b:2C:dd:ee:0f

[Terminal2]
Name=S2
Parent=Group1.LinkedTerminals
Address=127.0.0.2
END
ok "a server is woken" "$amc" wake "$f" S1 --port "$port"
await 10 heard 1
wakeonlan -i 127.255.255.255 -p "$port" 00:1b:2C:dd:ee:0f >"$tmp/other" 2>&1
ok "wakeonlan sends one, too" await 10 heard 2
is "and both are alike" "$(packets | sed -n 2p)" "$(packets | sed -n 1p)"
is "six times ff, and the address 16 times" \
	"ffffffffffff$(printf '001b2cddee0f%.0s' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)" "$(packets | head -n 1)"

"$amc" wake "$f" S2 --port "$port" 2>"$tmp/words"
is "without a MAC address it is 1" 1 $?
is "and says what is missing" \
	"amc: S2: has no MAC address (MacAddress); it cannot be started by Wake-on-LAN" "$(cat "$tmp/words")"
"$amc" wake "$f" --all --port "$port" --json >"$tmp/json" 2>/dev/null
is "of all, one can: 6" 6 $?
is "each with its outcome" '["S1",true,null] ["S2",false,"S2"]' \
	"$(jq -c '.terminals[] | [.name, .sent, (.error | if . then .[0:2] else . end)]' "$tmp/json" | paste -sd' ')"
ok "which is a second packet of ours" await 10 heard 3
is "--dry-run tells where it would go" "S1: would be sent a packet for 00:1b:2C:dd:ee:0f, to 127.255.255.255" \
	"$("$amc" wake "$f" G1/@control/S1 --dry-run)"
"$amc" wake "$f" G1 --dry-run >/dev/null 2>&1
is "a group stands for its terminals" 6 $?

"$amc" set "$f" network Armed=no >/dev/null
"$amc" wake "$f" S1 --port "$port" 2>"$tmp/words"
is "of a site that is not armed: refused" 5 $?
is "in words" "amc: The site is not armed: nothing is switched. Arm it first (Armed=yes of the network)." \
	"$(cat "$tmp/words")"
ok "and nothing more was sent" heard 3
finish
