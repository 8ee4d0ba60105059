#!/bin/bash
# amc discover by SNMPv3 where the cards are net-snmp's own agent (snmpd), which plays
# UPSs of the UPS-MIB and something else: users of several protocols and levels, one
# name with two passwords, wrong ones, and what is found read and registered.
. "$top_srcdir/tests/tap.sh"

plan 17
PATH=$PATH:/usr/sbin:/sbin
need snmpd snmpget jq
tmp=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
export XDG_STATE_HOME=$tmp/state LC_ALL=C.UTF-8 LANGUAGE=en MIBS=
amc=$top_builddir/amc
net=127.0.$((RANDOM % 100 + 100)) port=$((20000 + $$ % 20000))

# agent N SYSOBJECTID USER...: a line of createUser each, without that word
agent() {
	local dir=$tmp/agent$1 n=$1 sysoid=$2 user name level
	shift 2
	mkdir -p "$dir/memory"
	{
		printf '%s\n' "agentAddress udp:$net.$n:$port" "sysObjectID .$sysoid" \
			"sysDescr agent $n" "sysName card$n"
		for user; do
			name=${user#\"} name=${name%%\"*}
			case $user in *AES* | *DES*) level=priv ;; *SHA* | *MD5*) level=auth ;; *) level=noauth ;; esac
			printf 'createUser %s\nrouser "%s" %s\n' "$user" "$name" $level
		done
		[ "$sysoid" != 1.3.6.1.2.1.33 ] || printf 'override .1.3.6.1.2.1.33.1.%s\n' \
			"1.1.0 octet_str Maker" "1.2.0 octet_str Model-$n" "2.1.0 integer 2" \
			"2.3.0 integer 1$n" "2.4.0 integer 9$n" "3.3.1.3.1 integer 101" \
			"4.1.0 integer 3" "4.4.1.2.1 integer 100" "4.4.1.5.1 integer 2$n"
	} >"$dir/snmpd.conf"
	SNMP_PERSISTENT_DIR=$dir/memory SNMPCONFPATH=$dir snmpd -f -Lf "$dir/log" >/dev/null 2>&1 &
	pids+=($!)
}
ups=1.3.6.1.2.1.33
agent 1 $ups '"apc snmp profile1" SHA "auth passphrase" AES "crypt passphrase"'
agent 2 $ups '"apc snmp profile1" MD5 "other passphrase" DES "other crypt phrase"'
agent 3 $ups '"signs" SHA-256 "signing passphrase"' '"boss" SHA-512 "auth passphrase" AES "crypt passphrase"'
agent 4 $ups '"plain"'
agent 5 1.3.6.1.4.1.99999.7 '"plain"'
there() {	# N OPTION...
	snmpget -v3 -r0 -t1 -On "${@:2}" "$net.$1:$port" .1.3.6.1.2.1.1.1.0 2>/dev/null | grep -q "agent $1"
}
ok "an agent with authentication and privacy" await 30 there 1 -l authPriv -u "apc snmp profile1" \
	-a SHA -A "auth passphrase" -x AES -X "crypt passphrase"
ok "and one with others" await 30 there 2 -l authPriv -u "apc snmp profile1" \
	-a MD5 -A "other passphrase" -x DES -X "other crypt phrase"
ok "and one that only signs" await 30 there 3 -l authNoPriv -u signs -a SHA-256 -A "signing passphrase"
ok "and one that does neither" await 30 there 4 -l noAuthNoPriv -u plain
ok "and something that is no UPS" await 30 there 5 -l noAuthNoPriv -u plain

user() {	# NAME LEVEL [AUTH PASSWORD [PRIV PASSWORD]]
	printf 'SnmpUser=%s\nSnmpLevel=%s\n' "$1" "$2"
	[ $# -lt 4 ] || printf 'SnmpAuthProtocol=%s\nSnmpAuthPassword=%s\n' "$3" "$4"
	[ $# -lt 6 ] || printf 'SnmpPrivProtocol=%s\nSnmpPrivPassword=%s\n' "$5" "$6"
	echo
}
{
	user nobody authNoPriv MD5 "a passphrase of his"
	user "apc snmp profile1" authPriv SHA "auth passphrase" AES "crypt passphrase"
	user "apc snmp profile1" authPriv MD5 "other passphrase" DES "other crypt phrase"
	user signs authNoPriv SHA-256 "signing passphrase"
	user plain noAuthNoPriv
} >"$tmp/users"
find_json() { "$amc" discover --json --port "$port" --timeout 1 --user-file "$tmp/users" "$@"; }
json() { jq -r "$1" "$tmp/found"; }

ok "five users are tried on a network" eval 'find_json "$net.0/28" >"$tmp/found"'
is "all that know one of them are found" "$net.1 $net.2 $net.3 $net.4 $net.5" \
	"$(json '[.found | sort_by(.address | split(".") | map(tonumber))[] | .address] | join(" ")')"
is "UPSs are told from what is none" "ups ups ups ups other" \
	"$(json '[.found | sort_by(.address | split(".") | map(tonumber))[] | .kind] | join(" ")')"
is "who let us in" "apc snmp profile1,apc snmp profile1,signs,plain,plain" \
	"$(json '[.found | sort_by(.address | split(".") | map(tonumber))[] | .user] | join(",")')"
is "what they are called" "rfc1628 Model-1 rfc1628 Model-2 rfc1628 Model-3 rfc1628 Model-4" \
	"$(json '[.found | sort_by(.address | split(".") | map(tonumber))[] | select(.kind == "ups") | "\(.profile) \(.model)"] | join(" ")')"
ok "no password is printed" not grep -q phrase "$tmp/found"

# a password that only one of two cards has, a user whose protocol is another, a level too low
{
	user "apc snmp profile1" authPriv MD5 "other passphrase" DES "other crypt phrase"
	user boss authPriv SHA-256 "auth passphrase" AES "crypt passphrase"
	user signs noAuthNoPriv
} >"$tmp/users"
is "only who knows the passwords is found" "$net.2" \
	"$(find_json "$net.1-5" | jq -r '[.found[].address] | join(" ")')"
user "apc snmp profile1" authPriv MD5 "other passphrase" DES "another crypt phrase" >"$tmp/users"
is "a wrong privacy password finds nobody: 4" 4 "$(find_json "$net.1-3" >/dev/null; echo $?)"

# registered, and watched as any UPS is
printf '[Network]\nFormat=1\n[Group1]\nName=G\nParent=Network\n' >"$tmp/site.ini"
{
	user "apc snmp profile1" authPriv SHA "auth passphrase" AES "crypt passphrase"
	user "apc snmp profile1" authPriv MD5 "other passphrase" DES "other crypt phrase"
	user boss authPriv SHA-512 "auth passphrase" AES "crypt passphrase"
} >"$tmp/users"
is "they are registered, each with what it takes" "3 3" \
	"$(find_json --add "$tmp/site.ini" "$net.1-5" G | jq .added) $(grep -c '^SnmpUser=' "$tmp/site.ini")"
status() { "$amc" status --json "$tmp/site.ini" | jq -r "[.ups | sort_by(.address)[] | $1 | tostring] | join(\" \")"; }
is "and read" "online online online" "$(status .state)"
is "each its own values" "91 92 93" "$(status .charge_percent)"
is "also those of two agents that have users of one name" "21 22 23" "$(status .load_percent)"
finish
