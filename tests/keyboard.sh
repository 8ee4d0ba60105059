#!/bin/bash
# A person at a terminal (tmux): builds the SSC example from nothing with the
# keyboard, reads a card's settings into the form, saves, sends the site to an
# amcd, and sees the state of both. Addresses are on loopback; what is built
# must be the sample.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"
. "$top_srcdir/tests/keys.sh"

plan 15
begin tmux
trap 'console_end; end' EXIT
snmp=$((port + 1))
site=$tmp/ac_e_net.ini

group() { key g; form 'Power control group' "$1" '' '' '' 127.255.255.255; }
ups() { key d; form 'Power device' "$1" "$net.$2" '' '' "$3" '' '' '' '' '' '' '' "$snmp"; }
terminal() { key d; form 'Terminal' "$1" "$net.$2" "$port"; }

console "$amc" "$site"
ok "an empty site" await 10 shows network
ok "the groups of the control side" eval '
	group SSC && down 2 && group SSC_Cluster &&
	down 4 && ups UPS3 103 90 &&
	to SSC_Cluster && down 2 && group SSC_SEIGYO_1'
ok "UPS1 and its server" eval '
	down 1 && ups UPS1 101 120 && down 2 && terminal SSC-CL-SV1 46'
ok "the second control group" eval '
	to SSC_Cluster && down 2 && group SSC_SEIGYO_2 &&
	down 1 && ups UPS2 102 120 && down 2 && terminal SSC-CL-SV2 47'
ok "the linked side: a group directly below SSC" eval '
	to SSC && group 共有ディスク_連動用 && down 4 && ups UPS4 104 30 &&
	to 共有ディスク_連動用 && group Bladeサーバ &&
	down 1 && ups UPS5 105 60 && down 3 && terminal BLADE1 61 &&
	terminal BLADE2 62'
ok "the 100 series" eval '
	to 共有ディスク_連動用 && group 100サーバ &&
	down 1 && ups UPS6 106 60 && down 3 && terminal EXP1 71 &&
	terminal EXP2 72'
key C-s
ok "saved with Ctrl-S" await 10 test -s "$site"
sed "s/172\.16\.1\.255/127.255.255.255/; s/172\.16\.1\./$net./" \
	"$top_srcdir/data/samples/ssc-cluster.ini" >"$tmp/sample.ini"
"$amc" show "$tmp/sample.ini" >"$tmp/wanted"
"$amc" show "$site" >"$tmp/got"
ok "it is the sample's tree" diff "$tmp/wanted" "$tmp/got"

"$top_builddir/upssim" --with-parent "$site" >"$tmp/sim.log" 2>&1 &
settings SSC-CL-SV1 $net.46
amcd_options=(--end-with-parent)
start SSC-CL-SV1
held=$tmp/SSC-CL-SV1/ac_e_net.ini

ok "UPS1 is seen" eval 'to UPS1 && key F5 && await 20 shows "UPS1 .*Normal ON"'
key Enter
await 10 shows 'Power device: UPS1'
key F5
ok "its settings are read into the form" await 20 shows 'Read by profile apc'
ok "with what the card holds beside the site's" shows 'grace time +300 .*= 300'
key Escape
await 10 closed
to SSC-CL-SV1
ok "SSC-CL-SV1 is seen" eval 'key F5 && await 20 shows "SSC-CL-SV1 .*(active|Normal op)"'
key s
ok "its pin is shown on first contact" await 10 shows 'sha256//'
key Tab Enter
await 10 shows 'Password of the'
type correct-horse
key Enter
await 10 shows '[[<] Send []>]' && key Enter
ok "it is sent" await 15 test -s "$held"
await 10 shows 'now holds revision' && key Enter
ok "the terminal holds what was saved" eval 'await 10 cmp "$site" "$held"'
screen | sed 's/^/# /'
finish
