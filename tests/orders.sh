#!/bin/bash
# What an operator does at amc to a UPS goes past amcd, to the card. It is told to the
# control terminals all the same: who wrote which setting, from what to what, and what
# became of it.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 39
begin script pgrep
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
	"[\"UPS1\",\"108\",\"109\",\"UpperVolts snapped (110)\",\"$at\"]" "$(setting UpperVolts)"
is "what the card had already is none" 2 "$(ask "$url/v1/events?kind=setting" | jq '.events | length')"
ok "amc events tells it in words" eval 'events kind=setting | tee /dev/stderr |
	grep -q "UPS1: Power failure detection sensitivity: auto -> low · as asked (by suzuki@"'
is "the audit log has it: who, from where, what, from what to what" "setting site-key $at 127.0.0.1 1 2 UPS1: Sensitivity kept" \
	"$(jq -rs '[.[] | select(.act == "setting" and .after == "2")][0] | "\(.act) \(.role) \(.user) \(.from) \(.before) \(.after) \(.detail)"' "$audit")"
sim UPS1 comm off
"$amc" set "$tmp/site.ini" UPS1 UpperVolts=112 >/dev/null
"$amc" ups write "$tmp/site.ini" UPS1 >/dev/null
ok "one that is refused says so, with the reason" eval 'setting UpperVolts | tee /dev/stderr |
	grep -q "\"110\",\"112\",\"UpperVolts refused (110): .*genErr"'
LANGUAGE=ja "$amc" ups write "$tmp/site.ini" UPS1 >/dev/null
ok "one that a Japanese console tells is kept in Japanese" eval 'setting UpperVolts | tee /dev/stderr |
	grep -q "UpperVolts refused (110): カードは理由を示しません (genErr)"'
ok "and read in English" eval 'events kind=setting max=1 | tee /dev/stderr |
	grep -q "110 V -> 112 V · refused (110 V): the card gives no reason (genErr); is the UPS"'
ok "as the one before is in Japanese" eval 'LANGUAGE=ja events kind=setting max=2 | head -n 1 | tee /dev/stderr |
	grep -q "拒否 (110 V): カードは理由を示しません (genErr)。UPS"'
sim UPS1 comm on

# who leaves while it is written and read back
sim UPS1 lag 30
ok "one whose end nobody waited for" eval '"$amc" set "$tmp/site.ini" UPS1 UpperVolts=108 >/dev/null
	"$amc" ups write --timeout 4 "$tmp/site.ini" UPS1; [ $? = 4 ]'
ok "is told as far as it was seen" eval 'setting UpperVolts | tee /dev/stderr | grep -q "\"110\",\"108\",\"UpperVolts stayed (110)"'
sim UPS1 lag 0

# one who is away hears of it later
"$amc" set "$tmp/site.ini" network Armed=yes >/dev/null
"$amc" set "$tmp/site.ini" SERVER1 MacAddress=52:54:00:12:34:56 >/dev/null
wake() { "$amc" wake "$tmp/site.ini" SERVER1 >"$tmp/out" 2>"$tmp/err"; }
wakes() { ask "$url/v1/events?kind=act" | jq '[.events[] | select(.after == "wake")] | length'; }
untold=$XDG_STATE_HOME/amc/untold
kept() { ls "$untold" | wc -l; }
is "nothing is kept of what was told" 0 "$(kept)"
stop SERVER1
ok "an act while the terminal is away" wake
ok "is said to be told later" grep -q "^amc: SERVER1 is told later what was done here: .*SERVER1\|$net.9" "$tmp/err"
is "and kept, for nobody else to read" "1 600" "$(kept) $(stat -c %a "$untold"/*)"
is "with no secret in it" 0 "$(grep -c "$key" "$untold"/*)"
ok "what cannot be kept is said to be lost with this program" eval 'XDG_STATE_HOME=$tmp/password/x wake; tee /dev/stderr <"$tmp/err" |
	grep "SERVER1 is told only while this program runs, as it cannot be kept: $tmp/password"'
ok "another one" wake
ok "is not said again" not grep -q "told later" "$tmp/err"
start SERVER1
ok "the next amc that speaks with terminals" eval 'events max=1 >"$tmp/out" 2>"$tmp/err"'
ok "says that it told them" grep -q "^amc: SERVER1 was told now" "$tmp/err"
is "both, and nothing is kept any more" "2 0" "$(wakes) $(kept)"
is "by whom they were" '["'$at'"]' "$(ask "$url/v1/events?kind=act&node=SERVER1" | jq -c '[.events[].who] | unique')"

# after hours its time is told, and the same for twice counts once
stop SERVER1
wake
then=$(date -u -d '-2 hours' +%FT%T.000Z)
sed -i "s|\"time\": *\"[^\"]*\"|\"time\":\"$then\"|" "$untold"/*
cp "$untold"/* "$tmp/copy"
start SERVER1
events max=1 >/dev/null 2>&1
is "what is told after hours says when it was" "127.255.255.255, done $then" \
	"$(ask "$url/v1/events?kind=act&max=1" | jq -r '.events[0].detail')"
cp "$tmp/copy" "$untold/$(date +%s)000-0000001-000000"
events max=1 >/dev/null 2>&1
is "told twice it is one" "3 0" "$(wakes) $(kept)"

# killed after it had it in a log and before it could answer: it is told again
orders() { jq -s '[.[] | select(.act == "order")] | length' "$audit"; }
before="$(wakes) $(orders)"
again() { cp "$tmp/copy" "$untold/$(date +%s)000-0000001-000000"; events max=1 >/dev/null 2>&1; }
stop SERVER1 KILL
start SERVER1
again
is "told again after a kill it is one, in both logs" "$before 0" "$(wakes) $(orders) $(kept)"
id=$(jq -r .id "$tmp/copy")
stop SERVER1 KILL
grep -v "$id" "$audit" >"$tmp/audit"
cp "$tmp/audit" "$audit"
start SERVER1
again
is "also when it had it in one of them" "$before" "$(wakes) $(orders)"
wake
stop SERVER1 KILL
start SERVER1
is "what it has answered outlives a kill" $((${before% *} + 1)) "$(wakes)"
is "the id is one of chance" "true" "$(jq '.id | test("^[0-9a-f]{32}$")' "$tmp/copy")"

# torn by a machine that fell while it was away
stop SERVER1
wake
mv "$untold"/* "$untold/1$(date -d '-1 hour' +%s | cut -c 2-)000-0000001-000000"
truncate -s 20 "$untold"/*
start SERVER1
events max=1 >/dev/null 2>"$tmp/err"
ok "what is damaged is said, with its place" grep "1 act that waited .* is damaged and lies aside: $untold/damaged-1" "$tmp/err"
is "and is kept there" 20 "$(cat "$untold"/damaged-* | wc -c)"
events max=1 >/dev/null 2>"$tmp/err"
ok "and said once" not grep damaged "$tmp/err"
rm "$untold"/*

# a terminal that says nothing: the end is visible, and can be cut off
kill -STOP ${pids[SERVER1]}
script -qec "exec '$amc' wake '$tmp/site.ini' SERVER1" /dev/null >"$tmp/tty" 2>&1 &
cut=$!
ok "who waits at the end is told for whom" await 10 grep -q "telling SERVER1 what was done here; Ctrl-C" "$tmp/tty"
kill -INT $(pgrep -P $cut)
wait $cut
is "and who leaves at once leaves it to the next one" 1 "$(kept)"
mkfifo "$tmp/keys"
exec 4<>"$tmp/keys"
TERM=xterm script -qec "exec '$amc' '$tmp/site.ini'" /dev/null <&4 >"$tmp/console" 2>&1 &
cut=$!
await 20 grep -q UPS1 "$tmp/console"
printf q >&4
ok "so is who ends the console" await 10 grep -q "telling SERVER1 what was done here; Ctrl-C" "$tmp/console"
kill -INT $(pgrep -P $cut)
wait $cut
is "and leaves at once" 130 $?
kill -CONT ${pids[SERVER1]}

# nobody can hear of it
grep -v ^SiteKey "$tmp/site.ini" >"$tmp/bare.ini"
grep -v ^KeyPin "$tmp/site.ini" >"$tmp/unknown.ini"
ok "without a SiteKey that is said" eval '"$amc" wake "$tmp/bare.ini" SERVER1 2>&1 | grep "no terminal hears of .* has no SiteKey"'
ok "without a key of the terminal, too" eval '"$amc" wake "$tmp/unknown.ini" SERVER1 2>&1 | grep "SERVER1: not told .* (amc trust)"'
finish
