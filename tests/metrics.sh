#!/bin/bash
# /metrics is from memory: with a card that is silent the page is there at once, with the
# values of the others, and no card is asked for it.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 8
begin
settings SERVER1 $net.9
site ups UPS1 $net.1 ups UPS2 $net.2 ups UPS3 $net.3 control SERVER1 $net.9 >"$tmp/site.ini"
mkdir -p "$tmp/SERVER1"
cp "$tmp/site.ini" "$tmp/SERVER1/ac_e_net.ini"
simulate 3
start SERVER1
url=https://$net.9:$port
metrics() { curl -sk -m 10 -u viewer:$viewer "$url/metrics" -w '%{time_total}\n' >"$tmp/page"; sed -n '$p' "$tmp/page" >"$tmp/time"; sed -i '$d' "$tmp/page"; }
has() { metrics; grep -qE -- "$1" "$tmp/page" || { cat "$tmp/page"; false; }; }
asked() { "$bin/upssim" ctl "$tmp/sim" state --json | jq '[.cards[].asked] | add'; }
quick() { awk '{ exit !($1 < 1) }' "$tmp/time"; }

ok "all cards are on the page" await 20 has '^amc_ups_input_volts\{ups="UPS3"'
sim UPS2 dead
ok "so is that one is silent" await 40 has '^amc_ups_up\{ups="UPS2",group="G"\} 0'
ok "the page was there at once" quick
ok "the others have their values" has '^amc_ups_input_volts\{ups="UPS1",group="G"\} [0-9.]+'
ok "it is whole" eval '[ "$(tail -n 1 "$tmp/page")" = "# EOF" ]'
sim UPS1 latency 5000
sim UPS3 latency 5000
slow=0
for i in 1 2 3 4 5 6 7 8 9 10; do
	metrics
	quick || slow=$((slow + 1))
done
is "neither do slow ones hold it up" 0 $slow
before=$(asked)
for i in $(seq 50); do metrics; done
after=$(asked)
echo "# asked $before, $after"
ok "no card is asked for it" [ $((after - before)) -lt 25 ]
ok "who has no password gets none" eval '[ "$(curl -sk -o /dev/null -w "%{http_code}" "$url/metrics")" = 401 ]'
finish
