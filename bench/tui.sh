#!/bin/bash
# bench/tui.sh: what the console costs beside htop, tig and mc, in the same run and
# the same terminal (bench-tty): a key, a start, standing still, memory.
# Prints lines "ratio NAME VALUE LIMIT" (VALUE must be at most LIMIT) and, behind #,
# the figures they come from. A program that is not installed is left out.
# BUILD names the build folder; ROUNDS how often all are measured in turn (3).
set -eu
cd "$(dirname "$0")/.."
build=$PWD/${BUILD:-build}
rounds=${ROUNDS:-3}
export top_srcdir=$PWD top_builddir=$build
make -s -C "$build" bench-tty
. tests/tap.sh
. tests/farm.sh
tmp=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || :; wait 2>/dev/null || :; rm -rf "$tmp"' EXIT
# a home of its own: mc keeps its settings in a folder mc, where our figures of it are
mkdir "$tmp/home"
export LC_ALL=C.UTF-8 LANGUAGE= TERM=xterm-256color
export HOME=$tmp/home XDG_CONFIG_HOME=$tmp/home XDG_STATE_HOME=$tmp/home
unset TMUX NO_COLOR LINES COLUMNS

# site N: N nodes, a hundred groups side by side at most, nobody at the addresses.
# No live states: half of the nodes are groups, the others terminals of no address.
site() {
	awk -v n="$1" 'BEGIN {
		print "[Network]\nFormat=1\nRevision=1"
		for (g = 1; g <= n / 2; g++) {
			parent = g == 1 ? "Network" : "Group" (g <= 100 ? 1 : int((g - 1) / 100) + 1) ".LinkedTerminals"
			printf "\n[Group%d]\nName=G%d\nParent=%s\nCommunicationAddress=127.255.255.255\n", g, g, parent
			printf "\n[Terminal%d]\nName=T%d\nParent=Group%d.LinkedTerminals\n", g, g, g
			printf "Address=127.%d.%d.%d\n", 200 + g / 40000, g / 200 % 200, g % 200 + 1
		}
	}' >"$tmp/$1.ini"
}
for n in 100 1000 10000 100000; do site $n; done
# as sites are, for the rules: of each ten a group, two UPSs and seven terminals
awk 'BEGIN {
	print "[Network]\nFormat=1\nRevision=1"
	for (g = 1; g <= 100; g++) {
		parent = g == 1 ? "Network" : "Group1.LinkedTerminals"
		printf "\n[Group%d]\nName=G%d\nParent=%s\nCommunicationAddress=127.255.255.255\n", g, g, parent
		for (u = 1; u <= 2; u++)
			printf "\n[Ups%d]\nName=U%d\nParent=Group%d.PowerDevices\nAddress=127.199.%d.%d\n", g * 2 + u, g * 2 + u, g, u, g
		for (t = 1; t <= 7; t++)
			printf "\n[Terminal%d]\nName=T%d\nParent=Group%d.ControlTerminals\nAddress=127.198.%d.%d\n", g * 7 + t, g * 7 + t, g, t, g
	}
}' >"$tmp/mixed.ini"
git init -q "$tmp/repo"
(
	cd "$tmp/repo"
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		echo "$i" >f
		git add f
		git -c user.name=a -c user.email=a@b commit -qm "Change $i"
	done
)

# run NAME WORDS...: adds the figures to $tmp/NAME
run() {
	local name=$1
	shift
	"$build/bench-tty" "$@" >>"$tmp/$name" || echo "# $name: no figures"
}
# of NAME WHAT: the median of all rounds
of() {
	awk -v w="$2" '$1 == w { print $2 }' "$tmp/$1" 2>/dev/null | sort -g |
		awk '{ v[NR] = $1 } END { if (NR) print v[int((NR + 1) / 2)] }'
}
ratio() {	# NAME VALUE LIMIT
	[ -z "$2" ] || echo "ratio $1 $2 $3"
}
per() { awk -v a="${1:-0}" -v b="${2:-0}" 'BEGIN { if (b > 0) printf "%.3f", a / b }'; }

for ((i = 0; i < rounds; i++)); do
	for n in 100 1000 10000 100000; do
		starts=3 keys=100
		[ $n -lt 100000 ] || { starts=1 keys=50; }
		run amc-$n -e Quit -k $keys -s $starts 40x120 "$build/amc" "$tmp/$n.ini"
	done
	run typing -e Quit -f $'j\r' -t Communication -k 50 -s 1 40x120 "$build/amc" "$tmp/mixed.ini"
	! command -v htop >/dev/null || run htop -e Quit -k 100 -s 3 40x120 htop
	! command -v mc >/dev/null || run mc -e Quit -k 100 -s 3 40x120 mc -u /usr/bin /usr/lib
	! command -v tig >/dev/null || (cd "$tmp/repo" && run tig -e '[main]' -k 100 -s 3 40x120 tig)
done
for who in amc-100 amc-1000 amc-10000 amc-100000 htop mc tig; do
	[ ! -s "$tmp/$who" ] || echo "# $who: start $(of $who start) ms, key $(of $who key) ms," \
		"CPU a key $(of $who key_cpu) ms (its own $(of $who key_own), 99 %: $(of $who key_cpu_99)), $(of $who rss) kB"
done
for who in htop mc tig; do
	ratio "key-10000-to-$who" "$(per "$(of amc-10000 key)" "$(of $who key)")" 1
done
ratio key-cpu-99 "$(per "$(of amc-10000 key_cpu_99)" 5)" 1
# log 100000 / log 1000 is 5/3; without what is asked of the terminals meanwhile
ratio key-growth "$(per "$(of amc-100000 key_own)" "$(of amc-1000 key_own)")" 1.667
# a letter in a form: the site with it, all rules, the form, in at most 10 ms
ratio rules-1000 "$(per "$(of typing key_own)" 10)" 1
ratio start-100 "$(per "$(of amc-100 start)" 20)" 1
# the same where the machine is not our own: mc takes 21 ms when we may take 20
ratio start-100-to-mc "$(per "$(of amc-100 start)" "$(of mc start)")" 0.952
ratio start-10000 "$(per "$(of amc-10000 start)" 100)" 1
# Of a node: what a site ten times as large takes more, with its share of the watching
# and of the file's text. Its strings are what it alone has to say, each with its NUL:
# name and address; the communication address, which all groups have, counts once.
bytes=$(awk -v a="$(of amc-100000 rss)" -v b="$(of amc-10000 rss)" 'BEGIN { print (a - b) * 1024 / 90000 }')
echo "# a node takes $bytes bytes with its strings"
strings=$(awk -F= '/^(Name|Address|CommunicationAddress)=/ && !seen[$2]++ { n += length($2) + 1 } END { print n / 100000 }' "$tmp/100000.ini")
ratio memory-node "$(awk -v a="$bytes" -v s="$strings" 'BEGIN { printf "%.3f", (a - s) / 200 }')" 1

# standing still, with live states
farm
run idle -e 'Normal ON' -i 20 -s 1 40x120 "$build/amc" "$tmp/farm.ini"
echo "# idle: $(of idle idle_bytes) bytes a second, $(of idle idle_cpu) ms of CPU a second"
ratio idle-bytes "$(per "$(of idle idle_bytes)" 2000)" 1
ratio idle-cpu "$(per "$(of idle idle_cpu)" 10)" 1
