#!/bin/bash
# R22 on real ground: a card whose access control lacks a control terminal's address is
# silent for that one and answers the operator's desk. The console tells which terminal it
# is and which address the card must have.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"
. "$top_srcdir/tests/netns.sh"

plan 7
net_begin
net_host card 9
net_host desk 100
net_host C1 1
settings C1 '*'
key=$(random_key) site ups UPS1 192.0.2.9 control C1 192.0.2.1 |
	sed 's/^\(CommunicationAddress=\).*/\1192.0.2.255\nSnmpFailConfirmSeconds=10/' >"$tmp/site.ini"
sed -i "s|^Name=C1|&\nKeyPin=$(pin C1)|" "$tmp/site.ini"
cp "$tmp/site.ini" "$tmp/C1/ac_e_net.ini"
on card "$bin/upssim" --with-parent --anywhere --base 192.0.2.9:1161 --control "$tmp/sim" \
	-e "at 0s all nms 192.0.2.100" >"$tmp/sim.out" 2>&1 &
pids[sim]=$!
await 10 grep -q ready "$tmp/sim.out"
net_start C1

problems() { printf '%s\n' status problems '' quit | on desk "$amc" --linear "$tmp/site.ini" >"$tmp/out" 2>&1; }
card() { net_ask C1 /v1/status | jq -r '.ups[0].state'; }
ok "the terminal hears nothing of the card" await 30 eval '[ "$(card)" = comm-lost ]'
ok "the console hears it and tells whom it shuts out" await 20 eval 'problems; cat "$tmp/out"
	grep -q "R22.*the card of UPS1 answers here and not to C1: its Access Control must have 192.0.2.1, too" "$tmp/out"'
ok "and shows the card well" grep -q "UPS1.*Normal ON" "$tmp/out"
ok "from where the terminal asks is known (R23)" eval 'net_ask C1 /v1/status | jq -e ".service.speaks_from == \"192.0.2.1\""'
not_told() { problems; ! grep -q "R22.*C1" "$tmp/out"; }
ok "a list that is none is refused" eval '! "$bin/upssim" ctl "$tmp/sim" all nms 192.0.2.1,desk 2>&1 | tee "$tmp/refused"; grep "is not all, nor addresses" "$tmp/refused"'
sim all nms 192.0.2.1,192.0.2.100
ok "with its address the terminal hears the card" await 70 eval '[ "$(card)" = online ]'
ok "and nothing is told any more" await 30 not_told
finish
