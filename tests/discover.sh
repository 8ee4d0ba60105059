#!/bin/bash
# amc discover: simulated cards and something else among silent addresses; what is
# found, in words and as JSON, with several communities, and registered in a site.
. "$top_srcdir/tests/tap.sh"

plan 37
tmp=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
export XDG_STATE_HOME=$tmp/state LC_ALL=C.UTF-8 LANGUAGE=en TZ=UTC
amc=$top_builddir/amc
net=127.0.$((RANDOM % 100 + 100))

need jq

cat >"$tmp/printer.snmprec" <<'END'
1.3.6.1.2.1.1.1.0|4|A printer
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.99999.7
1.3.6.1.2.1.1.5.0|4|hall
END
cat >"$tmp/site.ini" <<END
[Network]
Format=1
[Group1]
Name=G
Parent=Network
[Ups1]
Name=OLD
Parent=Group1.PowerDevices
Address=$net.3
SnmpPort=1161
END
printf 'wrong\n# the right one\nsesame\n' >"$tmp/communities"
farm() {	# NUMBER BASE OPTION...
	"$top_builddir/upssim" --with-parent --cards "$1" --base "$2:1161" --community sesame \
		--control "$tmp/sim$2" "${@:3}" >"$tmp/sim$2.out" 2>&1 &
	pids+=($!)
	await 10 grep -q ready "$tmp/sim$2.out"
}
farm 1 "$net.2" --replay "$tmp/printer.snmprec"
farm 3 "$net.3"

find_json() { "$amc" discover --json --port 1161 --timeout 0.3 --community-file "$tmp/communities" "$@"; }
status() { "$@" >"$tmp/out" 2>"$tmp/err" </dev/null; echo $?; }
json() { jq -r "$1" "$tmp/found"; }

ok "a network is searched" eval 'find_json "$net.0/28" >"$tmp/found"'
is "its addresses but the first and last" 14 "$(json .addresses)"
is "all that answer are found, by address" "$net.2 $net.3 $net.4 $net.5" "$(json '[.found[].address] | join(" ")')"
is "UPSs are told from other devices" "other ups ups ups" "$(json '[.found[].kind] | join(" ")')"
is "the other one says what it is" "A printer, hall, 1.3.6.1.4.1.99999.7" \
	"$(json '.found[0] | "\(.description), \(.name), \(.sysobjectid)"')"
is "a UPS has its profile, model and serial number" "apc SMART-UPS 1400 QS0148220001" \
	"$(json '.found[1] | "\(.profile) \(.model) \(.serial)"')"
is "which community it took" 2 "$(json '.found[1].community')"
ok "and no community is printed" not grep -q sesame "$tmp/found"
is "with --site those of the site are marked" "null OLD null null" \
	"$(find_json --site "$tmp/site.ini" "$net.2-5" | jq -r '[.found[].registered | tostring] | join(" ")')"

is "nobody there: 4" 4 "$(status find_json "$net.9-10")"
is "a wrong range: 2" 2 "$(status find_json "$net.0/33")"
is "v3 without users: 2" 2 "$(status find_json --snmp-version 3 "$net.2")"
is "many addresses need --yes: 5" 5 "$(status find_json "127.0.0.0/20")"
ok "and the words say so" grep -q "4094 addresses.*--yes" "$tmp/err"

sum() { sha256sum <"$tmp/site.ini"; }
before=$(sum)
is "--dry-run registers nothing" "0 $before" "$(status find_json --dry-run --add "$tmp/site.ini" "$net.2-5" G) $(sum)"
is "a group that is not there is told before anybody is asked: 1" 1 "$(status find_json --add "$tmp/site.ini" "$net.2-5" H)"
is "--add registers the UPSs that are new" "0 2" \
	"$(status find_json --add "$tmp/site.ini" "$net.2-5" G) $(jq .added "$tmp/out")"
is "with their own names" "OLD UPS2 UPS3" \
	"$("$amc" show --json "$tmp/site.ini" G | jq -r '[.children[].name] | sort | join(" ")')"
setting() { "$amc" show --json "$tmp/site.ini" UPS2 | jq -r ".settings.$1"; }
is "where and how they answer" "$net.4 1161 1" "$(setting Address) $(setting SnmpPort) $(setting SnmpVersion)"
ok "also their community" grep -q "^SnmpCommunity=sesame" "$tmp/site.ini"
before=$(sum)
is "a second time there is nothing to do" "0 0 $before" \
	"$(status find_json --add "$tmp/site.ini" "$net.2-5" G) $(jq .added "$tmp/out") $(sum)"
ok "and they are read as any UPS is" eval \
	'"$amc" status --json "$tmp/site.ini" | jq -e "[.ups[] | select(.name == \"UPS2\" and .state == \"online\")] | length == 1"'

# cards of SNMP v3: users beside the communities
cat >"$tmp/v3-users" <<'END'
"apc snmp profile1" write SHA "auth passphrase" AES "crypt passphrase"
plain read
END
cat >"$tmp/users" <<'END'
; of another site
SnmpUser=somebody
SnmpLevel=authNoPriv
SnmpAuthPassword=another phrase

SnmpUser=apc snmp profile1
SnmpLevel=authPriv
SnmpAuthProtocol=SHA
SnmpAuthPassword=auth passphrase
SnmpPrivProtocol=AES
SnmpPrivPassword=crypt passphrase
END
farm 2 "$net.17" --v3-users "$tmp/v3-users" --access sesame=disabled
v3_json() { "$amc" discover --json --port 1161 --timeout 0.5 --user-file "$tmp/users" "$@"; }
ok "users are tried one after the other" eval 'v3_json "$net.16/29" >"$tmp/found"'
is "who answers, with whom" "$net.17 $net.18 apc snmp profile1" \
	"$(json '[.found[].address, .found[0].user] | join(" ")')"
is "not with a community" "null 2" "$(json '"\(.found[0].community) \([.found[] | select(.profile == "apc")] | length)"')"
ok "no password is printed" not grep -q phrase "$tmp/found"
is "beside communities: each card with what it takes" "user user 2 2 2" \
	"$(v3_json --community-file "$tmp/communities" "$net.17-18" "$net.3-5" |
	jq -r '[.found | sort_by(.address)[] | if .user then "user" else .community end | tostring] | sort | reverse | join(" ")')"
is "public is not asked when users are named: 4" 4 "$(status v3_json "$net.3")"
is "a wrong password finds nobody: 4" 4 "$(sed s/^SnmpAuthPassword=auth.*/SnmpAuthPassword=wrong-phrase/ "$tmp/users" >"$tmp/wrong"
	status "$amc" discover --port 1161 --timeout 0.3 --user-file "$tmp/wrong" "$net.17")"
is "one without a password at his level: 2" 2 "$(printf 'SnmpUser=x\nSnmpLevel=authNoPriv\n' >"$tmp/none"
	status "$amc" discover --user-file "$tmp/none" "$net.17")"
is "many users are for discover only" 1 "$(status "$amc" status --address "$net.17:1161" --user-file "$tmp/users")"
cp "$tmp/site.ini" "$tmp/v3.ini"
is "they are registered" "0 2" "$(status v3_json --add "$tmp/v3.ini" "$net.17-18" G) $(jq .added "$tmp/out")"
ok "and read with that user" eval '"$amc" status --json "$tmp/v3.ini" | jq -e "[.ups[] |
	select(.address == \"$net.17\" and .state == \"online\")] | length == 1" && grep -q "^SnmpUser=apc snmp profile1" "$tmp/v3.ini"'

# the dialog of the console, in linear mode
cat >"$tmp/empty.ini" <<END
[Network]
Format=1
[Group1]
Name=G
Parent=Network
SnmpCommunity=sesame
[Ups1]
Name=OLD
Parent=Group1.PowerDevices
Address=$net.3
SnmpPort=1161
END
console() { "$amc" --linear --traps no "$tmp/empty.ini" >"$tmp/said" 2>&1; }
ok "the console searches as well, with the site's communities and port" eval \
	'printf "discover\n$net.0/28\n\n1\n1\n3 4\n1\nsave\nundo\nquit\n2\n" | console;
	grep -q "1 $net.2, hall, no UPS: A printer" "$tmp/said" && grep -q "2 $net.3.*registered: OLD" "$tmp/said"'
ok "what is chosen is registered, and saved" eval \
	'grep -q "2 cards registered" "$tmp/said" && [ "$(grep -c "^Address=$net.[45]" "$tmp/empty.ini")" = 2 ]'
ok "as one act, which is undone as one" grep -q "Undone: Register found cards" "$tmp/said"
# with v3: the users of the site
cat >"$tmp/secure.ini" <<END
[Network]
Format=1
[Group1]
Name=G
Parent=Network
[Ups1]
Name=OLD
Parent=Group1.PowerDevices
Address=$net.17
SnmpPort=1161
SnmpVersion=3
SnmpUser=apc snmp profile1
SnmpLevel=authPriv
SnmpAuthProtocol=SHA
SnmpAuthPassword=auth passphrase
SnmpPrivProtocol=AES
SnmpPrivPassword=crypt passphrase
END
ok "and with the SNMP v3 users of the site" eval \
	'printf "discover\n$net.16/29\n\n3\n1\n2\n1\nsave\nquit\n" | "$amc" --linear --traps no "$tmp/secure.ini" >"$tmp/said" 2>&1
	cat "$tmp/said"; [ "$(grep -c "^SnmpUser=apc snmp profile1" "$tmp/secure.ini")" = 2 ] && grep -q "^Address=$net.18" "$tmp/secure.ini"'
finish
