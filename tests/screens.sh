#!/bin/bash
# Every screen of the console in both languages at 80x24 and 132x43: what was
# typed stands in tests/screens/NAME.keys, what must be seen then in NAME.screen.
#   tests/screens.sh [NAME...]             only these
#   REGEN=1 tests/screens.sh [NAME...]     writes what is seen now; read the diff
# tests/screens/README tells how to add one.
cd "$(dirname "$0")/.." || exit
: "${top_srcdir:=$PWD}" "${top_builddir:=$PWD/build}"
export top_srcdir top_builddir LC_ALL=C.UTF-8 LANGUAGE=
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/farm.sh"

tap_plan=1
[ -x "$top_builddir/golden" ] || skip_all "libvterm is not installed"
tmp=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT

# a theme in which each role has colours that no other has
cp -r "$top_srcdir/ui" "$tmp/ui"
chmod -R u+w "$tmp/ui"
export XDG_STATE_HOME=$tmp/state XDG_CONFIG_HOME=$tmp/config
export SCREENS_ROLES=$top_srcdir/tests/screens/roles SCREENS_UI=$tmp/ui SCREENS_SITE=$tmp/farm.ini SCREENS_OUTAGE=$tmp/outage.ini \
	SCREENS_CHANGED=$tmp/changed.ini SCREENS_ARMED=$tmp/armed.ini
awk -v roles="$SCREENS_ROLES" '
	BEGIN {
		split("black red green yellow blue magenta cyan white", colour, " ")
		while ((getline line < roles) > 0) {
			split(line, w, " ")
			at[w[2]] = n++
		}
	}
	match($0, /<role name="[a-z-]*"/) {
		name = substr($0, RSTART + 12, RLENGTH - 13)
		if (!(name in at)) {
			print "# tests/screens/roles has no letter for the role " name > "/dev/stderr"
			exit 1
		}
		i = at[name]
		print i == 0 ? "<role name=\"" name "\"/>" : "<role name=\"" name "\" fg=\"" \
			colour[i % 8 + 1] "\" bg=\"" colour[int(i / 8) + 1] "\"/>"
		next
	}
	{ print }' "$top_srcdir/ui/theme.xml" >"$tmp/ui/theme.xml" || exit

fake=$(ls /usr/lib/*/faketime/libfaketime.so.1 2>/dev/null | head -n 1)
! ldd "$bin/amc" | grep -q libasan || fake=	# they do not go together
export SCREENS_FAKETIME=$fake
export SCREENS_OWN=$top_srcdir/tests/site-of-its-own.sh SCREENS_MADE=$tmp/made-demodemo
farm || { echo "Bail out! the simulated site does not answer"; exit 1; }
names=("$@")
[ $# != 0 ] || names=($(cd "$top_srcdir/tests/screens" && ls ./*.keys | sed 's|^\./||; s/\.keys$//'))
paths=("${names[@]/#/$top_srcdir/tests/screens/}")
paths=("${paths[@]/%/.keys}")
cd "$top_builddir" && mkdir -p screens && cd screens
"$top_builddir/golden" "${paths[@]}" 2>&1
