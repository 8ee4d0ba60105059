#!/bin/bash
# Two control terminals that hold different sites: after a minute, and a minute of one with a
# fast clock is two seconds, it is an alarm there, and is over when they hold the same.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 6
begin
fake=$(ls /usr/lib/*/faketime/libfaketime.so.1 2>/dev/null | head -n 1)
[ -n "$fake" ] || skip_all "no faketime here"
! ldd "$bin/amcd" | grep -q libasan || skip_all "faketime and the sanitizer do not go together"
key=$(random_key)
site control SV1 $net.1 control SV2 $net.2 >"$tmp/site.ini"
for n in 1 2; do
	settings SV$n $net.$n
	cp "$tmp/site.ini" "$tmp/SV$n/ac_e_net.ini"
done
sed -i 's/^Revision=7/Revision=6/' "$tmp/SV2/ac_e_net.ini"
start SV2
start SV1 env LD_PRELOAD="$fake" FAKETIME="+0 x30" FAKETIME_DISABLE_SHM=1
url=https://$net.1:$port
told() { ask "$url/v1/events?kind=terminal-site" | jq -e ".events[0] | .node == \"SV2\" and .before == \"7\" and .after == \"$1\" and .severity == $2"; }
differs() { ask "$url/v1/status" | jq -e ".terminals[] | select(.name == \"SV2\").differs == $1"; }

ok "who holds an older site is an alarm" await 30 told 6 2
ok "in the state, too" differs true
seconds='.[0:19] + "Z" | fromdate'
at=$(ask "$url/v1/events?kind=terminal-site" | jq ".events[0].time | $seconds")
ok "not before it has lasted for a minute" eval 'ask "$url/v1/hello" |
	jq -e "$at - ((.time | $seconds) - .uptime_seconds) >= 60"'
ok "an operator sends it the others'" eval 'etag=$(ask -D- -o /dev/null "https://$net.2:$port/v1/site" | sed -n "s/^etag: *\(.*\)\r/\1/Ip")
	ask -H "If-Match: $etag" -T "$tmp/site.ini" "https://$net.2:$port/v1/site" | jq -e ".revision == 7"'
ok "and all is well" await 30 told 7 1
ok "in the state, too" differs false
finish
