#!/bin/bash
# Orders to servers where one of them hangs: what is called off does not come through behind
# that; a command outlives its amcd; what a server answers is kept in measure.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/terminal.sh"

plan 10
begin
cd "$tmp" || exit 1
names="C1 L1 D1"
declare -A address=([C1]=$net.1 [L1]=$net.3 [D1]=$net.5)
url() { echo "https://${address[$1]}:$port$2"; }

cat >down <<'END'
#!/bin/sh
set -e
echo "stopping the database"
touch "$1.begun"
read _ <go
echo "stopped"
touch "$1.ran"
END
chmod +x down
mkfifo go
sed -i "s|^set -e|cd $tmp; set -e|" down
for n in $names; do settings $n ${address[$n]} "[commands]" "Shutdown = $tmp/down $tmp/$n"; done
key=$(random_key)
site control C1 $net.1 linked L1 $net.3 linked D1 $net.5 >site.ini
for n in $names; do echo set $n KeyPin="$(pin $n)"; done | "$amc" edit site.ini - >/dev/null
"$amc" set site.ini Network Armed=yes >/dev/null
for n in $names; do cp site.ini $n/ac_e_net.ini; done
for n in $names; do start $n; done

list() { local l; l=$(printf ',"%s"' "$@"); echo "[${l#,}]"; }
post() { curl -sk -u operator:$operator -d "$2" "$(url C1 $1)" | jq -r .id; }
order() {	# REHEARSAL NAME...
	post /v1/servers/shutdown "{\"terminals\":$(list "${@:2}"),\"why\":\"x\",\"in\":10,\"rehearsal\":$1}"
}
cancel() { post /v1/servers/cancel "{\"terminals\":$(list "$@"),\"why\":\"x\"}"; }
ends() {	# ID: all of it, when it has ended
	await 20 eval 'curl -sk -u viewer:$viewer "$(url C1 "/v1/servers/order?id='$1'")" >order; jq -e .done order >/dev/null'
	jq -r '.terminals[] | "\(.name) \(.end) \(.error)"' order
}
state() { curl -sk "$(url $1 /v1/hello)" | jq -r .state; }

kill -STOP ${pids[D1]}	# it is connected to, and says nothing
first=$(order false C1 D1)	# which waits for D1
ok "called off before it was passed on" eval 'ends "$(cancel C1)" >off; grep -q "^C1 refused" off'
second=$(order false L1 D1)
await 10 eval '[ "$(state L1)" = shutting-down ]'
third=$(cancel C1 L1 D1)
ok "what can be called off is, whoever hangs" await 5 eval '[ "$(state L1)" = normal ]'
ends $first >ended
ok "the order is taken back" grep -q "^C1 refused called off before" ended
ok "also from the one that hangs" grep -q "^D1 unreached called off while" ended
ends $second >ended
ok "the other had it" grep -q "^L1 taken" ended
ends $third >/dev/null
ok "nobody has begun to go down" eval '! ls *.begun 2>/dev/null && [ "$(state C1)" = master ]'
kill -CONT ${pids[D1]}

# the command prints when nobody is left to read it
curl -sk --cert C1/state/cert.pem --key C1/state/key.pem -o out \
	-d '{"who":"sato","why":"drill","in":0,"rehearsal":false}' "$(url L1 /v1/shutdown)"
ok "its command has begun" await 10 test -e L1.begun
stop L1 KILL
timeout 10 sh -c "echo on >go"
ok "and comes to its end without its amcd" await 10 test -e L1.ran

# another program with the key of a server
cat >evil.py <<'END'
import http.server, ssl, sys
body = b'{"schema":"amc.duty.v1","name":"L1","in":1e300,"takes":1,"does":"' + b"x" * (8 << 20) + b'"}'
class Evil(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *a):
        pass
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("L1/state/cert.pem", "L1/state/key.pem")
server = http.server.HTTPServer((sys.argv[1], int(sys.argv[2])), Evil)
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
END
/usr/bin/python3 evil.py $net.3 $port &
pids[L1]=$!
await 10 eval 'curl -sk -o out "$(url L1 /)"'
ends "$(order true L1)" >ended
ok "a long answer is taken" grep -q "^L1 taken" ended
ok "and cut" eval '[ "$(stat -c %s order)" -lt 2000 ] && jq -e ".terminals[0].in == null" order'
finish
