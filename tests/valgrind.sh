#!/bin/bash
# The three programs as a whole under valgrind: no invalid access, no leak.
# The unit tests under valgrind: make check-valgrind.
. "$top_srcdir/tests/tap.sh"

plan 12
need valgrind curl
! ldd "$top_builddir/amc" | grep -q libasan || skip_all "built with sanitizers"
tmp=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
export XDG_STATE_HOME=$tmp/state LC_ALL=C.UTF-8
net=127.0.$((RANDOM % 200 + 20))
port=$((20000 + $$ % 20000))
vg=(valgrind -q --error-exitcode=99 --leak-check=full --log-file="$tmp/vg.%p"
	--show-leak-kinds=definite,indirect --errors-for-leak-kinds=definite,indirect)
amc() { "${vg[@]}" "$top_builddir/amc" "$@"; }
clean() {	# the command may fail, but not by valgrind
	local status=0
	"$@" || status=$?
	[ $status != 99 ] || { cat "$tmp"/vg.*; return 1; }
}

sed "s/127\.0\.50\./$net./; s/127\.0\.51\.\([1-6]\)/$net.10\1/; s/^SnmpPort=.*/SnmpPort=$port/; s/^TerminalPort=.*/TerminalPort=$port/" \
	"$top_srcdir/data/samples/demo.ini" >"$tmp/site.ini"
echo correct-horse >"$tmp/password"
ok "show" clean amc show "$tmp/site.ini" --json
ok "check" clean amc check "$tmp/site.ini"
ok "check of a bad file" clean amc check "$top_srcdir/README"
ok "edit" clean amc edit "$tmp/site.ini" - <<'END'
add SSC/@linked group 新しい
add 新しい ups UPS9 Address=127.0.0.9
set UPS1 Description=変更
remove UPS9
END
ok "a bad edit" clean amc set "$tmp/site.ini" UPS1 ConfirmSeconds=9999999

"${vg[@]}" "$top_builddir/upssim" --with-parent "$tmp/site.ini" >"$tmp/sim.log" 2>&1 &
sim=$!
pids+=($sim)
cat >"$tmp/amcd.conf" <<END
[amcd]
Name = SSC-CL-SV1
Listen = $net.101:$port
Site = $tmp/held.ini
StateDirectory = $tmp/amcd
END
ok "amcd passwd" clean "${vg[@]}" "$top_builddir/amcd" passwd -c "$tmp/amcd.conf" operator <"$tmp/password"
"${vg[@]}" "$top_builddir/amcd" -c "$tmp/amcd.conf" >"$tmp/amcd.log" 2>&1 &
daemon=$!
pids+=($daemon)
await 60 curl -sk -o /dev/null "https://$net.101:$port/v1/hello"
await 60 grep -q ready "$tmp/sim.log"
pin=$("$top_builddir/amcd" pin -c "$tmp/amcd.conf")
ok "status" clean amc status "$tmp/site.ini" --timeout 30
ok "ups read" clean amc ups read "$tmp/site.ini" UPS1 --timeout 30
ok "send" clean amc send "$tmp/site.ini" SSC-CL-SV1 --password-file "$tmp/password" --pin "$pin" --timeout 30
ok "a wrong pin" clean amc send "$tmp/site.ini" SSC-CL-SV1 --password-file "$tmp/password" --pin sha256//x
ends() {
	local status=0
	kill -TERM "$1"
	wait "$1" || status=$?
	[ $status = 0 ] || { echo "status $status"; cat "$tmp"/vg.*; return 1; }
}
ok "amcd ends clean" ends $daemon
ok "upssim ends clean" ends $sim
finish
