#!/usr/bin/python3
"""Servers that notifications go to, for tests/notify.sh.

notify.py smtp|http ADDRESS PORT DIR [CERT]   what comes is put into DIR, a file each
notify.py mail FILE...                        what a mail says, as another reads it

DIR/mode is read at each connection:
smtp: "" takes all, "refuse" no recipient, "hang" says nothing behind the text,
      "quit" nothing behind QUIT
http: "" or a status; "hang" says nothing
"""
import base64, email, email.policy, email.utils, json, os, socket, ssl, sys, threading, time

def mode(folder):
    try:
        return open(folder + "/mode").read().strip()
    except FileNotFoundError:
        return ""

def keep(folder, data, counter=[0], lock=threading.Lock()):
    with lock:
        counter[0] += 1
        name = "%s/%d.%03d" % (folder, os.getpid(), counter[0])
    with open(name + ".part", "wb") as f:
        f.write(data)
    os.rename(name + ".part", name + ".got")

def context(cert):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    c.load_cert_chain(cert)
    return c

def smtp(conn, folder, cert):
    how, tls, signed, lines = mode(folder), False, not cert, []
    f = conn.makefile("rwb")
    def say(text):
        f.write(text.encode() + b"\r\n")
        f.flush()
    say("220 test ESMTP")
    while True:
        line = f.readline().rstrip(b"\r\n")
        word = line[:4].upper()
        if not line and not word:
            return
        if word == b"EHLO":
            say("250-test\r\n" + ("250 AUTH PLAIN LOGIN" if tls else "250 STARTTLS" if cert else "250 OK"))
        elif word == b"STAR":
            say("220 go on")
            conn = context(cert).wrap_socket(conn, server_side=True)
            f, tls = conn.makefile("rwb"), True
        elif word == b"AUTH":
            if len(line.split()) < 3:
                say("334 ")
                line += b" " + f.readline().strip()
            signed = base64.b64decode(line.split()[2]) == b"\0amc\0s3cret-word"
            say("235 ok" if signed else "535 5.7.8 who are you")
        elif not signed:
            say("530 5.7.0 sign in first")
        elif word == b"RCPT" and how == "refuse":
            say("550 5.1.1 no such mailbox")
        elif word in (b"MAIL", b"RCPT"):
            lines.append(b"X-Envelope: " + line)
            say("250 ok")
        elif word == b"DATA":
            say("354 go on")
            text = []
            while (line := f.readline()) not in (b".\r\n", b""):
                text.append(line[1:] if line.startswith(b".") else line)
            if how == "hang":
                time.sleep(300)
            keep(folder, b"".join(text) if all(t.endswith(b"\r\n") for t in text) else b"no CR LF")
            say("250 2.0.0 taken")
        elif word == b"QUIT":
            if how == "quit":
                time.sleep(300)
            say("221 bye")
            return
        else:
            say("500 what")

def http(conn, folder, cert):
    if cert:
        conn = context(cert).wrap_socket(conn, server_side=True)
    f = conn.makefile("rwb")
    first, headers = f.readline().decode().strip(), {}
    while (line := f.readline().decode().strip()):
        key, value = line.split(": ", 1)
        headers[key.lower()] = value
    body = f.read(int(headers.get("content-length", 0)))
    how = mode(folder)
    if how == "hang":
        time.sleep(300)
    if how in ("", "200"):
        keep(folder, json.dumps({"request": first, "headers": headers, "body": json.loads(body)}).encode())
    f.write(b"HTTP/1.1 %s said so\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok" % (how or "200").encode())
    f.flush()

def guarded(serve, conn, *rest):
    try:
        serve(conn, *rest)
    except (OSError, ValueError) as why:
        print(why, file=sys.stderr)
    finally:
        conn.close()

def mail(path):
    data = open(path, "rb").read()
    # headers are ASCII, and none of them long
    head = data.replace(b"\r\n", b"\n").split(b"\n\n", 1)[0]
    assert head.isascii() and all(len(l) <= 78 for l in head.split(b"\n")), head
    m = email.message_from_bytes(data, policy=email.policy.default)
    assert not m.defects and all(not h.defects for h in m.values()), m.defects
    at = email.utils.parsedate_to_datetime(m["Date"]).timestamp()
    assert abs(time.time() - at) < 600 and m["Message-ID"] and m["Auto-Submitted"] == "auto-generated"
    print("From:", m["From"].addresses[0].display_name, m["From"].addresses[0].addr_spec)
    print("To:", *(a.addr_spec for a in m["To"].addresses))
    print("Subject:", m["Subject"])
    print("Event:", m["X-AMC-Event"])
    print(m.get_content().replace("\r\n", "\n"), end="")

def main():
    if sys.argv[1] == "mail":
        for path in sys.argv[2:]:
            mail(path)
        return
    kind, address, port, folder = sys.argv[1:5]
    cert = sys.argv[5] if len(sys.argv) > 5 else None
    server = socket.create_server((address, int(port)))
    print("ready", flush=True)
    while True:
        conn, _ = server.accept()
        threading.Thread(target=guarded, daemon=True,
            args=({"smtp": smtp, "http": http}[kind], conn, folder, cert)).start()

main()
