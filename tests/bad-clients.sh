#!/bin/bash
# amcd among clients that misbehave: slow, greedy, old, lying, guessing, in crowds of
# ten thousand. While each kind is at it a good client is answered in time, and memory
# stays within bounds; afterwards amcd is whole. bad-clients.py misbehaves.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

kinds=(slow_headers slow_body silent stalled giant_header many_headers giant_body plain_http old_tls garbage
	methods paths json_bombs handshakes crowd guessing_here guessing_everywhere)
plan $((3 * ${#kinds[@]} + 7))
begin
net=${net%.*}	# the bad ones have all its addresses
host=$net.0.1
url=https://$host:$port
python=/usr/bin/python3
[ -x $python ] || skip_all "python3 is not installed"
ulimit -n 11000 2>/dev/null || skip_all "10,000 connections are not allowed here"

settings SERVER1 $host
held=$tmp/SERVER1/ac_e_net.ini log=$tmp/SERVER1/log
site control SERVER1 $host >"$held"
start SERVER1 prlimit --nofile=1024
amcd=${pids[SERVER1]}
field() { sed -n "s/^$1:[^0-9]*\([0-9]*\).*/\1/p" "/proc/$amcd/status"; }
good() {	# PATH CURL-OPTION...: the status, and the time to "took"
	local path=$1 got
	shift
	got=$(curl -sk -m 20 --interface "$net.0.2" -u operator:correct-horse -o "$tmp/answer" \
		-w '%{http_code} %{time_total}' "$@" "$url$path")
	echo "${got#* }" >>"$tmp/times"
	[ "${got% *}" = 200 ]
}
goods() { good /v1/hello && good /v1/status && good /v1/site && good /v1/events && good /v1/status; }
quick() {	# the slowest answer; 8 s, because tests share the processors
	slowest=$(sort -n "$tmp/times" | tail -n 1)
	[ "${slowest%.*}" -lt 8 ]
}
# bodies that an operator sends, 4 of 64 MiB; what 256 connections need; what free() keeps
limit=$((400 * 1024))
case $(ldd "$top_builddir/amcd") in
*libasan*) limit=$((4 * limit)) ;;
esac

ok "it answers" await 10 good /v1/hello
before=$(sha256sum <"$held")
idle=$(field VmRSS)
for kind in "${kinds[@]}"; do
	rm -f "$tmp/times" "$tmp/on"
	mkfifo "$tmp/on"
	exec 7<>"$tmp/on"
	$python "$top_srcdir/tests/bad-clients.py" $kind "$host" "$port" "$net" correct-horse \
		<&7 >"$tmp/said" 2>"$tmp/python" &
	bad=$!
	await 30 grep -q on "$tmp/said" || sed 's/^/# /' "$tmp/python"
	ok "$kind: who is good is answered" goods
	ok "$kind: in time" quick
	ok "$kind: nothing was taken that is none of ours" not grep -q taken "$tmp/said"
	echo "# $kind: slowest ${slowest:-?} s, memory $(field VmRSS) KiB, peak $(field VmHWM) KiB"
	kill $bad
	wait $bad 2>/dev/null
	exec 7>&-
done
ok "the peak of memory is bounded" [ "$(field VmHWM)" -lt $limit ]
few() { [ "$(find /proc/$amcd/fd | wc -l)" -lt 60 ]; }
ok "all connections are gone" await 40 few
ok "it is the same process" kill -0 $amcd
is "with the same site" "$before" "$(sha256sum <"$held")"
# 2 s in which nothing happens are what is measured: at a half it would be 100 ticks
busy() { awk '{ print $14 + $15 }' "/proc/$amcd/stat"; }
exec 8<>"/dev/tcp/$host/$port"
printf '\x16\x03\x01\x01' >&8
from=$(busy)
read -rt 2 <> <(:) || :
ok "half a TLS record does not take the processor" [ $(($(busy) - from)) -lt 100 ]
exec 8>&-
few_lines() { [ "$(wc -l <"$log")" -lt 2000 ]; }
ok "its log was not flooded" few_lines
echo "# idle $idle KiB, now $(field VmRSS) KiB; $(wc -l <"$log") lines of log"
finish
