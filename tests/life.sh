#!/bin/bash
# The life of amcd: restarts under load lose no request, with a service manager that
# keeps the socket and without one; the watchdog is fed while the loop turns; SIGHUP
# takes what is right and nothing of what is wrong.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 28
begin python3
trap 'exec 7>&-; end' EXIT
host=$net.1
url=https://$host:$port
settings SERVER1 $host
conf=$tmp/SERVER1/amcd.conf held=$tmp/SERVER1/ac_e_net.ini log=$tmp/SERVER1/log
site control SERVER1 $host control SERVER2 $net.2 >"$held"

lines() { grep -c "$1" "$2"; }
exceeds() { [ "$(lines "$1" "$2")" -gt "$3" ]; }
hello() { curl -sk -m 10 "$url/v1/hello"; }
up() { [ "$(hello | jq -r .name)" = SERVER1 ]; }
# Asks again and again until $tmp/enough is there: a line a request, 200 or what went wrong.
ask_on() {	# FILE [WORDS OF CURL...]
	local file=$1
	shift
	until [ -e "$tmp/enough" ]; do
		curl -sk -m 30 -o /dev/null -o /dev/null -o /dev/null -w '%{http_code}\n' "$@" \
			"$url/v1/hello" "$url/v1/hello?a" "$url/v1/hello?b" || echo "curl $?"
	done >"$file"
}
load() {
	rm -f "$tmp/enough"
	ask_on "$tmp/load1" & askers=($!)
	ask_on "$tmp/load2" -H "Connection: close" & askers+=($!)
	ask_on "$tmp/load3" & askers+=($!)
}
unload() { touch "$tmp/enough"; wait "${askers[@]}"; cat "$tmp"/load?; }
answered() { cat "$tmp"/load? | wc -l; }
more() {	# N: so many more answers came
	local from=$(answered)
	await 20 eval '[ $(answered) -gt $((from + '"$1"')) ]'
}
upload() {	# slowly: about 3 s
	curl -sk -m 30 -u operator:correct-horse --limit-rate 20k -H "If-Match: \"none\"" -H Expect: \
		-o /dev/null -w '%{http_code}' -T "$tmp/large" "$url/v1/site"
}
{ cat "$held"; for i in $(seq 1000); do echo "; a comment that makes it longer, line $i ........"; done; } >"$tmp/large"

# by itself
ok "it starts" start SERVER1
pid=${pids[SERVER1]}
key=$(hello | jq -r .pin)
load
more 20
again() {	# it becomes itself anew under load
	local n=$(lines "listens on" "$log")
	more 10 && kill -USR2 $pid && await 20 exceeds "listens on" "$log" "$n" && more 10
}
upload >"$tmp/upload" &
slow=$!
for i in 1 2 3; do
	ok "SIGUSR2 under load, $i" again
done
unload >"$tmp/all"
is "no request was lost" "" "$(grep -v '^200$' "$tmp/all" | sort | uniq -c)"
ok "and there were many" [ "$(grep -c '^200$' "$tmp/all")" -gt 100 ]
wait $slow
is "an upload that was under way is answered" 412 "$(cat "$tmp/upload")"
is "it is the same process" "$pid" "$(pgrep -f "amcd -c $conf" | head -n 1)"
is "and has the same key" "$key" "$(hello | jq -r .pin)"

# SIGHUP
grew() {	# WORDS: SIGHUP makes it say so once more
	local n=$(lines "$1" "$log")
	kill -HUP $pid && await 10 exceeds "$1" "$log" "$n"
}
ok "SIGHUP reads all anew" grew "settings were read anew"
cp "$held" "$tmp/aside.ini"
sed -i 's/^Revision=.*/Revision=12/' "$held"
ask -o /dev/null "$url/v1/site"		# who compares sees the file, and it does not count for that
ok "also a site that was changed by hand" eval 'grew "settings were read anew" && [ "$(hello | jq .revision)" = 12 ]'
sed -i 's/^Parent=Network/Parent=Nowhere/' "$held"
ok "a site with errors changes nothing" eval 'grew "nothing was changed: .*ac_e_net.ini" && [ "$(hello | jq .revision)" = 12 ]'
cp "$tmp/aside.ini" "$held"
cp "$conf" "$tmp/aside.conf"
sed 's/^Listen/Lissten/' "$tmp/aside.conf" >"$conf"
ok "nor do wrong settings" eval 'grew "nothing was changed: .*lissten" && up'
sed "s/^Listen.*/Listen = $net.9:$port/" "$tmp/aside.conf" >"$conf"
ok "another address is listened at" eval 'grew "settings were read anew" && curl -sk -m 5 -o /dev/null "https://$net.9:$port/v1/hello"'
ok "and the old one no more" await 10 not curl -sk -m 5 -o /dev/null "$url/v1/hello"
sed "s|^StateDirectory.*|StateDirectory = $tmp|" "$tmp/aside.conf" >"$conf"
ok "another key needs a restart, in words" grew "nothing was changed: .*after a restart"
cp "$tmp/aside.conf" "$conf"
ok "back again" eval 'grew "settings were read anew" && up'
sed 's/^Name.*/Name = SERVRE1/' "$tmp/aside.conf" >"$conf"
ok "a name that the site does not have changes nothing" eval 'grew "nothing was changed: .*SERVRE1" && up'
cp "$tmp/aside.conf" "$conf"
ok "SIGTERM ends it" stop SERVER1

# with a service manager
mkfifo "$tmp/words"
python3 "$top_srcdir/tests/manager.py" "$tmp/told" 300000 "$amcd" -c "$conf" \
	<"$tmp/words" >>"$log" 2>&1 &
manager=$!
exec 7>"$tmp/words"
told() { lines "^$1" "$tmp/told"; }
rises() { await 10 exceeds "^$1" "$tmp/told" "$(told "$1")"; }	# WORDS: once more
ok "it tells that it is ready" await 10 eval '[ "$(told READY=1)" = 1 ]'
ok "gives its socket away" eval '[ "$(told FDSTORE=1)" = 1 ]'
ok "and how it is" await 10 grep -q "^STATUS=revision 7, control, 0 UPSs, 2 terminals" "$tmp/told"
ok "the watchdog is fed" eval 'rises WATCHDOG && rises WATCHDOG'
echo freeze >&7
still() { local n=$(told WATCHDOG); read -rt 1 <> <(:); [ "$(told WATCHDOG)" = "$n" ]; }
ok "only while it runs" await 5 still
echo thaw >&7
ok "and then again" rises WATCHDOG
load
more 20
restart() {
	local n=$(told READY=1)
	more 10 && echo restart >&7 && await 20 exceeds READY=1 "$tmp/told" "$n" && more 10
}
restarts() { for i in 1 2 3; do restart || return 1; done; }
ok "three restarts by the manager, under load" restarts
unload >"$tmp/all"
is "no request was lost by them" "" "$(grep -v '^200$' "$tmp/all" | sort | uniq -c)"
n=$(told READY=1)
echo hup >&7
ok "it tells that it reads its settings anew" eval 'await 10 exceeds READY=1 "$tmp/told" "$n" && grep -q "^RELOADING=1" "$tmp/told" && grep -q "^MONOTONIC_USEC=[1-9]" "$tmp/told"'
echo stop >&7
exec 7>&-
wait $manager
finish
