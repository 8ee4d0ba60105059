#!/bin/bash
# amcd on a machine: a real systemd is the first process of namespaces of its own, with
# amc installed as make install does it. The user and the folders come about, amcd
# starts when it is ready, unprivileged and in its sandbox; one that hangs is ended by
# the watchdog and starts again, with who waited meanwhile answered; a reload takes what
# is right and refuses what is not; and it may power the machine off, by the rule for polkit.
#
# Whatever it makes stands in its temporary folder, by paths from there.
. "${top_srcdir:?}/tests/tap.sh" || exit 1
. "$top_srcdir/tests/terminal.sh" || exit 1

plan 29
begin ip make nsenter pgrep setpriv ss systemctl unshare
[ "$(id -u)" = 0 ] || skip_all "only root may make a machine"
[ -x /lib/systemd/systemd ] || skip_all "there is no systemd"
! ldd "$amcd" | grep -q libasan || skip_all "built with sanitizers, which the sandbox keeps from their work"

cd "${tmp:?}" || exit 1
name=amc-machine-$$
mkdir cgroups etc installed root || exit 1
# a part of the control groups, which the machine takes for the whole; mounted for one command
in_cgroups() { unshare --mount sh -c 'mount -t cgroup2 none cgroups && cd cgroups && exec "$@"' sh "$@"; }
close_down() {
	# its first process goes with the one that waits for it, and all others with that
	[ -z "${pids[machine]}" ] || stop machine KILL
	await 10 in_cgroups find $name -depth -type d -exec rmdir {} + 2>/dev/null
	end
}
trap close_down EXIT
in_cgroups mkdir $name 2>/dev/null || skip_all "no control groups here"

# what it finds in its root folder beside the programs of this machine, in /usr
printf '%s\n' root:x:0:0:root:/root:/bin/bash nobody:x:65534:65534::/:/usr/sbin/nologin \
	messagebus:x:100:102::/:/usr/sbin/nologin polkitd:x:996:996::/:/usr/sbin/nologin >etc/passwd
printf '%s\n' root:x:0: nogroup:x:65534: messagebus:x:102: polkitd:x:996: >etc/group
echo $name >etc/hostname
: >etc/machine-id
cp /etc/ld.so.cache etc
# nothing that would reach for the kernel that it shares with this machine
mkdir -p etc/systemd/system/amcd.service.d
for unit in systemd-sysctl.service systemd-remount-fs.service systemd-poweroff.service \
	systemd-update-utmp.service systemd-initctl.socket \
	systemd-journald-audit.socket systemd-binfmt.service systemd-modules-load.service \
	sys-kernel-{debug,tracing,config}.mount sys-fs-fuse-connections.mount dev-{hugepages,mqueue}.mount; do
	ln -s /dev/null "etc/systemd/system/$unit"
done
# what stands for its going down: a file in /run
printf '[Unit]\nDefaultDependencies=no\nRequires=went-down.service\n' >etc/systemd/system/poweroff.target
printf '[Unit]\nDefaultDependencies=no\n[Service]\nType=oneshot\nExecStart=/usr/bin/touch /run/went-down\n' \
	>etc/systemd/system/went-down.service
# as long as the test wants to wait, not as long as a night
printf '[Service]\nWatchdogSec=2\nRestartSec=200ms\n' >etc/systemd/system/amcd.service.d/test.conf
ok "amc is installed" make -s -C "$top_builddir" install DESTDIR="$PWD/installed" \
	prefix=/usr/local sysconfdir=/etc localstatedir=/var
# where another prefix was configured
unit=installed/usr/local/lib/systemd/system/amcd.service
sed -i 's#^\(Exec[A-Z][a-z]*\)=[^ ]*/amcd#\1=/usr/local/sbin/amcd#' "$unit"

cat >first <<'END_OF_FIRST'
#!/bin/bash
# The first process: makes its root folder, and becomes systemd. FOLDER of the test
set -eu
tmp=${1:?} root=$1/root
mount --make-rprivate /
mount -t tmpfs -o mode=755 root "$root"
mkdir "$root"/{dev,old,proc,root,run,sys,tmp,usr,var}
cp -a "$tmp/etc" "$root"
mount --bind /usr "$root/usr"
mount -o remount,bind,ro "$root/usr"
mount -t tmpfs local "$root/usr/local"
cp -a "$tmp/installed/usr/local/." "$root/usr/local"
cp -a /bin /sbin /lib* "$root"
mount -t proc proc "$root/proc"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro "$root/proc/sys"
mount -t sysfs -o ro sys "$root/sys"
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 dev "$root/dev"
for d in null zero full random urandom tty; do
	: >"$root/dev/$d"
	mount --bind /dev/$d "$root/dev/$d"
done
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
mkdir "$root"/dev/{pts,shm}
mount -t tmpfs -o mode=755 run "$root/run"
cd "$root"
pivot_root . old
umount -l /old
ip link set lo up
exec env -i container=amc PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin \
	/lib/systemd/systemd --unit=multi-user.target --log-target=journal
END_OF_FIRST
setpriv --pdeathsig KILL unshare --mount bash -c 'mount -t cgroup2 none cgroups &&
	echo $$ >cgroups/$0/cgroup.procs &&
	exec unshare --pid --fork --kill-child --mount --cgroup --uts --ipc --net bash first "$PWD"' \
	$name >console 2>&1 </dev/null &
pids[machine]=$!
first_process() {	# the child that has another namespace than we
	for init in $(pgrep -P ${pids[machine]}); do
		[ /proc/$init/ns/pid -ef /proc/self/ns/pid ] || return 0
	done
	return 1
}
await 10 first_process || skip_all "no namespaces here: $(head -n 1 console)"
inside() { timeout 60 nsenter -t "$init" -a "$@"; }
shown() { inside systemctl show -P "$1" amcd; }
# in its own root folder by now, not still in that of this machine
booted() { inside grep -qx $name /etc/hostname && inside systemctl is-active --quiet multi-user.target; }
await 20 booted 2>/dev/null || {
	sed 's/^/# /' console
	skip_all "systemd does not start here"
}

is "the user amc came about when it booted" "/var/lib/amc" "$(inside sed -n 's/^amc:.*:\([^:]*\):[^:]*$/\1/p' /etc/passwd)"
is "and the folders, for it alone" "root:amc 750 amc:amc 700" \
	"$(echo $(inside stat -c '%U:%G %a' /etc/amc /var/lib/amc))"

# settings and passwords, as its manual page says
set_up() {
	printf '[amcd]\nName = T1\nListen = 127.0.0.1:4000\n' | inside tee /etc/amc/amcd.conf >/dev/null
	inside systemd-tmpfiles --create amc.conf
	inside amcd passwd -c /etc/amc/amcd.conf operator <password
	port=4000 site control T1 127.0.0.1 >site.ini
	inside install -o amc -g amc -m 600 /dev/stdin /var/lib/amc/ac_e_net.ini <site.ini
}
set_up >out 2>&1
ok "enabled and started" inside systemctl enable --now amcd
hello() { inside curl -sk -m "${1:-5}" https://127.0.0.1:4000/v1/hello; }
is "systemd is told when it is ready, and in words" "notify active running" "$(shown Type) $(shown ActiveState) $(shown SubState)"
is "then it answers at once" T1 "$(hello | jq -r .name)"
process() { inside cat /proc/"$(shown MainPID)"/status | sed -n "s/^$1:[\t ]*//p"; }
is "as the user amc" "$(inside id -u amc)" "$(process Uid | cut -f 2)"
is "with no right but port 162" 0000000000000400 "$(process CapBnd)"
is "which it uses" 162 "$(inside ss -Hlnu 'sport = 162' | sed -n 's/.*:\(162\) .*/\1/p' | head -n 1)"
is "none to be had, and system calls filtered" "1 2" "$(process NoNewPrivs) $(process Seccomp)"
in_sandbox() { inside nsenter -t "$(shown MainPID)" -m "$@"; }
writable() { for dir; do in_sandbox touch "$dir/x" && echo "$dir"; done 2>/dev/null; }
is "of the system only its folder can be written to" /var/lib/amc \
	"$(writable / /etc /etc/amc /usr /usr/local /var /var/lib /var/lib/amc)"
ok "its exposure is at most 2.5" inside systemd-analyze security --no-pager --threshold=25 amcd
is "the journal has its start, with the number that the catalogue explains" 1 \
	"$(inside journalctl -q -o cat -u amcd MESSAGE_ID=94accef6a07a46089ab21f10f51c251b | wc -l)"

# reload
revision() { hello | jq .revision; }
reload() { inside systemctl reload amcd >out 2>&1; }
put() { inside tee /var/lib/amc/ac_e_net.ini >/dev/null; }
pid=$(shown MainPID)
sed 's/^Address=.*/Address=300.1.1.1/; s/^Revision=.*/Revision=8/' site.ini | put
ok "a reload with a site that is wrong fails" not reload
ok "which the journal explains" eval 'inside journalctl -q -o cat -u amcd | grep -q 300.1.1.1'
is "nothing of it is taken" 7 "$(revision)"
sed 's/^Revision=.*/Revision=9/' site.ini | put
ok "with one that is right it is taken" eval 'reload && await 5 eval "[ \$(revision) = 9 ]"'
is "by the same process" "$pid" "$(shown MainPID)"

# one that hangs
inside kill -STOP "$pid"
hello 20 >waited &
waiting=$!
ok "one that hangs is ended by the watchdog, and starts again" await 20 eval \
	'[ "$(shown NRestarts)" = 1 ] && [ "$(shown ActiveState)" = active ]'
ok "because of that" eval 'inside journalctl -q -o cat -u amcd | grep -q "Watchdog timeout"'
wait $waiting
is "who came while it hung is answered" T1 "$(jq -r .name waited)"

# a restart while there is work
for i in 1 2 3 4; do
	inside bash -c 'while [ ! -e /run/enough ]; do
		curl -sk -m 10 -o /dev/null -w "%{http_code}\n" https://127.0.0.1:4000/v1/hello
	done' >served.$i &
	clients[i]=$!
done
ok "restarted" eval 'await 5 grep -q 200 served.4 && inside systemctl restart amcd'
inside touch /run/enough
wait "${clients[@]}"
is "no request was lost" 200 "$(sort -u served.*)"

# ordered to go down, by logind
went_down() { inside test -e /run/went-down; }
order() {
	inside curl -sk -u "operator:$operator" -d '{"terminals":["T1"],"in":0,"rehearsal":false}' \
		https://127.0.0.1:4000/v1/servers/shutdown
}
says() { inside journalctl -q -o cat -u amcd | grep -q "$1"; }
order_down() {
	printf '[commands]\nShutdown = /usr/bin/systemctl poweroff -i\n' | inside tee -a /etc/amc/amcd.conf >/dev/null
	sed 's/^Revision=.*/Revision=10\nArmed=yes/' site.ini | put
	reload && await 5 eval '[ "$(revision)" = 10 ]' && order >out
}
if [ -x /usr/lib/polkit-1/polkitd ] && [ -x /usr/bin/dbus-daemon ]; then
	ok "ordered to go down, without the rule for polkit" order_down
	ok "it may not, which is an alarm" await 20 says "does not go down as operator ordered: .*systemctl ended with status"
	inside install -D -m 644 /usr/local/share/polkit-1/rules.d/amc.rules /etc/polkit-1/rules.d/amc.rules
	inside systemctl restart polkit
	ok "with it" order
	ok "the user amc takes the machine down" await 20 went_down
else
	for words in without the rule with; do
		tap_n=$((tap_n + 1))
		echo "ok $tap_n # SKIP no polkit here: $words"
	done
fi

ok "stopped" inside systemctl stop amcd
is "as it should be" "inactive success 0" "$(shown ActiveState) $(shown Result) $(shown ExecMainStatus)"
finish
