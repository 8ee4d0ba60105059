#!/bin/bash
# Who may include whom (architecture, section 2), which foreign library is
# included where, and that amcd carries no curses. First on a bad copy, to see
# that it would be found; then on the sources.

. "${top_srcdir:-.}/tests/tap.sh"
src=${top_srcdir:-.}/src
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
plan 16

# What a layer may include besides itself.
declare -A may=(
	[base]=' '
	[model]=' base '
	[store]=' model base ' [snmp]=' model base ' [peer]=' model base ' [cluster]=' model base '
	[app]=' store snmp peer cluster model base '
	[tui]=' app model base ' [cli]=' app model base '
	[sim]=' model base '
	[amc.c]=' tui cli app model base '
	[amcd.c]=' app peer model base '	# it sets passwords and shows its pin
	[upssim.c]=' sim store model base '
)

# HEADER-PATTERN LIBRARY DOOR...: the files that may include it
doors='
^n?curses|ncursesw/ ncurses tui/screen.c tui/screen-input.c tui/paint.c tui/paint-looks.c tui/paint-curses.c
^net-snmp/ net-snmp snmp/wiring.h snmp/cipher.c sim/secret.c
^libxml/ libxml2 base/xml-parse.c
^jansson jansson base/json.c
^event2?/ libevent base/loop.c
^iniparser|^dictionary iniparser base/conf.c
^sqlite3 SQLite store/db.c
^microhttpd libmicrohttpd peer/https.h
^curl/ libcurl peer/multi.h
^gnutls/ GnuTLS peer/digest.c peer/keypair.c peer/tls.c
^corosync/ Corosync cluster/corosync.c
^systemd/ libsystemd base/systemd.c
^zlib zlib base/pack.c
^(form|menu|panel)\.h libform none
'

# arrows FOLDER: prints each include that goes against them
arrows() {
	local file layer what other
	(cd "$1" && grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' . --include='*.[ch]') |
	sed -E 's|^\./([^:]*):([0-9]+):.*"([^"]*)".*|\1 \2 \3|' |
	while read -r file line what; do
		layer=${file%%/*} other=${what%%/*}
		[ "$layer" = "$other" ] && continue
		case ${may[$layer]} in
		*" $other "*) ;;
		*) echo "src/$file:$line: error: $layer must not include \"$what\"" ;;
		esac
	done
}

# outside FOLDER: prints each library's header that is included outside its door
outside() {
	local pattern library allowed file line what
	(cd "$1" && grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*<' . --include='*.[ch]') |
	sed -E 's|^\./([^:]*):([0-9]+):.*<([^>]*)>.*|\1 \2 \3|' >"$tmp/includes"
	while read -r pattern library allowed; do
		[ -n "$pattern" ] || continue
		while read -r file line what; do
			case " $allowed " in
			*" $file "*) ;;
			*) echo "src/$file:$line: error: <$what>: $library is included in $allowed only" ;;
			esac
		done < <(awk -v p="$pattern" '$3 ~ p' "$tmp/includes")
	done <<<"$doors"
}

# pure FOLDER: no clock, no I/O in the model
pure() {
	(cd "$1" && grep -nE '#include <(sys/|unistd|fcntl|time|netdb|netinet/|arpa/)|\b(fopen|time|clock_gettime|printf)\(' \
		model/*.c model/*.h)
}

silent() { local said; said=$("$@"); echo "$said"; [ -z "$said" ]; }
finds() { local words=$1; shift; "$@" | grep -qF -- "$words"; }

# bad FILE LINE: the sources with one line more, there
cp -r --no-preserve=mode "$src" "$tmp/bad"
was=
bad() {
	[ -z "$was" ] || cp "$src/$was" "$tmp/bad/$was"
	was=$1
	echo "$2" >>"$tmp/bad/$1"
}

bad model/site.c '#include "store/ini.h"'
ok "model including store would be found" finds 'model must not include "store/ini.h"' arrows "$tmp/bad"
bad base/text.c '#include "model/site.h"'
ok "base including model would be found" finds 'base must not include "model/site.h"' arrows "$tmp/bad"
bad cli/show.c '  # include  "store/sitefile.h"'
ok "cli including store would be found" finds 'cli must not include "store/sitefile.h"' arrows "$tmp/bad"
bad snmp/card.h '#include "peer/client.h"'
ok "snmp including peer would be found" finds 'snmp must not include "peer/client.h"' arrows "$tmp/bad"
bad amcd.c '#include "tui/tui.h"'
ok "amcd including tui would be found" finds 'amcd.c must not include "tui/tui.h"' arrows "$tmp/bad"
bad app/app.c '#include <curses.h>'
ok "curses outside its door would be found" finds 'src/app/app.c' outside "$tmp/bad"
bad tui/draw.c '#include <ncursesw/curses.h>'
ok "also in the same layer" finds 'src/tui/draw.c' outside "$tmp/bad"
bad model/field.c '#include <libxml/parser.h>'
ok "libxml2 outside its door would be found" finds 'src/model/field.c' outside "$tmp/bad"
bad tui/screen.c '#include <form.h>'
ok "libform anywhere would be found" finds '<form.h>' outside "$tmp/bad"
bad model/rules.c '#include <time.h>'
ok "a clock in the model would be found" finds 'model/rules.c' pure "$tmp/bad"

ok "no include goes against the arrows" silent arrows "$src"
ok "each library has one door" silent outside "$src"
ok "the model has no clock and no I/O" silent pure "$src"
no_curses() { not grep -qE 'curses|tinfo' <(ldd "${top_builddir:-.}/amcd"); }
ok "amcd carries no curses" no_curses
# what the first screen does not need is loaded when it is first called (base/library.h)
later='libcurl|libgnutls|libnetsnmp|libcrypto|libsqlite'
lean() { not grep -qE "$later" <(ldd "${top_builddir:-.}/amc"); }
whole() { [ "$(objdump -p "${top_builddir:-.}/amcd" | grep -cE 'NEEDED +(libcurl|libgnutls|libnetsnmp|libsqlite)')" = 4 ]; }
ok "amc starts without what it needs only later" lean
ok "amcd misses a library when it starts, not at night" whole
finish
