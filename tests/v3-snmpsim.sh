#!/bin/bash
# Every authentication with every privacy of SNMPv3 against snmpsim, whose cryptography is
# not net-snmp's: 24 cards, each with a user of its own, read as one site.
. "$top_srcdir/tests/tap.sh"

plan 4
need snmpsimd snmpget jq
tmp=$(mktemp -d)
trap 'kill $sim 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
net=127.0.$((RANDOM % 200 + 20)) port=$((20000 + $$ % 20000))
amc=$top_builddir/amc
export XDG_STATE_HOME=$tmp/state LC_ALL=C.UTF-8 LANGUAGE=

chmod 755 "$tmp"
mkdir -p "$tmp/records" "$tmp/cache"
cards=()
printf '[Network]\nFormat=1\n[Group1]\nName=G\nParent=Network\n' >"$tmp/site.ini"
n=0
for auth in MD5 SHA SHA-224 SHA-256 SHA-384 SHA-512; do
	for priv in DES AES AES-192 AES-256; do
		sim_priv=${priv/-/}		# the long keys of Blumenthal's draft, as net-snmp has them
		[ $priv = DES ] || [ $priv = AES ] || sim_priv+=BLMT
		n=$((n + 1))
		cards+=(--v3-engine-id="800000000a7f0004$(printf '%02x' $n)" "--v3-user=user of $auth $priv"
			--v3-auth-key="auth phrase $n" --v3-auth-proto="${auth/-/}"
			--v3-priv-key="priv phrase $n" --v3-priv-proto="$sim_priv"
			--data-dir="$tmp/records" --agent-udpv4-endpoint="$net.$n:$port")
		printf '1.3.6.1.2.1.1.2.0|6|1.3.6.1.2.1.33\n%s\n' "1.3.6.1.2.1.33.1.1.2.0|4|$auth $priv" \
			"1.3.6.1.2.1.33.1.2.4.0|2|$n" "1.3.6.1.2.1.33.1.4.1.0|2|3" \
			| tee "$tmp/records/1.3.6.1.6.1.1.$((n - 1)).snmprec" >"$tmp/records/public.snmprec"
		printf '%s\n' "[Ups$n]" "Name=U$n" Parent=Group1.PowerDevices "Address=$net.$n" \
			"SnmpPort=$port" SnmpVersion=3 "SnmpUser=user of $auth $priv" SnmpLevel=authPriv \
			"SnmpAuthProtocol=$auth" "SnmpAuthPassword=auth phrase $n" \
			"SnmpPrivProtocol=$priv" "SnmpPrivPassword=priv phrase $n" >>"$tmp/site.ini"
	done
done
user=()
if [ "$(id -u)" = 0 ]; then
	chown nobody "$tmp/cache"
	user=(--process-user=nobody --process-group=nogroup)
fi
snmpsimd --cache-dir="$tmp/cache" "${user[@]}" --logging-method=file:"$tmp/log" "${cards[@]}" \
	>"$tmp/said" 2>&1 &
sim=$!
ready() {
	snmpget -m '' -v3 -r0 -t2 -l authPriv -u "user of SHA-512 AES-256" -a SHA-512 -A "auth phrase 24" \
		-x AES-256 -X "priv phrase 24" -Oqv "$net.24:$port" 1.3.6.1.2.1.33.1.2.4.0 2>&1 | grep -qx 24
}
ok "snmpsim plays 24 cards" await 150 ready
all_online() {
	"$amc" status --timeout 30 --json "$tmp/site.ini" >"$tmp/json"
	jq -r '.ups[].error | values' "$tmp/json" >"$tmp/errors"
	[ "$(jq '[.ups[] | select(.state == "online")] | length' "$tmp/json")" = 24 ]
}
ok "all are read" await 120 all_online	# its answers are slow on a busy machine
grep -v '^$' "$tmp/errors"
is "each its own value" "$(seq -s' ' 24)" "$(jq -r '[.ups | sort_by(.charge_percent)[].charge_percent | tostring] | join(" ")' "$tmp/json")"
is "by its own user" "" "$(jq -r '.ups[] | "\(.charge_percent) \(.model)"' "$tmp/json" | sort -n |
	diff - <(grep -h '^SnmpUser=' "$tmp/site.ini" | sed 's/SnmpUser=user of //' | cat -n | sed 's/^ *//; s/\t/ /'))"
finish
