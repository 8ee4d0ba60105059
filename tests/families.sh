#!/bin/bash
# Cards that nobody recorded: one or more of each family that a profile knows, made
# up here, with what real ones do to whoever reads them (objects that are missing,
# texts with NULs and blanks, numbers that mean "none", three phases, a sysObjectID
# that is missing or somebody else's, other trees beside their own). upssim --replay
# serves them, amc status must read them right.
. "$top_srcdir/tests/tap.sh"

need jq
tmp=$(mktemp -d)
trap 'kill $sim 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
net=127.0.$((RANDOM % 200 + 20))
port=$((20000 + $$ % 20000))
cards=()

# card NAME WANTED [BASE]: its objects on standard input as OID TYPE VALUE; an OID that
# begins with a point continues BASE. WANTED is a jq condition on the reading.
card() {
	local base=${3:-}
	cards+=("$1")
	echo "$2" >"$tmp/$1.wanted"
	sed "s/^\./$base./; s/ /|/; s/ /|/" >"$tmp/$1.snmprec"
}
sys=1.3.6.1.2.1.1
apc=1.3.6.1.4.1.318.1.1.1
rfc=1.3.6.1.2.1.33.1

# an AP9605: whole numbers only, texts that end in a NUL, no sysObjectID
card apc-old '.profile == "apc" and .state == "online" and .flags == ["boost"] and
	.model == "SMART-UPS 700" and .serial == "QS0012345678" and .firmware == "50.9.D" and
	.input_voltage == 96 and .output_voltage == 108 and .load_percent == 41 and
	.charge_percent == 100 and .runtime_seconds == 1980 and .temperature_celsius == 31 and
	.on_battery_seconds == 0 and .output_watts == null and .battery_voltage == null' $apc <<END
.1.1.1.0 4x 534d4152542d5550532037303000
.1.2.1.0 4x 35302e392e4400
.1.2.3.0 4x 51533030313233343536373800
.2.1.1.0 2 2
.2.1.2.0 67 0
.2.2.1.0 66 100
.2.2.2.0 66 31
.2.2.3.0 67 198000
.2.2.4.0 2 1
.3.2.1.0 66 96
.4.1.1.0 2 4
.4.2.1.0 66 108
.4.2.3.0 66 41
.8.1.0 2 1
END

# an SMT with a card of today, on battery and nearly empty, with a worn battery; the
# tenths count, not the whole numbers beside them
card apc-low '.profile == "apc" and .state == "low-battery" and
	.flags == ["replace-battery", "low-battery"] and .input_voltage == 3.2 and
	.output_voltage == 100.4 and .load_percent == 57.5 and .charge_percent == 12.5 and
	.runtime_seconds == 95 and .temperature_celsius == 28.4 and .battery_voltage == 46.1 and
	.input_frequency == null and .on_battery_seconds == 640 and .output_watts == 560' $apc <<END
$sys.2.0 6 1.3.6.1.4.1.318.1.3.27
.1.1.1.0 4 Smart-UPS 1500
.2.1.1.0 2 3
.2.1.2.0 67 64000
.2.2.1.0 66 12
.2.2.3.0 67 9500
.2.2.4.0 2 2
.2.3.1.0 66 125
.2.3.2.0 66 284
.2.3.4.0 2 461
.3.2.1.0 66 3
.3.3.1.0 66 32
.3.3.4.0 66 4294967295
.4.1.1.0 2 3
.4.2.8.0 2 560
.4.3.1.0 66 1004
.4.3.3.0 66 575
.8.1.0 2 1
.11.1.1.0 4 0110110000000000000000000000010000000000000000000000000000000000
$rfc.4.1.0 2 2
END

# a status that is younger than the profile: the flags tell; no battery temperature, a
# run time and a charge that the card does not know
card apc-newer '.profile == "apc" and .state == "bypass" and .runtime_seconds == null and
	.charge_percent == null and .temperature_celsius == null and
	.flags == ["overload"]' $apc <<END
$sys.2.0 6 1.3.6.1.4.1.318.1.3.27
.1.1.1.0 4 Smart-UPS SRT 5000
.2.2.1.0 66 0
.2.2.2.0 66 255
.2.2.3.0 67 4294967295
.4.1.1.0 2 77
.8.1.0 2 1
.11.1.1.0 4 0001000010001000000000000000000000000000000000000000000000000000
END

# one that hides what it is called
card apc-nameless '.profile == "apc" and .state == "on-battery" and .model == null' $apc <<END
$sys.2.0 6 1.3.6.1.4.1.318.1.3.27
.4.1.1.0 2 3
$rfc.4.1.0 2 2
END

# a Symmetra: a row a phase
card apc-symmetra '.profile == "apc" and .state == "online" and .input_voltage == 201 and
	.input_frequency == 50.1 and .output_voltage == 200 and .load_percent == 63 and
	.output_watts == 23100 and .charge_percent == 98' $apc <<END
$sys.2.0 6 1.3.6.1.4.1.318.1.3.5.4
.1.1.1.0 4 Symmetra PX 48
.2.2.1.0 66 98
.4.1.1.0 2 2
.9.2.2.1.4.1 2 501
.9.2.3.1.3.1.1.1 2 201
.9.2.3.1.3.1.1.2 2 202
.9.2.3.1.3.1.1.3 2 200
.9.3.3.1.3.1.1.1 2 200
.9.3.3.1.3.1.1.2 2 200
.9.3.3.1.3.1.1.3 2 201
.9.3.3.1.10.1.1.1 2 48
.9.3.3.1.10.1.1.2 2 63
.9.3.3.1.10.1.1.3 2 -1
.9.3.3.1.13.1.1.1 2 10600
.9.3.3.1.13.1.1.2 2 12500
.9.3.3.1.13.1.1.3 2 -1
END

# the card answers, the UPS does not: what it says is of the past
card apc-lost '.profile == "apc" and .state == "comm-lost" and .model == "Smart-UPS 750" and
	.input_voltage == null and .charge_percent == null and .flags == []' $apc <<END
$sys.2.0 6 1.3.6.1.4.1.318.1.3.27
.1.1.1.0 4 Smart-UPS 750
.2.1.1.0 2 3
.2.2.1.0 66 100
.3.2.1.0 66 101
.4.1.1.0 2 2
.8.1.0 2 2
END

# three phases by the standard, on battery; a temperature that nothing measures
card rfc-three '.profile == "rfc1628" and .state == "low-battery" and .flags == ["low-battery"] and
	.model == "Three 30k" and .input_voltage == 0 and .output_voltage == 229 and
	.load_percent == 71 and .output_watts == 16600 and .charge_percent == 23 and
	.runtime_seconds == 300 and .on_battery_seconds == 412 and .temperature_celsius == null and
	.battery_voltage == 240.5' $rfc <<END
$sys.2.0 6 1.3.6.1.4.1.99998.7
.1.1.0 4 Somebody
.1.2.0 4 Three 30k
.1.3.0 4 7.01
.2.1.0 2 3
.2.2.0 2 412
.2.3.0 2 5
.2.4.0 2 23
.2.5.0 2 2405
.2.7.0 2 -273
.3.3.1.2.1 2 500
.3.3.1.3.1 2 0
.3.3.1.3.2 2 0
.4.1.0 2 5
.4.4.1.2.1 2 229
.4.4.1.4.1 2 5900
.4.4.1.4.2 2 6200
.4.4.1.4.3 2 4500
.4.4.1.5.1 2 65
.4.4.1.5.2 2 71
.4.4.1.5.3 2 52
END

# numbers that no UPS has: left out, not shown
card rfc-nonsense '.profile == "rfc1628" and .state == "online" and .input_voltage == null and
	.input_frequency == null and .output_voltage == 230 and .load_percent == 12 and
	.runtime_seconds == null and .charge_percent == null and .battery_voltage == null and
	.temperature_celsius == null and .output_watts == null' $rfc <<END
.2.1.0 2 2
.2.3.0 2 99999999
.2.4.0 2 255
.2.5.0 2 65535000
.2.7.0 2 255
.3.3.1.2.1 2 65535
.3.3.1.3.1 2 65535
.4.1.0 2 3
.4.4.1.2.1 2 230
.4.4.1.4.1 2 2147483646
.4.4.1.5.1 2 12
.4.4.1.5.2 2 65535
END

# an Eaton with the tree of Powerware and the standard's: its own is better
card eaton '.profile == "eaton-xups" and .state == "online" and .flags == ["eco"] and
	.model == "Eaton 9355-30" and .serial == "BL123AB456" and .input_voltage == 231 and
	.input_frequency == 49.9 and .load_percent == 18 and .output_watts == 5400 and
	.charge_percent == 99 and .runtime_seconds == 2640 and .battery_voltage == 219 and
	.temperature_celsius == 24' 1.3.6.1.4.1.534.1 <<END
$sys.2.0 6 1.3.6.1.4.1.534.1
.1.1.0 4 EATON
.1.2.0 4 Eaton 9355-30                
.1.6.0 4 BL123AB456
.2.1.0 2 2640
.2.2.0 2 219
.2.4.0 2 99
.2.5.0 2 3
.3.1.0 2 499
.3.4.1.2.1 2 231
.3.4.1.2.2 2 230
.4.1.0 2 18
.4.4.1.2.1 2 230
.4.4.1.4.1 2 1700
.4.4.1.4.2 2 1900
.4.4.1.4.3 2 1800
.4.5.0 2 10
.6.1.0 2 24
$rfc.2.4.0 2 98
$rfc.4.1.0 2 3
END

# what its battery is like, each a yes or no; the standard's tree says that it is low
card eaton-battery '.profile == "eaton-xups" and .state == "low-battery" and .serial == null and
	.model == "Eaton 5PX" and .flags == ["replace-battery", "battery-fault", "low-battery"]' 1.3.6.1.4.1.534.1 <<END
$sys.2.0 6 1.3.6.1.4.1.534.1
.1.2.0 4 Eaton 5PX
.1.6.0 4 0
.2.4.0 2 9
.2.7.0 2 1
.2.8.0 2 2
.2.9.0 2 1
.2.10.0 2 2
.4.5.0 2 5
$rfc.2.1.0 2 3
END
card eaton-none '.profile == "eaton-xups" and .state == "online" and .flags == ["no-battery"] and
	.model == null' 1.3.6.1.4.1.534.1 <<END
$sys.2.0 6 1.3.6.1.4.1.534.1
.1.2.0 4 UNKNOWN
.2.7.0 2 2
.2.8.0 2 1
.4.5.0 2 3
END

# an MGE of three phases on battery and nearly empty; each fact is a yes or no
card mge '.profile == "mge" and .state == "low-battery" and
	.flags == ["replace-battery", "low-battery"] and .model == "Galaxy 5000" and
	.serial == "AB1C23456" and .input_voltage == 12.3 and .output_voltage == 229.8 and
	.load_percent == 66 and .charge_percent == 17 and .runtime_seconds == 140 and
	.battery_voltage == 402.1' 1.3.6.1.4.1.705.1 <<END
$sys.2.0 6 1.3.6.1.4.1.705.1
.1.1.0 4 Galaxy 5000
.1.7.0 4 AB1C23456
.5.1.0 2 140
.5.2.0 2 17
.5.5.0 2 4021
.5.9.0 2 2
.5.11.0 2 1
.5.14.0 2 1
.5.16.0 2 2
.6.2.1.2.1 2 123
.7.2.1.2.1 2 2298
.7.2.1.4.1 2 61
.7.2.1.4.2 2 66
.7.2.1.4.3 2 40
.7.3.0 2 1
.7.4.0 2 2
.7.7.0 2 2
.7.8.0 2 2
.7.10.0 2 2
.7.12.0 2 2
END

# one that has a 0 behind the number of the line
card mge-lines '.profile == "mge" and .state == "online" and .flags == [] and
	.model == "Galaxy 300" and .input_voltage == 402.1 and .input_frequency == 50 and
	.output_voltage == 400.3 and .load_percent == 31 and .charge_percent == 96 and
	.temperature_celsius == 24' 1.3.6.1.4.1.705.1 <<END
$sys.2.0 6 1.3.6.1.4.1.705.1.2
.1.1.0 4 Galaxy 300
.5.1.0 2 1800
.5.2.0 2 96
.6.2.1.2.1.0 2 4021
.6.2.1.2.2.0 2 4017
.6.2.1.3.1.0 2 500
.7.2.1.2.1.0 2 4003
.7.2.1.4.1.0 2 22
.7.2.1.4.2.0 2 31
.7.2.1.4.3.0 2 28
.7.3.0 2 2
.7.4.0 2 2
.7.7.0 2 2
$rfc.2.7.0 2 24
END

# in an outage, and it tells of the mains where others tell of the output
card mge-mains '.profile == "mge" and .state == "on-battery"' 1.3.6.1.4.1.705.1 <<END
$sys.2.0 6 1.3.6.1.4.1.705.1
.1.1.0 4 Pulsar
.7.3.0 2 1
.7.4.0 2 2
.7.7.0 2 1
END
card mge-off '.profile == "mge" and .state == "off"' 1.3.6.1.4.1.705.1 <<END
$sys.2.0 6 1.3.6.1.4.1.705.1
.1.1.0 4 Pulsar
.7.3.0 2 2
.7.4.0 2 2
.7.7.0 2 1
END

# blanks behind the texts, the time in ticks
card cyberpower '.profile == "cyberpower" and .state == "on-battery" and .flags == [] and
	.model == "OL2200ERTXL2U" and .serial == "ABCDE2000001" and .input_voltage == 0 and
	.output_voltage == 100.2 and .load_percent == 33 and .output_watts == 610 and
	.charge_percent == 81 and .runtime_seconds == 1260 and .temperature_celsius == 27 and
	.battery_voltage == 71.9' 1.3.6.1.4.1.3808.1.1.1 <<END
$sys.2.0 6 1.3.6.1.4.1.3808.1.1.1
.1.1.1.0 4 OL2200ERTXL2U   
.1.2.3.0 4 ABCDE2000001    
.2.1.1.0 2 2
.2.2.1.0 66 81
.2.2.2.0 66 719
.2.2.3.0 66 27
.2.2.4.0 67 126000
.3.2.1.0 66 0
.4.1.1.0 2 3
.4.2.1.0 66 1002
.4.2.3.0 66 33
.4.2.5.0 66 610
$rfc.4.1.0 2 5
END

# 0 is a state here, and normal
card delta '.profile == "delta" and .state == "online" and .model == "NH Plus 30k" and
	.input_voltage == 228.4 and .input_frequency == 50 and .output_voltage == 220.1 and
	.load_percent == 45 and .output_watts == 9900 and .charge_percent == 100 and
	.runtime_seconds == 2700 and .battery_voltage == 271.5 and
	.temperature_celsius == 29' 1.3.6.1.4.1.2254.2.4 <<END
$sys.2.0 6 1.3.6.1.4.1.2254.2.4
.1.1.0 4 Delta
.1.2.0 4 NH Plus 30k
.4.2.0 2 500
.4.3.0 2 2284
.5.1.0 2 0
.5.4.0 2 2201
.5.6.0 2 3300
.5.7.0 2 45
.5.10.0 2 3400
.5.11.0 2 44
.5.14.0 2 3200
.5.15.0 2 41
.7.1.0 2 0
.7.2.0 2 0
.7.4.0 2 0
.7.5.0 2 45
.7.6.0 2 2715
.7.8.0 2 100
.7.9.0 2 29
END

# one that has no output source: its alarms tell the state
card delta-bare '.profile == "delta" and .state == "low-battery" and .model == "Netys RT" and
	.load_percent == 20' 1.3.6.1.4.1.2254.2.4 <<END
$sys.2.0 6 1.3.6.1.4.1.2254.2.4
.1.2.0 4 Netys RT
.5.7.0 2 20
.7.2.0 2 1
.9.2.0 2 1
.9.6.0 2 0
.9.21.0 2 0
END

# one whose own tree says what it is called, and no more
card delta-other '.profile == "delta" and .state == "low-battery" and .model == "RTX 1500" and
	.input_voltage == 4 and .output_voltage == 119 and .load_percent == 52 and
	.output_watts == 640 and .charge_percent == 9 and .runtime_seconds == 120 and
	.on_battery_seconds == 611 and .battery_voltage == 40.2 and
	.temperature_celsius == 27' 1.3.6.1.4.1.2254.2.4 <<END
$sys.2.0 6 1.3.6.1.4.1.2254.2.4
.1.1.0 4 Somebody
.1.2.0 4 RTX 1500
$rfc.1.1 4 Somebody
$rfc.2.1.0 2 3
$rfc.2.2.0 2 611
$rfc.2.3.0 2 2
$rfc.2.4.0 2 9
$rfc.2.5.0 2 402
$rfc.2.6.0 5 
$rfc.2.7.0 2 27
$rfc.3.3.1.2.1 2 0
$rfc.3.3.1.3.1 2 4
$rfc.4.1.0 2 5
$rfc.4.4.1.2.1 2 119
$rfc.4.4.1.4.1 2 640
$rfc.4.4.1.5.1 2 52
END

# another MIB of theirs: other places, and the numbers begin with 1
card delta5 '.profile == "delta5" and .state == "low-battery" and .model == "DPH 75K" and
	.flags == ["replace-battery", "low-battery"] and .input_voltage == 1.4 and .output_voltage == 230.1 and
	.load_percent == 36 and .output_watts == 26100 and .charge_percent == 14 and
	.runtime_seconds == 240 and .temperature_celsius == 26' 1.3.6.1.4.1.2254.2.5 <<END
$sys.2.0 6 1.3.6.1.4.1.2254.2.5
.1.2.0 4 DPH 75K
.4.3.0 2 14
.5.1.0 2 2
.5.4.0 2 2301
.5.7.0 2 8700
.5.8.0 2 34
.5.12.0 2 9100
.5.13.0 2 36
.5.17.0 2 8300
.5.18.0 2 33
.7.1.0 2 3
.7.2.0 2 2
.7.5.0 2 4
.7.10.0 2 14
.7.12.0 2 26
.9.1.0 2 2
END

# the card answers, the UPS does not
card delta-lost '.profile == "delta" and .state == "comm-lost" and .model == "Netys RT" and
	.load_percent == null' 1.3.6.1.4.1.2254.2.4 <<END
$sys.2.0 6 1.3.6.1.4.1.2254.2.4
.1.2.0 4 Netys RT
.5.1.0 2 0
.5.7.0 2 20
.9.1.0 2 1
END

# the sysObjectID of the agent's library, and the standard's tree beside its own
card huawei '.profile == "huawei" and .state == "on-battery" and .model == "UPS5000-E" and
	.serial == "2102310ABC" and .input_voltage == 0.4 and .input_frequency == 0 and
	.output_voltage == 380.5 and .load_percent == 51.2 and .output_watts == 60100 and
	.charge_percent == 77 and .runtime_seconds == 900 and
	.battery_voltage == 480.2' 1.3.6.1.4.1.2011.6.174.1 <<END
$sys.2.0 6 1.3.6.1.4.1.8072.3.2.10
.2.100.1.2.1 4 UPS5000-E
.2.100.1.5.1 4 2102310ABC
.2.101.1.1.1 2 4
.2.101.1.3.1 2 6
.3.100.1.1.1 2 4
.3.100.1.4.1 2 0
.4.100.1.1.1 2 3805
.4.100.1.8.1 2 200
.4.100.1.9.1 2 201
.4.100.1.10.1 2 200
.4.100.1.14.1 2 498
.4.100.1.15.1 2 512
.4.100.1.16.1 2 503
.6.100.1.1.1 2 4802
.6.100.1.3.1 2 77
.6.100.1.4.1 2 900
$rfc.4.1.0 2 3
END

# one of a small one, in kilowatts
card huawei-small '.profile == "huawei-small" and .state == "online" and .output_watts == 2000 and
	.load_percent == 30 and .runtime_seconds == null' $rfc <<END
$sys.2.0 6 1.3.6.1.4.1.2011.6.174.4.1.2.9
.1.2.0 4 UPS2000 10kVA
.2.3.0 66 4294967295
.4.1.0 2 3
.4.4.1.4.1 2 2
.4.4.1.5.1 2 30
END

card xppc '.profile == "xppc" and .state == "online" and .flags == ["trim"] and
	.model == "Intelligent" and .input_voltage == 241.7 and .output_voltage == 219.9 and
	.load_percent == 9 and .charge_percent == 100 and .temperature_celsius == 26.5 and
	.battery_voltage == 27.3' 1.3.6.1.4.1.935.1.1.1 <<END
$sys.2.0 6 1.3.6.1.4.1.935.10
.1.1.1.0 4 Intelligent
.2.1.1.0 2 2
.2.2.1.0 2 100
.2.2.2.0 2 273
.2.2.3.0 2 265
.3.2.1.0 2 2417
.4.1.1.0 2 9
.4.2.1.0 2 2199
.4.2.3.0 2 9
END

# stand-by is of the inverter, or of the UPS: the voltage tells which
standby() {	# NAME STATUS OUTPUT STATE
	card "$1" ".profile == \"xppc\" and .state == \"$4\"" 1.3.6.1.4.1.935.1.1.1 <<-END
	$sys.2.0 6 1.3.6.1.4.1.935
	.2.1.1.0 2 2
	.3.2.1.0 2 2360
	.4.1.1.0 2 $2
	.4.2.1.0 2 $3
	.4.2.3.0 2 16
	END
}
standby xppc-idle 8 2360 online
standby xppc-off 8 0 off
standby xppc-lost 1 2360 unknown

card xppc-three '.profile == "xppc" and .state == "low-battery" and .input_voltage == 3.4 and
	.output_voltage == 231.2 and .load_percent == 47.1 and .charge_percent == 21 and
	.battery_voltage == 219.5 and .runtime_seconds == 240' 1.3.6.1.4.1.935.1.1.1 <<END
$sys.2.0 6 1.3.6.1.4.1.935
.1.1.1.0 4 Intelligent 20k
.4.1.1.0 2 8
.8.2.1.0 2 0
.8.2.2.0 2 34
.8.3.2.0 2 2312
.8.3.5.0 2 410
.8.3.6.0 2 471
.8.3.7.0 2 380
.8.5.3.0 2 14
.8.5.5.0 2 4
.8.6.4.0 2 12
$rfc.2.3.0 2 4
$rfc.2.4.0 2 21
$rfc.2.5.0 2 2195
$rfc.4.1.0 2 5
END

# three phases, of which the first has all the power; no run time, no temperature
card mitsubishi-three '.profile == "mitsubishi" and .state == "online" and .model == null and
	.input_voltage == 206 and .output_watts == 58500 and .load_percent == 39 and
	.charge_percent == 100 and .runtime_seconds == null and
	.temperature_celsius == null' 1.3.6.1.4.1.13891.101 <<END
$sys.2.0 6 1.3.6.1.4.1.13891.101
.1.1.0 4 
.1.2.0 4 
.2.1.0 2 2
.2.3.0 2 0
.2.4.0 2 100
.2.7.0 2 0
.3.3.1.3.1 2 206
.3.3.1.3.2 2 207
.4.1.0 2 3
.4.4.1.2.1 2 208
.4.4.1.4.1 2 58500
.4.4.1.4.2 2 0
.4.4.1.4.3 2 0
.4.4.1.5.1 2 39
.4.4.1.5.2 2 0
END

# the standard's tree in other places
copied() {	# PROFILE BASE SYSOBJECTID [CONDITION]
	card "$1" ".profile == \"$1\" and .state == \"on-battery\" and .model == \"FW-V10\" and
		.input_voltage == 0 and .output_voltage == 101 and .load_percent == 62 and
		.runtime_seconds == 540 and .charge_percent == 88 ${4:-}" "$2" <<-END
	$sys.2.0 6 $3
	.1.1.0 4 Maker
	.1.2.0 4 FW-V10
	.1.8.0 4 S-12345
	.2.1.0 2 2
	.2.3.0 2 9
	.2.4.0 2 88
	.3.3.1.3.1 2 0
	.4.1.0 2 5
	.4.4.1.2.1 2 101
	.4.4.1.5.1 2 62
	END
}
copied jema 1.3.6.1.4.1.4550.1.1 1.3.6.1.4.1.4550.1
copied jema2 1.3.6.1.4.1.4550.2.1 1.3.6.1.4.1.7777.1 'and .serial == "S-12345"'
copied mitsubishi 1.3.6.1.4.1.13891.101 1.3.6.1.4.1.13891.101

# no UPSs: words, and no reading
card rack-pdu '(.error | contains("1.3.6.1.4.1.318.1.3.4.5 of APC (PowerNet), but shows no UPS")) and
	.input_voltage == null' <<END
$sys.2.0 6 1.3.6.1.4.1.318.1.3.4.5
$rfc.4.1.0 2 3
END
card switch '(.error | contains("is no UPS that a profile knows (sysObjectID 1.3.6.1.4.1.9.1.1208)")) and
	.state == "comm-lost"' <<END
$sys.1.0 4 A switch
$sys.2.0 6 1.3.6.1.4.1.9.1.1208
END

plan $((1 + 2 * ${#cards[@]}))
replay=()
for c in "${cards[@]}"; do replay+=(--replay "$tmp/$c.snmprec"); done
"$top_builddir/upssim" --base "$net.1:$port" "${replay[@]}" >"$tmp/said" 2>&1 &
sim=$!
ok "upssim serves ${#cards[@]} cards" await 10 grep -q ready "$tmp/said"

# right VERSION: the reading of $card, asked in that version
right() {
	"$top_builddir/amc" status --address "$net.$at:$port" --snmp-version "$1" --json >"$tmp/json"
	jq -e ".ups[0] | $(cat "$tmp/$card.wanted")" "$tmp/json" || { jq -c '.ups[0]' "$tmp/json"; false; }
}
at=0
for card in "${cards[@]}"; do
	at=$((at + 1))
	ok "$card is read right" right 2c
	ok "$card is read right over version 1" right 1
done
finish
