#!/bin/bash
# What asking many UPS cards costs: 1, 10, 100 and 1000 simulated ones, some with
# 20 ms of latency, some with one in twenty dead. Beside amc's own watching stand
# the least that it can cost (raw), a minimal asynchronous net-snmp loop, snmpget,
# and NUT (snmp-ups and upsd); all ask for the same objects. They take turns, and
# the median counts. What is not installed is left out.
#   bench/sweep.sh [ROUNDS]      prints a table, then: ratio NAME VALUE LIMIT
set -eu
build=${top_builddir:-build}
upssim=${UPSSIM:-$build/upssim}
rounds=${1:-3}
tmp=$(mktemp -d)
sim=
end() {
	[ -z "$sim" ] || kill "$sim" 2>/dev/null || true
	[ ! -s "$tmp/nut/pids" ] || kill $(cat "$tmp/nut/pids") 2>/dev/null || true
	wait 2>/dev/null || true
	rm -rf "$tmp"
}
trap end EXIT
make -s -C "$build" sweepers
port=11161 community=public

# what a reading asks a Smart-UPS for in the long run
sed 's/^/1.3.6.1.4.1.318.1.1.1./' >"$tmp/objects" <<-END
	1.1.1.0
	1.2.3.0
	1.2.1.0
	3.3.1.0
	3.3.4.0
	4.3.1.0
	4.3.3.0
	4.2.8.0
	2.3.1.0
	2.3.4.0
	2.2.3.0
	2.1.2.0
	2.3.2.0
	8.1.0
	4.1.1.0
	2.1.1.0
	2.2.4.0
	11.1.1.0
END

# the first $1 of the cards
cards() {
	local i
	for ((i = 1; i <= $1; i++)); do
		echo "127.62.$((i / 256)).$((i % 256)):$port"
	done >"$tmp/cards"
}

# start CARDS OPTION...
start() {
	"$upssim" --with-parent --base "127.62.0.1:$port" --cards "$1" \
		--control "$tmp/control" "${@:2}" >"$tmp/out" &
	sim=$!
	for ((i = 0; i < 300; i++)); do
		grep -q ready "$tmp/out" && return
		sleep 0.1
	done
	echo "upssim does not start" >&2
	exit 1
}

stop() {
	kill "$sim"
	wait "$sim" 2>/dev/null || true
	sim=
}

tell() { "$upssim" ctl "$tmp/control" "$@" >/dev/null 2>&1; }

# median COLUMN NAME: of the rows of the present case
median() { awk -v n="$2" -v c="$1" '$1 == n { print $c }' "$tmp/rows" | sort -n |
	awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

# cell CASE NAME COLUMN: what was measured, from the table
cell() { awk -v k="$1" -v n="$2" -v c="$3" '$1 == k && $2 == n { print $c }' "$tmp/table"; }

# measure CASE SWEEPS
measure() {
	local who i
	: >"$tmp/rows"
	for ((i = 0; i < rounds; i++)); do
		for who in raw netsnmp amc; do
			"$build/sweep-$who" "$tmp/cards" "$tmp/objects" "$2" >>"$tmp/rows"
		done
	done
	for who in raw net-snmp amc; do
		printf '%-18s %-10s %9s %9s %9s %9s\n' "$1" "$who" "$(median 2 "$who")" \
			"$(median 3 "$who")" "$(median 4 "$who")" "$(median 5 "$who")"
	done | tee -a "$tmp/table"
}

# CPU of a process so far, in ms: with its children that are gone
cpu_of() { awk -v hz="$(getconf CLK_TCK)" '{ print ($14 + $15 + $16 + $17) * 1000 / hz }' "/proc/$1/stat"; }

beside_snmpget() {
	local n=50 before after
	command -v snmpget >/dev/null || return 0
	before=$(cpu_of $$)
	for ((i = 0; i < n; i++)); do
		snmpget -m '' -v2c -c $community -On "127.62.0.1:$port" $(cat "$tmp/objects") >/dev/null
	done
	after=$(cpu_of $$)
	awk -v a="$before" -v b="$after" -v n=$n \
		'BEGIN { printf "%-18s %-10s %9s %9s %9.0f %9s\n", "1", "snmpget", "-", "-", (b - a) * 1000 / n, "-" }'
}

pss() { awk '/^Pss:/ { print $2 }' "/proc/$1/smaps_rollup"; }

# one driver a card, and one upsd: the CPU of both for each of their cycles of 1 s
beside_nut() {
	local driver=/lib/nut/snmp-ups upsd=/lib/nut/upsd seconds=20 before after pid pids
	[ -x $driver ] && [ -x $upsd ] || return 0
	mkdir -p "$tmp/nut"
	printf '[c]\ndriver = snmp-ups\nport = 127.62.0.1:%s\nmibs = apcc\nsnmp_version = v2c\npollfreq = 1\n' \
		$port >"$tmp/nut/ups.conf"
	printf 'LISTEN 127.62.255.1 3493\n' >"$tmp/nut/upsd.conf"
	: >"$tmp/nut/upsd.users"
	chmod 640 "$tmp"/nut/*
	export NUT_CONFPATH="$tmp/nut" NUT_STATEPATH="$tmp/nut"
	$driver -u root -a c -i 1 -F >/dev/null 2>&1 & echo $! >"$tmp/nut/pids"
	sleep 3
	$upsd -u root -F >/dev/null 2>&1 & echo $! >>"$tmp/nut/pids"
	sleep 4
	pids=$(cat "$tmp/nut/pids") before=0 after=0
	for pid in $pids; do [ -d "/proc/$pid" ] || return 0; done
	for pid in $pids; do before=$(echo "$before $(cpu_of "$pid")" | awk '{ print $1 + $2 }'); done
	sleep $seconds
	for pid in $pids; do after=$(echo "$after $(cpu_of "$pid")" | awk '{ print $1 + $2 }'); done
	awk -v a="$before" -v b="$after" -v n=$seconds -v kb="$(pss "${pids%%$'\n'*}")" \
		'BEGIN { printf "%-18s %-10s %9s %9s %9.0f %9s\n", "1", "NUT", "-", "-", (b - a) * 1000 / n, kb }'
	kill $pids
	wait $pids 2>/dev/null || true
	: >"$tmp/nut/pids"
}

printf '# %-16s %-10s %9s %9s %9s %9s\n' cards who cold-ms sweep-ms cpu-us kB
printf '# %-27s %s\n' '' '(cold: from the start to the last answer; CPU and memory for each card)'
start 1000
for n in 1 10 100 1000; do
	cards $n
	measure $n 20
done
beside_snmpget
beside_nut

latency=
if tell all latency 20; then
	latency=yes
	for n in 100 1000; do
		cards $n
		measure $n-20ms 20
	done
else
	echo "# this upssim has no latency: left out"
fi
for ((i = 951; i <= 1000; i++)); do
	tell "UPS$i" dead
done
cards 1000
[ -z "$latency" ] || measure 1000-20ms-5%dead 4
[ -z "$latency" ] || tell all latency 0
measure 1000-5%dead 4
stop

start 100
cards 100
set -- $("$build/sweep-amc" "$tmp/cards" "$tmp/objects" 1 changes \
	"$upssim ctl $tmp/control all mains off >/dev/null")
seen=$3
echo "# mains off on 100 cards: half of them seen after $2 ms, all after $3 ms"
stop

# the way of a trap: from the command to the state that the card was asked for then
start 1 --trap-to "127.62.255.2:$port"
cards 1
set -- $("$build/sweep-amc" "$tmp/cards" "$tmp/objects" 1 changes \
	"$upssim ctl $tmp/control all mains off >/dev/null" "127.62.255.2:$port")
trapped=$3
echo "# mains off on a card that sends a trap: seen after $3 ms"
stop

# ratio NAME CASE WHO COLUMN LIMIT: amc's beside that of WHO
ratio() {
	awk -v name="$1" -v a="$(cell "$2" amc "$4")" -v b="$(cell "$2" "$3" "$4")" -v l="$5" \
		'BEGIN { if (a != "" && b > 0) printf "ratio %s %.2f %s\n", name, a / b, l }'
}

# value NAME VALUE LIMIT
value() { [ -z "$2" ] || awk -v n="$1" -v v="$2" -v l="$3" 'BEGIN { printf "ratio %s %.3g %s\n", n, v, l }'; }

ratio cpu-1000 1000 net-snmp 5 1.5
ratio cpu-1000-20ms 1000-20ms net-snmp 5 1.5
ratio cpu-1000-dead 1000-5%dead net-snmp 5 1.5
ratio cpu-1000-20ms-dead 1000-20ms-5%dead net-snmp 5 1.5
ratio wall-1000-20ms 1000-20ms net-snmp 4 1.3
ratio wall-1000-20ms-dead 1000-20ms-5%dead net-snmp 4 1.3
value memory-1000-kB "$(cell 1000 amc 6)" 10
value start-100-20ms-s "$(cell 100-20ms amc 3 | awk '{ print $1 / 1000 }')" 0.2
value change-s "$(awk -v s="$seen" 'BEGIN { print s / 1000 }')" 8.2
value trap-s "$(awk -v s="$trapped" 'BEGIN { print s / 1000 }')" 0.1
awk -v a="$(cell 1000 amc 5)" -v b="$(cell 1000 raw 5)" \
	'BEGIN { printf "# the aim is twice the raw loop: %.2f; and 6 kB a card\n", a / b }'
