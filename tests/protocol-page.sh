#!/bin/bash
# What man 7 amc-protocol shows is what amcd does: its examples are taken out of the
# page and run, one after the other, against an amcd; and each path and status that
# amcd has stands there.
. "$top_srcdir/tests/tap.sh"

page=$top_srcdir/man/amc-protocol.7
examples=$(sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/p' "$page" | grep -c '^\.Bd -literal')
plan $((examples + 14))
tmp=$(mktemp -d)
amcd=
trap 'kill $amcd 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
export XDG_STATE_HOME=$tmp/state LC_ALL=C.UTF-8
host=127.0.$((RANDOM % 100 + 100)).1
port=$((20000 + $$ % 20000))
key=$(printf '%064x' $((RANDOM * 32768 + RANDOM)))

need curl jq openssl

mkdir "$tmp/held" "$tmp/bin" "$tmp/work"
cat >"$tmp/amcd.conf" <<END
[amcd]
Name = SERVER1
Listen = $host:$port
Site = $tmp/held/ac_e_net.ini
StateDirectory = $tmp/state-amcd
Traps = no
END
cat >"$tmp/held/ac_e_net.ini" <<END
[Network]
Format=1
Revision=7
TerminalPort=$port
SiteKey=$key
[Group1]
Name=G
Parent=Network
CommunicationAddress=127.255.255.255
RecognitionCode=T$port
[Ups1]
Name=UPS1
Parent=Group1.PowerDevices
Address=${host%.1}.9
[Terminal1]
Name=SERVER1
Parent=Group1.ControlTerminals
Address=$host
[Terminal2]
Name=SERVER2
Parent=Group1.ControlTerminals
Address=${host%.1}.2
END
echo correct-horse | "$top_builddir/amcd" passwd -c "$tmp/amcd.conf" operator >/dev/null
echo viewing-only | "$top_builddir/amcd" passwd -c "$tmp/amcd.conf" viewer >/dev/null
"$top_builddir/amcd" -c "$tmp/amcd.conf" >"$tmp/log" 2>&1 &
amcd=$!
status() { curl -sk -m 10 -u operator:correct-horse "https://$host:$port/v1/status"; }
await 10 status >/dev/null
knows() {	# what the examples ask for is there
	status | jq -e '.ups[0].state == "comm-lost" and .terminals[1].state == "stopped"' >/dev/null &&
		[ "$(curl -sk -u operator:correct-horse "https://$host:$port/v1/events?node=UPS1" | jq '.events | length')" -gt 0 ]
}
ok "a site with a silent UPS and a terminal that does not run" await 60 knows

# an amcd and an amc that know where they are, and a terminal to log in at
printf '#!/bin/sh\nshift\nexec "$@"\n' >"$tmp/bin/ssh"
printf '#!/bin/sh\nexec "%s" "$@" -c "%s"\n' "$top_builddir/amcd" "$tmp/amcd.conf" >"$tmp/bin/amcd"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$top_builddir/amc" >"$tmp/bin/amc"
chmod +x "$tmp/bin"/*

# each example prints into out.N and ends with done.N
awk -v host="$host" -v port="$port" '
	/^\.Sh/ { inside = /EXAMPLES/ }
	!inside { next }
	/^\.Bd -literal/ { n++; code = 1; print "exec >out." n; next }
	/^\.Ed/ { code = 0; print ": >done." n; next }
	!code { next }
	{
		gsub(/\\e/, "\\")
		gsub(/\\&/, "")
		gsub(/172\.16\.1\.46:4000/, host ":" port)
		gsub(/172\.16\.1\.46\/4000/, host "/" port)
		print
	}' "$page" >"$tmp/examples.sh"
(
	cd "$tmp/work" || exit
	PATH=$tmp/bin:$PATH viewer=viewing-only operator=correct-horse key=$key code=T$port
	export PATH viewer operator key code
	timeout 120 bash -eu -o pipefail "$tmp/examples.sh"
) >"$tmp/out" 2>&1
for ((n = 1; n <= examples; n++)); do
	ok "example $n" [ -f "$tmp/work/done.$n" ]
done
[ -f "$tmp/work/done.$examples" ] || sed 's/^/# /' "$tmp/out"
cd "$tmp/work" || exit
is "hello says who it is" SERVER1 "$(jq -r .name out.1)"
is "the status names the UPS and the terminal" "UPS1 comm-lost SERVER2" "$(paste -sd ' ' out.3)"
is "what was sent has the next revision" 8 "$(tail -n 1 out.5)"
ok "and counts" grep -q "Description=moved to rack 4" "$tmp/held/ac_e_net.ini"
ok "the refusal is in words" grep -q "another site by now: revision 8" out.6
is "the events are of that UPS" '["UPS1"]' "$(jq -c '[.events[].node] | unique' events.json)"
is "one was acknowledged" 1 "$(cat out.7)"
count() { curl -sk -u viewer:viewing-only "https://$host:$port/metrics" | sed -n "s/^amc_beacons_total{verdict=\"$1\"} //p"; }
cat beacon >"/dev/udp/$host/$port"
ok "the beacon counts: the same again is a recording" await 10 eval '[ "$(count replayed)" = 1 ]'
cd - >/dev/null || exit

# what the page says beside its examples
told() { for one; do grep -qF -- "$one" "$page" || { echo "$one is missing"; return 1; }; done; }
ok "each path stands in the page" told $(sed -n 's/^\t{ "\(GET\|PUT\|POST\|DELETE\)", "\([^"]*\)".*/\2/p' "$top_srcdir/src/app/service.c")
ok "each status stands in the page" told $(grep -ohE 'server_refuse\(([^,]*), [45][0-9][0-9]' "$top_srcdir"/src/app/*.c "$top_srcdir"/src/peer/*.c |
	sed 's/.* //' | sort -u)
code() { curl -sk -m 10 -u operator:correct-horse -o /dev/null -w '%{http_code}' --path-as-is "$@"; }
url=https://$host:$port
is "a path counts as it is written" "404 404 404" \
	"$(code "$url/v1/si%74e") $(code "$url//v1/site") $(code "$url/v1/../v1/site")"
is "there is no HEAD" 405 "$(code -I "$url/v1/hello")"
is "headers that are too long: 414 and 431" "414 431" \
	"$(code "$url/$(printf '%040000d' 0)") $(code -H "X: $(printf '%040000d' 0)" "$url/v1/hello")"
finish
