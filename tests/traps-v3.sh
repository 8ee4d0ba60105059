#!/bin/bash
# Traps and informs of SNMPv3: a real amcd reads those of net-snmp's snmptrap, at each
# level, says why it cannot read others, and answers informs as their sender wants it.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 28
begin snmptrap
export SNMP_PERSISTENT_DIR=$tmp/snmp MIBS=
mkdir -p "$tmp/snmp/cert_indexes"
url=https://$net.9:$port
settings SERVER1 $net.9 "Traps = :$port"

# One UPS a level, and one whose sender is upssim.
ups() {		# NUMBER USER LEVEL AUTH PRIV
	printf '[Ups%s]\nName=UPS%s\nParent=Group1.PowerDevices\nAddress=%s.%s\nSnmpPort=1161\nSnmpVersion=3\n' "$1" "$1" "$net" "$1"
	printf 'SnmpUser=%s\nSnmpLevel=%s\nSnmpAuthProtocol=%s\nSnmpAuthPassword=auth-secret-%s\nSnmpPrivProtocol=%s\nSnmpPrivPassword=priv-secret-%s\n' \
		"$2" "$3" "$4" "$1" "$5" "$1"
}
{
	site control SERVER1 $net.9
	ups 1 nobody noAuthNoPriv SHA AES
	ups 2 signer authNoPriv SHA-256 AES
	ups 3 sealer authPriv SHA AES
	ups 4 older authPriv MD5 DES
	ups 5 longest authPriv SHA-512 AES-256
	ups 6 simulated authPriv SHA AES
} >"$tmp/SERVER1/ac_e_net.ini"
start SERVER1
has() { ask "$url/v1/events?max=1000" | jq -e "[.events[] | select(.kind == \"trap\" and ($1))] | length > 0" >/dev/null; }
upsOnBattery=1.3.6.1.4.1.318.0.5
# trap CARD BOOTS,TIME WORDS...; inform CARD WORDS...
trap3() { snmptrap --clientaddr="$net.$1" -v3 -e 0x80000000010203040$1 -Z "$2" "${@:3}" "$net.9:$port" '' $upsOnBattery 1.3.6.1.4.1.318.2.3.3.0 s "text of $1"; }
inform3() { snmptrap --clientaddr="$net.$1" -Ci -v3 -r 0 -t 2 "${@:2}" "$net.9:$port" '' $upsOnBattery 1.3.6.1.4.1.318.2.3.3.0 s "inform of $1"; }
read_of() { has ".node == \"UPS$1\" and .after == \"upsOnBattery\" and (.detail | contains(\"version=3\") and contains(\"$2 of $1\"))"; }
says() { has ".node == \"UPS$1\" and .after == \"v3\" and (.detail | contains(\"$2\"))"; }

level[1]="-l noAuthNoPriv -u nobody"
level[2]="-l authNoPriv -u signer -a SHA-256 -A auth-secret-2"
level[3]="-l authPriv -u sealer -a SHA -A auth-secret-3 -x AES -X priv-secret-3"
level[4]="-l authPriv -u older -a MD5 -A auth-secret-4 -x DES -X priv-secret-4"
level[5]="-l authPriv -u longest -a SHA-512 -A auth-secret-5 -x AES-256 -X priv-secret-5"
for i in 1 2 3 4 5; do
	# shellcheck disable=SC2086
	trap3 $i 1,10 ${level[i]}
	ok "a trap: ${level[i]}" await 10 read_of $i text
	# shellcheck disable=SC2086
	ok "an inform is answered" inform3 $i ${level[i]}
	ok "and read" await 10 read_of $i inform
done

trap3 3 1,20 -l authPriv -u stranger -a SHA -A auth-secret-3 -x AES -X priv-secret-3
ok "another user" await 10 says 3 "the card is asked with another SNMP v3 user"
trap3 3 1,20 -l authNoPriv -u sealer -a SHA -A auth-secret-3
ok "not encrypted, as it should be" await 10 says 3 "it is less secured than this power device is set up to be asked"
trap3 3 1,20 -l authPriv -u sealer -a SHA -A wrong-secret-3 -x AES -X priv-secret-3
ok "a wrong authentication password" await 10 says 3 "another authentication password or protocol"
trap3 4 1,20 -l authPriv -u older -a MD5 -A auth-secret-4 -x DES -X wrong-secret-4
ok "a wrong privacy password" await 10 says 4 "another privacy password or protocol"
trap3 5 7,1000 ${level[5]}
trap3 5 6,1000 ${level[5]}
ok "one that is older than what was heard: sent once more" await 10 says 5 "it is not in its time window"
ok "an inform with a wrong password is not answered" not inform3 2 -l authNoPriv -u signer -a SHA-256 -A wrong-secret-2
ok "nor that of a stranger" not inform3 77 ${level[2]}
ok "those that could not be read are counted" eval 'ask "$url/metrics" | grep -qE "^amc_traps_total\{verdict=.refused.\} [6-9]$"'
is "nobody's password is in the log" 0 "$(grep -c 'secret-' "$tmp/SERVER1/log")"

# upssim's own
printf '%s\n' 'simulated read SHA auth-secret-6 AES priv-secret-6' >"$tmp/users"
simulate 1 --base "$net.6:1161" --v3-users "$tmp/users" --trap-to "$net.9:$port,v3,simulated"
state() { ask "$url/v1/status" | jq -e ".ups[] | select(.name == \"UPS6\" and .state == \"$1\")" >/dev/null; }
# it was silent until now: at most a minute between two tries
ok "upssim's card is asked by v3" await 70 state online
sim UPS1 mains off
ok "its trap is read" await 5 has '.node == "UPS6" and .after == "upsOnBattery" and (.detail | contains("version=3"))'
ok "and it is asked at once" await 5 state on-battery
ok "amcd goes on" kill -0 "${pids[SERVER1]}"
finish
