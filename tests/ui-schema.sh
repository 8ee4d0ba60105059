#!/bin/sh
# The files of ui/ are valid by their schema, and the schema refuses what it should.

dir=${top_srcdir:-.}/ui
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
	xmllint --nonet --noout --relaxng "$dir/ui.rng" "$1" 2>&1
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

refused() {	# FILE SED-SCRIPT WORDS
	sed "$2" "$dir/$1" > "$tmp/bad.xml"
	cmp -s "$tmp/bad.xml" "$dir/$1"
	[ $? -eq 1 ] && ! valid "$tmp/bad.xml" > /dev/null
	ok $? "$3 is refused"
}

refused keys.xml 's/bar="yes"/bar="1"/' "a bar that is neither yes nor no"
refused keys.xml 's/<key name="F2"/<key/' "a key without a name"
refused menus.xml 's/<item/<entry/' "an unknown element"
refused columns.xml 's/width="14"/width="wide"/' "a width that is no number"
refused forms.xml 's/<section title="[^"]*"/<section/' "a section without a title"
refused wizard.xml 's/<ask field=/<ask if="x" field=/' "a question with a condition"
refused wizard.xml 's/<use page="network"/<use/' "a page without a name"
refused theme.xml 's/fg="green"/fg="pink"/' "an unknown colour"

echo "1..$n"
exit $fail
