#!/bin/bash
# Orders to servers, on real amcds: an operator asks a control terminal, which passes them
# on; servers obey nobody else, and each runs its command once, whatever is killed between.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 64
begin
cd "$tmp" || exit 1
names="C1 C2 L1 L2"
declare -A address=([C1]=$net.1 [C2]=$net.2 [L1]=$net.3 [L2]=$net.4 [D1]=$net.5)
url() { echo "https://${address[$1]}:$port$2"; }

# what a server runs: it leaves a line, and what it was told
cat >down <<'END'
#!/bin/sh
echo "$AMC_WHO|$AMC_WHY|$AMC_FROM|$#|$1" >>"$1"
END
printf '#!/bin/sh\necho "the disks are busy"\nexit 3\n' >broken
chmod +x down broken
for n in $names; do
	settings $n ${address[$n]} "[commands]" "Shutdown = $tmp/down $tmp/$n.ran"
done
settings D1 ${address[D1]}
key=$(random_key)
site control C1 $net.1 control C2 $net.2 linked L1 $net.3 linked L2 $net.4 linked D1 $net.5 >site.ini
for n in $names D1; do echo set $n KeyPin="$(pin $n)"; done | "$amc" edit site.ini - >/dev/null
"$amc" set site.ini L1 ShutdownSeconds=75 >/dev/null
for n in $names; do cp site.ini $n/ac_e_net.ini; done
for n in $names; do start $n; done

# the status; the answer is in out
post() { curl -sk -m 15 -o out -w '%{http_code}' "$@"; }
as() { post --cert "$1/state/cert.pem" --key "$1/state/key.pem" "${@:2}"; }	# TERMINAL
body() { printf '{"who":"sato","why":"drill","in":%s,"rehearsal":%s}' "$1" "${2:-false}"; }	# IN [REHEARSAL]
order() {	# IN REHEARSAL NAME...: over C1; the status
	local list
	list=$(printf ',"%s"' "${@:3}")
	post -u operator:$operator -H "Amc-User: $user" -d "{\"terminals\":[${list#,}],\"why\":\"mains out\",
		\"user\":\"suzuki\",\"in\":$1,\"rehearsal\":$2}" "$(url C1 /v1/servers/shutdown)"
}
cancel() {	# NAME...: over C1
	local list
	list=$(printf ',"%s"' "$@")
	post -u operator:$operator -d "{\"terminals\":[${list#,}],\"why\":\"mains back\",\"user\":\"suzuki\"}" \
		"$(url C1 /v1/servers/cancel)"
}
user=tanaka
id=
ended() {	# the last order; its document is in order, a line for each server in ends
	id=$(sed -n 's/.*"id": *"\([0-9a-f]*\)".*/\1/p' out)
	await 20 eval 'curl -sk -u viewer:$viewer "$(url C1 "/v1/servers/order?id=$id")" >order &&
		grep -q "\"done\": true" order' &&
		jq -r '.terminals[] | "\(.name) \(.end) \(.error)"' order >ends
}
end_of() { sed -n "s/^$1 \([a-z]*\) .*/\1/p" ends; }	# NAME
says() { grep "^$1 " ends | grep -qF -- "$2"; }
out() { jq -e "$1" out >/dev/null; }
state() { curl -sk "$(url $1 /v1/hello)" | jq -r .state; }
told() { curl -sk -u viewer:$viewer "$(url $1 /v1/hello)" | jq -r ".order$2"; }	# NAME PATH
ran() { [ "$(cat $1.ran 2>/dev/null | wc -l)" = "$2" ]; }	# NAME TIMES
is_normal() { [[ $(state $1) =~ ^(normal|master)$ ]]; }

# while it is not armed
is "not armed: nobody is ordered down" 409 "$(order 0 false L1)"
ok "which is said" out '.error | test("not armed")'
cat ?[12]/state/audit.log >acts
is "a rehearsal needs no armed site" 202 "$(order 10 true L1 L2 C1 D1)"
ok "and ends" ended
ok "it says who would obey, and how" eval 'jq -e ".schema == \"amc.order.v1\" and .rehearsal and
	.deed == \"shutdown\" and (.terminals[] | select(.name == \"L1\") |
	.end == \"taken\" and .in == 10 and .takes == 75 and .does == \"$tmp/down $tmp/L1.ran\" and
	.error == null)" order'
is "one that does not answer is told" unreached "$(end_of D1)"
is "and the control terminal itself" taken "$(end_of C1)"
ok "no trace of it is left" eval '! ls ?[12]/state/duty 2>/dev/null && cat ?[12]/state/audit.log | cmp - acts &&
	[ "$(state L1)" = normal ] && ! grep -q "act node" L1/log'
is "an armed site is needed at the server, too" 409 "$(as C1 -d "$(body 0)" "$(url L1 /v1/shutdown)")"
ok "in words" out '.error | test("L1 holds is not armed")'

"$amc" set site.ini Network Armed=yes >/dev/null
arm() { for n; do cp site.ini $n/ac_e_net.ini; kill -HUP ${pids[$n]}; done; }
revision_of() { curl -sk "$(url $1 /v1/hello)" | jq .revision; }
now=$(sed -n 's/^Revision=//p' site.ini)
all_hold() { for n in $names; do [ "$(revision_of $n)" = $now ] || return 1; done; }
arm $names
ok "all hold the armed site" await 20 all_hold

# who may not
is "a linked terminal's key" 403 "$(as L2 -d "$(body 0)" "$(url L1 /v1/shutdown)")"
mkdir -p X1 && settings X1 $net.9 && pin X1 >pin.x1
is "a key that is not pinned" 403 "$(as X1 -d "$(body 0)" "$(url L1 /v1/shutdown)")"
is "the operator's password, straight at a server" 403 \
	"$(post -u operator:$operator -d "$(body 0)" "$(url L1 /v1/shutdown)")"
is "nobody" 403 "$(post -d "$(body 0)" "$(url L1 /v1/shutdown)")"
is "nor may they call it off" 403 "$(as L2 -d '{"who":"x","why":""}' "$(url L1 /v1/cancel)")"
ok "whom one knows is in the audit log" eval '[ "$(grep -c "\"act\":\"shutdown\".*\"refused\":\"only a control" L1/state/audit.log)" = 2 ]'
ok "strangers, who could fill it, are in the log" eval '[ "$(grep -c "shutdown from .* is refused: only a control" L1/log)" = 2 ]'
is "nor without a name" 400 "$(as C1 -d '{"who":"","why":"","in":0,"rehearsal":false}' "$(url L1 /v1/shutdown)")"
is "a viewer, at the control terminal" 403 \
	"$(post -u viewer:$viewer -d '{"terminals":["L1"],"in":0,"rehearsal":false}' "$(url C1 /v1/servers/shutdown)")"
is "a terminal's key, at the control terminal" 403 \
	"$(as L1 -d '{"terminals":["L2"],"in":0,"rehearsal":false}' "$(url C1 /v1/servers/shutdown)")"
is "an operator, at a linked terminal" 409 \
	"$(post -u operator:$operator -d '{"terminals":["L2"],"in":0,"rehearsal":false}' "$(url L1 /v1/servers/shutdown)")"
is "a name that is not there" 422 "$(order 0 false L1 L7)"
is "without saying whether it is a rehearsal" 400 "$(as C1 -d '{"who":"x","why":"","in":0}' "$(url L1 /v1/shutdown)")"
is "nor when" 400 "$(as C1 -d '{"who":"x","why":"","in":-1,"rehearsal":false}' "$(url L1 /v1/shutdown)")"
is "an order that never was" 404 "$(post -u viewer:$viewer "$(url C1 /v1/servers/order?id=no)")"
ok "and nothing was run" eval '! ls *.ran 2>/dev/null'

# one that can be called off
is "ordered down in a while" 202 "$(order 60 false L1 D1)"
ended
is "it has taken it" taken "$(end_of L1)"
is "one that is dead is said to be" unreached "$(end_of D1)"
is "its state says so" shutting-down "$(state L1)"
is "and who ordered it" "suzuki mains out C1 false true" \
	"$(told L1 '| "\(.who) \(.why) \(.from) \(.begun) \(.in_seconds > 50)"')"
is "which is for nobody else" null "$(curl -sk "$(url L1 /v1/hello)" | jq .order)"
"$amcd" status -c L1/amcd.conf >out
ok "amcd status says it in words" grep -q "Goes down in [56][0-9] s, as suzuki ordered from C1: mains out" out
ok "the control terminals see it" await 20 eval 'ask "$(url C2 /v1/status)" |
	jq -e ".terminals[] | select(.name == \"L1\") | .state == \"shutting-down\"" >/dev/null'
order 0 false L1 >code
ended
is "a second order" refused "$(end_of L1)"
ok "is told of the first" says L1 "ordered to go down already, by suzuki"
stop L1 KILL
start L1
is "it outlives kill -9" false "$(told L1 .begun)"
cancel L1 >code
is "called off in time" 202 "$(cat code)"
ended
is "it is" taken "$(end_of L1)"
is "its state is normal again" normal "$(state L1)"
ok "for the others, too" await 20 eval 'ask "$(url C2 /v1/status)" |
	jq -e ".terminals[] | select(.name == \"L1\") | .state == \"normal\"" >/dev/null'
ok "nothing was run, and nothing is kept" eval '[ ! -e L1.ran ] && [ ! -e L1/state/duty ]'
cancel L1 >code
ended
is "what is not ordered cannot be called off" refused "$(end_of L1)"

# killed between
order 2 false L1 >code
ended
stop L1 KILL
start L1
ok "killed between order and command: it is run" await 20 ran L1 1
is "with who, why and from where" "suzuki|mains out|C1|1|$tmp/L1.ran" "$(cat L1.ran)"
stop L1 KILL
start L1
is "and not again when amcd is killed once more" "true" "$(told L1 .begun)"
cancel L1 >code
ended
ok "which is too late to call off" says L1 "too late: it began"
ok "it ran once" ran L1 1
ok "the audit log has each step" eval 'jq -r "[.act, .before // \"\", .after // \"\"] | join(\" \")" L1/state/audit.log |
	grep shut | tail -n 3 | tr "\n" , | grep -qF "shutdown normal shutting-down,shutdown-begin shutting-down shutting-down,shutdown-cancel"'

# one that is disarmed, one whose command fails, one without a command
order 60 false L2 >code
ended
sed 's/^Armed=.*/Armed=no/' site.ini >L2/ac_e_net.ini
kill -HUP ${pids[L2]}
ok "a site that is not armed calls it off" await 20 is_normal L2
ok "with an event" grep -q "ordered is called off: the site is not armed any more" L2/log
arm L2
ok "armed again" await 20 all_hold
sed -i "s|^Shutdown = .*|Shutdown = $tmp/broken|" L2/amcd.conf
kill -HUP ${pids[L2]}
order 0 false L2 >code
ended
ok "a command that fails is an alarm" await 20 grep -q "does not go down as suzuki ordered: .*status 3: the disks are busy" L2/log
ok "and it is as before" await 20 is_normal L2
sed -i '/^Shutdown = /d' L2/amcd.conf
kill -HUP ${pids[L2]}
await 20 eval '[ "$(as C1 -d "$(body 0 true)" "$(url L2 /v1/shutdown)")" = 409 ]'
ok "without a command it refuses, and says what to do" out '.error | test("Shutdown = /usr/bin/systemctl poweroff")'

# keys that change, of who orders and of who is ordered
sed -i '/^Shutdown/d; s|^\[commands\]|&\nShutdown = '"$tmp/down $tmp/L2.ran|" L2/amcd.conf
for n in C1 L2; do
	"$amc" set site.ini $n KeyPinNext="$("$amcd" rotate-key -c $n/amcd.conf 2>/dev/null)" >/dev/null
done
now=$(sed -n 's/^Revision=//p' site.ini)
arm $names
await 20 all_hold
mkdir -p old/state && cp C1/state/{cert,key}.pem old/state
for n in C1 L2; do
	stop $n
	"$amcd" rotate-key -c $n/amcd.conf now >/dev/null
	start $n
done
order 0 true C2 L2 >code
ended
is "with new keys on both sides" "taken taken" "$(end_of C2) $(end_of L2)"
is "the old key of a control terminal orders nobody" 403 "$(as old -d "$(body 0 true)" "$(url L2 /v1/shutdown)")"

# the control terminal among them comes last
order 0 false C1 C2 D1 >code
ok "the control terminal itself" await 20 ran C1 1
ok "the others, too" await 20 ran C2 1
taken_at() { sed -n 's/.*"time":"\([^"]*\)","act":"shutdown",.*"done":true.*/\1/p' $1/state/audit.log | tail -n 1; }
ok "it took the order when they had" eval '[[ $(taken_at C2) < $(taken_at C1) ]]'
ended
is "what became of it" "taken unreached taken" "$(end_of C2) $(end_of D1) $(end_of C1)"
ok "its event log has it" eval 'curl -sk -u viewer:$viewer "$(url C1 /v1/events?max=50)" |
	jq -e "[.events[] | select(.kind == \"act\" and .after == \"order-shutdown\" and .who == \"suzuki\")] | length > 3" >/dev/null'
first=$id
for i in {1..16}; do order 0 true D1; done >codes
is "the last 16 are known" "200 404" "$(ended; post -u viewer:$viewer "$(url C1 /v1/servers/order?id=$id)") $(
	post -u viewer:$viewer "$(url C1 "/v1/servers/order?id=$first")")"
finish
