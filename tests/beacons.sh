#!/bin/bash
# Beacons between real amcd processes: a terminal that ends is noticed within
# seconds, and what a stranger, a forger or a recording sends changes nothing and
# is counted. Python makes beacons by the manual page: the second opinion.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 21
begin python3
key=$(random_key)
for n in 1 2; do
	settings SERVER$n $net.$n
	site control SERVER1 $net.1 control SERVER2 $net.2 >"$tmp/SERVER$n/ac_e_net.ini"
done
status() { curl -sk -m 10 -u viewer:viewing-only "https://$net.1:$port/v1/status"; }
state_of() { status | jq -r ".terminals[] | select(.name == \"$1\").state"; }
age_of() { status | jq -r ".terminals[] | select(.name == \"$1\").age_seconds"; }
count() {
	curl -sk -m 10 -u viewer:viewing-only "https://$net.1:$port/metrics" |
		sed -n "s/^amc_beacons_total{verdict=\"$1\"} //p"
}

# beacon KEY CODE NAME STARTED COUNTER TIME [STATE] >FILE
cat >"$tmp/beacon.py" <<'END'
import hmac, struct, sys
key, code, name, started, counter, at, state = (sys.argv[1:] + ["2"])[:7]
code, name = code.encode(), name.encode()
b = b"AMCB" + bytes([1, int(state), len(code), len(name)]) + struct.pack(">I8sQQQ", 7, b"", int(started),
	int(counter), int(at)) + code + name
sys.stdout.buffer.write(b + hmac.new(bytes.fromhex(key), b, "sha256").digest())
END
beacon() { python3 "$tmp/beacon.py" "$@"; }
throw() { python3 -c 'import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.sendto(sys.stdin.buffer.read(), (sys.argv[1], int(sys.argv[2])))' "$net.1" "$port"; }

ok "two terminals run" eval 'start SERVER1 && start SERVER2'
ok "the one hears the other" await 15 eval '[ "$(state_of SERVER2)" = normal ] && [ "$(count good)" -gt 2 ]'
ok "its state is as young as its beacons" eval 'for i in 1 2 3 4 5; do
	read -rt 1 <> <(:) || :; [ "$(age_of SERVER2 | cut -d. -f1)" -le 4 ] || exit 1; done'
now() { date +%s%3N; }
start_time=$(now)
before=$(count replayed)
beacon $key "T$port" SERVER2 $start_time 1 $(now) >"$tmp/one"
throw <"$tmp/one"
throw <"$tmp/one"
ok "a recording is told from the present" await 5 eval '[ "$(count replayed)" -gt $before ]'
beacon $(printf '%064x' 1) "T$port" SERVER2 $(now) 2 $(now) | throw
ok "a forged one is counted" await 5 eval '[ "$(count forged)" = 1 ]'
beacon $key other SERVER2 $(now) 2 $(now) | throw
ok "another site's is counted" await 5 eval '[ "$(count foreign)" -ge 1 ]'
head -c 300 /dev/urandom | throw
ok "rubbish is counted" await 5 eval '[ "$(count broken)" = 1 ]'
ok "and told in the log, once" eval '[ "$(grep -c "is no good" "$tmp/SERVER1/log")" = 1 ]'
stop SERVER2 KILL
from=$SECONDS
ok "a terminal that was killed is noticed" await 12 eval '[ "$(state_of SERVER2)" = stopped ]'
ok "in less than 12 s" [ $((SECONDS - from)) -lt 12 ]
ok "it comes back" start SERVER2
ok "and is heard" await 12 eval '[ "$(state_of SERVER2)" = normal ]'
# its clock was far ahead when it was started last, and has been set right
stop SERVER2
echo $(($(now) + 86400000)) >"$tmp/2/state/started"
start SERVER2
await 12 eval '[ "$(state_of SERVER2)" = normal ]'
stop SERVER2
start SERVER2
before=$(count good) old=$(count replayed)
ok "a start after the clock was set back counts as later" await 12 eval '[ "$(count good)" -gt $((before + 6)) ]'
is "and is no recording" "$old" "$(count replayed)"
# it says goodbye, and is believed before it could be missed; nobody else's goodbye is
from=$SECONDS
stop SERVER2
ok "one that ends says so" await 5 eval '[ "$(state_of SERVER2)" = stopped ]'
ok "it comes back once more" eval 'start SERVER2 && await 5 eval "[ \$(state_of SERVER2) = normal ]"'
beacon $(printf '%064x' 1) "T$port" SERVER2 $(($(now) + 100000)) 1 $(now) 6 | throw
ok "a forged goodbye is none" eval 'await 5 eval "[ \$(count forged) = 2 ]" && [ "$(state_of SERVER2)" = normal ]'
stop SERVER2 KILL
await 12 eval '[ "$(state_of SERVER2)" = stopped ]'
future=$(($(now) + 864000000))
beacon $key "T$port" SERVER2 $future 1 $(now) 5 | throw
ok "a machine that goes down says so" await 5 eval '[ "$(state_of SERVER2)" = shutting-down ]'
# it sends beacons, and what listens there is no amcd: it is tried, and then left alone
python3 -c 'import socket, sys
s = socket.create_server((sys.argv[1], int(sys.argv[2])))
print("listens", flush=True)
while True:
	s.accept()[0].close()
	print("asked", flush=True)' "$net.2" "$port" >"$tmp/asked" &
pids+=($!)
await 5 grep -q listens "$tmp/asked"
before=$(count good)
for i in 2 3 4 5 6 7 8 9; do
	beacon $key "T$port" SERVER2 $future $i $(now) 2 | throw
	read -rt 0.3 <> <(:) || :
done
ok "its beacons are heard" await 5 eval '[ $(count good) -ge $((before + 8)) ]'
ok "and it is asked" grep -q asked "$tmp/asked"
ok "but not for each of them" [ "$(grep -c asked "$tmp/asked")" -le 3 ]
finish
