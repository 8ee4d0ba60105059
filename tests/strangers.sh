#!/bin/bash
# Cards of each family that nobody has recorded for us: dumps made up here by what
# their MIBs say, answered by upssim's replay and read by amc status. What a card
# lacks or gives as rubbish must be missing in the reading, and nothing else.
. "$top_srcdir/tests/tap.sh"

plan 13
tmp=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
export LC_ALL=C.UTF-8
need jq
net=127.0.$((RANDOM % 100 + 100))
port=$((20000 + $$ % 20000))
n=0 records=()

# card SYSOID BASE: lines "OID|type|value" on standard input, OIDs below BASE
card() {
	n=$((n + 1))
	{
		echo "1.3.6.1.2.1.1.1.0|4|a card"
		[ -z "$1" ] || echo "1.3.6.1.2.1.1.2.0|6|$1"
		sed "s/^\\./$2./"
	} | sort -t'|' -k1,1V >"$tmp/$n.snmprec"
	records+=(--replay "$tmp/$n.snmprec")
}
U=1.3.6.1.4.1.318.1.1.1

# 1: a Galaxy with three phases, unevenly loaded
card 1.3.6.1.4.1.318.1.3.28.75 $U <<'END'
.1.1.1.0|4|Galaxy VS
.1.2.3.0|4|QD0000000001
.4.1.1.0|2|2
.2.1.1.0|2|2
.2.2.1.0|66|97
.2.2.3.0|67|90000
.9.2.2.1.4.1|2|501
.9.2.3.1.3.1.1.1|2|231
.9.2.3.1.3.1.1.2|2|230
.9.2.3.1.3.1.1.3|2|229
.9.3.3.1.3.1.1.1|2|230
.9.3.3.1.10.1.1.1|2|30
.9.3.3.1.10.1.1.2|2|71
.9.3.3.1.10.1.1.3|2|45
.9.3.3.1.13.1.1.1|2|3000
.9.3.3.1.13.1.1.2|2|7100
.9.3.3.1.13.1.1.3|2|4500
END
# 2: Delta without its output source, on battery; the unused phases give -1
card 1.3.6.1.4.1.2254.2.4 1.3.6.1.4.1.2254.2.4 <<'END'
.1.1.0|4|Maker
.1.2.0|4x|4e65747973205254202020202000
.4.3.0|2|0
.5.4.0|2|2298
.5.7.0|2|29
.5.11.0|2|-1
.7.1.0|2|2
.7.2.0|2|1
.7.4.0|2|65
.7.5.0|2|12
.7.6.0|2|550
.7.8.0|2|88
.7.9.0|2|32
.9.2.0|2|1
.9.6.0|2|0
.9.21.0|2|0
END
# 3: Huawei that shows the sysObjectID of the agent's library; it saves power
card 1.3.6.1.4.1.8072.3.2.10 1.3.6.1.4.1.2011.6.174.1 <<'END'
.2.100.1.2.1|4|UPS5000-E-125K
.2.100.1.3.1|4|V300R001
.2.100.1.5.1|4|2102310000
.2.101.1.1.1|2|6
.2.101.1.3.1|2|4
.3.100.1.1.1|2|2305
.3.100.1.4.1|2|5001
.4.100.1.1.1|2|2299
.4.100.1.8.1|2|41
.4.100.1.9.1|2|52
.4.100.1.10.1|2|47
.4.100.1.14.1|2|350
.4.100.1.15.1|2|412
.4.100.1.16.1|2|388
.6.100.1.1.1|2|2160
.6.100.1.3.1|2|100
.6.100.1.4.1|2|2147483647
END
# 4: XPPC, lowering the voltage, its run time unknown
card 1.3.6.1.4.1.935 1.3.6.1.4.1.935.1.1.1 <<'END'
.1.1.1.0|4|Intelligent
.2.1.1.0|2|2
.2.2.1.0|2|100
.2.2.3.0|2|260
.2.2.4.0|2|0
.3.2.1.0|2|2410
.4.1.1.0|2|9
.4.2.1.0|2|2309
.4.2.3.0|2|7
END
# 5: JEMA's first MIB, on battery and low, run time in minutes
card 1.3.6.1.4.1.4550.1 1.3.6.1.4.1.4550.1.1 <<'END'
.1.2.0|4|YEUP-101SPW
.2.1.0|2|3
.2.2.0|2|321
.2.3.0|2|4
.2.4.0|2|17
.2.5.0|2|241
.3.3.1.3.1|2|0
.4.1.0|2|5
.4.4.1.2.1|2|100
.4.4.1.4.1|2|450
.4.4.1.5.1|2|45
END
# 6: its second one, with a serial number
card 1.3.6.1.4.1.4550.2 1.3.6.1.4.1.4550.2.1 <<'END'
.1.2.0|4|UPS-J2
.1.8.0|4|J2-0001
.2.1.0|2|2
.2.4.0|2|100
.3.3.1.3.1|2|101
.4.1.0|2|3
END
# 7: Mitsubishi, three phases; the second overloaded
card 1.3.6.1.4.1.13891.101 1.3.6.1.4.1.13891.101 <<'END'
.1.2.0|4|9900A
.2.1.0|2|2
.2.4.0|2|100
.3.3.1.2.1|2|600
.3.3.1.3.1|2|201
.4.1.0|2|4
.4.4.1.2.1|2|200
.4.4.1.4.1|2|1000
.4.4.1.4.2|2|2500
.4.4.1.4.3|2|1500
.4.4.1.5.1|2|20
.4.4.1.5.2|2|104
.4.4.1.5.3|2|30
END
# 8: MGE, off; what else it shows is in the UPS-MIB beside it
card 1.3.6.1.4.1.705.1 1.3.6.1.4.1.705.1 <<'END'
.1.1.0|4|Pulsar 1500
.5.2.0|2|100
.7.3.0|2|2
.7.4.0|2|2
.7.7.0|2|1
1.3.6.1.2.1.33.1.3.3.1.3.1|2|233
1.3.6.1.2.1.33.1.4.1.0|2|2
END
# 9: Powerware with both trees: its own tells more
card 1.3.6.1.4.1.534.1 1.3.6.1.4.1.534.1 <<'END'
.1.1.0|4|Powerware
.1.2.0|4|PW9355
.1.6.0|4|BY000
.2.1.0|2|900
.2.4.0|2|66
.2.10.0|2|1
.3.4.1.2.1|2|0
.4.1.0|2|50
.4.5.0|2|5
1.3.6.1.2.1.33.1.4.1.0|2|5
END
# 10: CyberPower with an old card: no serial number, temperature null
card 1.3.6.1.4.1.3808.1.1.1 1.3.6.1.4.1.3808.1.1.1 <<'END'
.1.1.1.0|4|OR1500   
.2.1.1.0|2|4
.2.2.1.0|66|0
.2.2.3.0|5|
.3.2.1.0|66|985
.4.1.1.0|2|4
END
# 11: a switch
card 1.3.6.1.4.1.9.1.1 1.3.6.1.4.1.9 <<'END'
.1.1.0|4|no UPS
END

"$top_builddir/upssim" --with-parent "${records[@]}" --base "$net.1:$port" >"$tmp/out" 2>&1 &
ok "they answer" await 20 grep -q ready "$tmp/out"
addresses=()
for ((i = 1; i <= n; i++)); do addresses+=("$net.$i:$port"); done
"$top_builddir/amc" status --address "${addresses[@]}" --snmp-version 2c --json >"$tmp/json"

# card I: these members, and no others
tells() {
	jq -cS --arg a "$net.$1" '.ups[] | select(.address == $a) | del(.address, .name, .group, .age_seconds) |
		with_entries(select(.value != null and .value != [])) |
		if .error then {error: "yes"} else . end' "$tmp/json" >"$tmp/got"
	jq -cS . <<<"$2" >"$tmp/wanted"
	cat "$tmp/wanted" "$tmp/got"
	cmp -s "$tmp/wanted" "$tmp/got"
}
ok "a Galaxy: the sum of the powers, the highest load" tells 1 '{"profile": "apc", "model": "Galaxy VS",
	"serial": "QD0000000001", "state": "online", "charge_percent": 97, "runtime_seconds": 900,
	"input_frequency": 50.1, "input_voltage": 231, "output_voltage": 230, "load_percent": 71, "output_watts": 14600}'
ok "Delta without an output source" tells 2 '{"profile": "delta", "model": "Netys RT", "state": "low-battery",
	"flags": ["replace-battery", "low-battery"], "input_voltage": 0, "output_voltage": 229.8, "load_percent": 29,
	"on_battery_seconds": 65, "runtime_seconds": 720, "battery_voltage": 55, "charge_percent": 88, "temperature_celsius": 32}'
ok "Huawei by probing" tells 3 '{"profile": "huawei", "model": "UPS5000-E-125K", "firmware": "V300R001",
	"serial": "2102310000", "state": "online", "flags": ["eco"], "input_voltage": 230.5, "input_frequency": 50.01,
	"output_voltage": 229.9, "output_watts": 14000, "load_percent": 41.2, "battery_voltage": 216, "charge_percent": 100}'
ok "XPPC" tells 4 '{"profile": "xppc", "model": "Intelligent", "state": "online", "flags": ["trim"],
	"charge_percent": 100, "temperature_celsius": 26, "input_voltage": 241, "output_voltage": 230.9, "load_percent": 7}'
ok "JEMA" tells 5 '{"profile": "jema", "model": "YEUP-101SPW", "state": "low-battery", "flags": ["low-battery"],
	"on_battery_seconds": 321, "runtime_seconds": 240, "charge_percent": 17, "battery_voltage": 24.1, "input_voltage": 0,
	"output_voltage": 100, "output_watts": 450, "load_percent": 45}'
ok "JEMA's second MIB" tells 6 '{"profile": "jema2", "model": "UPS-J2", "serial": "J2-0001", "state": "online",
	"charge_percent": 100, "input_voltage": 101}'
ok "Mitsubishi" tells 7 '{"profile": "mitsubishi", "model": "9900A", "state": "bypass", "charge_percent": 100,
	"input_frequency": 60, "input_voltage": 201, "output_voltage": 200, "output_watts": 5000, "load_percent": 104}'
ok "MGE, with the UPS-MIB's help" tells 8 '{"profile": "mge", "model": "Pulsar 1500", "state": "off",
	"charge_percent": 100, "input_voltage": 233}'
ok "Powerware" tells 9 '{"profile": "eaton-xups", "model": "PW9355", "serial": "BY000", "state": "low-battery",
	"flags": ["low-battery"], "runtime_seconds": 900, "charge_percent": 66, "input_voltage": 0, "load_percent": 50}'
ok "CyberPower without a battery" tells 10 '{"profile": "cyberpower", "model": "OR1500", "state": "online",
	"flags": ["boost", "no-battery"], "charge_percent": 0, "input_voltage": 98.5}'
ok "a switch is no UPS, and that is said" tells 11 '{"error": "yes"}'
ok "the families can be asked for by name" eval 'for p in apc cyberpower delta eaton-xups huawei jema jema2 mge mitsubishi rfc1628 xppc; do
	cp "$top_srcdir/data/samples/mixed-1.ini" "$tmp/site.ini"; "$top_builddir/amc" set "$tmp/site.ini" UPS1 Profile=$p >/dev/null || exit 1; done'
finish
