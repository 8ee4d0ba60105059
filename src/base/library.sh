#!/bin/sh
# Makes the header by which a door loads its library at the first call (library.h):
#   library.sh NAME FILE PATTERN DOOR... > HEADER
# Each word in the files of the door that fits the pattern and is called is a function of the library,
# and what is called by that word from here on is NAME_table's, filled from FILE.
set -eu
name=$1 file=$2 pattern=$3
shift 3
calls=$(grep -ohE "\\<($pattern)[A-Za-z0-9_]*\\(" "$@" | tr -d '(' | LC_ALL=C sort -u)
echo "/* made by library.sh from the calls behind this door */"
echo '#include "base/library.h"'
echo "static union {"
echo "	struct {"
for f in $calls; do
	echo "		__typeof__($f) *$f;"
done
echo "	} of;"
echo "	void *all[$(echo "$calls" | wc -l)];"
echo "} ${name}_table;"
echo "static const char *const ${name}_names[] = {"
for f in $calls; do
	echo "	\"$f\","
done
cat <<END
	NULL
};
static inline bool ${name}_load(struct err *e)
{
	return ${name}_table.all[0] ||
	    library_load("$file", ${name}_names, ${name}_table.all, e);
}
static inline __typeof__(${name}_table.of) *${name}(void)
{
	if (!${name}_table.all[0])
		library_need("$file", ${name}_names, ${name}_table.all);
	return &${name}_table.of;
}
END
for f in $calls; do
	echo "#undef $f"
	echo "#define $f (*${name}()->$f)"
done
