#!/bin/bash
# The events of a site in the console: two real amcd with records of their own are one
# list, filtered, acknowledged, with one of them gone; sqlite3 is the second opinion.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/farm.sh"
. "$top_srcdir/tests/linear-keys.sh"

plan 46
begin sqlite3
export XDG_CONFIG_HOME=$tmp/config USER=sato
net=$((RANDOM % 40 + 200))	# not one that farm takes

[ -x "$top_builddir/plant" ] || { echo "Bail out! plant is not built"; exit 1; }
sed "s/127\.0\./127.$net./" "$top_srcdir/data/samples/demo.ini" >"$tmp/farm.ini"
farm_terminal SSC-CL-SV1 "127.$net.51.1"
farm_terminal SSC-CL-SV2 "127.$net.51.2"
farm_outage "$net"
site=$tmp/outage.ini
await 20 eval '[ "$("$amc" status "$site" | grep -cE "Master|Normal op")" = 2 ]'

# each word is a line that is typed; what the console tells goes to $tmp/out
console() { printf '%s\n' "$@" q | timeout 60 "$amc" --linear "$site" >"$tmp/out" 2>&1; }
# the same, typed when the UPSs that are not there have been asked in vain
later() {
	rm -f "$tmp/in"
	mkfifo "$tmp/in"
	timeout 60 "$amc" --linear "$site" <"$tmp/in" >"$tmp/out" 2>&1 &
	local console=$!	# await has others
	exec 9>"$tmp/in"
	await 30 eval 'echo status >&9 && grep -q "UPS1 no answer since" "$tmp/out"'
	printf '%s\n' "$@" q >&9
	exec 9>&-
	wait $console
}
events() { console E 1 demodemo p 6 "-12d -2d" "$@" '' ; }
says() { grep -qE -- "$1" "$tmp/out" || { sed 's/^/# /' "$tmp/out"; false; }; }
never() { ! grep -qE -- "$1" "$tmp/out"; }
# the last list that was told
count() { sed -n 's/.*Events: \([0-9]*\).*/\1/p' "$tmp/out" | tail -n 1; }
db() { sqlite3 "$tmp/$1/state/events.db" "$2"; }

ok "without a log-in it is what this console has seen" eval 'later E 3 "" && says "Only what this console has seen" &&
	says "UPS1: No answer .* not acknowledged"'
ok "which it may acknowledge itself" eval 'later E 3 A y "" && says "seen by sato"'
ok "both terminals are one list" eval 'events && says "Events: 14 · -12d -2d" && says "SSC-CL-SV1: 13 · SSC-CL-SV2: 11"'
is "the newest first" "2 3" "$(sed -n 's/^ *\([0-9]*\) .*BLADE2: .*/\1/p' "$tmp/out" | tail -n 2 | xargs)"
is "what both saw is there once" 1 "$(sed -n '/Events: 14/,$p' "$tmp/out" | grep -c 'UPS4: On battery -> Low battery')"
ok "with both times when all of it is shown" eval 'events 8 3 &&
	says "SSC-CL-SV1: ....-..-.. 03:11:50, number [0-9]+, not acknowledged" &&
	says "SSC-CL-SV2: ....-..-.. 03:11:52, number [0-9]+, not acknowledged"'
ok "and what it follows from" says "follows from ....-..-.. 03:04:12 UPS4: Normal ON -> On battery"
ok "from there to the node" eval 'events 8 1 && says "^Selected: UPS4" || says "^UPS4[^:]*>"'
ok "of one node" eval 'events 8 3 o && [ "$(count)" = 3 ] && says "Events: 3 · UPS4"'
ok "of a kind" eval 'events t 11 && [ "$(count)" = 1 ] && says "Events: 1 · Site ·.*-12d" && says "revision 6 -> 7"'
ok "warnings and alarms" eval 'events s && [ "$(count)" = 6 ]'
ok "alarms" eval 'events s s && [ "$(count)" = 1 ] && says "1 .*alarm, UPS4: On battery -> Low battery"'
ok "what waits for somebody" eval 'events w && [ "$(count)" = 3 ]'
ok "a node of the main screen" eval 'console "node-events UPS2" 1 demodemo p 6 "-12d -2d" "" && [ "$(count)" = 2 ]'
ok "a period that is none is refused in words" eval 'events p 6 "-2d -12d" "" && says "a time, or two of which the first is earlier"'
ok "a wrong password is told, by each" eval 'console E 1 wrong-guess "" && says "SSC-CL-SV1: .*password"'
is "and tried once only" 1 "$(grep -c 'wrong password for .* failure [0-9]' "$tmp/SSC-CL-SV1/log")"
ok "the password is nowhere" never "demodemo|wrong-guess"
waiting="SELECT count(*) FROM entry WHERE name = 'UPS3' AND severity >= 2 AND at < (strftime('%s') - 86400) * 1000 AND acked_at IS NULL"
is "one waits" 1 "$(db SSC-CL-SV1 "$waiting")"
ok "acknowledging asks for the operator's password" eval 'events 5 2 demodemo && says "1 event is acknowledged"'
is "and is kept by the one" 0 "$(db SSC-CL-SV1 "$waiting")"
is "and by the other" 0 "$(db SSC-CL-SV2 "$waiting")"
is "with a name" sato "$(db SSC-CL-SV2 "SELECT acked_by FROM entry WHERE name = 'UPS3' AND acked_by IS NOT NULL")"
ok "a wrong one acknowledges nothing" eval 'events w A y wrong-guess && says "SSC-CL-SV1.*password" && [ "$(count)" = 2 ]'
ok "all that are shown are asked about" eval 'events w A y demodemo && says "Say that these 2 events have been seen"'
ok "and then none waits" eval 'events w && [ "$(count)" = 0 ] && says "No event is known"'
ask() { echo demodemo >"$tmp/pw"; "$amc" events --site "$site" --password-file "$tmp/pw" SSC-CL-SV1 "$@" >"$tmp/out" 2>&1; }
ok "a time and a text are asked for as they are written" eval 'ask since=2020-01-01T00:00:00Z "text=access list" &&
	[ "$(wc -l <"$tmp/out")" = 1 ] && says "UPS3: No answer"'
kept() { console "UPS$1" kept 1 demodemo "${@:2}" ''; }
ok "statistics: the day of an outage" eval 'kept 4 "<" "<" "<" "<" && says "known: 1d 0h, on battery: 10m" && says "Input voltage: .*min 0.0V"'
ok "by whom they are kept" says "Kept statistics: UPS4, ....-..-.. · SSC-CL-SV1"
ok "with the keys of the full screen, and in words what is none" eval 'kept 4 "?" zip "" && keys_told kept "$tmp/out" &&
	says "zip: not a key of this view"'
ok "anew" eval 'kept 4 r F5 && [ "$(grep -c "Kept statistics: UPS4, last day" "$tmp/out")" = 3 ]'
ok "the next power device is a key away" eval 'kept 3 + && says "Kept statistics: UPS4"'
ok "as the other one keeps it" eval 'kept 4 "<" "<" "<" "<" t && says "· SSC-CL-SV2" && says "on battery: 10m"'
ok "a silence is a gap" eval 'kept 3 "<" "<" "<" && says "known: 22h 40m"'
ok "a week, in hours" eval 'kept 4 w && says "Kept statistics: UPS4, last week" && says "known: (6d 2[0-9]|7d 0)h.*on battery: 10m"'
ok "a year, a month at a time" eval 'kept 4 y && says "last year" && says "known: (69|70)d .*on battery: 10m"'
ok "of a time without records nothing is known" eval 'kept 4 y "<" && says "Nothing is known of this time"'
ok "the report by month" eval 'kept 4 R && says "Month 20..-.., known [0-9.]+h, outages [01], on battery .*, energy [0-9.]+kWh, least.V. 97"'
is "which tells the outage once" 1 "$(grep -c "outages 1, on battery 10m 00s" "$tmp/out")"
ok "exported" eval 'kept 4 "<" "<" "<" "<" x "$tmp/day.csv" && [ "$(wc -l <"$tmp/day.csv")" = 721 ] &&
	head -n 1 "$tmp/day.csv" | grep -q "^time,known_seconds,on_battery_seconds,input_voltage_min"'
is "with the outage in it" 5 "$(tr -d '\r' <"$tmp/day.csv" | awk -F, 'NR > 1 && $3 > 0' | wc -l)"
ok "a wrong password tells that, and nothing else" eval 'console UPS4 kept 1 wrong "" && says "the password is wrong|too many" && never "wrong-guess"'
stop SSC-CL-SV2
ok "one that is gone is told, the rest is shown" eval 'events && says "SSC-CL-SV1: 13 · SSC-CL-SV2: .*nothing listens" && [ "$(count)" = 13 ]'
rm -rf "$tmp/SSC-CL-SV2/state/events.db"*
mkdir "$tmp/SSC-CL-SV2/state/events.db"
start SSC-CL-SV2
await 20 eval '[ "$("$amc" status "$site" | grep -cE "Master|Normal op")" = 2 ]'
ok "one without a database says why" eval 'events && says "SSC-CL-SV2: .*events and statistics cannot be kept: .*events.db"'
stop SSC-CL-SV1
ok "a terminal with a long past" eval 'sqlite3 "$tmp/SSC-CL-SV1/state/events.db" "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 7000)
	INSERT INTO entry (id, at, kind, severity, node, name, before, after)
	SELECT 1000 + i, (strftime(\"%s\") - 200 * 86400 + i) * 1000, \"trap\", 1, NULL, \"\", \"\", \"storm\" FROM n"'
start SSC-CL-SV1
await 20 eval '[ "$("$amc" status "$site" | grep -cE "Master|Normal op")" = 2 ]'
ok "comes in pages" eval 'console E 1 demodemo "p" 6 "-300d -2d" m m m m m m m m m "" && says "^200 .*storm" && [ "$(count)" -ge 200 ]'
finish
