#!/bin/sh
# Makes the C table of embedded files: embed.sh SRCDIR FILE... > embedded.c
# ui/main.xml is embedded as "ui/main.xml", data/profiles/apc.xml as "profiles/apc.xml".
set -eu
src=$1
shift
echo '/* made by embed.sh */'
echo '#include "base/embed.h"'
n=0
for f in "$@"; do
	echo "static const unsigned char f$n[] = {"
	od -An -v -tx1 "$src/$f" | sed 's/ \([0-9a-f][0-9a-f]\)/0x\1,/g'
	echo '0};'
	n=$((n + 1))
done
echo 'const struct embed embed_files[] = {'
n=0
for f in "$@"; do
	echo "	{ \"${f#data/}\", f$n, sizeof f$n - 1 },"
	n=$((n + 1))
done
echo '	{ 0 }'
echo '};'
