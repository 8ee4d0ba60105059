#!/bin/sh
# Makes the C table of embedded files: embed.sh EMBED-TREE SRCDIR FILE... > embedded.c
# data/profiles/apc.xml is embedded as "profiles/apc.xml". ui/main.xml is "ui/main.xml", and
# not its bytes, but the tree that EMBED-TREE makes of it.
set -eu
tree=$1 src=$2
shift 2
echo '/* made by embed.sh */'
echo '#include "base/embed.h"'
echo '#include <stdint.h>'
table=
n=0
for f in "$@"; do
	case $f in
	ui/*.xml)
		echo "static const int32_t f$n[] = {"
		"$tree" "$src/$f"
		echo '};'
		table="$table	{ \"$f\", (const unsigned char *)f$n, sizeof f$n },
" ;;
	*)
		echo "static const unsigned char f$n[] = {"
		od -An -v -tx1 "$src/$f" | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g'
		echo '0};'
		table="$table	{ \"${f#data/}\", f$n, sizeof f$n - 1 },
" ;;
	esac
	n=$((n + 1))
done
echo 'const struct embed embed_files[] = {'
echo "$table	{ 0 }"
echo '};'
