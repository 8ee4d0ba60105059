#!/bin/bash
# amcd -t tells all that is wrong, each with its file and line, and changes nothing;
# amcd status asks the one that runs.
. "$top_srcdir/tests/tap.sh"

plan 27
tmp=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
export XDG_STATE_HOME=$tmp/state LC_ALL=C.UTF-8
host=127.0.$((RANDOM % 100 + 100)).1
port=$((20000 + $$ % 20000))
amcd=$top_builddir/amcd

need curl jq

settings() {	# FILE
	cat >"$1" <<-END
	[amcd]
	Name = SERVER1
	Listen = $host:$port
	Traps = no
	Site = $tmp/ac_e_net.ini
	StateDirectory = $tmp/state-amcd
	END
	chmod 600 "$1"
}
site() {
	cat >"$tmp/ac_e_net.ini" <<-END
	[Network]
	Format=1
	Revision=7
	TerminalPort=$port
	[Group1]
	Name=G
	Parent=Network
	CommunicationAddress=127.255.255.255
	[Terminal1]
	Name=SERVER1
	Parent=Group1.ControlTerminals
	Address=$host
	END
}
conf=$tmp/amcd.conf
settings "$conf"
site
check() { "$amcd" -t -c "$conf" "$@" 2>"$tmp/err"; }	# what it says is in $tmp/err
says() { grep -qF "amcd: $1" "$tmp/err" || { cat "$tmp/err"; false; }; }

ok "what is right is right" eval 'check && [ ! -s "$tmp/err" ]'
ok "and nothing was made" [ ! -e "$tmp/state-amcd" ]

cat >>"$conf" <<END
Lissten = *
[passwords]
Operator = secret
Viever = x
END
sed -i 's/^Listen = .*/Listen = somewhere:4000/; s/^Traps.*/Traps = 127.0.0.1:99999/' "$conf"
sed -i 's/^Name=SERVER1/Name=SERVER9/; s/^Parent=Network/Parent=Nowhere/' "$tmp/ac_e_net.ini"
mkdir "$tmp/profiles"
echo '<profile id="x" name="X" rank="high"/>' >"$tmp/profiles/x.xml"
ok "with faults it ends with 1" eval '! check --profiles "$tmp/profiles"'
ok "a key that nobody reads, with its line" says "$conf:7: [amcd] has no key lissten"
ok "a second one in another section" says "$conf:10: [passwords] has no key viever"
ok "a wrong address" says "$conf:3: Listen = somewhere:4000: not ADDRESS:PORT"
ok "a wrong port" says "$conf:4: Traps = 127.0.0.1:99999: the port is not between"
ok "a password that is no hash" says "$conf:9: this is no yescrypt hash"
ok "a profile" says "$tmp/profiles/x.xml:1: rank: high is not between 1 and 99"
ok "the site" says "$tmp/ac_e_net.ini:7: [Group1] Parent=Nowhere"
ok "whom the site does not know" says "Name = SERVER1: no terminal"
chmod 644 "$conf"
check
ok "who could read the hashes, as a warning" says "warning: $conf: others than its owner"

settings "$conf"
site
"$amcd" pin -c "$conf" >/dev/null
ok "a key is read" check
chmod 644 "$tmp/state-amcd/key.pem"
ok "one that others can read is not" eval '! check && says "$tmp/state-amcd/key.pem: others than its owner"'
chmod 600 "$tmp/state-amcd/key.pem"
echo rubbish >"$tmp/state-amcd/cert.pem"
ok "nor is a broken certificate" eval '! check && says "$tmp/state-amcd/cert.pem: "'
rm "$tmp/state-amcd/cert.pem"
ok "one that is missing is not made" eval 'check && [ ! -e "$tmp/state-amcd/cert.pem" ]'
sed -i "s/^Listen.*/Listen = 192.0.2.1:$port/" "$conf"
ok "an address that this machine has not" eval '! check && says "192.0.2.1 port $port: this machine has no such address"'
settings "$conf"
sed -i "s|^State.*|StateDirectory = $conf/state|" "$conf"
ok "no folder for its state" eval '! check && says "StateDirectory = $conf/state: "'
settings "$conf"

"$amcd" -c "$conf" 2>>"$tmp/log" &
pids+=($!)
await 10 curl -sk -o /dev/null "https://$host:$port/v1/hello"
ok "its own amcd may run" check
sed "s|^State.*|StateDirectory = $tmp/other|" "$conf" >"$tmp/other.conf"
chmod 600 "$tmp/other.conf"
ok "another's port is told" eval '! check -c "$tmp/other.conf" && says "$host port $port: another program listens there"'

status() { "$amcd" status -c "$conf" "$@"; }
ok "amcd status tells who and how it is" eval 'status >"$tmp/out" && grep -q "^SERVER1: control terminal, Master active" "$tmp/out"'
ok "which site" grep -q "^Site: $tmp/ac_e_net.ini, revision 7" "$tmp/out"
ok "and where" grep -q "at $host port $port$" "$tmp/out"
ok "--json is a document" eval 'status --json | jq -e ".schema == \"amc.service.v1\" and .name == \"SERVER1\" and
	.revision == 7 and .uptime_seconds >= 0 and .ups.total == 0 and .beacons.forged == 0"'
sed -i 's/^Parent=Network/Parent=Nowhere/' "$tmp/ac_e_net.ini"
kill -HUP "${pids[0]}"
ok "with the last errors" await 10 eval 'status | grep -A9 "^Last warnings" | grep -q "nothing was changed: .*ac_e_net.ini"'
ok "the socket is for its owner alone" eval '[ "$(stat -c %a "$tmp/state-amcd/amcd.sock")" = 600 ]'
kill "${pids[0]}"
wait "${pids[0]}"
status 2>/dev/null
is "when none runs it ends with 4" 4 $?
finish
