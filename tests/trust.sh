#!/bin/bash
# Whom terminals and operators trust, with real amcd processes: first contact, a
# changed key, a replaced server, a key that is changed while everybody goes on
# asking, terminals that prove themselves with their keys. curl and openssl are the
# second opinions.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 49
begin openssl
key=$(random_key)
for n in 1 2 3; do settings SV$n $net.$n; done
site control SV1 $net.1 control SV2 $net.2 linked SV3 $net.3 >"$tmp/site.ini"
hello() { curl -sk -m 5 "https://$net.$1:$port/v1/hello"; }
in_site() { sed -n "/^Name=$1$/,/^\[/s/^$2=//p" "$tmp/site.ini"; }
trust() { "$amc" trust "$tmp/site.ini" "$@"; }
send() { "$amc" send "$tmp/site.ini" "$@" --password-file "$tmp/password"; }

ok "three terminals run" eval 'start SV1 && start SV2 && start SV3'

# first contact
trust SV1 >"$tmp/out" 2>&1
is "first contact without --pin is refused" 5 $?
ok "and shows the key" grep -qF "first contact: it shows the key $(pin SV1)" "$tmp/out"
trust SV1 --pin "$(pin SV2)" >"$tmp/out" 2>&1
is "another pin than it shows is refused" 5 $?
is "and is not kept" "" "$(in_site SV1 KeyPin)"
for n in SV1 SV2 SV3; do trust $n --pin "$(pin $n)" >/dev/null; done
is "the pins stand in the site" "$(pin SV1) $(pin SV2) $(pin SV3)" \
	"$(in_site SV1 KeyPin) $(in_site SV2 KeyPin) $(in_site SV3 KeyPin)"
revision=$(in_site nothing x; sed -n 's/^Revision=//p' "$tmp/site.ini")
ok "all are known now" trust --all
is "which is no new revision" "$revision" "$(sed -n 's/^Revision=//p' "$tmp/site.ini")"
is "told as JSON" "known known known" \
	"$(trust --all --json | jq -r '[.terminals[].state] | join(" ")')"
ok "the site goes to all" send --all

# TLS: 1.3 and nothing else, and the certificate is of the pin
tls() { openssl s_client -connect "$net.1:$port" "$@" </dev/null 2>&1; }
for version in tls1 tls1_1 tls1_2; do
	ok "$version is refused" eval 'tls -'$version' | grep -q "no peer certificate available"'
done
ok "TLS 1.3 is spoken" eval 'tls -tls1_3 -brief | grep -q "Protocol version: TLSv1.3"'

# terminals prove themselves with their keys
as() {	# NAME ARGUMENTS...: as that terminal
	local name=$1
	shift
	curl -sk -m 10 --cert "$tmp/$name/state/cert.pem" --key "$tmp/$name/state/key.pem" \
		-o /dev/null -w '%{http_code}' "$@"
}
is "a terminal of the site sees the state" 200 "$(as SV3 "https://$net.1:$port/v1/status")"
is "without its key nobody does" 401 "$(curl -sk -o /dev/null -w '%{http_code}' "https://$net.1:$port/v1/status")"
is "it gets no operator's rights" 403 "$(as SV3 "https://$net.1:$port/v1/site")"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=SV3 \
	-keyout "$tmp/forged-key.pem" -out "$tmp/forged-cert.pem" 2>/dev/null
is "another key with its name is nobody" 401 "$(curl -sk --cert "$tmp/forged-cert.pem" \
	--key "$tmp/forged-key.pem" -o /dev/null -w '%{http_code}' "https://$net.1:$port/v1/status")"
is "its certificate without its key does not connect" 000 "$(curl -sk --cert "$tmp/SV3/state/cert.pem" \
	--key "$tmp/forged-key.pem" -o /dev/null -w '%{http_code}' "https://$net.1:$port/v1/status")"

# a key is changed while it is asked all the time, by clients that know only pins
old=$(pin SV2)
cp -p "$tmp/SV2/state/key.pem" "$tmp/SV2/state/cert.pem" "$tmp"
thief() { curl -sk -m 10 --cert "$tmp/cert.pem" --key "$tmp/key.pem" -o /dev/null -w '%{http_code}' "https://$net.1:$port/v1/status"; }
next=$("$amcd" rotate-key -c "$tmp/SV2/amcd.conf" 2>"$tmp/err")
ok "rotate-key prints a next pin" eval '[ -n "$next" ] && [ "$next" != "$old" ]'
ok "and what to do with it" grep -q "amc trust FILE SV2" "$tmp/err"
is "the same next time" "$next" "$("$amcd" rotate-key -c "$tmp/SV2/amcd.conf" 2>/dev/null)"
ok "hello tells it" await 10 eval '[ "$(hello 2 | jq -r .next_pin)" = "$next" ]'
asking_all() {
	while [ ! -e "$tmp/enough" ]; do
		curl -sk -m 5 -o /dev/null --pinnedpubkey "$old;$next" "https://$net.2:$port/v1/hello" &&
			echo yes || echo "no $?"
	done >"$tmp/asked"
}
asking_all &
asking=$!
ok "amc trust takes it into the site" trust SV2
is "beside the present one" "$old $next" "$(in_site SV2 KeyPin) $(in_site SV2 KeyPinNext)"
ok "the site goes to two of three" eval 'send SV1 && send SV2'
waits() { grep -q "the next key waits until it is known to: SV3" "$tmp/SV2/log"; }
ok "it waits for the third" await 15 waits
is "with the old key" "$old" "$(pin SV2)"
is "with which it is known to the others" 200 "$(thief)"
ok "and to the third" send SV3
ok "then it changes by itself" await 20 eval '[ "$(pin SV2)" = "$next" ] && [ "$(hello 2 | jq -r .pin)" = "$next" ]'
touch "$tmp/enough"
wait $asking
is "nobody was refused in between" "yes" "$(sort -u "$tmp/asked")"
ok "it was asked often enough to tell" test "$(wc -l <"$tmp/asked")" -gt 20
ok "amc still knows it" send SV2 --dry-run
ok "with its new key it proves itself to the others" [ "$(as SV2 "https://$net.1:$port/v1/status")" = 200 ]
ok "who comes with the old key is nobody any more, though the site has it still" await 20 eval \
	'[ "$(thief)" = 401 ] && [ "$(in_site SV2 KeyPin)" = "$old" ]'
cp -p "$tmp/SV2/state/key.pem" "$tmp/next-key.pem"
cp -p "$tmp/SV2/state/cert.pem" "$tmp/next-cert.pem"
stop SV2
cp -p "$tmp/key.pem" "$tmp/cert.pem" "$tmp/SV2/state"
start SV2
sees() { ask "https://$net.1:$port/v1/status" | jq -e ".terminals[] | select(.name == \"SV2\").state == \"$1\""; }
ok "who answers with it in its place is not trusted" await 40 sees refused
stop SV2
cp -p "$tmp/next-key.pem" "$tmp/SV2/state/key.pem"
cp -p "$tmp/next-cert.pem" "$tmp/SV2/state/cert.pem"
start SV2
ok "and the right one is at once" await 40 sees normal
ok "with its new key it goes on to be known" [ "$(as SV2 "https://$net.1:$port/v1/status")" = 200 ]
ok "amc trust closes the change" trust SV2
is "the next pin is the pin" "$next " "$(in_site SV2 KeyPin) $(in_site SV2 KeyPinNext)"
is "nothing of the old key is left" "cert.pem key.pem" \
	"$(cd "$tmp/SV2/state" && echo *.pem)"

# a change to it at once, which nobody was told of: a changed key
"$amcd" rotate-key -c "$tmp/SV3/amcd.conf" >/dev/null 2>&1
"$amcd" rotate-key -c "$tmp/SV3/amcd.conf" now >/dev/null
ok "rotate-key now counts at once" await 10 eval '[ "$(hello 3 | jq -r .pin)" = "$(pin SV3)" ]'
send SV3 >"$tmp/out" 2>&1
is "a changed key is refused" 5 $?
trust SV3 >"$tmp/out" 2>&1
is "by amc trust, too" 5 $?
ok "with both keys and what it means" eval \
	'grep -qF "$(in_site SV3 KeyPin)" "$tmp/out" && grep -qF "$(pin SV3)" "$tmp/out" &&
	grep -q "somebody stands between" "$tmp/out"'
trust SV3 --replace >"$tmp/out" 2>&1
is "--replace alone is not enough for a script" 5 $?
ok "with the pin it is" trust SV3 --replace --pin "$(pin SV3)"
is "and stands in the site" "$(pin SV3)" "$(in_site SV3 KeyPin)"
finish
