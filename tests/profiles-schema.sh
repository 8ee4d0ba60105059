#!/bin/sh
# The card profiles are valid by their schema, and the schema refuses what it should.

dir=${top_srcdir:-.}/data/profiles
n=0
fail=0

ok() {		# STATUS WORDS
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		fail=1
	fi
}

valid() {	# FILE
	xmllint --nonet --noout --relaxng "$dir/profile.rng" "$1" 2>&1
}

if ! command -v xmllint > /dev/null; then
	echo "1..0 # SKIP xmllint is not installed"
	exit 0
fi
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

for file in "$dir"/*.xml; do
	words=$(valid "$file")
	status=$?
	ok $status "$(basename "$file") is valid"
	[ $status -eq 0 ] || echo "$words" | sed 's/^/# /'
done

refused() {	# SED-SCRIPT WORDS
	sed "$1" "$dir/rfc1628.xml" > "$tmp/bad.xml"
	cmp -s "$tmp/bad.xml" "$dir/rfc1628.xml"
	[ $? -eq 1 ] && ! valid "$tmp/bad.xml" > /dev/null
	ok $? "$2 is refused"
}

refused 's/rank="90"/rank="high"/' "a rank that is no number"
refused 's/attr="model"/attr="modle"/' "an unknown attribute of a UPS"
refused 's/to="online"/to="fine"/' "an unknown state"
refused 's/probe="[^"]*"/prob=".4.1.0"/' "an unknown XML attribute"
refused 's/oid="\.4\.1\.0"/oid="4-1"/' "a bad OID"
refused 's/scale="60"/scale="-60"/' "a negative scale"
refused 's/<caution>.*</<caution> </' "a caution without words"
refused 's/<state oid/<status oid/; s/<\/state>/<\/status>/' "an unknown element"

echo "1..$n"
exit $fail
