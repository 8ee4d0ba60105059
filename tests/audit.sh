#!/bin/bash
# Who did what on a terminal, as real programs leave it: what is done and what is
# refused, by operators, viewers, terminals and on the machine itself; guessing from
# many addresses; and no secret anywhere in it.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 38
begin
export LOGNAME=sato
unset SUDO_USER
host=$net.1
url=https://$host:$port
settings SV1 $host
conf=$tmp/SV1/amcd.conf log=$tmp/SV1/state/audit.log
{ site control SV1 $host ups UPS1 $net.200; echo SnmpWriteCommunity=old-geheim; } >"$tmp/site.ini"
echo wrong-horse >"$tmp/wrong"

acts() { jq -rs "$1" "$log"; }
last() { acts "last | $1"; }
send() { "$amc" send "$tmp/site.ini" SV1 --password-file "$tmp/password" "$@"; }
audit() { "$amc" audit SV1 --site "$tmp/site.ini" --password-file "$tmp/password" "$@"; }

sed -i '/^Viewer/d' "$conf"
mkdir "$tmp/SV1/state"
"$amcd" passwd -c "$conf" viewer <"$tmp/viewing" >/dev/null
is "a password on the machine itself, by whom" "local sato@$(hostname) password viewer" \
	"$(last '"\(.role) \(.user) \(.act) \(.before)"')"
ok "it starts" start SV1
is "which is told" "amcd start" "$(last '"\(.role) \(.act)"')"
is "the log is for its owner alone" 600 "$(stat -c %a "$log")"

# sending
"$amc" trust "$tmp/site.ini" SV1 --pin "$(pin SV1)" >/dev/null
send >/dev/null
is "a site that was sent: who, from where, what" "operator sato@$(hostname) 127.0.0.1 site 8 true" \
	"$(acts '[.[] | select(.act == "site")] | last | "\(.role) \(.user) \(.from) \(.act) \(.after) \(.done)"')"
"$amc" set "$tmp/site.ini" UPS1 ConfirmSeconds=77 SnmpWriteCommunity=new-geheim >/dev/null
send >/dev/null
is "the next one: from what to what" "8 -> 9" \
	"$(acts '[.[] | select(.act == "site")] | last | "\(.before) -> \(.after)"')"
site_detail() { acts '[.[] | select(.act == "site")] | last | .detail'; }
ok "with each difference" eval 'site_detail | grep -q "UPS1: ConfirmSeconds .* -> 77"'
ok "that a secret changed" eval 'site_detail | grep -q SnmpWriteCommunity'
ok "but no secret" not grep -rqE 'geheim|correct-horse|viewing-only' "$log"
ok "reading the site is an act: there are secrets in it" eval \
	'[ "$(acts "[.[] | select(.act == \"read\")] | length")" -ge 1 ]'

# what is refused
"$amc" set "$tmp/site.ini" UPS1 ConfirmSeconds=78 >/dev/null
is "a stale tag: 412" 412 "$(curl -sk -u operator:correct-horse -o /dev/null -w '%{http_code}' \
	-H 'If-Match: "7-00"' -T "$tmp/site.ini" "$url/v1/site")"
is "is told with its reason" "false SV1 holds another site" \
	"$(last '"\(.done) \(.refused)"' | cut -c1-28)"
is "a viewer who sends: 403" 403 "$(curl -sk -u viewer:viewing-only -o /dev/null -w '%{http_code}' \
	-H 'If-Match: "7-00"' -T "$tmp/site.ini" "$url/v1/site")"
is "is told, too" "viewer site false null" "$(last '"\(.role) \(.act) \(.done) \(.after)"')"
before=$(wc -l <"$log")
curl -sk -u viewer:viewing-only -o /dev/null "$url/v1/status"
curl -sk -o /dev/null "$url/v1/site"
curl -sk -o /dev/null -X PUT -d x "$url/v1/site"
is "looking is no act, and nobody does none" "$before" "$(wc -l <"$log")"
curl -sk --interface "$host" -u "operator:wrong-horse" -o /dev/null -H 'Amc-User: eve' "$url/v1/status"
is "a wrong password is told" "operator eve $host login false" \
	"$(last '"\(.role) \(.user) \(.from) \(.act) \(.done)"')"
curl -sk -u "my-secret-word:x" -o /dev/null "$url/v1/status"
is "a role that is none is not: it may be a password" "null login" "$(last '"\(.role) \(.act)"')"
curl -sk -u "operator:wrong" -H $'Amc-User: \x1b[2Jeve\x7f\xff' -o /dev/null "$url/v1/status"
is "what somebody claims is shown as characters" "?[2Jeve??" "$(last .user)"

# a lockout, over many addresses
code_from() { curl -sk --interface "$1" -u "operator:$2" -o /dev/null -w '%{http_code}' "$url/v1/status"; }
is "elsewhere the right password is right" 200 "$(code_from "$net.250" correct-horse)"
for i in $(seq 2 50); do code_from "$net.$i" wrong-horse; echo; done >"$tmp/codes"
tries=$(grep -c 401 "$tmp/codes")
ok "of 49 addresses less than 25 could try" test "$tries" -gt 10 -a "$tries" -lt 25
is "the others had to wait" "$((49 - tries))" "$(grep -c 429 "$tmp/codes")"
n=70
tried() { n=$((n + 1)); [ "$(code_from "$net.$n" wrong-horse)" = 401 ]; }
await 60 tried
is "even with the right one" 429 "$(code_from "$net.60" correct-horse)"
is "but not where it was right before" 200 "$(code_from "$net.250" correct-horse)"
is "the viewer is not concerned" 200 "$(curl -sk --interface "$net.61" -u viewer:viewing-only \
	-o /dev/null -w '%{http_code}' "$url/v1/status")"
ok "each try is told, and no more" eval \
	'[ "$(acts "[.[] | select(.act == \"login\")] | length")" -le $((tries + 6)) ]'

# reading it
ok "amc audit prints it" eval 'audit >"$tmp/out" 2>&1'
ok "in words" grep -q "operator (sato@.*) from 127.*: replaced the site  8 -> 9" "$tmp/out"
ok "with the differences below" grep -q "^          .*ConfirmSeconds .* -> 77" "$tmp/out"
ok "and the refusals" grep -q "refused: a viewer may not do that" "$tmp/out"
ok "none is missing" not grep -q "are missing here" "$tmp/out"
ok "as JSON" eval 'audit --json | jq -e ".schema == \"amc.audit.v1\" and (.acts | length) > 20 and .acts[0].n > .acts[1].n"'
is "the last two" 2 "$(audit max=2 --json | jq '.acts | length')"
is "those with a word" "site" "$(audit text=ConfirmSeconds --json | jq -r '.acts[].act')"
is "an hour hence none" 0 "$(audit since=2099-01-01 --json | jq '.acts | length')"
audit sinse=-2h >"$tmp/out" 2>&1
is "a misspelt word is refused" 2 $?
is "a viewer may not read it" 403 "$(curl -sk -u viewer:viewing-only -o /dev/null -w '%{http_code}' "$url/v1/audit")"
acts_in_events() { "$amc" events SV1 kind=act --site "$tmp/site.ini" --password-file "$tmp/password"; }
ok "they are events, too, of a control terminal" await 10 eval 'acts_in_events >"$tmp/out" && grep -q "SV1: .*gave a wrong password · wrong password, failure 1, .*(by eve from $host)" "$tmp/out"'
sed -i '5d' "$log"
ok "a line that somebody took away shows" eval 'audit max=1000 >/dev/null; audit | grep -q "1 act is missing here"'
finish
