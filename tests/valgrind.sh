#!/bin/bash
# The three programs as a whole under valgrind: no invalid access, no leak.
# The unit tests under valgrind: make check-valgrind.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 12
begin valgrind
! ldd "$amc" | grep -q libasan || skip_all "built with sanitizers"
vg=(valgrind -q --error-exitcode=99 --leak-check=full --log-file="$tmp/vg.%p"
	--show-leak-kinds=definite,indirect --errors-for-leak-kinds=definite,indirect)
amc() { "${vg[@]}" "$amc" "$@"; }
clean() {	# the command may fail, but not by valgrind
	local status=0
	"$@" || status=$?
	[ $status != 99 ] || { cat "$tmp"/vg.*; return 1; }
}

sed "s/127\.0\.50\./$net./; s/127\.0\.51\.\([1-6]\)/$net.10\1/; s/^SnmpPort=.*/SnmpPort=$port/; s/^TerminalPort=.*/TerminalPort=$port/" \
	"$top_srcdir/data/samples/demo.ini" >"$tmp/site.ini"
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

"${vg[@]}" "$bin/upssim" --with-parent "$tmp/site.ini" >"$tmp/sim.log" 2>&1 &
pids[sim]=$!
settings SSC-CL-SV1 $net.101 "Traps = :$((port + 1))"
sed -i '/passwords/,$d' "$tmp/SSC-CL-SV1/amcd.conf"
ok "amcd passwd" clean "${vg[@]}" "$amcd" passwd -c "$tmp/SSC-CL-SV1/amcd.conf" operator <"$tmp/password"
"${vg[@]}" "$amcd" -c "$tmp/SSC-CL-SV1/amcd.conf" >"$tmp/SSC-CL-SV1/log" 2>&1 &
pids[SSC-CL-SV1]=$!
answers SSC-CL-SV1
await 60 grep -q ready "$tmp/sim.log"
pin=$(pin SSC-CL-SV1)
ok "status" clean amc status "$tmp/site.ini" --timeout 30
ok "ups read" clean amc ups read "$tmp/site.ini" UPS1 --timeout 30
ok "send" clean amc send "$tmp/site.ini" SSC-CL-SV1 --password-file "$tmp/password" --pin "$pin" --timeout 30
ok "a wrong pin" clean amc send "$tmp/site.ini" SSC-CL-SV1 --password-file "$tmp/password" --pin sha256//x
ends() {	# NAME
	local status=0
	stop $1 || status=$?
	[ $status = 0 ] || { echo "status $status"; cat "$tmp"/vg.*; return 1; }
}
ok "amcd ends clean" ends SSC-CL-SV1
ok "upssim ends clean" ends sim
finish
