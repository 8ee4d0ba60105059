#!/bin/bash
# The kill sweep: a site is sent to three terminals, and the sender, a control terminal
# or a linked one is killed with SIGKILL at its Nth step, be it in the middle of a
# write. Whatever N, each terminal holds the old site or the new one, whole; what it
# says of staged or earlier ones is whole, too; who was told that nothing was sent finds
# it so; and sending again completes it.
#
# Some 20 points of the whole are tried, spread evenly; all of them (some 250) with
#	KILL_SWEEP=all make check TESTS=tests/kill-sweep.sh
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 6
begin
export ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0:detect_leaks=0
preload=$bin/tests/killpoint.so
[ -r "$preload" ] || skip_all "there is no killpoint.so"
names="C1 C2 L1"
mkdir -p "$tmp/kept"
cd "$tmp" || exit 1

# a victim is started again when it is dead, as systemd would
start_victim() {	# NAME N
	rm -f go first
	(
		LD_PRELOAD=$preload KILL_GO=$tmp/go KILL_AT=$2 KILL_COUNT=$tmp/count \
			"$amcd" -c "$1/amcd.conf" >>"$1/log" 2>&1 &
		echo $! >first
		wait $! 2>/dev/null
		echo >>died
		exec "$amcd" -c "$1/amcd.conf" >>"$1/log" 2>&1
	) 2>/dev/null &
	pids[$1]=$!
	answers "$1"
}
stop_victim() {		# NAME: it lets go of its first life, if that goes on, and counts it
	stop "$1" KILL
	kill "$(cat first)" 2>/dev/null
	await 10 eval '! kill -0 "$(cat first)" 2>/dev/null'
}

send() { "$amc" send site.ini --all --timeout 5 --password-file password >out 2>&1; }

wrong=0
complain() { echo "# $*"; sed 's/^/#   /' out | head -n 8; wrong=$((wrong + 1)); }

# Is FILE, as it is at this moment, one of these? It may be gone by now: when a sender is
# killed, what it has said is still being done.
is_one_of() {	# FILE CANDIDATE...
	local file=$1 c
	shift
	cp "$file" snapshot 2>/dev/null || return 0
	[ "${file##*/}" != staged ] || sed -i 1,6d snapshot
	for c; do cmp -s snapshot "$c" && return; done
	return 1
}

whole() {	# WHERE: whatever is there is one of the sites that there were
	local n f
	for n in $names; do
		[ -e $n/ac_e_net.ini ] && is_one_of $n/ac_e_net.ini old.ini site.ini ||
			complain "$1: $n holds neither the old nor the new site"
		is_one_of $n/state/staged old.ini site.ini || complain "$1: what $n has staged is not whole"
		for f in $n/history/ac_e_net.ini.*; do
			is_one_of "$f" "kept/${f##*.}" || complain "$1: $f is not what it was"
		done
	done
}
all_hold() {	# FILE
	local n
	for n in $names; do cmp -s "$1" $n/ac_e_net.ini || return 1; done
}

revise() {
	cp site.ini old.ini
	seconds=$((60 + (seconds - 59) % 60))
	"$amc" set site.ini L1 ShutdownSeconds=$seconds >/dev/null
	cp site.ini "kept/$(sed -n 's/^Revision=//p' site.ini)"
}

judge() {	# WHERE STATUS
	whole "$1"
	case $2 in
	0) all_hold site.ini || complain "$1: all was said to be well, and is not" ;;
	6 | 137) ;;
	*) all_hold old.ini || complain "$1: nothing was said to be sent ($2), and something was" ;;
	esac
}
again() {	# WHERE
	send || complain "$1: sending again does not complete it: $?"
	all_hold site.ini || complain "$1: not all hold it in the end"
	whole "$1, in the end"
}

sender_at() {	# N
	revise
	{ LD_PRELOAD=$preload KILL_AT=$1 KILL_COUNT=$tmp/count "$amc" send site.ini --all --timeout 5 \
		--password-file password >out 2>&1; } 2>/dev/null
	local status=$?
	judge "the sender at $1" $status
	again "the sender at $1"
}

victim_at() {	# NAME N
	revise
	stop "$1" KILL
	start_victim "$1" "$2"
	: >go
	send
	local status=$?
	rm -f go
	answers "$1"
	judge "$1 at $2" $status
	stop_victim "$1"
	start "$1"
	again "$1 at $2"
}

points() {	# TOTAL SHARE: which of so many are tried
	[ "$KILL_SWEEP" = all ] && seq 1 "$1" || seq 1 $((($1 + $2 - 1) / $2)) "$1"
}

settings C1 $net.1
settings C2 $net.2
settings L1 $net.3
revision=1 site control C1 $net.1 control C2 $net.2 linked L1 $net.3 >site.ini
for n in $names; do echo set $n KeyPin="$(pin $n)"; done | "$amc" edit site.ini - >/dev/null
seconds=60
cp site.ini kept/2
for n in $names; do start $n; done
ok "the first sending" send

tried=0
sender_at 0
total=$(cat count)
for n in $(points "$total" 8); do sender_at "$n"; tried=$((tried + 1)); done
ok "the sender, killed at any of its $total steps" [ $wrong = 0 ]
for v in C1 L1; do
	wrong=0
	: >died
	victim_at $v 0
	total=$(cat count)
	: >died
	for n in $(points "$total" 7); do victim_at $v "$n"; tried=$((tried + 1)); done
	ok "$v, killed at any of its $total steps" [ $wrong = 0 ]
done
ok "all of those were tried: $tried" [ $tried -ge 20 ]
ok "and the last was killed, too" [ -s died ]
echo "# $tried points"
finish
