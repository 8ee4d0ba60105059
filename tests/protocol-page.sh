#!/bin/bash
# What man 7 amc-protocol shows is what amcd does: its examples are taken out of the
# page and run, one after the other, against an amcd; and each path and status that
# amcd has stands there.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

page=$top_srcdir/man/amc-protocol.7
examples=$(sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/p' "$page" | grep -c '^\.Bd -literal')
plan $((examples + 15))
begin openssl
host=$net.1
key=$(random_key)
mkdir "$tmp/bin" "$tmp/work"
settings SERVER1 $host
site ups UPS1 $net.9 control SERVER1 $host control SERVER2 $net.2 >"$tmp/SERVER1/ac_e_net.ini"
start SERVER1
status() { ask "https://$host:$port/v1/status"; }
knows() {	# what the examples ask for is there
	status | jq -e '.ups[0].state == "comm-lost" and .terminals[1].state == "stopped"' >/dev/null &&
		[ "$(ask "https://$host:$port/v1/events?node=UPS1" | jq '.events | length')" -gt 0 ]
}
ok "a site with a silent UPS and a terminal that does not run" await 60 knows

# an amcd and an amc that know where they are, and a terminal to log in at
printf '#!/bin/sh\nshift\nexec "$@"\n' >"$tmp/bin/ssh"
printf '#!/bin/sh\nexec "%s" "$@" -c "%s"\n' "$amcd" "$tmp/SERVER1/amcd.conf" >"$tmp/bin/amcd"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$amc" >"$tmp/bin/amc"
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
	PATH=$tmp/bin:$PATH code=T$port
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
ok "and counts" grep -q "Description=moved to rack 4" "$tmp/SERVER1/ac_e_net.ini"
ok "the refusal is in words" grep -q "another site by now: revision 8" out.6
is "the events are of that UPS" '["UPS1"]' "$(jq -c '[.events[].node] | unique' events.json)"
is "one was acknowledged" 1 "$(cat out.7)"
is "what was told is an event" '["sato","test","shown"] ["sato","2","Sensitivity kept"]' \
	"$(ask "https://$host:$port/v1/events?kind=act,setting&node=UPS1" |
		jq -c '.events[] | [.who, .after, .detail]' | tac | paste -sd ' ')"
count() { curl -sk -u viewer:viewing-only "https://$host:$port/metrics" | sed -n "s/^amc_beacons_total{verdict=\"$1\"} //p"; }
cat beacon >"/dev/udp/$host/$port"
ok "the beacon counts: the same again is a recording" await 10 eval '[ "$(count replayed)" = 1 ]'
cd - >/dev/null || exit

# what the page says beside its examples
told() { for one; do grep -qF -- "$one" "$page" || { echo "$one is missing"; return 1; }; done; }
ok "each path stands in the page" told $(sed -n 's/^\t{ "\(GET\|PUT\|POST\|DELETE\)", "\([^"]*\)".*/\2/p' "$top_srcdir/src/app/service-routes.c")
ok "each status stands in the page" told $(grep -ohE 'server_refuse\(([^,]*), [45][0-9][0-9]' "$top_srcdir"/src/app/*.c "$top_srcdir"/src/peer/*.c |
	sed 's/.* //' | sort -u)
raw() { code --path-as-is "$@"; }
url=https://$host:$port
is "a path counts as it is written" "404 404 404" \
	"$(raw "$url/v1/si%74e") $(raw "$url//v1/site") $(raw "$url/v1/../v1/site")"
is "there is no HEAD" 405 "$(code -I "$url/v1/hello")"
is "headers that are too long: 414 and 431" "414 431" \
	"$(code "$url/$(printf '%040000d' 0)") $(code -H "X: $(printf '%040000d' 0)" "$url/v1/hello")"
finish
