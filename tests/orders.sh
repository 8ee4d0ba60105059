#!/bin/bash
# What an operator does at amc to a UPS goes past amcd, to the card. It is told to the
# control terminals all the same: who wrote which setting, from what to what, and what
# became of it.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 9
begin openssl
key=$(random_key)
url=https://$net.9:$port
settings SERVER1 $net.9
site ups UPS1 $net.1 control SERVER1 $net.9 >"$tmp/site.ini"
cp "$tmp/site.ini" "$tmp/SERVER1/ac_e_net.ini"
simulate 1
start SERVER1
sed -i "s|^Name=SERVER1|&\nKeyPin=$(pin SERVER1)|" "$tmp/site.ini"
audit=$tmp/SERVER1/state/audit.log
export LOGNAME=suzuki

# [UPS, before, after, what became of it] of a setting
setting() { ask "$url/v1/events?kind=setting" | jq -c "[.events[] | select(.detail | startswith(\"$1 \")) | [.node, .before, .after, .detail, .who]][0]"; }
events() { "$amc" events --site "$tmp/site.ini" --password-file "$tmp/password" SERVER1 "$@"; }
at=suzuki@$(uname -n)

"$amc" set "$tmp/site.ini" UPS1 Sensitivity=2 UpperVolts=109 >/dev/null
ok "a setting is written, another the card keeps otherwise" \
	eval '"$amc" ups write "$tmp/site.ini" UPS1; [ $? = 6 ]'
is "each is an event, from what to what, and by whom" \
	"[\"UPS1\",\"1\",\"2\",\"Sensitivity kept\",\"$at\"]" "$(setting Sensitivity)"
is "also what the card made of it" \
	"[\"UPS1\",\"108\",\"109\",\"UpperVolts snapped, it has 110\",\"$at\"]" "$(setting UpperVolts)"
is "what the card had already is none" 2 "$(ask "$url/v1/events?kind=setting" | jq '.events | length')"
ok "amc events tells it in words" eval 'events kind=setting | tee /dev/stderr |
	grep -q "UPS1: Power failure detection sensitivity: auto -> low · as asked (by suzuki@"'
is "the audit log has it: who, from where, what, from what to what" "setting site-key $at 127.0.0.1 1 2 UPS1: Sensitivity kept" \
	"$(jq -rs '[.[] | select(.act == "setting" and .after == "2")][0] | "\(.act) \(.role) \(.user) \(.from) \(.before) \(.after) \(.detail)"' "$audit")"
sim UPS1 comm off
"$amc" set "$tmp/site.ini" UPS1 UpperVolts=112 >/dev/null
"$amc" ups write "$tmp/site.ini" UPS1 >/dev/null
ok "one that is refused says so, with the reason" eval 'setting UpperVolts | tee /dev/stderr |
	grep -q "\"110\",\"112\",\"UpperVolts refused, it has 110: .*genErr"'
sim UPS1 comm on

# who leaves while it is written and read back
sim UPS1 lag 30
ok "one whose end nobody waited for" eval '"$amc" set "$tmp/site.ini" UPS1 UpperVolts=108 >/dev/null
	"$amc" ups write --timeout 4 "$tmp/site.ini" UPS1; [ $? = 4 ]'
ok "is told as far as it was seen" eval 'setting UpperVolts | tee /dev/stderr | grep -q "\"110\",\"108\",\"UpperVolts stayed, it has 110"'
finish
