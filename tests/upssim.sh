#!/bin/bash
# upssim as a whole: real processes on loopback, asked by programs that others
# wrote (net-snmp's tools, NUT's snmp-ups).

upssim=${top_builddir:-.}/upssim
U=1.3.6.1.4.1.318.1.1.1
net=127.0.$((64 + $$ % 128))
port=$((20000 + $$ % 30000))
dir=$(mktemp -d) || exit 1
# the tools' own memory, which they would else begin to keep below /var
export SNMP_PERSISTENT_DIR=$dir/snmp
mkdir -p "$dir/snmp/cert_indexes"
pids=()
trap 'exec 9>&-; kill "${pids[@]}" 2>/dev/null; wait; rm -rf "$dir"' EXIT

if ! command -v snmpget >/dev/null; then
	echo "1..0 # SKIP net-snmp's tools are not installed"
	exit 0
fi

count=0
failed=0
# ok WORDS COMMAND...: the test is whether the command succeeds
ok() {
	local words=$1
	shift
	count=$((count + 1))
	if "$@" >"$dir/said" 2>&1; then
		echo "ok $count - $words"
	else
		echo "not ok $count - $words"
		sed 's/^/# /' "$dir/said"
		failed=1
	fi
}

skip() {
	count=$((count + 1))
	echo "ok $count - $1 # SKIP $2"
}

# is EXPECTED COMMAND...: what the command prints
is() {
	local expected=$1 got
	shift
	got=$("$@" 2>&1)
	[ "$got" = "$expected" ] || { echo "expected: $expected"; echo "got: $got"; false; }
}

# says WORDS STATUS COMMAND...: the words on standard error, and the status
says() {
	local words=$1 status=$2 got
	shift 2
	"$@" >"$dir/out" 2>"$dir/err" </dev/null
	got=$?
	cat "$dir/err"
	[ $got = "$status" ] && grep -qF -- "$words" "$dir/err"
}

# until_true COMMAND...: within ten seconds
until_true() {
	local end=$((SECONDS + 10))
	until "$@"; do
		[ $SECONDS -lt $end ] || return 1
	done
}

# start NAME OPTION...: a farm that ends with this script
start() {
	local name=$1
	shift
	mkfifo "$dir/$name.ready"
	"$upssim" --parent-fd 8 "$@" 8<"$dir/parent" >"$dir/$name.ready" \
	    2>"$dir/$name.err" 9>&- &
	pids+=($!)
	read -r -t 10 line <"$dir/$name.ready"
	[ "$line" = ready ] || { cat "$dir/$name.err"; false; }
}

snmp() { local tool=$1; shift; "snmp$tool" -m '' -t 2 -r 2 -On -Oqe "$@"; }
at() { echo "$net.$1:$port"; }
get() { snmp get -v2c -c public -Ov "$(at "$1")" "$U.$2"; }
set2() { local card=$1; shift; snmp set -v2c -c public -Ov "$(at "$card")" "$@"; }
# reads CARD OID VALUE
reads() { [ "$(get "$1" "$2")" = "$3" ]; }
ctl() { "$upssim" ctl "$dir/socket" "$@"; }

# All farms ended by themselves, without a word (of a sanitizer, say).
well() {
	local pid
	for pid in "${pids[@]}"; do
		wait "$pid" || return 1
	done
	! grep . "$dir"/*.err
}

mkfifo "$dir/parent"
exec 9<>"$dir/parent"		# open until the end

echo "1..59"

ok 'six cards are ready' \
    start farm --cards 6 --base "$(at 1)" --control "$dir/socket"
ok 'model' is '"SMART-UPS 1400"' get 1 1.1.1.0
ok 'each card has its serial number' is '"QS0148220006"' get 6 1.2.3.0
ok 'v1 is spoken' is '"SMART-UPS 1400"' \
    snmp get -v1 -c public -Ov "$(at 1)" $U.1.1.1.0
ok 'sysObjectID' is .1.3.6.1.4.1.318.1.3.2.7 \
    snmp get -v2c -c public -Ov "$(at 1)" 1.3.6.1.2.1.1.2.0

# three ways through the tree meet the same objects in the same order
names() { grep '^\.1' | grep -v 'No more' | cut -d' ' -f1; }
snmp walk -v2c -c public "$(at 2)" .1.3 | names >"$dir/walk"
snmp walk -v1 -c public "$(at 2)" .1.3 | names >"$dir/walk1"
snmp bulkwalk -v2c -Cr40 -c public "$(at 2)" .1.3 | names >"$dir/bulk"
ok 'a walk meets a hundred objects' test "$(wc -l <"$dir/walk")" -gt 95
ok 'GETBULK meets what GETNEXT meets' diff "$dir/walk" "$dir/bulk"
ok 'v1 meets what v2c meets' diff "$dir/walk" "$dir/walk1"
ok 'nothing is met twice' test -z "$(sort "$dir/walk" | uniq -d)"
bulk() {
	snmp bulkget -v2c -Cn1 -Cr3 -c public "$(at 2)" \
	    $U.1.1.1 $U.5.2.16.1.1 $U.12.3.2.1.3.2 | cut -d' ' -f1 | tr '\n' ' '
}
ok 'GETBULK with a non-repeater runs over the end' is \
".$U.1.1.1.0 .$U.5.2.16.1.1.1 .$U.12.3.2.1.3.2 \
.$U.5.2.16.1.1.2 .$U.12.3.2.1.3.2 .$U.5.2.16.1.1.3 .$U.12.3.2.1.3.2 " bulk
ok 'all readings come in one GET' is 12 sh -c "$(declare -f snmp); snmp get \
    -v2c -c public $(at 1) $U.1.1.1.0 $U.2.1.1.0 $U.2.3.1.0 $U.2.3.2.0 $U.2.2.3.0 \
    $U.3.3.1.0 $U.3.3.4.0 $U.4.1.1.0 $U.4.3.1.0 $U.4.3.3.0 $U.8.1.0 $U.11.1.1.0 |
    wc -l"

ok 'unknown object, v2c' says 'No Such Object' 0 sh -c \
    "snmpget -m '' -v2c -c public $(at 1) $U.99.1.0 >&2"
ok 'unknown instance, v2c' says 'No Such Instance' 0 sh -c \
    "snmpget -m '' -v2c -c public $(at 1) $U.4.1.1.9 >&2"
ok 'unknown object, v1' says noSuchName 2 \
    snmp get -v1 -c public "$(at 1)" $U.1.1.1.0 $U.99.1.0
ok 'a wrong community is met with silence' says Timeout 1 \
    snmp get -v2c -c secret -t 0.3 -r 0 "$(at 1)" $U.1.1.1.0

ok 'a legal setting is kept' set2 1 $U.5.2.10.0 t 18000
ok 'and reads so' reads 1 5.2.10.0 0:0:03:00.00
set2 1 $U.5.2.2.0 i 109 $U.5.2.3.0 i 89 >/dev/null
ok 'the upper voltage snaps upwards' is 110 get 1 5.2.2.0
ok 'the lower voltage snaps downwards' is 88 get 1 5.2.3.0
ok 'a wrong type, v2c' says wrongType 2 set2 1 $U.5.2.10.0 i 300
ok 'a wrong type, v1' says badValue 2 \
    snmp set -v1 -c public "$(at 1)" $U.5.2.10.0 i 300
ok 'a reading cannot be written, v2c' says notWritable 2 set2 1 $U.4.1.1.0 i 3
ok 'a reading cannot be written, v1' says noSuchName 2 \
    snmp set -v1 -c public "$(at 1)" $U.4.1.1.0 i 3
ok 'an unknown object cannot be written' says notWritable 2 set2 1 $U.99.0 i 3
ok 'ConserveBattery is refused on mains' says genError 2 set2 1 $U.6.1.1.0 i 2
set2 1 $U.1.1.2.0 s HALF $U.5.2.4.0 i 77 >/dev/null 2>&1
ok 'a SET with one fault changes nothing' is '"UPS1"' get 1 1.1.2.0
ok 'the name can be written' set2 1 $U.1.1.2.0 s RACK-1
ok 'and reads so' is '"RACK-1"' get 1 1.1.2.0

ok 'the card is told to fail its mains' set2 2 $U.6.2.4.0 i 2
ok 'the command reads back as 1' is 1 get 2 6.2.4.0
ok 'and it is on battery' is 3 get 2 4.1.1.0

ok 'mains off' ctl UPS4 mains off
ok 'on battery' is 3 get 4 4.1.1.0
ok 'the others stay on line' is 2 get 5 4.1.1.0
ok 'state has a line for each card' is 6 sh -c "'$upssim' ctl '$dir/socket' state | wc -l"
ok 'state tells it' sh -c "'$upssim' ctl '$dir/socket' state | grep -q '^UPS4 .* on-battery mains off'"
ctl UPS4 battery 5
ok 'low battery' is 3 get 4 2.1.1.0
ctl UPS4 mains on
ok 'on line again' is 2 get 4 4.1.1.0
ctl UPS3 comm off
ok 'the link to the UPS is lost' is 2 get 3 8.1.0
ctl UPS3 dead
ok 'a dead card is silent' says Timeout 1 \
    snmp get -v2c -c public -t 0.3 -r 0 "$(at 3)" $U.8.1.0
ctl UPS3 alive
ok 'and alive again' is 2 get 3 8.1.0
ok 'a wrong name' says 'UPS9: no card has this name' 1 ctl UPS9 mains off
ok 'a wrong word' says 'mains is on|off, not "maybe"' 1 ctl UPS4 mains maybe

if [ -x /lib/nut/snmp-ups ]; then
	mkdir "$dir/nut"
	echo 'maxretry = 1' >"$dir/nut/ups.conf"
	NUT_CONFPATH=$dir/nut NUT_STATEPATH=$dir/nut timeout 60 /lib/nut/snmp-ups \
	    -u "$(id -un)" -s X -x "port=$(at 5)" -x community=public -x \
	    snmp_version=v2c -x mibs=auto -x pollfreq=5 -d 1 >"$dir/nut/out" 2>&1
	ok 'NUT knows the model' grep -qx 'ups.model: SMART-UPS 1400' "$dir/nut/out"
	ok 'NUT says on line' grep -qx 'ups.status: OL' "$dir/nut/out"
	ok 'NUT reads the transfer voltage' grep -qx 'input.transfer.high: 108' \
	    "$dir/nut/out"
else
	skip 'NUT knows the model' 'snmp-ups is not installed'
	skip 'NUT says on line' 'snmp-ups is not installed'
	skip 'NUT reads the transfer voltage' 'snmp-ups is not installed'
fi

ok 'an address in use is named' says "$(at 4): Address already in use" 1 \
    "$upssim" --base "$(at 4)"
ok 'other machines need --anywhere' says '192.0.2.1 is no loopback address' 1 \
    "$upssim" --base 192.0.2.1:1161
ok 'an unknown option' says '--nope is no option' 2 "$upssim" --nope
ok 'quit' ctl quit
ok 'its socket is gone' until_true test ! -e "$dir/socket"

net=127.0.$((64 + ($$ + 1) % 128))
printf '%s\n' '1.3.6.1.4.1.318.1.1.1.1.1.1.0|4|Old UPS' \
    '1.3.6.1.2.1.1.3.0|67|4711' >"$dir/card.snmprec"
start replay --replay "$dir/card.snmprec" --base "$(at 1)"
ok 'a record is replayed' is '"Old UPS"' get 1 1.1.1.0

net=127.0.$((64 + ($$ + 2) % 128))
cat >"$dir/site.ini" <<END
[Network]
Format=1
[Group1]
Name=G
Parent=Network
[Ups1]
Name=UPS A
Parent=Group1.PowerDevices
Address=$net.1
SnmpPort=$port
SnmpCommunity=other
[Ups2]
Name=UPS B
Parent=Group1.PowerDevices
Address=$net.2
SnmpPort=$port
END
ok 'a site file tells which cards there are' \
    start site --control "$dir/socket" "$dir/site.ini"
ok 'with names' is '"UPS B"' get 2 1.1.2.0
ok 'and communities' is '"UPS A"' snmp get -v2c -c other -Ov "$(at 1)" $U.1.1.2.0
sed -i "s/$net.1/$net.9/; s/$net.2/192.0.2.7/" "$dir/site.ini"
ok 'a UPS of the real network is refused by name' says \
    'UPS B: 192.0.2.7 is no loopback address' 1 "$upssim" "$dir/site.ini"

start fast --cards 2 --base "$(at 11)" --speed 600 \
    -e 'at 1m UPS1 load 60' -e 'at 2m UPS1 mains off'
ok 'a script runs a battery down at 600 times the speed' \
    until_true reads 11 4.1.1.0 11

exec 9>&-
ended() { ! kill -0 "${pids[@]}" 2>/dev/null; }
ok 'all end with their parent' until_true ended
ok 'all ended well' well
exit $failed
