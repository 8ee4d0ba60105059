#!/bin/bash
# A site in two steps, as man 7 amc-protocol has it, with curl: what is staged does
# not count, survives a kill -9 whole or not at all, stands in the way of others, is
# activated once or twice with the same result, and goes by itself. And the history.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 36
begin
host=$net.2
url=https://$host:$port
settings S1 $host
held=$tmp/S1/ac_e_net.ini state=$tmp/S1/state
for i in 1 2 3; do
	revision=$i site control C1 $net.1 linked S1 $host >"$tmp/$i.ini"
done
tag() { echo "$1-$(sha256sum <"$tmp/$1.ini" | cut -d' ' -f1)"; }	# REVISION

restart() { stop S1 KILL; start S1; }
# the status; the answer is in $tmp/out
code() { ask -o "$tmp/out" -w '%{http_code}' "$@"; }
stage() { code -T "$tmp/$1.ini" -H "If-Match: \"$2\"" "$url/v1/site/staged"; }	# REVISION TAG
put() { code -T "$tmp/$1.ini" -H "If-Match: \"$2\"" "$url/v1/site"; }
activate() { code -d "{\"tag\":\"$1\"${2:+,$2}}" "$url/v1/site/activate"; }	# TAG [MORE]
drop() { code -X DELETE -H "If-Match: \"$1\"" "$url/v1/site/staged"; }
out() { jq -e "$1" "$tmp/out" >/dev/null; }

start S1
is "the first site" 200 "$(put 1 none)"
is "nothing is staged" 404 "$(code "$url/v1/site/staged")"
is "a site is staged" 200 "$(stage 2 "$(tag 1)")"
ok "the answer tells what it would become" out ".schema == \"amc.staged.v1\" and .revision == 2 and
	.tag == \"$(tag 2)\" and .replaces == \"$(tag 1)\" and .seconds_left > 100"
ok "it does not count yet" cmp "$tmp/1.ini" "$held"
ok "hello says the same" eval 'curl -sk "$url/v1/hello" |
	jq -e ".revision == 1 and .digest == \"$(sha256sum <"$tmp/1.ini" | cut -c1-16)\""'
is "the same again is no matter" 200 "$(stage 2 "$(tag 1)")"
is "another one is refused" 409 "$(stage 3 "$(tag 1)")"
ok "with who sends since when" out '.who == "operator" and .revision == 2 and (.since | fromdate) > 0'
is "nor is another put in its place at once" 409 "$(put 3 "$(tag 1)")"
is "staging on a site that is not there" 412 "$(stage 2 "$(tag 3)")"
ok "tells who brought the one that is" out '.revision == 1 and .who == "operator"'
restart
is "after kill -9 it is still staged" 200 "$(code "$url/v1/site/staged")"
is "activating another tag" 409 "$(activate "$(tag 3)")"
ok "changes nothing" cmp "$tmp/1.ini" "$held"
is "activating without a tag" 400 "$(code -d '{}' "$url/v1/site/activate")"
is "with a consent that is none" 400 "$(activate "$(tag 2)" '"later":{"terminals":7}')"
is "activating" 200 "$(activate "$(tag 2)")"
ok "counts at once" cmp "$tmp/2.ini" "$held"
is "and again" 200 "$(activate "$(tag 2)")"
ok "with the same answer" out '.schema == "amc.taken.v1" and .revision == 2'
is "nothing is staged any more" 404 "$(code "$url/v1/site/staged")"

stage 3 "$(tag 2)" >"$tmp/said"
is "dropping another tag" 200 "$(drop "$(tag 1)")"
is "leaves it" 200 "$(code "$url/v1/site/staged")"
is "dropping it" 200 "$(drop "$(tag 3)")"
is "takes it away" 404 "$(code "$url/v1/site/staged")"
stage 3 "$(tag 2)" >"$tmp/said"
stop S1 KILL
sed -i "6s/.*/$(date -d '-3 minutes' +%s)000/" "$state/staged"
start S1
is "after its time it is not there any more" 404 "$(code "$url/v1/site/staged")"
stage 3 "$(tag 2)" >"$tmp/said"
stop S1 KILL
truncate -s -5 "$state/staged"
start S1
is "nor when it is not whole" 404 "$(code "$url/v1/site/staged")"
ok "nor is its file" test ! -e "$state/staged"
stage 3 "$(tag 2)" >"$tmp/said"
echo '; by hand' >>"$held"
is "nor counts it on top of a file changed by hand" 412 "$(activate "$(tag 3)")"

code "$url/v1/site/history" >"$tmp/said"
ok "the history tells what was held" out '[.revisions[].revision] == ["2", "1"] and .revisions[0].replaced == null'
is "a revision of it" 200 "$(code "$url/v1/site/history/1")"
ok "is what it was" cmp "$tmp/out" "$tmp/1.ini"
is "one that never was" 404 "$(code "$url/v1/site/history/7")"
is "nothing else can be read there" 404 "$(code --path-as-is "$url/v1/site/history/../held.ini")"
is "what others may not" 401 "$(curl -sk -o /dev/null -w '%{http_code}' "$url/v1/site/history")"
finish
