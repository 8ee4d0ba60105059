#!/bin/bash
# amcd as a real process: key and password, what it gives and takes, and that
# whatever goes wrong leaves the site that it holds whole. curl is the second
# opinion on the protocol, openssl on TLS.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 47
begin openssl
host=$net.1
url=https://$host:$port
settings SERVER1 $host
conf=$tmp/SERVER1/amcd.conf
sed -i "/passwords/,\$d" "$conf"
held=$tmp/SERVER1/ac_e_net.ini state=$tmp/SERVER1/state
site control SERVER1 $host >"$tmp/site.ini"
echo wrong-horse >"$tmp/wrong"
held() { sha256sum <"$held"; }

ok "passwd sets a yescrypt hash" eval \
	'"$amcd" passwd -c "$conf" operator <"$tmp/password" && grep -qF "Operator = \$y\$" "$conf"'
"$amcd" passwd -c "$conf" viewer <"$tmp/viewing" >/dev/null
ok "a short password is refused with words" eval \
	'echo short | "$amcd" passwd -c "$conf" viewer 2>&1 | grep -q "amcd: .*8"'
ok "amcd -t is content without a site" "$amcd" -t -c "$conf"
mkdir "$tmp/profiles"
echo '<profile id="x" name="X" rank="high"/>' >"$tmp/profiles/x.xml"
wrong_profile() {	# [-t]: refused with the file and the line
	"$amcd" "$@" -c "$conf" --profiles "$tmp/profiles" 2>&1 |
		grep -qF "amcd: $tmp/profiles/x.xml:1: rank: high is not between 1 and 99"
}
ok "amcd -t refuses a wrong profile" wrong_profile -t
ok "and so does amcd" wrong_profile
ok "it starts and answers" start SERVER1
pin=$(pin SERVER1)
ok "hello tells product, name and pin" eval \
	'curl -sk "$url/v1/hello" | jq -e --arg p "$pin" ".product == \"amc\" and .name == \"SERVER1\" and .pin == \$p"'
ok "and its clock" eval \
	'curl -sk "$url/v1/hello" | jq -e "(.time | fromdate) - now | fabs < 5"'
ok "curl accepts that pin" curl -sk -o /dev/null --pinnedpubkey "$pin" "$url/v1/hello"
ok "curl refuses another pin" not curl -sk -o /dev/null \
	--pinnedpubkey "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" "$url/v1/hello"
ok "openssl computes the same pin" eval \
	'[ "sha256//$(openssl s_client -connect "$host:$port" </dev/null 2>/dev/null | openssl x509 -pubkey -noout |
	openssl pkey -pubin -outform der | openssl dgst -sha256 -binary | base64)" = "$pin" ]'
ok "TLS 1.2 is refused" not curl -sk -o /dev/null --tls-max 1.2 "$url/v1/hello"
ok "the key is for its owner alone" eval '[ "$(stat -c %a "$state/key.pem")" = 600 ]'

is "no site: 404" 404 "$(code "$url/v1/site")"
is "no password: 401" 401 "$(curl -sk -o /dev/null -w '%{http_code}' "$url/v1/site")"
is "a viewer gets no secrets: 403" 403 "$(curl -sk -u viewer:viewing-only -o /dev/null -w '%{http_code}' "$url/v1/site")"
is "a viewer sees the state: 200" 200 "$(curl -sk -u viewer:viewing-only -o /dev/null -w '%{http_code}' "$url/v1/status")"
is "without If-Match: 428" 428 "$(code -T "$tmp/site.ini" "$url/v1/site")"
is "unknown path: 404" 404 "$(code "$url/v1/../etc/passwd")"
is "wrong method: 405" 405 "$(code -X DELETE "$url/v1/site")"

"$amc" send "$tmp/site.ini" SERVER1 --password-file "$tmp/password" >"$tmp/out" 2>&1
is "first contact without --pin is refused" 5 $?
ok "and shows the pin" grep -qF "$pin" "$tmp/out"
ok "amc send with --pin" "$amc" send "$tmp/site.ini" SERVER1 --password-file "$tmp/password" --pin "$pin"
ok "the terminal holds the very bytes" cmp "$tmp/site.ini" "$held"
ok "the pin stands in the site file now" grep -qF "KeyPin=$pin" "$tmp/site.ini"
before=$(held)

ask -o "$tmp/got.ini" -D "$tmp/head" "$url/v1/site"
ok "what it gives is what it holds" cmp "$tmp/got.ini" "$tmp/site.ini"
etag=$(sed -n 's/^[Ee][Tt]ag: \(.*\)\r$/\1/p' "$tmp/head")
is "ETag is revision and SHA-256" "\"8-$(sha256sum <"$tmp/site.ini" | cut -d' ' -f1)\"" "$etag"
is "stale If-Match: 412" 412 "$(code -H 'If-Match: "7-00"' -T "$tmp/site.ini" "$url/v1/site")"
sed 's/^Parent=Network/Parent=Nowhere/' "$tmp/site.ini" >"$tmp/bad.ini"
is "a site with errors: 422" 422 "$(code -H "If-Match: $etag" -T "$tmp/bad.ini" "$url/v1/site")"
{ cat "$tmp/site.ini"; yes Nonsense | head -n 5000; } >"$tmp/bad.ini"
is "with thousands of them it tells the first and how many" "1000 true" \
	"$(ask -H "If-Match: $etag" -T "$tmp/bad.ini" "$url/v1/site" | jq -r '"\(.findings | length) \(.error | test("has 5000 errors"))"')"
head -c 70000000 /dev/zero >"$tmp/giant"
is "a giant body: 413" 413 "$(code -H "If-Match: $etag" -T "$tmp/giant" "$url/v1/site")"
rm "$tmp/giant"

# who has no password is not listened to: 60 MB are refused before they come
head -c 60000000 /dev/zero >"$tmp/giant"
memory() { sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/${pids[SERVER1]}/status"; }
peak=$(memory)
is "a body without a password: 401" 401 \
	"$(curl -sk -m 10 -o /dev/null -w '%{http_code}' -H "If-Match: $etag" -T "$tmp/giant" "$url/v1/site")"
is "the same in pieces and without asking" 401 \
	"$(head -c 500000 "$tmp/giant" | curl -sk -m 10 -o /dev/null -w '%{http_code}' -H Expect: -T - "$url/v1/site")"
is "a body where none belongs: 405" 405 "$(code -X POST --data-binary @"$tmp/site.ini" "$url/v1/site")"
ok "none of that was held" test $(($(memory) - peak)) -lt 20000
rm "$tmp/giant"
mv "$held" "$tmp/aside"
mkdir "$held"
is "a site that cannot be read is not told to be none: 500" 500 "$(code "$url/v1/site")"
rmdir "$held"
mv "$tmp/aside" "$held"

"$amc" send "$tmp/site.ini" SERVER1 --password-file "$tmp/wrong" >"$tmp/out" 2>&1
is "a wrong password: 5" 5 $?
ok "and says so" grep -q "password is wrong" "$tmp/out"
is "after all that the old site is whole" "$before" "$(held)"

"$amc" set "$tmp/site.ini" SERVER1 ShutdownSeconds=77 >/dev/null
"$amc" send "$tmp/site.ini" SERVER1 --password-file "$tmp/password" >"$tmp/out" 2>&1
ok "a second send shows the difference" grep -q "Shutdown time 60 s -> 77 s" "$tmp/out"
ok "who sent it is in the log" grep -q "^amcd: site node=SERVER1 before=8 after=9 who=[^ ]* from=127" "$tmp/SERVER1/log"
ok "the replaced one is in the history" [ -s "$tmp/SERVER1/history/ac_e_net.ini.8" ]

listens() {	# TEXT: amcd -t with this Listen
	sed "s/^Listen.*/Listen = $1/" "$conf" >"$tmp/other.conf"
	"$amcd" -t -c "$tmp/other.conf"
}
ok "Listen takes a bare IPv6 address in brackets" listens '[::1]'
ok "Listen takes one with a port" listens '[::1]:4000'
misspelt() {
	sed "s/^Listen/Lissten/" "$conf" >"$tmp/other.conf"
	! "$amcd" -t -c "$tmp/other.conf" 2>"$tmp/err" && grep -q "no key lissten" "$tmp/err"
}
ok "a key that nobody reads is refused" misspelt
ok "amcd -t refuses a Listen that is no address" eval 'not listens host:4000 && not listens "[::1"'
stop SERVER1 KILL
start SERVER1
is "after kill -9 it starts again with the same key and revision" "$pin 9" \
	"$(curl -sk "$url/v1/hello" | jq -r '"\(.pin) \(.revision)"')"
finish
