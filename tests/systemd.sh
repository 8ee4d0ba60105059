#!/bin/bash
# What the system gets beside the programs: the unit is right and hardened, the user
# and the folders come about, and the messages of the log are explained in both languages.
. "$top_srcdir/tests/tap.sh"

plan 11
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C.UTF-8 SYSTEMD_COLORS=0

need journalctl systemd-analyze systemd-sysusers systemd-tmpfiles make

install() {	# as make install does, into $tmp/root
	make -s -C "$top_builddir" DESTDIR="$tmp/root" prefix=/usr sysconfdir=/etc localstatedir=/var \
		install-nodist_systemdsystemunitDATA install-dist_sysusersDATA install-dist_tmpfilesDATA install-dist_catalogDATA \
		install-dist_polkitDATA
}
ok "unit, sysusers.d and tmpfiles.d are installed" install
unit=$tmp/root/usr/lib/systemd/system/amcd.service

# systemd-analyze wants the program to be there; ours is elsewhere
verify() {
	mkdir -p "$tmp/units"
	sed "s#^Exec\(Start\|Reload\)=[^ ]*/amcd#Exec\1=$top_builddir/amcd#" "$unit" >"$tmp/units/amcd.service"
	systemd-analyze verify --man=no "$tmp/units/amcd.service" >"$tmp/out" 2>&1 &&
		! grep "amcd.service" "$tmp/out"
}
ok "systemd understands every line of the unit" verify
ok "its exposure is at most 2.5" systemd-analyze security --no-pager --offline=yes --threshold=25 "$unit"
mkdir -p "$tmp/root/etc/amc" "$tmp/root/var/lib"
catalogue=$tmp/root/usr/lib/systemd/catalog
update() {	# of all languages into one database
	mkdir -p "$tmp/root/var/lib/systemd/catalog"
	journalctl --root="$tmp/root" --update-catalog
}
ok "journald takes the message catalogue" update
ids() { grep -o '"[0-9a-f]\{32\}"' "$top_srcdir/src/app/bulletin.c" | tr -d '"' | sort; }
explained() { sed -n 's/^-- \([0-9a-f]*\).*/\1/p' "$1" | sort; }
is "it explains each message of the program" "$(ids)" "$(explained "$catalogue/amc.catalog")"
is "in Japanese, too" "$(ids)" "$(explained "$catalogue/amc.ja.catalog")"
ok "and is found by its number" eval 'journalctl --root="$tmp/root" --dump-catalog \
	0868f8c27d0a4c85b2c6fe88674c167b | grep -q "^Subject: UPS @AMC_NODE@"'
ok "sysusers makes the user amc" eval 'systemd-sysusers --root="$tmp/root" &&
	grep -q "^amc:" "$tmp/root/etc/passwd" && grep -q "^amc:" "$tmp/root/etc/group"'
is "which nobody can log in as" "/var/lib/amc /usr/sbin/nologin" "$(sed -n "s/^amc:.*:\([^:]*\):\([^:]*\)$/\1 \2/p" "$tmp/root/etc/passwd")"
echo "[amcd]" >"$tmp/root/etc/amc/amcd.conf"
chmod 644 "$tmp/root/etc/amc/amcd.conf"
if [ "$(id -u)" = 0 ]; then
	owner=$(sed -n "s/^amc:[^:]*:\([0-9]*\):.*/\1/p" "$tmp/root/etc/passwd")
	ok "tmpfiles makes the folders" systemd-tmpfiles --root="$tmp/root" --create amc.conf
	is "and keeps others out of them" "750 0 700 $owner 600 $owner" \
		"$(cd "$tmp/root" && echo $(stat -c '%a %u' etc/amc var/lib/amc etc/amc/amcd.conf))"
else
	skip_all "only root gives folders to others"
fi
finish
