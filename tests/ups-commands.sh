#!/bin/bash
# Every command that a Smart-UPS and a card of the UPS-MIB know, given by the verb ups to
# simulated ones whose time runs 8 times as fast as ours, until its effect is seen. Each
# UPS is told one thing after the other, all of them at the same time.
. "$top_srcdir/tests/tap.sh"
export LC_ALL=C.UTF-8 LANGUAGE=
unset AMC_SITE
amc=$(cd "$top_builddir" && pwd)/amc
upssim=$(cd "$top_builddir" && pwd)/upssim
tmp=$(mktemp -d) || exit 1
trap 'kill $(cat "$tmp"/pid.* 2>/dev/null) 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
net=127.66.$((RANDOM % 250)) port=$((20000 + $$ % 20000))
U=1.3.6.1.4.1.318.1.1.1
R=1.3.6.1.2.1.33.1

# UPS COMMAND STATUS WORDS: what amc ups says in its last line
cat >steps <<'END'
A1 test 0 passed
A1 simulate-failure 0 done; now: On battery
A2 off 0 done; now: Off
A2 on 0 done; now: Normal ON
A3 off-gracefully 0 done; now: Off
A4 reboot 0 done; now: Rebooting
A5 off-until-mains 0 done; now: Sleeping
A6 reboot-gracefully 0 done; now: Rebooting
A7 sleep 0 done; now: Sleeping
A8 sleep-gracefully 0 done; now: Sleeping
A9 bypass 0 done; now: Bypass
A9 bypass-end 0 done; now: Normal ON
A9 beep 0 the card took it; nothing of it can be read
A10 calibrate 0 under way
A10 calibrate-cancel 0 done; now: Normal ON
A11 outlet-off 0 done
A11 outlet-on 0 done
A11 outlet-reboot 0 done
A12 outlet-off-gracefully 0 done
A12 off-until-mains 5 cards take this only in one of these states: On battery
R1 test 0 passed
R2 off 0 done; now: Off
R2 on 0 done; now: Normal ON
R3 off-gracefully 0 done; now: Off
R4 reboot 0 done; now: Off
R5 off-until-mains 0 done; now: Off
R6 mute 0 the card took it; nothing of it can be read
R6 cancel 0 the card took it; nothing of it can be read
R7 calibrate 0 under way
R7 calibrate-cancel 0 done; now: Normal ON
END
plan $((9 + $(wc -l <steps)))
need snmpget snmpset

sim() {	# NAME FIRST-ADDRESS CARDS MODEL
	"$upssim" --with-parent --base "$2:$port" --cards "$3" --model "$4" --speed 8 --control "$1" >"out.$1" 2>&1 &
	echo $! >"pid.$1"
	await 20 grep -q ready "out.$1"
}
get() { snmpget -v2c -c public -m '' -Oqvt "$net.$1:$port" "$2"; }
ok "twelve Smart-UPSs" sim smart "$net.1" 12 smart
ok "and seven of the UPS-MIB" sim standard "$net.101" 7 rfc1628
{
	echo 'add network group G CommunicationAddress=127.255.255.255'
	for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
		echo "add G/@power ups A$i Address=$net.$i SnmpPort=$port SnmpVersion=2c"
	done
	for i in 1 2 3 4 5 6 7; do
		echo "add G/@power ups R$i Address=$net.$((100 + i)) SnmpPort=$port SnmpVersion=2c GraceSeconds=20"
	done
} >script
"$amc" new site.ini >/dev/null
ok "a site for them, armed" eval '"$amc" edit site.ini script && "$amc" set site.ini network Armed=yes'
shorten() {	# what would be waited for
	for i in 3 5 6 8; do
		snmpset -v2c -c public -m '' "$net.$i:$port" $U.5.2.10.0 t 2000 || return
	done
	snmpset -v2c -c public -m '' "$net.12:$port" $U.12.2.2.1.4.1 i 20
}
ok "with grace times of 20 s" shorten
"$upssim" ctl smart UPS5 mains off >/dev/null
"$upssim" ctl standard UPS5 mains off >/dev/null

tell() {	# UPS: all that it is told, one after the other
	local ups command rest outlet
	while read -r ups command rest; do
		[ "$ups" = "$1" ] || continue
		outlet=()
		[[ $command != outlet-* ]] || outlet=(--outlet 1)
		"$amc" ups "$command" "${outlet[@]}" site.ini "$ups" --yes >"$ups.$command" 2>&1
		echo "status $?" >>"$ups.$command"
	done <steps
}
pids=()
for ups in $(cut -d' ' -f1 steps | sort -u); do
	tell "$ups" &
	pids+=($!)
done
wait "${pids[@]}"
while read -r ups command status words; do
	ok "$ups: $command: $words" eval "cat $ups.$command; grep -qx 'status $status' $ups.$command &&
		grep -qF '$words' $ups.$command"
done <steps

is "muted" 3 "$(get 106 $R.9.8.0)"
is "the lock of the tests was taken" 2 "$(get 101 $R.7.2.0)"
"$upssim" ctl smart UPS5 mains on >/dev/null
"$upssim" ctl standard UPS5 mains on >/dev/null
back() { [ "$(get 5 $U.4.1.1.0) $(get 105 $R.4.1.0)" = "2 3" ]; }
ok "what was off until mains return comes back with them" await 30 back
is "what was off stays off" "7 2" "$(get 3 $U.4.1.1.0) $(get 103 $R.4.1.0)"
is "and nobody was told anything else" "2 3" "$(get 12 $U.4.1.1.0) $(get 106 $R.4.1.0)"
finish
