#!/bin/bash
# bench/send.sh: what sending costs beside programs that others wrote, and what amcd
# does all day. Lines "ratio NAME VALUE LIMIT"; fails above a limit.
#
#   send-N, send-N-cpu    a site of 100 nodes to N terminals by amc send --all, beside
#                         curl -T (1) and curl --parallel -T (16) of the same bytes to
#                         the same amcds: wall, and CPU of the client
#   send-N-scp            beside scp, where there is an sshd
#   status-1000           /v1/status of 1000 nodes, of 5 ms of CPU
#   beacons-1000          1000 beacons a second, of 5 % of a processor
#   samples-1000          1000 UPSs, a sample a minute each, of 0.2 %
#
# make -C build bench-records; bench/send.sh [BUILD]
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
build=$(cd "${1:-$top/build}" && pwd)
export top_srcdir=$top top_builddir=$build
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
. "$top/tests/tap.sh"
. "$top/tests/terminal.sh"
tap_plan=0
begin python3
wide=127.$((RANDOM % 50 + 150)) net=$wide.0	# many more than 254
revision=1 key=$(printf %064x 4711)

nodes() {	# KIND LETTER FIRST LAST THIRD-OCTET
	local i
	for i in $(seq $3 $4); do echo $1 $2$i $wide.$(($5 + i / 250)).$((i % 250 + 1)); done
}
start_with() {	# NAME ADDRESS[:PORT] SITE
	settings $1 $2
	cp "$3" "$tmp/$1/ac_e_net.ini"
	start $1
}
stop_all() {
	local name
	for name in "${!pids[@]}"; do stop $name || :; done
}

site $(nodes control T 1 1 0) $(nodes linked T 2 16 0) $(nodes ups U 1 83 9) >"$tmp/16.ini"
"$amc" check "$tmp/16.ini" >"$tmp/check" || { grep error "$tmp/check"; exit 1; }
for i in $(seq 16); do
	start_with T$i $net.$((i + 1)) "$tmp/16.ini"
	echo set T$i KeyPin="$(pin T$i)"
done >"$tmp/pins"
"$amc" edit "$tmp/16.ini" "$tmp/pins" >/dev/null

cat >"$tmp/send.py" <<'END'
import hashlib, os, resource, statistics, subprocess, sys, time
build, tmp, net, port = sys.argv[1:]
site = tmp + "/16.ini"
quiet = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
def run(argv):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    code = subprocess.run(argv, **quiet).returncode
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if code:
        sys.exit("%s ended with %d" % (" ".join(argv[:4]), code))
    return wall * 1e3, (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3
turn = 0
def changed():
    global turn
    turn += 1
    subprocess.run([build + "/amc", "set", site, "U1", "Description=turn %d" % turn], check=True, **quiet)
def tag(name):
    data = open("%s/%s/ac_e_net.ini" % (tmp, name), "rb").read()
    revision = next(l for l in data.split(b"\n") if l.startswith(b"Revision="))[9:].strip().decode()
    return '"%s-%s"' % (revision, hashlib.sha256(data).hexdigest())
def amc(n):
    changed()
    return run([build + "/amc", "send", site, "--password-file", tmp + "/password", "--json"] +
               (["--all"] if n == 16 else ["T1"]))
def curl(n):
    changed()
    argv = ["curl", "-sk", "--fail"] + (["-Z"] if n > 1 else [])
    for i in range(1, n + 1):
        argv += (["--next", "-sk", "--fail"] if i > 1 else []) + ["-u", "operator:correct-horse", "-H", "If-Match: " + tag("T%d" % i), "-T", site,
                 "https://%s.%d:%s/v1/site" % (net, i + 1, port)]
    return run(argv)
def scp(n):
    return run(["sh", "-c", "seq %d | xargs -P16 -I@ scp -q -F %s/ssh_config %s @:%s/T@/copy.ini" % (n, tmp, site, tmp)])
for n in (1, 16):
    ways = {"amc": amc, "curl": curl}
    if os.path.exists(tmp + "/ssh_config"):
        ways["scp"] = scp
    took = {k: [] for k in ways}
    for turns in range(8):
        for k, way in ways.items():
            took[k].append(way(n))
    wall = {k: statistics.median(w for w, c in v[1:]) for k, v in took.items()}
    cpu = {k: statistics.median(c for w, c in v[1:]) for k, v in took.items()}
    print("# to %d: " % n + ", ".join("%s %.1f ms, CPU %.1f ms" % (k, wall[k], cpu[k]) for k in ways))
    print("ratio send-%d %.2f 1" % (n, wall["amc"] / wall["curl"]))
    print("ratio send-%d-cpu %.2f 1" % (n, cpu["amc"] / cpu["curl"]))
    if "scp" in ways:
        print("ratio send-%d-scp %.2f 1" % (n, wall["amc"] / wall["scp"]), flush=True)
END
if command -v ssh-keygen scp >/dev/null && [ -x /usr/sbin/sshd ] && [ "$(id -u)" = 0 ]; then
	ssh-keygen -q -t ed25519 -N "" -f "$tmp/host"
	ssh-keygen -q -t ed25519 -N "" -f "$tmp/me"
	mkdir -p /run/sshd
	{
		printf 'HostKey %s/host\nAuthorizedKeysFile %s/me.pub\nPidFile none\nStrictModes no\nUsePAM no\n' "$tmp" "$tmp"
		printf 'PasswordAuthentication no\nMaxStartups 100\nUseDNS no\nSubsystem sftp /usr/lib/openssh/sftp-server\nLogLevel QUIET\n'
		for i in $(seq 16); do printf 'ListenAddress %s.%d:%d\n' $net $((i + 1)) $((port + 1)); done
	} >"$tmp/sshd_config"
	{
		printf 'Host *\nUser root\nPort %d\nIdentityFile %s/me\nIdentitiesOnly yes\nStrictHostKeyChecking no\n' $((port + 1)) "$tmp"
		printf 'UserKnownHostsFile /dev/null\nLogLevel QUIET\nBatchMode yes\n'
		for i in $(seq 16); do printf 'Host %d\nHostname %s.%d\n' $i $net $((i + 1)); done
	} >"$tmp/ssh_config"
	/usr/sbin/sshd -D -f "$tmp/sshd_config" &
	pids[sshd]=$!
	await 10 eval '(: </dev/tcp/$net.2/$((port + 1))) 2>/dev/null'
fi
out=$tmp/out
python3 "$tmp/send.py" "$build" "$tmp" $net $port | tee "$out"
stop_all

# all day: a terminal with 1000 UPSs, and one with 1000 terminals, which answer on
# another port where one process listens for all
port=$((port + 2)) site control SELF $wide.20.1 $(nodes control T 2 999 0) >"$tmp/terminals.ini"
site linked SELF $wide.20.1 $(nodes ups U 1 998 9) >"$tmp/1000.ini"
cat >"$tmp/day.py" <<'END'
import hmac, socket, ssl, struct, sys, time, base64
what, pid, address, port = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
def cpu():      # ms
    return int(open("/proc/%s/schedstat" % pid).read().split()[0]) / 1e6
def idle(seconds):
    before = cpu()
    time.sleep(seconds)
    return (cpu() - before) / seconds
if what == "status":
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    c.check_hostname, c.verify_mode = False, ssl.CERT_NONE
    s = c.wrap_socket(socket.create_connection((address, port)))
    auth = base64.b64encode(b"operator:correct-horse")
    def ask(path):
        s.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: a\r\nAuthorization: Basic " + auth + b"\r\n\r\n")
        f = s.makefile("rb")
        size = 0
        while (line := f.readline()) != b"\r\n":
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        return len(f.read(size))
    ask(b"/v1/status")
    rest, start, before = idle(2), time.monotonic(), cpu()
    for i in range(40):
        size = ask(b"/v1/status")
    each = (cpu() - before - rest * (time.monotonic() - start)) / 40
    start, before = time.monotonic(), cpu()
    for i in range(40):
        ask(b"/v1/events")
    word = (cpu() - before - rest * (time.monotonic() - start)) / 40
    print("# status of 1000 nodes: %d bytes, %.1f ms of CPU; a small answer, with the same password: %.1f ms" % (size, each, word))
    print("ratio status-1000 %.2f 1" % (each / 5))
else:
    key, code = bytes.fromhex("%064x" % 4711), b"T%d" % (port + 2)
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    born, count, sent = int(time.time() * 1000), 0, 0
    def beacon(i):
        name = b"T%d" % i
        b = b"AMCB" + bytes([1, 2, len(code), len(name)]) + struct.pack(">I8sQQQ", 1, b"", born, count, int(time.time() * 1000)) + code + name
        return b + hmac.new(key, b, "sha256").digest()
    for turn in range(6):           # all are known, and have answered, before it counts
        count += 1
        for i in range(2, 1000):
            s.sendto(beacon(i), (address, port))
            time.sleep(0.002)
    before, start = cpu(), time.monotonic()
    while time.monotonic() < start + 8:
        count += 1
        for i in range(2, 1000):
            s.sendto(beacon(i), (address, port))
            sent += 1
            ahead = start + sent / 1000 - time.monotonic()
            if ahead > 0.005:
                time.sleep(ahead)
    took = time.monotonic() - start
    part = (cpu() - before) / 1e3 / took
    print("# %d beacons a second: %.2f %% of a processor" % (sent / took, part * 100))
    print("ratio beacons-1000 %.2f 1" % (part / 0.05))
END
start_with SELF $wide.20.1 "$tmp/1000.ini"
python3 "$tmp/day.py" status ${pids[SELF]} $wide.20.1 $port | tee -a "$out"
stop_all
start_with SELF $wide.20.1 "$tmp/terminals.ini"
start_with T2 0.0.0.0:$((port + 2)) "$tmp/1000.ini"
python3 "$tmp/day.py" beacons ${pids[SELF]} $wide.20.1 $port | tee -a "$out"
[ ! -x "$build/bench-records" ] || "$build/bench-records" "$tmp/statistics.db" | tee -a "$out"
awk '$1 == "ratio" && $3 > $4 { print "too slow: " $2; bad = 1 } END { exit bad }' "$out"
