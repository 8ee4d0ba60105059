#!/bin/bash
# site-of-its-own.sh FOLDER TERMINALS [card|late|armed]: what one screen may change. Makes
# FOLDER/own.ini, with a UPS, whose card says always the same or with "card" keeps what is
# written to it, and so many control terminals SV1, SV2 ..., which hold the revision before,
# SV1 with "late" on a clock that is 90 s late; all answer. With "armed" they hold the site
# as it is, armed and with their keys, and may be ordered to go down, which does nothing.
# Then each line that is read is a command of the shell here, in FOLDER, and "done" is
# printed when it has ended. All ends with the input. tests/own.c starts it.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/farm.sh"

tmp=$1/own
made=${SCREENS_MADE:-}	# the passwords, which take their time
operator=demodemo viewer=viewing-only port=14000
mkdir -p "$tmp"
trap end EXIT
card=(--cards 1)
if [ "${3:-}" != card ]; then
	card_record 1 >"$tmp/card"
	card=(--replay "$tmp/card")
fi
[ ! -f "$made" ] || cp "$made" "$tmp/made-$operator"
PATH=$bin:$PATH

terminals=$(seq "$2")
while farm_claim; do
	net=127.$farm_net.50
	: >"$tmp/sim.out"
	"$bin/upssim" --with-parent "${card[@]}" --base "$net.1:1161" --control "$tmp/sim" \
		>"$tmp/sim.out" 2>&1 &
	pids[sim]=$!
	await 20 eval 'grep -q ready "$tmp/sim.out" || ! kill -0 ${pids[sim]} 2>/dev/null'
	! grep -q ready "$tmp/sim.out" || break
done
at=127.$farm_net.51
revision=1
site ups UPS1 $net.1 $(for number in $terminals; do echo control SV$number $at.$number; done) >"$1/own.ini"
amcd_options=(--end-with-parent)
for number in $terminals; do
	settings SV$number $at.$number "[commands]" "Shutdown = /bin/true"
	[ $number != 1 ] || printf '[notify duty]\nVia = command\nCommand = /bin/true\nSeverity = alarm\n' >>"$tmp/SV1/amcd.conf"
	cp "$1/own.ini" "$tmp/SV$number/ac_e_net.ini"
done
{
	[ "${3:-}" != armed ] || echo set Network Armed=yes
	for number in $terminals; do
		echo "set SV$number KeyPin=$(pin SV$number)"
	done
} | amc edit "$1/own.ini" - >/dev/null
for number in $terminals; do
	[ "${3:-}" != armed ] || cp "$1/own.ini" "$tmp/SV$number/ac_e_net.ini"
	clock=()
	[ "${3:-}$number" != late1 ] || clock=(env "LD_PRELOAD=$SCREENS_FAKETIME" FAKETIME=-90 \
		FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME_DISABLE_SHM=1)
	start SV$number "${clock[@]}"
done
cd "$1" || exit
echo done
while read -r line; do
	eval "$line" >/dev/null 2>"$tmp/err"
	echo done
done
