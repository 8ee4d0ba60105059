#!/usr/bin/python3
"""bad-clients - one way to misbehave towards an HTTPS server, until killed.

usage: bad-clients.py HOW HOST PORT NET PASSWORD

Comes from addresses NET.B.C of loopback. "on" is printed when the misbehaving has
begun in full; it goes on until the process is ended or its standard input closes.
"""
import base64
import os
import random
import select
import socket
import ssl
import sys
import threading
import time

how, host, port, net, password = sys.argv[1], sys.argv[2], int(sys.argv[3]), *sys.argv[4:6]
rng = random.Random(5)
counter = iter(range(1 << 30))
lock = threading.Lock()


def source(many=10000):
    with lock:
        n = next(counter) % many
    return "%s.%d.%d" % (net, 10 + n // 200 % 200, 1 + n % 200)


def plain(many=10000):
    s = socket.socket()
    s.bind((source(many), 0))
    s.settimeout(5)
    s.connect((host, port))
    return s


def tls(many=10000, newest=ssl.TLSVersion.TLSv1_3):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    c.check_hostname = False
    c.verify_mode = ssl.CERT_NONE
    c.maximum_version = newest
    return c.wrap_socket(plain(many))


def basic(user, word):
    return b"Authorization: Basic " + base64.b64encode(("%s:%s" % (user, word)).encode()) + b"\r\n"


def request(line, headers=b"", body=b""):
    return line + b" HTTP/1.1\r\nHost: a\r\n" + headers + b"\r\n" + body


operator = basic("operator", password)


def say(data, s=None, many=10000):
    """One request, and what of its answer comes first."""
    s = s or tls(many)
    try:
        s.sendall(data)
        return s.recv(4096)
    finally:
        s.close()


def trickle(data, every=0.5):
    """Holds a connection with a byte now and then."""
    s = tls()
    s.sendall(data)
    while True:
        s.sendall(b"x")
        time.sleep(every)


def slow_headers():
    trickle(b"GET /v1/hello HTTP/1.1\r\nHost: a\r\nX-A: ")


def slow_body():
    if rng.random() < 0.9:
        trickle(request(b"PUT /v1/site", b"Content-Length: 60000000\r\n"))
    trickle(request(b"PUT /v1/site", operator + b"If-Match: \"1\"\r\nContent-Length: 60000000\r\n"))


def silent():
    s = tls()
    while s.recv(1):
        pass


def stalled():
    """Asks again and again, and reads nothing."""
    s = tls()
    s.settimeout(60)
    while True:
        s.sendall(request(b"GET /v1/status", operator) * 20)


def giant_header():
    say(request(b"GET /v1/hello", b"X-A: " + b"y" * 1000000 + b"\r\n"))


def many_headers():
    say(request(b"GET /v1/hello", b"".join(b"X-%d: y\r\n" % i for i in range(20000))))


def giant_body():
    s = tls()
    s.sendall(request(b"PUT /v1/site", rng.choice([operator, b""]) +
                      b"If-Match: \"1\"\r\nTransfer-Encoding: chunked\r\n"))
    while True:
        s.sendall(b"10000\r\n" + b"z" * 65536 + b"\r\n")


def plain_http():
    say(request(b"GET /v1/hello"), plain())


def old_tls():
    tls(newest=ssl.TLSVersion.TLSv1_2)


def garbage():
    if rng.random() < 0.5:
        say(os.urandom(rng.randrange(1, 20000)), plain())
    else:
        say(os.urandom(rng.randrange(1, 20000)))


def methods():
    say(request(rng.choice([b"DELETE", b"BREW", b"POST", b"PATCH", b"CONNECT", b"TRACE", b"OPTIONS",
                            b"x" * 5000, b"", b"\x00\x01", b"GET\tGET"]) + b" " +
                rng.choice([b"/v1/site", b"/v1/status", b"*", b"/v1/events/acknowledge"]), operator))


def paths():
    path = rng.choice([
        b"/v1/%2e%2e/%2e%2e/etc/passwd", b"//v1//site", b"/v1/site/", b"/v1/./site", b"/v1/si%74e", b"/../../etc/passwd",
        b"/v1/site%00", b"/v1/site\x00x", b"/" + b"a" * 30000, b"/" + b"../" * 9000, b"http://other/v1/site", b"\\v1\\site",
        b"/v1/events?since=%ff%fe&max=99999999999999999999", b"/v1/events?" + b"a=b&" * 5000,
        b"/v1/statistics?ups=" + b"%41" * 5000, b"/v1/statistics?ups=%00", b"/v1/events?text=%", b"/v1/events?text='%20or%201=1--"])
    answer = say(request(b"GET " + path, operator))
    # what stands behind a NUL does not count, and the password is asked for what counts
    if answer.startswith(b"HTTP/1.1 200") and b"/v1/events" not in path and b"\x00" not in path:
        print("taken: %r" % path, flush=True)


def json_bombs():
    bomb = rng.choice([b"[" * 5000000, b"{\"a\":" * 1000000, b"[" + b"1," * 5000000, b"{\"id\":1e999999}",
                       b"{\"id\":" + b"9" * 60000 + b"}", b"\"" + b"\\u0000" * 9000 + b"\"",
                       b"{\"id\":1,\"who\":\"" + b"w" * 60000 + b"\"}", b"{\"id\":-1,\"who\":\"\x1b[2J\"}",
                       b"[" * 60000, b"{" + b",".join(b"\"%d\":0" % i for i in range(6000)) + b"}"])
    say(request(b"POST /v1/events/acknowledge", operator + b"Content-Length: %d\r\n" % len(bomb), bomb))


def guessing(many):
    word = "".join(rng.choice("abcdefgh") for i in range(rng.choice([1, 9, 500, 5000])))
    user = rng.choice(["operator", "operator", "viewer", "root", "", "x" * 5000])
    say(request(b"GET /v1/status", basic(user, word)), many=many)


def guessing_here():
    guessing(1)


def guessing_everywhere():
    guessing(10000)


def handshakes():
    tls().close()


def crowd(n=10000):
    """n connections from n addresses, each opened again when it ends."""
    poll, open_ones = select.epoll(), {}

    def enter():
        s = socket.socket()
        s.setblocking(False)
        s.bind((source(), 0))
        s.connect_ex((host, port))
        open_ones[s.fileno()] = s
        poll.register(s, select.EPOLLIN | select.EPOLLHUP | select.EPOLLERR)

    begun = False
    while True:
        for i in range(min(200, n - len(open_ones))):
            enter()
        if len(open_ones) == n and not begun:
            begun = True
            print("on", flush=True)
        for fd, what in poll.poll(0.01):
            poll.unregister(fd)
            open_ones.pop(fd).close()


def forever(act):
    while True:
        try:
            act()
        except (OSError, ssl.SSLError):
            time.sleep(0.01)


workers = {"slow_headers": 300, "slow_body": 300, "silent": 300, "stalled": 30}
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
if how == "crowd":
    crowd()
act = globals()[how]
for i in range(workers.get(how, 8)):
    threading.Thread(target=forever, args=(act,), daemon=True).start()
time.sleep(1)
print("on", flush=True)
threading.Event().wait()
