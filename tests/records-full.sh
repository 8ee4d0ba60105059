#!/bin/bash
# A control terminal whose disk is full, and whose database is damaged while it runs, as it
# is seen from the console's Events view: it says what is the matter, has what it had, and
# goes on when there is room again.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

[ -n "$AMC_UNSHARED" ] || ! unshare -m true 2>/dev/null || AMC_UNSHARED=yes exec unshare -m bash "$0"
plan 22
[ -n "$AMC_UNSHARED" ] || skip_all "not allowed to mount a small disk"
begin sqlite3
key=$(random_key)
url=https://$net.9:$port
settings SERVER1 $net.9
site ups UPS1 $net.1 control SERVER1 $net.9 >"$tmp/site.ini"
cp "$tmp/site.ini" "$tmp/SERVER1/ac_e_net.ini"
state=$tmp/SERVER1/state
mkdir -p "$state" "$tmp/xdg"
mount -t tmpfs -o size=12m tmpfs "$state" || skip_all "not allowed to mount a small disk"
trap 'kill "${pids[@]}" 2>/dev/null; wait 2>/dev/null; umount "$state"; end' EXIT
simulate 1
start SERVER1
sed -i "s|^Name=SERVER1|&\nKeyPin=$(pin SERVER1)|" "$tmp/site.ini"
log=$tmp/SERVER1/log

console() { printf '%s\n' E 2 $viewer "$@" '' q | timeout 60 "$amc" --linear "$tmp/site.ini" >"$tmp/out" 2>&1; }
says() { grep -qE -- "$1" "$tmp/out" || { cat "$tmp/out"; false; }; }
state() { [ "$(ask "$url/v1/status" | jq -r '.ups[0].state')" = $1 ]; }
mains() { sim UPS1 mains $1; await 20 state $2; }
events() { ask "$url/v1/events?max=1000" | jq '.events | length'; }
has() { ask "$url/v1/events?max=1" | jq -e ".events[0].$1 == \"$2\""; }
trouble() { ask "$url/v1/events?max=1" | jq -r '.trouble'; }
fill() { cat /dev/zero >"$state/fill"; } 2>/dev/null

mains off on-battery
mains on online
ok "events are kept" await 5 has after online
had=$(events)
ok "and shown" await 20 eval 'console && says "UPS1: Normal ON -> On battery" && says "SERVER1: $had$"'

fill
mains off on-battery
full="SERVER1: .*(disk is full|No space)"
ok "on a full disk the terminal says what is the matter" await 20 eval 'trouble | grep -E "full|No space"'
ok "in its log, too, and once" eval 'grep "cannot be kept" "$log" && [ -z "$(grep "cannot be kept" "$log" | sort | uniq -d)" ]'
ok "and so does the console, with the events that there are" await 20 eval 'console && says "$full" && says "UPS1: Normal ON -> On battery"'
ok "of which hardly any had to go" eval '[ "$(events)" -ge $((had - 1)) ]'
ok "the UPS is watched all the while" state on-battery
ok "and so is the page for Prometheus" eval 'ask "$url/metrics" | tee "$tmp/metrics" | tail -n 1 | grep -qx "# EOF"'
ok "an acknowledgement is taken, or refused in words" eval 'ask -d "{\"id\":1,\"who\":\"sato\"}" "$url/v1/events/acknowledge" | tee /dev/stderr | jq -e ".acknowledged or (.error | length > 10)"'
rm "$state/fill"
mains on online
ok "with room again what happens is kept" await 20 has after online
ok "and what happened meanwhile" eval 'ask "$url/v1/events?max=2" | jq -e ".events[1].after == \"on-battery\""'
ok "and nothing is the matter any more" await 20 eval '[ "$(trouble)" = null ]'
ok "in the console, too" await 20 eval 'console && says "SERVER1: [0-9]+$" && ! grep -qE "$full" "$tmp/out"'

# the disk makes rubbish of a database that is more than amcd has in memory
damage() {
	stop SERVER1
	rm -f "$state"/statistics.db*
	sqlite3 "$state/events.db" "WITH RECURSIVE n(i) AS (SELECT 1000 UNION SELECT i + 1 FROM n WHERE i < 20000)
		INSERT INTO entry (id, at, kind, severity, detail) SELECT i, strftime('%s') * 1000 - 86400000, 'service', 1, printf('%0200d', i) FROM n;
		PRAGMA wal_checkpoint(TRUNCATE)" >/dev/null
	start SERVER1
	dd if=/dev/urandom of="$state/events.db" bs=4096 seek=2 count=1000 conv=notrunc 2>/dev/null
}
damage
ok "a damaged database is told in words" eval 'ask "$url/v1/events?max=1000&before=9000" | jq -e ".error | test(\"malformed\")"'
mains off on-battery
ok "it is put aside, and a new one begun" await 20 eval '[ -e "$state/events.db.damaged" ] && has after on-battery'
ok "which is said in the log" grep -q "events.db.*damaged" "$log"
ok "the console has what comes" await 20 eval 'console && says "UPS1: Normal ON -> On battery"'
rm "$state"/*.damaged*
damage
ok "one that shows when somebody acknowledges refuses that in words" eval 'ask -d "{\"id\":9000,\"who\":\"sato\"}" "$url/v1/events/acknowledge" | tee /dev/stderr | jq -e ".error | length > 10"'
ok "and in the log" await 20 eval '[ "$(grep -c "events.db was damaged" "$log")" = 2 ]'
ok "an event tells why those before it are missing" eval 'ask "$url/v1/events?kind=service" | jq -e "[.events[] | select(.detail | test(\"events.db was damaged\"))] | length == 1"'

# statistics cannot be had, events can
stop SERVER1
rm -f "$state"/statistics.db*
mkdir "$state/statistics.db"
start SERVER1
on_disk() { [ "$(sqlite3 "$state/events.db" 'SELECT max(id) FROM entry WHERE after = "online"')" ]; }
kept() { grep -c "are kept again" "$log"; }
before=$(kept)
mains on online
ok "events are kept without statistics" await 20 on_disk
ok "and that those cannot be is still the matter" eval 'trouble | grep statistics.db && [ "$(kept)" = $before ]'
finish
