#!/bin/bash
# How much CPU the console takes from its start to its first whole screen, on a
# site of 100 nodes: at most 50 ms. Beside it what an empty site takes.
#   bench/start.sh [AMC]      prints: ratio start-100 VALUE LIMIT
set -eu
amc=${1:-build/amc}
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

{
	printf '[Network]\nFormat=1\n[Group1]\nName=G\nParent=Network\n'
	for i in $(seq 2 50); do
		printf '[Group%d]\nName=G%d\nParent=Group1.LinkedTerminals\n' "$i" "$i"
		printf '[Ups%d]\nName=U%d\nParent=Group%d.PowerDevices\nAddress=127.9.9.%d\n' "$i" "$i" "$i" "$i"
	done
} >"$tmp/100.ini"
printf '[Network]\nFormat=1\n' >"$tmp/0.ini"

cat >"$tmp/start.py" <<'END'
import os, pty, select, signal, statistics, sys, time
def once(amc, site):
    pid, fd = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
        os.execv(amc, ["amc", site])
    seen, end = b"", time.time() + 5
    while b"Quit" not in seen and time.time() < end:
        if select.select([fd], [], [], 0.1)[0]:
            seen += os.read(fd, 65536)
    cpu = int(open(f"/proc/{pid}/schedstat").read().split()[0]) / 1e6
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(fd)
    if b"Quit" not in seen:
        sys.exit("no first screen within 5 s")
    return cpu
amc, big, empty = sys.argv[1:]
runs = [(once(amc, big), once(amc, empty)) for _ in range(11)]
a, b = (statistics.median(x) for x in zip(*runs))
print(f"# CPU to the first screen: 100 nodes {a:.1f} ms, none {b:.1f} ms")
print(f"ratio start-100 {a / 50:.3f} 1")
END
python3 "$tmp/start.py" "$amc" "$tmp/100.ini" "$tmp/0.ini"
