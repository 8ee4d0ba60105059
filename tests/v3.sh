#!/bin/bash
# SNMPv3 from end to end: amc status reads cards that another program simulates
# (snmpsim), as users with and without authentication and privacy; a site with
# v3 cards and a silent one; and what is said of a wrong user or password.
. "$top_srcdir/tests/tap.sh"

plan 13
need snmpsimd jq
tmp=$(mktemp -d)
trap 'kill $sim 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
net=127.0.$((RANDOM % 200 + 20)) port=$((20000 + $$ % 20000))
amc=$top_builddir/amc

chmod 755 "$tmp"
mkdir -p "$tmp/records" "$tmp/cache"
cat >"$tmp/records/public.snmprec" <<'END'
1.3.6.1.2.1.1.1.0|4|a UPS
1.3.6.1.2.1.1.2.0|6|1.3.6.1.2.1.33
1.3.6.1.2.1.33.1.1.2.0|4|Model 5
1.3.6.1.2.1.33.1.2.1.0|2|2
1.3.6.1.2.1.33.1.2.4.0|2|87
1.3.6.1.2.1.33.1.4.1.0|2|3
END
for i in 0 1 2; do cp "$tmp/records/public.snmprec" "$tmp/records/1.3.6.1.6.1.1.$i.snmprec"; done
user=()
if [ "$(id -u)" = 0 ]; then
	chown nobody "$tmp/cache"
	user=(--process-user=nobody --process-group=nogroup)
fi
engine() {	# N USER OPTION...: the arguments of one card
	local n=$1 name=$2
	shift 2
	printf '%s\n' "--v3-engine-id=800000000a7f00040$n" "--v3-user=$name" "$@" \
		--data-dir="$tmp/records" --agent-udpv4-endpoint="$net.$n:$port"
}
mapfile -t cards < <(
	engine 1 "apc snmp profile1" --v3-auth-key=authpass15charsA --v3-auth-proto=SHA \
		--v3-priv-key=privpass15charsA --v3-priv-proto=AES
	engine 2 "apc snmp profile1" --v3-auth-key=authpass15charsB --v3-auth-proto=MD5
	engine 3 open
)
snmpsimd --cache-dir="$tmp/cache" "${user[@]}" --logging-method=file:"$tmp/log" "${cards[@]}" \
	>"$tmp/said" 2>&1 &
sim=$!

wants() {	# LEVEL AUTH PASSWORD PRIV PASSWORD [USER]: the user's file
	printf '%s\n' "; as on the card" "SnmpUser=${6-apc snmp profile1}" "SnmpLevel=$1" \
		"SnmpAuthProtocol=$2" "SnmpAuthPassword=$3" "SnmpPrivProtocol=$4" \
		"SnmpPrivPassword=$5" >"$tmp/user"
}
status() { "$amc" status --address "$net.$1:$port" --user-file "$tmp/user" --json >"$tmp/json" 2>"$tmp/err"; }
charge() { status "$1"; [ "$(jq '.ups[0].charge_percent' "$tmp/json")" = 87 ]; }
says() {	# N STATUS WORDS
	local got=0
	status "$1" || got=$?
	[ $got = "$2" ] && jq -r '.ups[0].error' "$tmp/json" | tee /dev/stderr | grep -qF "$3"
}

wants authPriv SHA authpass15charsA AES privpass15charsA
ok "authPriv is read" await 60 charge 1
wants authNoPriv MD5 authpass15charsB AES privpass15charsB
ok "authNoPriv is read, the same name with another password" charge 2
wants noAuthNoPriv SHA "" AES "" open
ok "noAuthNoPriv is read" charge 3
exec 3<"$tmp/user"
ok "the user comes from a descriptor, too" "$amc" status --address "$net.3:$port" --user-file /dev/fd/3
wants authPriv SHA authpass15charsX AES privpass15charsA
ok "a wrong password is told" says 1 4 "but with another authentication password"
wants authPriv SHA authpass15charsA AES privpass15charsX
ok "a wrong privacy password is told, though the card is silent" says 1 4 "check the privacy password"
wants authPriv SHA authpass15charsA AES privpass15charsA nobody
ok "a wrong user is told, though the card is silent" says 1 4 "does not answer user \"nobody\""
ok "in Japanese, too" env LC_ALL=C.UTF-8 LANGUAGE=ja bash -c '
	"$0" status --address "$1" --user-file "$2" | grep -q ユーザ名' "$amc" "$net.1:$port" "$tmp/user"
wants authPriv SHA short AES privpass15charsA
ok "a password that is too short is refused with its line" not status 1
is "and never shown" "0 1" "$(grep -c short "$tmp/err") $(grep -c "user:5: " "$tmp/err")"
echo "Address=1.2.3.4" >"$tmp/user"
ok "no other setting comes in by it" not status 1

cat >"$tmp/site.ini" <<END
[Network]
Format=1
[Group1]
Name=G
Parent=Network
END
for i in 1 2 3 4; do
	printf '[Ups%s]\nName=U%s\nParent=Group1.PowerDevices\nAddress=%s\nSnmpPort=%s\nSnmpVersion=3\n' \
		$i $i "$net.$i" "$port"
	case $i in
	2) printf 'SnmpUser=apc snmp profile1\nSnmpLevel=authNoPriv\nSnmpAuthProtocol=MD5\nSnmpAuthPassword=authpass15charsB\n' ;;
	3) printf 'SnmpUser=open\nSnmpLevel=noAuthNoPriv\n' ;;
	*) printf 'SnmpUser=apc snmp profile1\nSnmpAuthPassword=authpass15charsA\nSnmpPrivPassword=privpass15charsA\n' ;;
	esac
done >>"$tmp/site.ini"
"$amc" status "$tmp/site.ini" --json >"$tmp/json"
is "the cards of a site, each with its user" "87 87 87 null" \
	"$(jq -r '[.ups[].charge_percent | tostring] | join(" ")' "$tmp/json")"
ok "no password is in what it prints" not grep -q pass15 "$tmp/json"
