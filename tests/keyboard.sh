#!/bin/bash
# A person at a terminal (tmux): builds the SSC example from nothing with the
# keyboard, reads a card's settings into the form, saves, sends the site to an
# amcd, and sees the state of both. Addresses are on loopback; what is built
# must be the sample.
. "$top_srcdir/tests/tap.sh"

plan 15
tmp=$(mktemp -d)
need tmux
tm() { tmux -L "amc-keyboard-$$" -f /dev/null "$@"; }
pids=()
trap 'tm kill-server 2>/dev/null; kill "${pids[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE= XDG_STATE_HOME=$tmp/state
amc=$top_builddir/amc
net=127.$((RANDOM % 200 + 20)).1
snmp=$((20000 + $$ % 20000))
port=$((snmp + 1))
site=$tmp/ac_e_net.ini

screen() { tm capture-pane -p -t s; }
shows() { screen | grep -qE -- "$1"; }
key() { tm send-keys -t s "$@"; }
type() { tm send-keys -t s -l -- "$1"; }
# fill VALUE...: into the fields of a form from the first on; "" leaves one as it is
fill() {
	for value; do
		[ -z "$value" ] || type "$value"
		key Tab
	done
}
# form TITLE VALUE...: waits for the form, fills it, leaves it with F2
form() {
	await 5 shows "┌ New: $1" || return 1
	shift
	fill "$@"
	key F2
	await 10 closed
}
closed() { ! shows '< Cancel'; }
to() {	# moves to the node of that name
	key Home /
	await 10 shows '^Find ' || return 1
	type "$1"
	key Enter
	await 10 found
}
found() { ! shows '^Find '; }
down() { for ((i = 0; i < $1; i++)); do key Down; done; }
group() { key g; form 'Power control group' "$1" '' '' '' 127.255.255.255; }
ups() { key d; form 'Power device' "$1" "$net.$2" '' '' "$3" '' '' '' '' '' '' '' "$snmp"; }
terminal() { key d; form 'Terminal' "$1" "$net.$2" "$port"; }

tm new-session -d -x 100 -y 45 -s s "exec '$amc' '$site'"
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
pids+=($!)
cat >"$tmp/amcd.conf" <<END
[amcd]
Name = SSC-CL-SV1
Listen = $net.46:$port
Site = $tmp/held.ini
StateDirectory = $tmp/amcd
END
echo correct-horse | "$top_builddir/amcd" passwd -c "$tmp/amcd.conf" operator >/dev/null
"$top_builddir/amcd" --end-with-parent -c "$tmp/amcd.conf" >"$tmp/amcd.log" 2>&1 &
pids+=($!)

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
ok "it is sent" await 15 test -s "$tmp/held.ini"
await 10 shows 'now holds revision' && key Enter
ok "the terminal holds what was saved" eval 'await 10 cmp "$site" "$tmp/held.ini"'
screen | sed 's/^/# /'
finish
