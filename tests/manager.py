# A small service manager, as systemd is one to amcd (sd_notify(3), file descriptor
# store, watchdog): manager.py LOG USEC PROGRAM ARG...
# Words on standard input: restart, hup, stop, freeze, thaw. What it is told goes to LOG,
# a line each; "exit STATUS" when the program has ended.
import os, signal, socket, subprocess, sys, threading

log = open(sys.argv[1], "a", buffering=1)
watchdog, program = sys.argv[2], sys.argv[3:]
path = sys.argv[1] + ".notify"
ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
ear.bind(path)
store = {}


def listen():
    while True:
        words, fds, _, _ = socket.recv_fds(ear, 4096, 4)
        pairs = dict(line.split("=", 1) for line in words.decode().splitlines())
        name = pairs.get("FDNAME", "stored")
        if "FDSTOREREMOVE" in pairs and name in store:
            os.close(store.pop(name))
        if "FDSTORE" in pairs and fds:
            store[name] = fds[0]
        for key, value in pairs.items():
            log.write(f"{key}={value}\n")


def start():
    def become():
        for i, fd in enumerate(store.values()):
            os.dup2(fd, 3 + i, inheritable=True)
        os.environ["LISTEN_PID"] = str(os.getpid())
    env = dict(os.environ, NOTIFY_SOCKET=path, LISTEN_FDS=str(len(store)),
               LISTEN_FDNAMES=":".join(store), WATCHDOG_USEC=watchdog)
    # the shell knows its own number, which LISTEN_PID must have
    return subprocess.Popen(["sh", "-c", 'LISTEN_PID=$$ exec "$@"', "sh"] + program, env=env,
                            pass_fds=range(3, 3 + len(store)), preexec_fn=become, stdin=subprocess.DEVNULL)


def end(child):
    child.send_signal(signal.SIGTERM)
    log.write(f"exit {child.wait()}\n")


# out of the way of the numbers that are handed over
for n in range(3, 8):
    try:
        os.fstat(n)
    except OSError:
        os.dup2(0, n)
threading.Thread(target=listen, daemon=True).start()
child = start()
log.write(f"pid {child.pid}\n")
for word in sys.stdin:
    word = word.strip()
    if word == "restart":
        end(child)
        child = start()
        log.write(f"pid {child.pid}\n")
    elif word == "hup":
        child.send_signal(signal.SIGHUP)
    elif word == "freeze":
        child.send_signal(signal.SIGSTOP)
    elif word == "thaw":
        child.send_signal(signal.SIGCONT)
    elif word == "stop":
        break
if child.poll() is None:
    end(child)
