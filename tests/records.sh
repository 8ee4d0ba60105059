#!/bin/bash
# Events and statistics on a control terminal: a real amcd watches a simulated
# card through an outage and silence; amc events and stats tell it, curl and jq
# are the second opinion, and a kill loses nothing that was told.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 56
begin openssl sqlite3
key=$(random_key)
url=https://$net.9:$port
settings SERVER1 $net.9
site ups UPS1 $net.1 control SERVER1 $net.9 linked SERVER2 $net.10 >"$tmp/site.ini"
cp "$tmp/site.ini" "$tmp/SERVER1/ac_e_net.ini"
state=$tmp/SERVER1/state
simulate 1
has() { ask "$url/v1/events?max=1000" | jq -e "[.events[] | select($1)] | length > 0" >/dev/null; }
events() { "$amc" events --site "$tmp/site.ini" --password-file "$tmp/password" SERVER1 "$@"; }
stats() { "$amc" stats --site "$tmp/site.ini" --password-file "$tmp/password" SERVER1 "$@"; }

ok "amcd starts with its databases" eval 'start SERVER1 && [ -s "$state/events.db" ] && [ -s "$state/statistics.db" ]'
ok "which nobody else may read" eval '[ "$(stat -c %a "$state/events.db")" = 600 ]'
sed -i "s|^Name=SERVER1|&\nKeyPin=$(pin SERVER1)|" "$tmp/site.ini"

ok "a terminal whose amcd does not run is an event" await 20 has \
	'.kind == "terminal-state" and .node == "SERVER2" and .after == "stopped" and .severity == 2'
sim UPS1 mains off
ok "so is an outage" await 20 has '.kind == "ups-state" and .node == "UPS1" and .after == "on-battery"'
sim UPS1 mains on
ok "and its end, which names the outage as its cause" await 20 eval 'ask "$url/v1/events" | jq -e "
	(.events[] | select(.after == \"on-battery\").id) as \$o |
	.events[] | select(.before == \"on-battery\" and .after == \"online\") | .cause == \$o"'
sim UPS1 replace on
ok "a worn battery is one" await 20 has '.kind == "ups-flag" and .after == "replace-battery"'
sim UPS1 dead
ok "a silent card is one, with the reason" await 40 has '.kind == "ups-silent" and (.detail | length > 0)'
sim UPS1 alive
ok "and that it answers again" await 60 has '.kind == "ups-back"'

is "the schema" amc.events.v1 "$(ask "$url/v1/events" | jq -r .schema)"
is "times are UTC and now" true \
	"$(ask "$url/v1/events" | jq '.events[0].time | sub("\\.[0-9]+Z$"; "Z") | (fromdate - now | fabs) < 90')"
is "a filter by node" '["UPS1"]' "$(ask "$url/v1/events?node=UPS1" | jq -c '[.events[].node] | unique')"
is "also when the name is encoded" 200 "$(code "$url/v1/events?node=%55PS%31")"
is "by kind" '["terminal-state"]' "$(ask "$url/v1/events?kind=terminal-state" | jq -c '[.events[].kind] | unique')"
is "by severity" true "$(ask "$url/v1/events?severity=2" | jq 'all(.events[]; .severity >= 2)')"
is "by time" 0 "$(ask "$url/v1/events?until=2020-01-01" | jq '.events | length')"
is "a page, and that there are more" '[2,true]' "$(ask "$url/v1/events?max=2" | jq -c '[(.events | length), .more]')"
is "an unknown kind: 400" 400 "$(code "$url/v1/events?kind=nonsense")"
is "a bad time: 400" 400 "$(code "$url/v1/events?since=yesterday")"
is "nobody without a password: 401" 401 "$(curl -sk -o /dev/null -w '%{http_code}' "$url/v1/events")"
is "a viewer may look" 200 "$(curl -sk -u viewer:viewing-only -o /dev/null -w '%{http_code}' "$url/v1/events")"
is "and not acknowledge: 403" 403 "$(curl -sk -u viewer:viewing-only -o /dev/null -w '%{http_code}' \
	-d '{"id":1,"who":"x"}' "$url/v1/events/acknowledge")"

ok "amc events tells it in words" eval 'events node=UPS1 | grep -q "UPS1: Normal ON -> On battery"'
ok "a wrong key is refused with those that there are" eval 'events colour=red 2>&1 | grep -q "since"; [ ${PIPESTATUS[0]} = 2 ]'
first=$(ask "$url/v1/events?waiting" | jq '.events[-1].id')
ok "acknowledged" eval 'USER=sato events acknowledge=$first'
is "it tells by whom" sato "$(ask "$url/v1/events?max=1000" | jq -r ".events[] | select(.id == $first).acknowledged_by")"
ok "all that are older than one" eval 'USER=sato events acknowledge-until=1000 && [ -z "$(events waiting)" ]'
is "one that is not there: 404" 404 "$(code -d '{"id":999999,"who":"x"}' "$url/v1/events/acknowledge")"
# what somebody orders at amc goes past amcd, to the card, and is told
order() { LOGNAME=suzuki "$amc" ups test "$tmp/keyed.ini" UPS1 --yes >"$tmp/out" 2>&1; }
sed "s/^Revision=.*/&\nArmed=yes/" "$tmp/site.ini" >"$tmp/keyed.ini"
sim UPS1 replace off
ok "an order to a UPS" order
ok "is an event, with who gave it and what became of it" await 5 has '.kind == "act" and .node == "UPS1" and
	.after == "test" and (.who | startswith("suzuki@")) and (.detail | test("^shown"))'
is "an act by the site's key in the audit log" "order site-key test" \
	"$(jq -rs '[.[] | select(.act == "order")] | last | "\(.act) \(.role) \(.after)"' "$state/audit.log")"
acts() { ask "$url/v1/events?kind=act&max=1000" | jq '[.events[] | select(.node == "UPS1")] | length'; }
# by hand, as man 7 amc-protocol has it
proof() { printf 'amc.order.v1\n%s\n%s\n%s\n%s\n%s' "$@" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" | sed 's/.* //'; }
tell() {	# TIME NODE PROOF
	curl -sk -m 10 -o "$tmp/answer" -w '%{http_code}' -X POST "$url/v1/orders?time=$1&node=$2&act=off&detail=x&who=eve&proof=$3"
}
now=$(date -u +%FT%TZ)
is "one with a proof" 200 "$(tell "$now" UPS1 "$(proof "$now" UPS1 off x eve)")"
is "and once more" "200 2" "$(tell "$now" UPS1 "$(proof "$now" UPS1 off x eve)") $(acts)"
is "the proof of another one: 403" 403 "$(tell "$now" SERVER1 "$(proof "$now" UPS1 off x eve)")"
is "of yesterday: 403" 403 "$(tell 2026-01-01T00:00:00Z UPS1 "$(proof 2026-01-01T00:00:00Z UPS1 off x eve)")"
is "without one: 400" 400 "$(curl -sk -o /dev/null -w '%{http_code}' -X POST "$url/v1/orders?node=UPS1")"
is "none of these is an event" 2 "$(acts)"
# a database that cannot be written: another holds it
if /usr/bin/python3 -c 'import sqlite3' 2>/dev/null; then
	/usr/bin/python3 -c 'import sqlite3, sys, time
c = sqlite3.connect(sys.argv[1], isolation_level=None)
c.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(60)' "$state/events.db" >"$tmp/locker.out" &
	holder=$!
	await 10 grep -q held "$tmp/locker.out"
	is "one that cannot be written: 500" 500 "$(code -d '{"id":1,"who":"x"}' "$url/v1/events/acknowledge")"
	kill $holder
	wait $holder 2>/dev/null
else
	tap_line 0 "one that cannot be written: 500 # SKIP no python3"
fi
ok "as CSV" eval '[ "$(events --format csv | head -1 | tr -d "\r")" = id,time,kind,severity,node,before,after,cause,who,from,detail,acknowledged,acknowledged_by ] &&
	[ "$(events --format csv max=1000 | wc -l)" -gt 6 ]'

# for Prometheus and Nagios
metrics() { curl -sk -m 10 -u viewer:viewing-only "$url/metrics"; }
metrics >"$tmp/metrics"
is "metrics end as OpenMetrics do" "# EOF" "$(tail -n 1 "$tmp/metrics")"
ok "with what the card tells" grep -Eq '^amc_ups_input_volts\{ups="UPS1",group="G"\} (9|10)[0-9]' "$tmp/metrics"
ok "and the terminal that is silent" grep -qF 'amc_terminal_up{terminal="SERVER2",group="G"} 0' "$tmp/metrics"
if /usr/bin/python3 -c 'import prometheus_client' 2>/dev/null; then
	ok "another parser takes them" /usr/bin/python3 -c 'import sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
names = [f.name for f in parse(open(sys.argv[1]).read())]
assert len(names) == len(set(names)) and "amc_ups_state" in names' "$tmp/metrics"
else
	tap_line 0 "another parser takes them # SKIP no python3-prometheus-client"
fi
used() { grep -oE 'amc_[a-z_]+' "$1" | sort -u | grep -vxE 'amc_(ups|site)'; }
for f in grafana.json prometheus-rules.yml; do
	ok "$f asks for what there is" eval 'for m in $(used "$top_srcdir/data/monitoring/$f"); do
		grep -q "\b$m\b" "$tmp/metrics" || { echo "$m"; false; } || exit 1; done'
done
ok "the board is JSON" jq -e '.panels | length > 5' "$top_srcdir/data/monitoring/grafana.json"
is "nobody gets metrics without a password" 401 "$(curl -sk -o /dev/null -w '%{http_code}' "$url/metrics")"
ln -sf "$amc" "$tmp/check_amc"
nagios() { "$tmp/check_amc" --site "$tmp/site.ini" --password-file "$tmp/viewing" "$@"; }
ok "check_amc: a warning names who it is" eval 'nagios SERVER1 >"$tmp/out"; [ $? = 1 ] &&
	grep -Eq "^AMC WARNING - .*SERVER2 stopped.* \| .*.UPS1 load.=[0-9.]+%" "$tmp/out"'
sim UPS1 mains off
ok "an outage is told" await 20 eval 'nagios SERVER1 >"$tmp/out"; [ $? = 1 ] && grep -q "WARNING - .*UPS1 on-battery" "$tmp/out"'
sim UPS1 mains on
sim UPS1 comm off
ok "a UPS that is lost to its card is critical" await 20 eval 'nagios SERVER1 >"$tmp/out"; [ $? = 2 ] && grep -q "CRITICAL - .*UPS1 comm-lost" "$tmp/out"'
sim UPS1 comm on
is "wrong words are unknown, too" 3 "$("$tmp/check_amc" >/dev/null 2>&1; echo $?)"
ok "nobody there is unknown" eval 'nagios SERVER2 >"$tmp/out"; [ $? = 3 ] && grep -q "^AMC UNKNOWN - " "$tmp/out"'

count=$(ask "$url/v1/events?max=1000" | jq '.events | length')
on_disk() { [ "$(sqlite3 "$state/events.db" 'SELECT count(*) FROM entry')" -ge $count ]; }
ok "what is told is soon on the disk" await 10 on_disk
stop SERVER1 KILL
ok "after kill -9 it starts again" start SERVER1
ok "with what was there" eval '[ "$(ask "$url/v1/events?max=1000" | jq ".events | length")" -ge $count ]'

# the first one may have been taken while the card had lost its UPS
ok "a sample a minute, with what the card tells" await 130 eval 'ask "$url/v1/statistics?ups=UPS1" |
	jq -e ".samples[-1] | .state == \"online\" and (.input_voltage > 90 and .input_voltage < 115)"'
ok "amc stats prints them as a table" eval 'stats ups=UPS1 | head -1 | grep -q "^time,state,input_voltage,"'
finish
