#!/bin/bash
# The kill sweep: a site is sent to three terminals, and the sender, a control terminal
# or a linked one is killed with SIGKILL at its Nth step, be it in the middle of a
# write. Whatever N, each terminal holds the old site or the new one, whole; what it
# says of staged or earlier ones is whole, too; who was told that nothing was sent finds
# it so; and sending again completes it.
#
# Of each kind of step one is tried, such as the rename of the site file and the write of
# what is staged; all of them (some 250) with
#	KILL_SWEEP=all make check TESTS=tests/kill-sweep.sh
. "${top_srcdir:?}/tests/tap.sh" || exit 1
. "$top_srcdir/tests/terminal.sh"

plan 6
begin
export ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0:detect_leaks=0
preload=$bin/tests/killpoint.so
[ -r "$preload" ] || skip_all "there is no killpoint.so"
names="C1 C2 L1"
cd "${tmp:?}" || exit 1

wrong=0
complain() { echo "# $*"; sed 's/^/#   /' out | head -n 8; wrong=$((wrong + 1)); }

# a victim is started again when it is dead, as systemd would
start_victim() {	# NAME N
	rm -f go first
	(
		LD_PRELOAD=$preload KILL_GO=$tmp/go KILL_AT=$2 KILL_STEPS=$tmp/steps \
			"$amcd" -c "$1/amcd.conf" >>"$1/log" 2>&1 &
		echo $! >first
		wait $! 2>/dev/null
		echo >>died
		exec "$amcd" -c "$1/amcd.conf" >>"$1/log" 2>&1
	) >/dev/null 2>&1 &
	pids[$1]=$!
	answers "$1"
	first=$(cat first)
	pids[first]=$first
}
stop_victim() {		# NAME: of its first life, too, if that goes on
	stop "$1" KILL
	kill -KILL "$first" 2>/dev/null
	unset "pids[first]"
	await 10 eval '! kill -0 $first 2>/dev/null' || complain "$1 is killed, and does not go"
}

send() {	# [ENVIRONMENT...]; one that does not end is told, not waited for
	{ timeout -k 5 100 env "$@" "$amc" send site.ini --all --timeout 5 \
		--password-file password >out 2>&1; } 2>/dev/null
}

# by sums, as there are many to compare: that of each revision
declare -A sums
sum() { sha256sum | cut -d ' ' -f 1; }
sums_of() { sha256sum {C1,C2,L1}/ac_e_net.ini {C1,C2,L1}/history/ac_e_net.ini.* 2>/dev/null; }

whole() {	# WHERE: whatever is there is one of the sites that there were
	local n sum file found=0
	while read -r sum file; do
		case $file in
		*/history/*)
			[ "$sum" = "${sums[${file##*.}]}" ] || complain "$1: $file is not what it was" ;;
		*)
			found=$((found + 1))
			[[ $sum == "$old" || $sum == "$new" ]] ||
				complain "$1: $file is neither the old nor the new site" ;;
		esac
	done < <(sums_of)
	[ $found = 3 ] || complain "$1: $found of 3 hold a site"
	for n in $names; do
		# six lines of its own stand before the site; it may be gone by now
		[ -e $n/state/staged ] && sum=$(tail -n +7 $n/state/staged 2>/dev/null | sum) || continue
		[[ ! -e $n/state/staged || $sum == "$old" || $sum == "$new" ]] ||
			complain "$1: what $n has staged is not whole"
	done
}
all_hold() {	# SUM
	[ "$(sha256sum {C1,C2,L1}/ac_e_net.ini | grep -c "^$1 ")" = 3 ]
}

revise() {
	seconds=$((60 + (seconds - 59) % 60))
	"$amc" set site.ini L1 ShutdownSeconds=$seconds >/dev/null
	old=$new new=$(sum <site.ini)
	sums[$(sed -n 's/^Revision=//p' site.ini)]=$new
}

judge() {	# WHERE STATUS
	whole "$1"
	case $2 in
	0) all_hold $new || complain "$1: all was said to be well, and is not" ;;
	6 | 137) ;;
	124) complain "$1: the sender did not end" ;;
	*) all_hold $old || complain "$1: nothing was said to be sent ($2), and something was" ;;
	esac
}
again() {	# WHERE
	send || complain "$1: sending again does not complete it: $?"
	all_hold $new || complain "$1: not all hold it in the end"
	whole "$1, in the end"
}

sender_at() {	# N
	local status
	revise
	send LD_PRELOAD="$preload" KILL_AT=$1 KILL_STEPS="$tmp/steps"
	status=$?
	judge "the sender at $1" $status
	again "the sender at $1"
}

victim_at() {	# NAME N
	local status
	revise
	stop "$1" KILL
	start_victim "$1" "$2"
	: >go
	send
	status=$?
	rm -f go
	answers "$1"
	judge "$1 at $2" $status
	stop_victim "$1"
	start "$1"
	again "$1 at $2"
}
# Which are tried: all, or the middle one of each kind of step, such as "rename staged".
# What two terminals do alike they share: 1/2 are the first, third, fifth kind.
points() {	# SHARE
	[ "$KILL_SWEEP" != all ] || { seq 1 "$(wc -l <steps)"; return; }
	sed 's/\.[0-9][0-9]*//g; s/:.*//' steps | awk -v part="${1%/*}" -v parts="${1#*/}" '
		/^(mkdir|flock) / { next }	# these change nothing
		!($0 in n) { kinds[++k] = $0 }
		{ at[$0, ++n[$0]] = NR }
		END {
			for (i = part; i <= k; i += parts)
				print at[kinds[i], int((n[kinds[i]] + 1) / 2)]
		}' | sort -n
}

settings C1 $net.1
settings C2 $net.2
settings L1 $net.3
revision=1 site control C1 $net.1 control C2 $net.2 linked L1 $net.3 >site.ini
for n in $names; do echo set $n KeyPin="$(pin $n)"; done | "$amc" edit site.ini - >/dev/null
seconds=60
new=$(sum <site.ini)
sums[2]=$new
for n in $names; do start $n; done
ok "the first sending" send

tried=0
sweep() {	# NAME SHARE-OF-THE-KINDS COMMAND...: killed at many of its steps
	local n
	rm -f steps
	wrong=0
	"${@:3}" 0
	total=$(wc -l <steps)
	: >died
	for n in $(points "$2"); do
		"${@:3}" "$n"
		tried=$((tried + 1))
	done
	ok "$1, killed at any of its $total steps" [ $wrong = 0 ]
}
sweep "the sender" 1/1 sender_at
sweep C1 1/2 victim_at C1
sweep L1 2/2 victim_at L1
ok "all of those were tried: $tried" [ $tried -ge 20 ]
ok "and the last was killed, too" [ -s died ]
echo "# $tried points"
finish
