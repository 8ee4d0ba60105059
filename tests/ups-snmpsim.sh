#!/bin/bash
# Settings and commands on cards that snmpsim plays: what others' agents answer to
# a SET, each error of v2c, and a UPS-MIB with its lock and its minutes. Skipped
# without snmpsim.

. "$top_srcdir/tests/tap.sh"
export LC_ALL=C.UTF-8 LANGUAGE=
unset AMC_SITE
plan 61
need snmpsimd snmpget jq
amc=$(cd "${top_builddir:-.}" && pwd)/amc
tmp=$(mktemp -d)
trap 'kill $sim 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
net=127.66.$((RANDOM % 200)).7
port=$((20000 + $$ % 20000))
chmod 755 .
mkdir records cache
U=1.3.6.1.4.1.318.1.1.1
R=1.3.6.1.2.1.33.1
cat >records/apc.snmprec <<END
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.318.1.3.27
$U.1.1.1.0|4|Smart-UPS 1500
$U.4.1.1.0|2|2
$U.5.2.2.0|2:error|op=set,status=wrongvalue,value=108
$U.5.2.3.0|2:error|op=set,status=notwritable,value=92
$U.5.2.4.0|2:error|op=set,status=authorizationerror,value=1
$U.5.2.6.0|2:error|op=set,status=noaccess,value=0
$U.5.2.7.0|2|1
$U.5.2.8.0|67:error|op=set,status=wrongtype,value=12000
$U.5.2.9.0|67:error|op=set,status=commitfailed,value=6000
$U.5.2.10.0|67:writecache|value=30000
$U.6.1.1.0|2:error|op=set,status=inconsistentvalue,value=1
$U.6.2.1.0|2:error|op=set,status=resourceunavailable,value=1
$U.7.2.1.0|2|2
END
cat >records/mib.snmprec <<END
1.3.6.1.2.1.1.2.0|6|1.3.6.1.2.1.33
$R.1.2.0|4|Somebody's UPS
$R.2.1.0|2|2
$R.4.1.0|2|3
$R.7.1.0|6:writecache|value=1.3.6.1.2.1.33.1.7.7.1
$R.7.2.0|2:writecache|value=41
$R.7.3.0|2|1
$R.9.7.0|2:writecache|value=5
$R.9.9.0|2:writecache|value=92
$R.9.10.0|2:writecache|value=108
END
C=1.3.6.1.4.1.3808.1.1.1
cat >records/cps.snmprec <<END
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.3808.1.1.1
$C.1.1.1.0|4|PR1500
$C.2.1.1.0|2|3
$C.4.1.1.0|2|3
$C.5.2.10.0|67|6000
$(for o in 6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 7.2.2 7.2.6; do echo "$C.$o.0|2:writecache|value=1"; done)
END
X=1.3.6.1.4.1.534.1
cat >records/xups.snmprec <<END
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.534.1
$X.1.2.0|4|9PX
$X.4.5.0|2|3
$X.8.1.0|2:writecache|value=2
$(for o in 9.1 9.2 9.5 9.6; do echo "$X.$o.0|2:writecache|value=-1"; done)
END
M=1.3.6.1.4.1.705.1
cat >records/mge.snmprec <<END
$R.4.1.0|2|5
$R.7.3.0|2|1
$(for o in 8.2 8.3 8.5; do echo "$R.$o.0|2:writecache|value=-1"; done)
$R.9.8.0|2:writecache|value=2
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.705.1
$M.1.1.0|4|Pulsar
$M.7.3.0|2|1
$M.10.4.0|2:writecache|value=1
END
D=1.3.6.1.4.1.2254.2.4
cat >records/delta.snmprec <<END
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.2254.2.4
$D.1.2.0|4|NH Plus
$D.2.2.0|2:writecache|value=2
$D.2.3.0|2:writecache|value=9999
$D.2.4.0|2:writecache|value=9999
$D.3.1.0|2:writecache|value=1
$D.3.4.0|2:writecache|value=88
$D.3.7.0|2:writecache|value=0
$D.5.1.0|2|1
$D.8.1.0|2:writecache|value=9
$D.8.2.0|2|1
END
P=1.3.6.1.4.1.935.1.1.1
cat >records/xppc.snmprec <<END
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.935
$P.1.1.1.0|4|Intelligent
$P.4.1.1.0|2|3
$P.5.2.2.0|2:writecache|value=1140
$P.5.2.10.0|2:writecache|value=12
$(for o in 6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 7.2.2 7.2.6; do echo "$P.$o.0|2:writecache|value=1"; done)
$P.7.2.3.0|2|1
END
for card in mge delta; do	# in the order of their OIDs
	sort -t'|' -k1,1V -o records/$card.snmprec records/$card.snmprec
done
user=()
if [ "$(id -u)" = 0 ]; then
	chown nobody cache
	user=(--process-user=nobody --process-group=nogroup)
fi
snmpsimd --data-dir="$tmp/records" --cache-dir="$tmp/cache" "${user[@]}" \
	--agent-udpv4-endpoint="$net:$port" --logging-method=file:"$tmp/log" >said 2>&1 &
sim=$!
get() { snmpget -v2c -r0 -t2 -On -m '' -Oqvt -c "$1" "$net:$port" "$2" 2>&1; }
ready() { get apc $U.4.1.1.0 | grep -qx 2; }
ok "snmpsim serves them" await 60 ready
{
	echo 'add network group G CommunicationAddress=127.255.255.255'
	echo "add G/@power ups APC Address=$net SnmpPort=$port SnmpVersion=2c SnmpCommunity=apc UpperVolts=112" \
		"LowerVolts=88 BuzzerTiming=2 MinimumChargePercent=15 Sensitivity=4 LowBatterySeconds=300" \
		"DiskProtectSeconds=180 GraceSeconds=180"
	echo "add G/@power ups MIB Address=$net SnmpPort=$port SnmpVersion=2c SnmpCommunity=mib" \
		"LowBatterySeconds=100 UpperVolts=110"
	for card in CPS XUPS MGE DELTA XPPC; do
		echo "add G/@power ups $card Address=$net SnmpPort=$port SnmpVersion=2c SnmpCommunity=${card,,} GraceSeconds=77"
	done
} >script
"$amc" new site.ini >/dev/null
"$amc" edit site.ini script >/dev/null || cat script
"$amc" set site.ini network Armed=yes >/dev/null

ok "one is taken, eight are refused: partly done" eval '"$amc" ups write site.ini APC --timeout 60 >out; [ $? = 6 ]'
told() {	# KEY WORDS: of its row
	grep -E "^ +$1 " out
	grep -E "^ +$1 " out | grep -qF -- "$2"
}
ok "wrongValue" told UpperVolts "112 V was asked, the card keeps 108 V: the card does not take this value (wrongValue)"
ok "notWritable" told LowerVolts "(notWritable)"
ok "authorizationError: the access type is named" told BuzzerTiming "(authorizationError); or somebody is logged in to the card: then only Write+ may"
ok "noAccess" told MinimumChargePercent "(noAccess)"
ok "wrongType" told LowBatterySeconds "(wrongType): its profile names another one"
ok "commitFailed" told DiskProtectSeconds "the card keeps 60 s: the card could not carry it out (commitFailed)"
ok "no error, but an exception in the answer, is a refusal" told Sensitivity \
	"high was asked, the card keeps auto: the card answers that there is no such object to write"
ok "what was taken is told beside them" told GraceSeconds "180 s, as asked; it was 300 s"
is "snmpget reads TimeTicks" 18000 "$(get apc $U.5.2.10.0)"

ok "a command that is refused, in words" eval '"$amc" ups off site.ini APC --yes >out; [ $? = 5 ] &&
	grep -qF "not done: the card lacks what it needs for that (resourceUnavailable)" out'
ok "minutes: the nearest" eval '"$amc" ups write site.ini MIB >out; [ $? = 6 ] &&
	grep -qF "100 s was asked, the card keeps 120 s: nearest that the card can count" out'
is "snmpget reads minutes" 2 "$(get mib $R.9.7.0)"
"$amc" ups test site.ini MIB --yes --timeout 3 >out
is "the test was asked for with its lock" ".1.3.6.1.2.1.33.1.7.7.4 41" "$(get mib $R.7.1.0) $(get mib $R.7.2.0)"
ok "and is not taken for done, as none was seen" eval 'cat out; ! grep -q passed out'

# Commands by the MIBs of other makers: what arrives at a card that has the objects.
arrives() {	# CARD COMMAND OBJECT VALUE: each other object stays as it is
	"$amc" ups "$2" site.ini "$1" --yes --timeout 1.5 >out 2>&1
	is "$1: $2" "$4" "$(get "${1,,}" "$3")"
}
arrives CPS test $C.7.2.2.0 2
arrives CPS calibrate $C.7.2.6.0 2
arrives CPS calibrate-cancel $C.7.2.6.0 3
arrives CPS off-until-mains $C.6.1.1.0 2
arrives CPS off-gracefully $C.6.2.1.0 3
arrives CPS reboot $C.6.2.2.0 2
arrives CPS sleep-gracefully $C.6.2.3.0 3
arrives CPS simulate-failure $C.6.2.4.0 2
arrives CPS beep $C.6.2.5.0 2
arrives XUPS test $X.8.1.0 1
arrives XUPS reboot-gracefully $X.9.6.0 77
arrives XUPS off-gracefully $X.9.1.0 77
arrives XUPS cancel $X.9.1.0 0
arrives XUPS off $X.9.1.0 1
arrives XUPS bypass $X.9.5.0 1
arrives MGE test $M.10.4.0 2
arrives MGE off-gracefully $R.8.2.0 77
arrives MGE off $R.8.2.0 0
arrives MGE off-until-mains $R.8.5.0 1
is "MGE: and counts down" 77 "$(get mge $R.8.2.0)"
arrives MGE cancel $R.8.2.0 -1
arrives MGE on $R.8.3.0 0
arrives MGE mute $R.9.8.0 3
arrives DELTA test $D.8.1.0 3
arrives DELTA calibrate $D.8.1.0 4
arrives DELTA test-cancel $D.8.1.0 0
arrives DELTA off-until-mains $D.2.2.0 1
is "DELTA: and counts down" 77 "$(get delta $D.2.3.0)"
arrives DELTA off $D.2.3.0 1
arrives DELTA on $D.2.4.0 1
arrives DELTA cancel $D.2.3.0 0
is "DELTA: neither is to come" -1 "$(get delta $D.2.4.0)"
arrives DELTA mute $D.3.1.0 2
arrives XPPC test $P.7.2.2.0 2
arrives XPPC calibrate $P.7.2.6.0 2
arrives XPPC calibrate-cancel $P.7.2.6.0 3
arrives XPPC off-until-mains $P.6.1.1.0 2
arrives XPPC off $P.6.2.1.0 2
arrives XPPC reboot $P.6.2.2.0 2
arrives XPPC sleep $P.6.2.3.0 2
arrives XPPC simulate-failure $P.6.2.4.0 2
arrives XPPC beep $P.6.2.5.0 2
ok "XPPC: a voltage in tenths, as asked" eval '"$amc" set site.ini XPPC UpperVolts=110 >/dev/null &&
	"$amc" ups write site.ini XPPC >out; grep -qF "110 V, as asked; it was 114 V" out'
is "snmpget reads tenths" 1100 "$(get xppc $P.5.2.2.0)"
is "what was not meant is as it was" "1 -1" "$(get cps $C.6.2.6.0) $(get xups $X.9.2.0)"
finish
