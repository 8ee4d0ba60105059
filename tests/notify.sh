#!/bin/bash
# Notifications: a real amcd tells of outages by mail (SMTP, sendmail), webhook and
# command. Servers of this test take them, refuse, or hang; Python's parser of mail
# is the second opinion.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 62
mail=$((port + 1)) web=$((port + 2)) trap=$((port + 3))
python=/usr/bin/python3
begin openssl snmptrap $python

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=test \
	-addext "subjectAltName=IP:$net.20,DNS:localhost" -keyout "$tmp/key.pem" -out "$tmp/ca.pem" 2>/dev/null
cat "$tmp/key.pem" "$tmp/ca.pem" >"$tmp/server.pem"
mkdir "$tmp"/{mail,web,sent,did}
serve() {	# NAME ARGUMENTS: one of the servers, until the end
	$python "$top_srcdir/tests/notify.py" "${@:2}" >"$tmp/$1.out" 2>>"$tmp/$1.err" &
	pids[$1]=$!
	await 10 grep -q ready "$tmp/$1.out"
}
serve mail smtp $net.20 $mail "$tmp/mail" "$tmp/server.pem"
serve web http $net.20 $web "$tmp/web" "$tmp/server.pem"

# stand-ins: what takes mails on the machine, a command, one that hangs, one that fails
cat >"$tmp/sendmail" <<END
#!/bin/bash
printf '%s\n' "\$@" >"$tmp/sent/\$\$.args"
cat >"$tmp/sent/\$\$.part"
mv "$tmp/sent/\$\$.part" "$tmp/sent/\$\$.got"
END
cat >"$tmp/command" <<END
#!/bin/bash
cat >"$tmp/did/\$\$.part"
env >"$tmp/did/\$\$.env"
printf '%s\n' "\$@" >"$tmp/did/\$\$.args"
mv "$tmp/did/\$\$.part" "$tmp/did/\$\$.got"
END
cat >"$tmp/hang" <<END
#!/bin/bash
trap '' TERM
echo \$\$ >"$tmp/hanging"
sleep 300 & wait; sleep 300
END
cat >"$tmp/fail" <<END
#!/bin/bash
echo no modem on ttyS0
exit 3
END
chmod +x "$tmp"/{sendmail,command,hang,fail}
echo s3cret-word >"$tmp/password-mail"
echo t0ken-of-the-web >"$tmp/token"

# with a key: terminals see each other by their beacons
key=$(random_key)
site $(for i in 1 2 3 4 5 6; do echo ups UPS$i $net.$i; done) control SERVER1 $net.9 control SERVER2 $net.10 >"$tmp/site.ini"
channels() {	# what amcd.conf has; the time to wait for company
	cat <<END
[notify mail]
Via = smtp
Server = $net.20:$mail
User = amc
PasswordFile = $tmp/password-mail
CAFile = $tmp/ca.pem
From = amc@example.com
To = night@example.com, office@example.com
Wait = $1
Timeout = 3
[notify web]
Via = webhook
Url = https://$net.20:$web/hook?of=amc
TokenFile = $tmp/token
CAFile = $tmp/ca.pem
Wait = $1
Timeout = 3
[notify do]
Via = command
Command = $tmp/command one \$HOME \$(date)
Nodes = UPS1
Wait = $1
END
}
conf() {	# NUMBER WAIT: of a terminal
	settings SERVER$1 $net.$((8 + $1)) "Traps = :$trap" "$(channels "$2")"
	cp "$tmp/site.ini" "$tmp/SERVER$1/ac_e_net.ini"
}
conf 1 3		# short, as the cards tell at once: by traps

# settings, and a test by hand
check() {	# KEY=VALUE...: a section [notify x] of these
	printf '[notify x]\n' >"$tmp/x.conf"
	printf '%s\n' "$@" >>"$tmp/x.conf"
	"$amcd" -t -c "$tmp/x.conf" 2>&1
}
refuses() { local words=$1; shift; not check "$@" >"$tmp/out" && { cat "$tmp/out"; grep -qF -- "$words" "$tmp/out"; }; }
ok "an unknown way is refused, with those that there are" refuses "one of sendmail, smtp" Via=fax
ok "a key that nobody reads is refused" refuses "no key url" Via=smtp Server=a To=a@b.c Url=http://x/
ok "a password is not sent in clear" refuses "not sent in clear" Via=smtp Server=a To=a@b.c Security=none User=u PasswordFile=/x
ok "nor a token" refuses "not sent in clear" Via=webhook Url=http://x/ TokenFile=/x
ok "an address that is an option is refused" refuses "not a mail address" Via=smtp Server=a To=-oQ/tmp@x
ok "a command has its path" refuses "whole path" Via=command Command=true
ok "a URL is one" refuses "not a URL" Via=webhook Url=ftp://x/
page() {	# the examples of the manual page, with programs that there are
	sed -n '/^\.Sh EXAMPLES/,/^\.Ed/p' "$top_srcdir/man/amc-notify.5" | grep -v '^\.' |
		sed "s|/usr/local/bin/lamp|$tmp/command|; s|^Via = sendmail|&\nCommand = $tmp/sendmail|" >"$tmp/x.conf"
	[ "$(grep -c '^\[' "$tmp/x.conf")" = 4 ] && "$amcd" -t -c "$tmp/x.conf"
}
ok "the examples of the manual page are in order" page
by_hand() { "$amcd" notify -c "$tmp/SERVER1/amcd.conf" "$@" >"$tmp/out" 2>&1; }
got() { find "$tmp/$1" -name '*.got' | wc -l; }
read_mail() { $python "$top_srcdir/tests/notify.py" mail "$tmp"/$1/*.got; }

ok "a test by mail" by_hand mail
ok "tells its steps" eval 'grep -q "^> EHLO" "$tmp/out" && grep -q "^< 250 2.0.0 taken" "$tmp/out"'
ok "and no secret" not grep -Eq "s3cret|czNjcmV0|AGFtYw" "$tmp/out"
is "the mail came" 1 "$(got mail)"
ok "and is in order" eval 'read_mail mail >"$tmp/read" && grep -qx "Subject: AMC SERVER1: a test, nothing has happened" "$tmp/read" &&
	grep -qx "From: SERVER1 amc@example.com" "$tmp/read" && grep -qx "To: night@example.com office@example.com" "$tmp/read"'
ok "a test by webhook" by_hand WEB
ok "is JSON, with the token" eval 'jq -e ".headers.authorization == \"Bearer t0ken-of-the-web\" and .request == \"POST /hook?of=amc HTTP/1.1\" and
	.body.schema == \"amc.notification.v1\" and .body.event == \"test\"" "$tmp"/web/*.got'
ok "a test by a command" by_hand do
ok "which has its arguments, and no shell" eval '[ "$(tr "\n" "|" <"$(echo "$tmp"/did/*.args)")" = "one|\$HOME|\$(date)|" ]'
ok "its environment and nothing else" eval 'grep -qx AMC_EVENT=test "$tmp"/did/*.env && grep -qx AMC_TERMINAL=SERVER1 "$tmp"/did/*.env &&
	not grep -Eq "^(HOME|XDG_STATE_HOME|top_)" "$tmp"/did/*.env'
ok "an unknown channel is told with those that there are" eval 'not by_hand fax && grep -q "mail web do" "$tmp/out"'
cp "$tmp/SERVER1/amcd.conf" "$tmp/more.conf"
cat >>"$tmp/more.conf" <<END
[notify local]
Via = sendmail
Command = $tmp/sendmail -i
From = amc@example.com
To = night@example.com
Language = ja
[notify hang]
Via = command
Command = $tmp/hang
Timeout = 1
[notify fail]
Via = command
Command = $tmp/fail
[notify stranger]
Via = webhook
Url = https://$net.20:$web/
[notify nobody]
Via = webhook
Url = http://$net.20:9/
[notify cleartext]
Via = smtp
Server = $net.20:$web
To = night@example.com
Timeout = 2
END
more() { "$amcd" notify -c "$tmp/more.conf" "$@" >"$tmp/out" 2>&1; }
ok "a test by sendmail, in Japanese" eval 'more local && read_mail sent >"$tmp/read" &&
	grep -qx "Subject: AMC SERVER1: テストです。何も起きていません" "$tmp/read"'
ok "which gets whom it is from and for" eval '[ "$(tr "\n" " " <"$(echo "$tmp"/sent/*.args)")" = "-i -f amc@example.com -- night@example.com " ]'
ok "a command that hangs is ended" eval 'not more hang && grep -q "did not end within 1 s" "$tmp/out" && not kill -0 "$(cat "$tmp/hanging")"'
ok "one that fails is told with its words" eval 'not more fail && grep -q "status 3: no modem on ttyS0" "$tmp/out"'
ok "a certificate of nobody is refused" eval 'not more stranger && grep -q "not trusted" "$tmp/out"'
ok "nobody there is told" eval 'not more nobody && grep -q "$net.20:9: .*onnect" "$tmp/out"'
ok "so is who does not speak as he should" eval 'not more cleartext && grep -q "$net.20:$web" "$tmp/out"'
echo refuse >"$tmp/mail/mode"
ok "a refusal is told with the words of the server" eval 'not by_hand mail && grep -q "does not take it: 550 5.1.1 no such mailbox" "$tmp/out"'
echo hang >"$tmp/mail/mode"
ok "a server that hangs is left after a time" eval 'not by_hand mail && grep -q "not taken within 3 s" "$tmp/out"'
rm "$tmp/mail/mode"; echo quit >"$tmp/mail/mode"
ok "one that hangs after it took the mail does no harm" timeout 3 "$amcd" notify -c "$tmp/SERVER1/amcd.conf" mail
rm "$tmp/mail/mode"
rm -f "$tmp"/{mail,web,did,sent}/*

# what happens
simulate 6 --trap-to "$net.9:$trap"	# so that nothing has to be waited for 8 s
all() { local i; for i in 1 2 3 4 5 6; do sim UPS$i "$@"; done; }
# what a trap makes amcd do now instead of within its 8 s, or a minute: ask the cards
look() {
	local i
	for i in 1 2 3 4 5 6; do
		snmptrap --clientaddr=$net.$i -v2c -c public "$net.9:$trap" '' 1.3.6.1.6.3.1.1.5.1
	done
}
url=https://$net.9:$port
channel() { ask "$url/v1/notifications" | jq -e ".channels[] | select(.channel == \"$1\") | $2" >/dev/null; }
settled() { ask "$url/v1/status" | jq -e '[.. | .state? // empty | strings] | length >= 6 and all(. != "unknown")' >/dev/null; }
bodies() { jq -c '.body' "$tmp"/web/*.got 2>/dev/null; }
told() { bodies | jq -es "[.[] | select($1)] | length > 0" >/dev/null; }
clear_all() { rm -f "$tmp"/{mail,web,did}/*.*; }

start SERVER1
await 20 settled
# the other control terminal is not there: that is told, too
await 30 told '.items | any(.node == "SERVER2")'
await 20 eval '[ $(got mail) -ge 1 ] && channel mail ".waiting == 0"'
clear_all
all mains off
ok "an outage of all is one mail" await 60 eval '[ "$(got mail)" = 1 ]'
ok "that names them, in one line" eval 'read_mail mail >"$tmp/read" && grep -q "^Subject: AMC SERVER1: On battery: UPS[1-6], UPS[1-6], UPS[1-6], UPS[1-6] and 2 more$" "$tmp/read"'
ok "and all of them in its text" eval '[ "$(grep -c "^20.*UPS[1-6]: On battery" "$tmp/read")" = 6 ]'
ok "the webhook has it" await 20 told '.event == "begin" and .severity == "warning" and (.items | length) == 6'
ok "the command only what it is for" await 10 eval 'grep -qx "AMC_NODES=UPS1" "$tmp"/did/*.env && grep -qx AMC_EVENT=begin "$tmp"/did/*.env'
all mains on
ok "that it is over follows, once" await 80 told '.event == "end" and (.items | length) == 6 and (.items | all(.over))'
ok "also by mail" await 10 eval '[ "$(got mail)" = 2 ]'
clear_all
all dead
look
ok "a dead switch is one message with the list" await 60 told '.event == "begin" and .items[0].kind == "ups-silent"'
sleepless() { ask "$url/v1/notifications" | jq -e '.channels | all(.waiting == 0)' >/dev/null; }
await 60 sleepless
ok "or two, when some are noticed late" eval '[ "$(got web)" -le 2 ]'
all alive
look
ok "and over when they answer" await 90 eval '[ "$(bodies | jq -s "[.[].items[] | select(.over).node] | unique | length")" = 6 ]'
await 60 sleepless
clear_all

# one that comes and goes
for i in 1 2 3 4 5; do
	sim UPS6 mains off
	await 20 eval 'ask "$url/v1/events?node=UPS6&max=1" | jq -e ".events[0].after == \"on-battery\""' >/dev/null
	sim UPS6 mains on
	await 20 eval 'ask "$url/v1/events?node=UPS6&max=1" | jq -e ".events[0].after == \"online\""' >/dev/null
done
ok "one that flaps is not told each time" eval 'await 60 sleepless && [ "$(got web)" -le 2 ] && [ "$(got mail)" -le 2 ]'

# failures
clear_all
echo 503 >"$tmp/web/mode"
echo refuse >"$tmp/mail/mode"
sim UPS2 replace on
ok "a server that refuses is told in the status" await 40 eval \
	'ask "$url/v1/status" | jq -e ".notifications[] | select(.channel == \"web\").error | test(\"503 said so\")"'
ok "as an event" await 10 eval 'ask "$url/v1/events?kind=service" | jq -e "[.events[] | select(.detail | test(\"^web: notifications fail\"))] | length == 1"'
metrics() { ask "$url/metrics" >"$tmp/metrics"; }
ok "in the metrics" eval 'metrics && grep -qx "amc_notifications_up{channel=\"web\"} 0" "$tmp/metrics" &&
	grep -Eqx "amc_notifications_waiting\{channel=\"web\"\} [1-9]" "$tmp/metrics" && [ "$(tail -n 1 "$tmp/metrics")" = "# EOF" ]'
verb() { "$amc" notify --site "$tmp/site.ini" --password-file "$tmp/password" --pin "$(pin SERVER1)" "$@" >"$tmp/out" 2>&1; }
ok "and by amc notify" eval 'verb SERVER1 && grep -q "^web  *webhook .*503 said so" "$tmp/out"'
sed "s|^Name=SERVER1|&\nKeyPin=$(pin SERVER1)|" "$tmp/site.ini" >"$tmp/console.ini"
at_console() { printf '%s\n' SERVER1 notifications "$@" "" quit | "$amc" --linear "$tmp/console.ini" >"$tmp/out" 2>&1; }
ok "the console shows how they are" eval 'at_console correct-horse && grep -q "2 web  *webhook  *sent .* waiting [1-9]" "$tmp/out"'
ok "and sends a test" eval 'at_console correct-horse 2 && grep -q "^< HTTP/1.1 503" "$tmp/out" && grep -q "web: .*does not take it" "$tmp/out"'
ok "not without the password" eval 'at_console wrong-horse && not grep -q webhook "$tmp/out"'
ok "a test by amc notify tells steps and failure" eval 'not verb SERVER1 web && grep -q "^< HTTP/1.1 503" "$tmp/out" && grep -q "web: .*does not take it" "$tmp/out"'
ok "the queue stands on the disk, for nobody else" eval '[ "$(stat -c %a "$tmp/SERVER1/state/notify.json")" = 600 ] &&
	jq -e ".channels[] | select(.name == \"web\").queue | length >= 1" "$tmp/SERVER1/state/notify.json"'
ok "without secrets" not grep -Eq "s3cret|t0ken" "$tmp/SERVER1/state/notify.json" "$tmp/SERVER1/log"
echo hang >"$tmp/web/mode"
verb SERVER1 web &
waiting=$!
ok "one that hangs holds nobody up" eval 'for i in 1 2 3 4 5; do ask -m 1 -o /dev/null "$url/v1/hello" || exit 1; done'
ok "and is given up" eval 'not wait $waiting'
stop SERVER1 KILL
rm "$tmp/web/mode" "$tmp/mail/mode"
start SERVER1
ok "after kill -9 what waited is sent" await 40 told '.items | any(.node == "UPS2" and .what == "replace-battery")'
await 60 sleepless
is "once" 1 "$(bodies | jq -s '[.[].items[] | select(.node == "UPS2" and .what == "replace-battery")] | length')"
ok "that it works again is an event" await 10 eval 'ask "$url/v1/events?kind=service" | jq -e "any(.events[]; .detail | test(\"^web: notifications are sent again\"))"'
clear_all
stop SERVER1
sim UPS2 replace off
start SERVER1
ok "what ended while nobody looked is told" await 80 told '.items | any(.node == "UPS2" and .over)'
clear_all

# two of them
conf 2 3
start SERVER2
await 90 told '.terminal == "SERVER1" and .event == "end" and .items[0].node == "SERVER2"'
clear_all
sim UPS3 replace on	# news of its mains are held: there were some just now
ok "of two the first tells" await 60 told '.terminal == "SERVER1" and (.items | any(.node == "UPS3"))'
ok "and the other does not" not told '.terminal == "SERVER2" and (.items | any(.node == "UPS3"))'
stop SERVER1
clear_all
sim UPS4 mains off
ok "when it is away the other does" await 90 told '.terminal == "SERVER2" and (.items | any(.node == "UPS4"))'
ok "and tells that it is away" await 90 told '.terminal == "SERVER2" and (.items | any(.node == "SERVER1"))'

# a list that was damaged meanwhile
truncate -s 20 "$tmp/SERVER1/state/notify.json"
start SERVER1
ok "what cannot be read is lost with a word, and where it lies" grep "state/notify.json.damaged: what was to be told before this start is lost" "$tmp/SERVER1/log"
is "it lies there" 20 "$(stat -c %s "$tmp/SERVER1/state/notify.json.damaged")"
finish
