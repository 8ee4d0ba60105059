#!/bin/bash
# A stranger's way to a new profile, as amc-profile(5) tells it: the examples of the
# page are taken from it, checked, listed and used on the card that the page shows;
# what the page says of wrong files is what is said of them.
. "$top_srcdir/tests/tap.sh"

plan 16
need jq
tmp=$(mktemp -d)
trap 'kill $sim 2>/dev/null; wait 2>/dev/null; rm -rf "$tmp"' EXIT
amc=$top_builddir/amc
page=$top_srcdir/man/amc-profile.5
export LC_ALL=C.UTF-8 LANGUAGE=
where=127.0.$((RANDOM % 200 + 20)).1:$((20000 + $$ % 20000))

# example N: the Nth literal block of the examples, as a reader would copy it
example() {
	sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/p' "$page" |
		awk -v n="$1" '/^\.Bd -literal/ { at++; inside = 1; next } /^\.Ed/ { inside = 0 }
			inside && at == n' | sed 's/\\-/-/g'
}
mkdir "$tmp/profiles"
example 1 >"$tmp/card.snmprec"
example 2 >"$tmp/profiles/my-card.xml"
example 3 >"$tmp/profiles/my-other.xml"
example 4 >"$tmp/wrong"

valid() { xmllint --nonet --noout --relaxng "$top_srcdir/data/profiles/profile.rng" "$1"; }
if command -v xmllint >/dev/null; then
	ok "the example is right by the schema" valid "$tmp/profiles/my-card.xml"
	ok "the one that is like another, too" valid "$tmp/profiles/my-other.xml"
else
	ok "the example is there # SKIP xmllint is not installed" [ -s "$tmp/profiles/my-card.xml" ]
	ok "the other is there # SKIP xmllint is not installed" [ -s "$tmp/profiles/my-other.xml" ]
fi

profiles() { "$amc" --profiles "$tmp/profiles" profiles "$@"; }
ok "both are taken" profiles
listed() {
	profiles --json | jq -e --arg file "$tmp/profiles/my-card.xml" '.schema == "amc.profiles.v1" and
		(.profiles | length) == 2 + $built and
		(.profiles[] | select(.id == "my-card") | .file == $file and
		.sysoids == ["1.3.6.1.4.1.99999"] and (.cautions | length) == 1 and (.settings | length) == 1 and
		(.readings[] | select(.what == "runtime-seconds") | .scale == 0.01 and .unit == "s" and
		.oids == ["1.3.6.1.4.1.99999.1.2.4.0"])) and
		(.profiles[] | select(.id == "apc") | .file == null and
		(.commands | index("test") != null))' --argjson built "$built"
}
built=$("$amc" profiles --json | jq '.profiles | length')
ok "they are listed beside the $built that are built in" listed
other() { profiles my-other | grep -q "runtime-seconds  *1.3.6.1.4.1.99999.8.1.2.3.0  s"; }
ok "the run time of the other is in seconds" other
not_minutes() { [ "$(profiles my-other | grep -c runtime-seconds)" = 1 ]; }
ok "and is not read in minutes as well" not_minutes
unknown() { profiles nonsense 2>&1 | grep -q "nonsense: there is no profile of that name"; }
ok "one that is not there is refused" unknown

"$top_builddir/upssim" --base "$where" --replay "$tmp/card.snmprec" >"$tmp/said" 2>&1 &
sim=$!
ok "the card of the page answers" await 10 grep -q ready "$tmp/said"
nobody() {	# without the profile
	"$amc" status --address "$where" --json | jq -e '.ups[0].error |
		contains("no UPS that a profile knows (sysObjectID 1.3.6.1.4.1.99999.3)")'
}
ok "it is nobody's without the profile" nobody
read_it() {
	"$amc" status --profiles "$tmp/profiles" --address "$where" --json >"$tmp/json"
	jq -e '.ups[0] | .profile == "my-card" and .state == "low-battery" and
		.flags == ["low-battery"] and .model == "Example 3000" and .serial == "EX-000123" and
		.input_voltage == 100.5 and .load_percent == 47 and .charge_percent == 18 and
		.runtime_seconds == 420 and .temperature_celsius == null' "$tmp/json" || { cat "$tmp/json"; false; }
}
ok "with it the card is read as the page says" read_it

# the page's words of wrong files, each made from its example
said() { "$amc" --profiles "$tmp/bad" profiles 2>&1 | sed "s,^amc: $tmp/bad/,,"; }
mkdir "$tmp/bad"
wrong() {	# LINE-OF-THE-PAGE SED-SCRIPT
	sed "$2" "$tmp/profiles/my-card.xml" >"$tmp/bad/my-card.xml"
	said | grep -qF "$(sed -n "$1{s/ \.\.\.$//p; t; p}" "$tmp/wrong")" ||
		{ said; sed -n "$1p" "$tmp/wrong"; false; }
}
ok "a bad OID is told as on the page" wrong 1 's/probe=".2.1.0"/probe=".2.1."/'
ok "an unknown reading, too" wrong 2 's/"load-percent" /"load" /'
ok "an unknown state, too" wrong 3 's/to="on-battery"/to="battery"/'
missing() { "$amc" --profiles "$tmp/none" profiles 2>&1 | grep -qF "$tmp/none: No such file"; }
ok "a folder that is not there is an error" missing
replaced() {
	sed 's/id="my-card"/id="rfc1628"/' "$tmp/profiles/my-card.xml" >"$tmp/bad/my-card.xml"
	"$amc" --profiles "$tmp/bad" profiles rfc1628 | grep -q "$tmp/bad/my-card.xml"
}
ok "a built-in one is replaced" replaced
cp "$tmp/bad/my-card.xml" "$tmp/bad/second.xml"
twice() { said | grep -qF "second.xml: $tmp/bad/my-card.xml has the profile rfc1628 already"; }
ok "but not two times" twice
finish
