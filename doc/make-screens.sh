#!/bin/bash
# doc/make-screens.sh [NAME...]: a picture of every screen of tests/screens in both
# languages, into doc/screens. Those of doc/screens/wide are 132x43, the others 80x24.
# To have a new picture, add a NAME.keys to tests/screens (its README tells how).
# Needs a build (BUILD names it), libvterm, python3-pil and the fonts of doc/paint.py.
set -eu
cd "$(dirname "$0")/.."
top=$PWD
export BUILD=${BUILD:-build}
make -s -C "$BUILD" all golden plant
shots=$(mktemp -d)
trap 'rm -rf "$shots"' EXIT
names=("$@")
[ $# != 0 ] || names=($(cd tests/screens && ls ./*.keys | sed 's|^\./||; s/\.keys$//'))
top_builddir=$top/$BUILD SCREENS_SHOTS=$shots tests/screens.sh "${names[@]}" | grep -v '^ok' || :
for name in "${names[@]}"; do
	size=80x24
	! grep -qx "$name" doc/screens/wide || size=132x43
	for language in en ja; do
		/usr/bin/python3 doc/paint.py ui/theme.xml tests/screens/roles \
			"$shots/$name.$language-$size" "doc/screens/$name-$language.png"
	done
done
{
	echo "# The screens"
	echo
	echo "Made by doc/make-screens.sh; what was typed stands in tests/screens/NAME.keys."
	for keys in tests/screens/*.keys; do
		name=$(basename "$keys" .keys)
		[ -f "doc/screens/$name-en.png" ] || continue
		printf '\n## %s\n' "$name"
		sed -n 's/^# //p' "$keys"
		printf '\n![%s](%s-en.png)\n![%s](%s-ja.png)\n' "$name" "$name" "$name" "$name"
	done
} >doc/screens/README.md
