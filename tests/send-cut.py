"""
A relay before an amcd that counts connections and cuts one at a given turn.

send-cut.py LISTEN PORT TO FILE: each line of FILE is "TURN HOW": the TURNth time that
the client speaks (0: never), counted over all connections, what it says is thrown away
("question"), or passed on and the answer thrown away ("answer"); then the connection is
cut, once. Or it is passed on once somebody has opened the FIFO FILE.held for writing
("hold"). FILE is read at the first connection after it was replaced, and those from
before do not count any more. Into FILE.log goes "c" for a connection, "t" for a turn and
"h" when one is held.
"""
import os, select, socket, sys, threading

listen, port, to, path = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
lock, plan = threading.Lock(), {"stamp": None, "turn": 0, "how": "", "now": 0}

def note(letter):
    with open(path + ".log", "a") as f:
        f.write(letter)

def look():
    st = os.stat(path)
    stamp = st.st_ino, st.st_mtime_ns
    if stamp != plan["stamp"]:
        turn, how = open(path).read().split()
        plan.update(stamp=stamp, turn=int(turn), how=how, now=0)
    return stamp

def is_cut(stamp):
    with lock:
        if stamp != plan["stamp"]:
            return False
        note("t")
        plan["now"] += 1
        return plan["now"] == plan["turn"]

def hold():
    note("h")
    open(path + ".held").close()

def relay(client, stamp):
    try:
        server = socket.create_connection((to, port))
        pass_on(client, server, stamp)
        server.close()
    except OSError:
        pass                            # one of them is gone
    client.close()

def pass_on(client, server, stamp):
    for s in (client, server):
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    answered, deaf = True, False        # a turn begins when the other has spoken
    while True:
        for s in select.select([client, server], [], [])[0]:
            data = s.recv(65536)
            if not data:
                return
            if s is client and data[0] == 20 and len(data) == 6:
                server.sendall(data)    # TLS: "change cipher spec", which says nothing
            elif s is client:
                if answered and is_cut(stamp):
                    if plan["how"] == "question":
                        return
                    if plan["how"] == "hold":
                        hold()
                    else:
                        deaf = True
                answered = False
                server.sendall(data)
            elif deaf:
                return
            else:
                answered = True
                client.sendall(data)

l = socket.socket()
l.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
l.bind((listen, port))
l.listen(20)
print("ready", flush=True)
while True:
    s = l.accept()[0]
    with lock:
        stamp = look()
        note("c")
    threading.Thread(target=relay, args=(s, stamp), daemon=True).start()
