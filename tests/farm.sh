# farm.sh - a site that lives, for tests and pictures of the console: cards that
# replay a record, so that every reading stands still, and the terminals' amcd.
# To be sourced after tap.sh; $tmp is a folder that is removed in the end.
#
#   farm CONSOLE...	makes $tmp/farm.ini, like data/samples/demo.ini, and starts
#			what answers at its addresses. They are in 127.1NN, where
#			there was room. All end with the shell.
#			$tmp/outage.ini is the same with UPS4 on battery, and the
#			keys of the terminals known. $tmp/armed.ini: see farm_armed().

. "$top_srcdir/tests/terminal.sh"

# what one card says: model, firmware, serial; on line, charged, 35 minutes
card_record() {	# NUMBER
	local u=1.3.6.1.4.1.318.1.1.1
	cat <<-END
	1.3.6.1.2.1.1.1.0|4|APC Web/SNMP Management Card
	1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.318.1.3.2.7
	$u.1.1.1.0|4|SMART-UPS 1400
	$u.1.1.2.0|4|UPS$1
	$u.1.2.1.0|4|70.14S.A
	$u.1.2.3.0|4|QS014822000$1
	$u.2.1.1.0|2|2
	$u.2.1.2.0|67|0
	$u.2.2.1.0|66|100
	$u.2.2.2.0|66|29
	$u.2.2.3.0|67|213000
	$u.2.2.4.0|2|1
	$u.2.2.8.0|2|27
	$u.3.2.1.0|66|10$(($1 % 3))
	$u.3.2.4.0|66|50
	$u.4.1.1.0|2|2
	$u.4.2.1.0|66|100
	$u.4.2.3.0|66|$((20 + 3 * $1))
	$u.4.2.8.0|2|$((200 + 30 * $1))
	$u.5.2.2.0|2|110
	$u.5.2.3.0|2|92
	$u.5.2.4.0|2|1
	$u.5.2.5.0|67|0
	$u.5.2.6.0|2|0
	$u.5.2.7.0|2|4
	$u.5.2.8.0|67|12000
	$u.5.2.9.0|67|6000
	$u.5.2.10.0|67|30000
	$u.7.2.1.0|2|3
	$u.8.1.0|2|1
	END
}

farm_cards() {	# NET
	local records=() i
	for i in 1 2 3 4 5 6; do
		card_record $i >"$tmp/card$i.snmprec"
	done
	# the mains of UPS4 are out; as the card there would say it in the seventh
	local u=1.3.6.1.4.1.318.1.1.1
	sed "s/^$u.4.1.1.0|2|2/$u.4.1.1.0|2|3/; s/^$u.2.1.2.0|67|0/$u.2.1.2.0|67|3400/
		s/^$u.2.2.1.0|66|100/$u.2.2.1.0|66|81/; s/^$u.2.2.3.0|67|213000/$u.2.2.3.0|67|86000/
		s/^$u.3.2.1.0|66|.*/$u.3.2.1.0|66|0/" "$tmp/card4.snmprec" >"$tmp/card7.snmprec"
	for i in 1 2 3 4 5 6 7; do
		records+=(--replay "$tmp/card$i.snmprec")
	done
	: >"$tmp/cards.out"
	"$top_builddir/upssim" --with-parent "${records[@]}" --base "127.$1.50.1:1161" \
		>"$tmp/cards.out" 2>"$tmp/cards.err" &
	farm_pid=$!
	await 20 eval 'grep -q ready "$tmp/cards.out" || ! kill -0 $farm_pid 2>/dev/null'
	grep -q ready "$tmp/cards.out"
}

# what the two control terminals have kept, where the helper for it is built
farm_records() {	# NAME
	[ -x "$bin/plant" ] || return 0
	mkdir -p "$tmp/$1/state"
	case $1 in
	SSC-CL-SV1) "$bin/plant" "$tmp/$1/state" 0 ;;
	SSC-CL-SV2)
		cp "$tmp/SSC-CL-SV1/state/statistics.db" "$tmp/$1/state/"
		"$bin/plant" "$tmp/$1/state" 1
		;;
	esac
}

operator=demodemo
farm_terminal() {	# NAME ADDRESS
	settings "$1" "$2:14000"
	cp "$tmp/farm.ini" "$tmp/$1/ac_e_net.ini"
	farm_records "$1"
	[ "$1" != SSC-CL-SV1 ] || cat >>"$tmp/$1/amcd.conf" <<-END
	[notify duty]
	Via = command
	Command = /bin/true
	Severity = alarm
	END
	"$amcd" --end-with-parent --root /nonexistent -c "$tmp/$1/amcd.conf" >"$tmp/$1/log" 2>&1 &
	pids[$1]=$!
}

farm_outage() {	# NET
	local conf name
	sed "s/^Address=127\.$1\.50\.4$/Address=127.$1.50.7/" "$tmp/farm.ini" >"$tmp/outage.ini"
	for conf in "$tmp"/*/amcd.conf; do
		name=$(basename "$(dirname "$conf")")
		echo "set $name KeyPin=$("$amcd" pin -c "$conf")"
	done | "$top_builddir/amc" edit "$tmp/outage.ini" - >/dev/null
}

farm_changed() {	# a site that knows another key of a terminal than it shows
	cp "$tmp/farm.ini" "$tmp/changed.ini"
	"$top_builddir/amc" set "$tmp/changed.ini" SSC-CL-SV1 \
		KeyPin=sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA= >/dev/null
}

farm_armed() {	# what commands and Wake-on-LAN need, and a card that is silent
	sed "s/^Address=127\.$1\.50\.7$/Address=127.$1.50.4/" "$tmp/outage.ini" >"$tmp/armed.ini"
	"$top_builddir/amc" edit "$tmp/armed.ini" - >/dev/null <<-END
	set network Armed=yes
	set UPS6 SnmpVersion=3 SnmpUser=amc SnmpAuthPassword=auth-password SnmpPrivPassword=priv-password
	set BLADE1 MacAddress=02:00:00:00:00:01
	END
}

# A net of 127.1NN that nobody else has, into $farm_net. The lock is open in all that is
# started from then on, and goes with the last of it.
farm_claim() {
	for farm_net in $(shuf -i 100-199); do
		exec 9>"/tmp/amc-farm-$farm_net.lock"
		flock -n 9 && return
	done
	return 1
}

farm() {
	local net name address
	while farm_claim; do
		net=$farm_net
		farm_cards "$net" && break
	done
	sed "s/127\.0\./127.$net./" "$top_srcdir/data/samples/demo.ini" >"$tmp/farm.ini"
	while read -r name address; do
		farm_terminal "$name" "$address"
	done <<-END
	$(awk -F= '/^\[Terminal/ { t = 1 } /^$/ { t = 0 } t && $1 == "Name" { n = $2 }
		t && $1 == "Address" { print n, $2 }' "$tmp/farm.ini")
	END
	farm_outage "$net"
	farm_changed
	farm_armed "$net"
	await 30 eval '[ "$("$top_builddir/amc" status "$tmp/farm.ini" | grep -cE "Master|Normal op")" = 6 ]'
}
