#!/bin/bash
# amcd -t tells all that is wrong, each with its file and line, and changes nothing;
# amcd status asks the one that runs.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 31
begin
host=$net.1
plain_settings() {	# FILE: whose lines are counted
	cat >"$1" <<-END
	[amcd]
	Name = SERVER1
	Listen = $host:$port
	Traps = no
	Site = $held
	StateDirectory = $state
	END
	chmod 600 "$1"
}
mkdir "$tmp/SERVER1"
conf=$tmp/SERVER1/amcd.conf held=$tmp/SERVER1/ac_e_net.ini state=$tmp/SERVER1/state
plain_settings "$conf"
site control SERVER1 $host >"$held"
check() { "$amcd" -t -c "$conf" "$@" 2>"$tmp/err"; }	# what it says is in $tmp/err
says() { grep -qF "amcd: $1" "$tmp/err" || { cat "$tmp/err"; false; }; }

ok "what is right is right" eval 'check && [ ! -s "$tmp/err" ]'
ok "and nothing was made" [ ! -e "$state" ]

cat >>"$conf" <<END
Lissten = *
[passwords]
Operator = secret
Viever = x
[commands]
Shutdown = poweroff now
Restart = /sbin/reboot
END
sed -i 's/^Listen = .*/Listen = somewhere:4000/; s/^Traps.*/Traps = 127.0.0.1:99999/' "$conf"
sed -i 's/^Name=SERVER1/Name=SERVER9/; s/^Parent=Network/Parent=Nowhere/' "$held"
mkdir "$tmp/profiles"
echo '<profile id="x" name="X" rank="high"/>' >"$tmp/profiles/x.xml"
ok "with faults it ends with 1" eval '! check --profiles "$tmp/profiles"'
ok "a key that nobody reads, with its line" says "$conf:7: [amcd] has no key lissten"
ok "a second one in another section" says "$conf:10: [passwords] has no key viever"
ok "the same when it is started" eval '! timeout 20 "$amcd" -c "$conf" 2>"$tmp/err" && says "$conf:7: [amcd] has no key lissten"'
check --profiles "$tmp/profiles"
ok "a wrong address" says "$conf:3: Listen = somewhere:4000: not ADDRESS:PORT"
ok "a wrong port" says "$conf:4: Traps = 127.0.0.1:99999: the port is not between"
ok "a password that is no hash" says "$conf:9: this is no yescrypt hash"
ok "a command without its path" says "$conf:12: Shutdown = poweroff now: a program with its whole path"
ok "one that nobody runs" says "$conf:13: [commands] has no key restart"
ok "a profile" says "$tmp/profiles/x.xml:1: rank: high is not between 1 and 99"
ok "the site" says "$held:7: [Group1] Parent=Nowhere"
ok "whom the site does not know" says "Name = SERVER1: no terminal"
chmod 644 "$conf"
check
ok "who could read the hashes, as a warning" says "warning: $conf: others than its owner"

plain_settings "$conf"
site control SERVER1 $host >"$held"
"$amcd" pin -c "$conf" >/dev/null
ok "a key is read" check
printf '[commands]\nShutdown = /no/such/program -h\n' >>"$conf"
ok "a command that is not there" eval '! check && says "$conf:8: /no/such/program: No such file or directory"'
plain_settings "$conf"
chmod 644 "$state/key.pem"
ok "one that others can read is not" eval '! check && says "$state/key.pem: others than its owner"'
chmod 600 "$state/key.pem"
echo rubbish >"$state/cert.pem"
ok "nor is a broken certificate" eval '! check && says "$state/cert.pem: "'
rm "$state/cert.pem"
ok "one that is missing is not made" eval 'check && [ ! -e "$state/cert.pem" ]'
sed -i "s/^Listen.*/Listen = 192.0.2.1:$port/" "$conf"
ok "an address that this machine has not" eval '! check && says "192.0.2.1 port $port: this machine has no such address"'
plain_settings "$conf"
sed -i "s|^State.*|StateDirectory = $conf/state|" "$conf"
ok "no folder for its state" eval '! check && says "StateDirectory = $conf/state: "'
plain_settings "$conf"

start SERVER1
ok "its own amcd may run" check
sed "s|^State.*|StateDirectory = $tmp/other|" "$conf" >"$tmp/other.conf"
chmod 600 "$tmp/other.conf"
ok "another's port is told" eval '! check -c "$tmp/other.conf" && says "$host port $port: another program listens there"'

status() { "$amcd" status -c "$conf" "$@"; }
ok "amcd status tells who and how it is" eval 'status >"$tmp/out" && grep -q "^SERVER1: control terminal, Master active" "$tmp/out"'
ok "which site" grep -q "^Site: $held, revision 7" "$tmp/out"
ok "and where" grep -q "at $host port $port$" "$tmp/out"
ok "--json is a document" eval 'status --json | jq -e ".schema == \"amc.service.v1\" and .name == \"SERVER1\" and
	.revision == 7 and .uptime_seconds >= 0 and .ups.total == 0 and .beacons.forged == 0"'
sed -i 's/^Parent=Network/Parent=Nowhere/' "$held"
kill -HUP "${pids[SERVER1]}"
ok "with the last errors" await 10 eval 'status | grep -A9 "^Last warnings" | grep -q "nothing was changed: .*ac_e_net.ini"'
ok "the socket is for its owner alone" eval '[ "$(stat -c %a "$state/amcd.sock")" = 600 ]'
stop SERVER1
status 2>/dev/null
is "when none runs it ends with 4" 4 $?
finish
