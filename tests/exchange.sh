#!/bin/bash
# A site as XML, JSON, CSV and ups.conf, and back: nothing is lost, a wrong
# document changes nothing and is told with its place, secrets stay at home.
# Second opinions: xmllint, jq, Python's csv, NUT's snmp-ups.
. "$top_srcdir/tests/tap.sh"

export LC_ALL=C.UTF-8 LANGUAGE=
set -o pipefail	# jq takes no input at all for true
amc=$top_builddir/amc
samples=$top_srcdir/data/samples
tmp=$(mktemp -d) || exit 1
sim=
trap '[ -z "$sim" ] || kill "$sim"; rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
plan 119

need jq xmllint

exits() {	# STATUS WORDS COMMAND...
	local want=$1 words=$2 got
	shift 2
	"$@" >out 2>err </dev/null
	got=$?
	cat err
	[ $got = "$want" ] && { [ -z "$words" ] || grep -qF -- "$words" err; }
}
refused() {	# the same, and the site is as it was
	cp site.ini before.ini
	exits "$@" && cmp before.ini site.ini
}

# every sample there and back, with and without secrets
round_trip() {	# FORMAT OPTION SAMPLE
	rm -f back.ini one.* two.*
	"$amc" export "$3" $2 -o one.$1 && "$amc" import back.ini one.$1 &&
		"$amc" export back.ini $2 -o two.$1 && cmp one.$1 two.$1 &&
		"$amc" show "$3" >shown && diff shown <("$amc" show back.ini)
}
for file in "$samples"/*.ini; do
	name=${file##*/}
	ok "$name as XML and back" round_trip xml "" "$file"
	ok "is valid for xmllint" xmllint --nonet --noout --relaxng "$top_srcdir/data/site.rng" one.xml
	ok "$name as JSON and back" round_trip json --secrets "$file"
	ok "$name as a table and back" round_trip csv "" "$file"
done

# what a file may have that is hard to tell
"$amc" new site.ini >/dev/null
"$amc" edit site.ini - >/dev/null <<'END'
add network group "A & <B> \"C\" 'D'" CommunicationAddress=172.16.1.255 SnmpCommunity=geheim
add "A & <B> \"C\" 'D'" ups U1 Address=172.16.1.1 Description="  =1+1,\"x\";y  "
add "A & <B> \"C\" 'D'" ups "U 2" Address=::1 SnmpVersion=3 SnmpUser="a user" SnmpAuthPassword=authsecret SnmpPrivPassword=privsecret SnmpAuthProtocol=SHA-256 TemperatureLow=-20 Description="'quoted"
add "A & <B> \"C\" 'D'/@control" terminal T1 Address=host.example Description="＝SUM(A1)" MacAddress=00:11:22:33:44:55
add "A & <B> \"C\" 'D'/@control" terminal T2 Description="(none)"
set U1 Description=
set U1 Description="-2 or more"
END
cp site.ini hard.ini
for format in xml json csv; do
	ok "hard texts as $format and back" round_trip $format --secrets hard.ini
	is "with nothing lost" "" "$("$amc" diff hard.ini back.ini | grep -v 'network: SiteKey')"
done

# secrets
for format in xml json csv ups.conf; do
	"$amc" export site.ini --format $format >plain.$format 2>words
	ok "$format has no secret" not grep -qE 'geheim|authsecret|privsecret|SiteKey' plain.$format
	ok "and says so" grep -q "4 secrets were left out" words
	echo old >all.$format && chmod 644 all.$format
	"$amc" export site.ini --format $format --secrets -o all.$format 2>words
	ok "$format with secrets has them, with mode 0600" eval \
		'grep -q geheim all.$format && grep -q authsecret all.$format &&
		[ "$(stat -c %a all.$format)" = 600 ] && grep -q "mode is 0600" words'
done
ok "secrets do not go to standard output" exits 2 "--secrets needs -o FILE" "$amc" export --secrets site.ini
ok "a document without secrets leaves those of the site" eval \
	'"$amc" import site.ini plain.xml && grep -q geheim site.ini && grep -q privsecret site.ini'
is "and nothing else changes" "" "$("$amc" diff hard.ini site.ini)"
ok "the site file is not its own export" refused 5 "is the site file itself" "$amc" export site.ini --format xml -o ./site.ini
mkdir -p broken && touch broken/libxml2.so.2 broken/libxml2.so.16
no_libxml2() {	# with sanitizers amc has it from the start, and does not come so far
	ldd "$amc" | grep -q libxml2 ||
		refused 1 "a library that amc needs is not installed" \
		env LD_LIBRARY_PATH="$PWD/broken" "$amc" export site.ini -o none.xml
}
ok "without libxml2 nothing is written, and it is told" no_libxml2
ok "and there is no such file" test ! -e none.xml
mkfifo pipe.xml
ok "nor does it replace what is no file" refused 1 "pipe.xml: not a regular file" "$amc" export --secrets site.ini -o pipe.xml
ok "which is still there" test -p pipe.xml
ok "a folder that is not there is named" refused 1 "none/x.json: there is no such folder: none" \
	"$amc" export site.ini -o none/x.json

# JSON for others
ok "the JSON has a schema and the tree" jq -e '.schema == "amc.site.v1" and .kind == "network" and
	.children[0].children[1].settings.TemperatureLow == -20 and
	.children[0].children[2].container == "@control"' plain.json
ok "export --json is that JSON" cmp plain.json <("$amc" export --json site.ini)
ok "with -o it tells what it wrote" eval \
	'"$amc" export --json site.ini -o o.csv | jq -e ".format == \"csv\" and .secrets == false"'

# changing by each
jq '.children[0].children[0].settings.ConfirmSeconds = 77 | del(.children[0].children[1].id)
	| .children[0].children |= map(select(.name != "T2"))' plain.json >new.json
"$amc" import --dry-run site.ini new.json >dry 2>/dev/null
ok "--dry-run tells the changes" eval \
	'grep -q "ConfirmSeconds 60 -> 77" dry && grep -q "^- .*T2" dry && [ $(wc -l <dry) = 2 ] && cmp site.ini before.ini'
ok "import --json tells them, too" eval \
	'"$amc" import --json site.ini new.json | jq -e ".schema == \"amc.edit.v1\" and ([.changes[].change] | sort == [\"removed\", \"set\"])"'
printf 'name,ConfirmSeconds,kind,parent,id\r\nU1,78,,,\r\nU9,,ups,"A & <B> ""C"" '"'D'"'",\r\n' >t.csv
ok "a table changes and adds, and removes nothing" eval \
	'"$amc" import site.ini t.csv >said && grep -q "77 -> 78" said && grep -q "^+ .*U9" said && [ $(grep -c "^[-+~]" said) = 2 ]'
printf '\xef\xbb\xbfid;name;Description\nUps1;V1;(none)\n' >t.csv
ok "with semicolons and a BOM it renames by id, and takes a value back" eval \
	'"$amc" import site.ini t.csv >said && grep -q "Name U1 -> V1" said && grep -q "Description .* -> \"\"" said'
ok "export --bom begins with one" eval \
	'[ "$("$amc" export site.ini --format csv --bom 2>/dev/null | head -c 3 | od -An -tx1)" = " ef bb bf" ]'

# nothing that a spreadsheet would run
"$amc" export hard.ini --format csv >hard.csv 2>/dev/null
ok "no cell begins a formula" python3 - hard.csv <<'END'
import csv, sys
rows = list(csv.reader(open(sys.argv[1], encoding='utf-8', newline='')))
assert len(set(map(len, rows))) == 1, 'every row has every column'
cells = [c for row in rows for c in row]
assert not [c for c in cells if c[:1] in '=+@\t\r＝＋－＠' and c], cells
assert not [c for c in cells if c[:1] == '-' and not c[1:].isdigit()], cells
at = rows[0].index('Description')
assert rows[3][at] == "'-2 or more" and rows[4][at] == "''quoted", rows
END

# wrong documents: refused with the place, and the site is as it was
bad() { local file=$1; shift; cat >"$file"; ok "$3" refused "$1" "$2" "$amc" import site.ini "$file"; }
sed 's/<power>/<linked>/; s/<\/power>/<\/linked>/' plain.xml >bad.xml
ok "XML that the schema does not allow" refused 1 "bad.xml:" "$amc" import site.ini bad.xml
ok "which xmllint refuses, too" not xmllint --nonet --noout --relaxng "$top_srcdir/data/site.rng" bad.xml
sed 's/value="-20"/value="-21"/' plain.xml >bad.xml
line=$(grep -n 'value="-21"' bad.xml | cut -d: -f1)
ok "a value that is none, with its line" refused 1 "bad.xml:$line: U 2: " "$amc" import site.ini bad.xml
bad bad.xml 1 "bad.xml:2: network: Colour: " "a key that there is not" <<'END'
<site format="1" secrets="no">
<set key="Colour" value="red"/></site>
END
bad bad.xml 1 "bad.xml:3: the id Group1 stands here a second time" "an id twice" <<'END'
<site format="1" secrets="no">
<group id="Group1" name="A"/>
<group id="Group1" name="B"/></site>
END
bad bad.xml 1 "bad.xml: B: B is called so already" "a name twice" <<'END'
<site format="1" secrets="no"><group name="B"/><group name="B"/></site>
END
bad bad.xml 1 "a document type is not allowed" "entities" <<'END'
<!DOCTYPE site [<!ENTITY a "aaaa">]>
<site format="1" secrets="no"><group name="&a;"/></site>
END
head -c 300 plain.xml >bad.xml
ok "half a document" refused 1 "bad.xml:" "$amc" import site.ini bad.xml
bad bad.json 1 "not JSON: line 2" "what is no JSON" <<<'{
"schema": nonsense }'
bad bad.json 1 "the schema is amc.show.v1, not amc.site.v1" "another document" <<<'{"schema":"amc.show.v1"}'
bad bad.json 1 'bad.json: A: R2: ' "a place that is none" <<<'{"schema":"amc.site.v1","kind":"network","children":[{"kind":"group","name":"G","children":[{"kind":"terminal","name":"A","container":"@power"}]}]}'
bad bad.json 1 'there is no member "colour"' "a member that there is not" <<<'{"schema":"amc.site.v1","kind":"network","colour":1}'
bad bad.json 1 'network: Armed: the value is neither' "a value of another type" <<<'{"schema":"amc.site.v1","kind":"network","settings":{"Armed":true}}'
python3 -c 'print("{\"schema\":\"amc.site.v1\",\"kind\":\"network\"" + ",\"children\":[{\"kind\":\"group\",\"name\":\"g%d\"" * 300 % tuple(range(300)) + "}]" * 300 + "}")' >bad.json
ok "groups too deep" refused 1 "groups nest at most 100 deep" "$amc" import site.ini bad.json
python3 -c 'print("[" * 100000)' >bad.json
ok "JSON too deep" refused 1 "bad.json: not JSON" "$amc" import site.ini bad.json
bad bad.csv 1 'bad.csv:3: ConfirmSeconds: ' "a wrong cell, with line and column" <<'END'
name,ConfirmSeconds
V1,5
U 2,99999
END
bad bad.csv 1 'bad.csv:2: ConfirmSeconds: a terminal has no such key' "a key of another kind" <<'END'
name,ConfirmSeconds
T1,5
END
bad bad.csv 1 'bad.csv:1: "Colour" is no column' "a column that there is not" <<<'name,Colour'
bad bad.csv 1 'bad.csv: line 2: a quote is not closed' "an open quote" <<'END'
name,Description
V1,"open
END
bad bad.csv 1 'bad.csv:2: parent: ' "a parent that there is not" <<'END'
name,kind,parent
U7,ups,nowhere/@power
END
printf 'name,Description\nV1,\x83\x65\x83\x58\n' >bad.csv
ok "CP932 is asked for as UTF-8" refused 1 "line 2: this is not UTF-8" "$amc" import site.ini bad.csv
ok "an unknown format is usage" refused 2 "the format is xml, json, csv or ups.conf" "$amc" import site.ini plain.xml --format yaml
>empty
ok "a file that does not tell what it is" refused 2 "the format is xml" "$amc" import site.ini empty
ok "one that is not there" refused 1 "none.xml: No such file" "$amc" import site.ini none.xml

# NUT
cat >ups.conf <<'END'
maxretry = 3
[apc-room-one]
	driver = snmp-ups	# by SNMP
	port = 172.16.1.50:1161
	community = "pri vate"
	snmp_version = v2c
	desc = "Rack \"1\""
[v3]
	driver = "snmp-ups"
	port = udp6:[::1]:1162
	snmp_version = v3
	secName = nut
	secLevel = authPriv
	authPassword = longpassword
	privPassword = longpassword
	privProtocol = AES256
	notransferoids
[usb]
	driver = usbhid-ups
	port = auto
END
ok "new UPSs need a group" refused 1 "ups.conf:2: [apc-room-one]: apc-room-one is new: say into which group" \
	"$amc" import site.ini ups.conf
"$amc" add site.ini network group Rack >/dev/null
ok "import of ups.conf" "$amc" import site.ini ups.conf --into Rack
ok "all its settings" eval '"$amc" export --secrets site.ini -o s.json 2>/dev/null; jq -e "
	[.children[] | select(.name == \"Rack\") | .children[]] as \$u | (\$u | length) == 2 and
	\$u[0].name == \"apc-room\" and \$u[0].settings.Address == \"172.16.1.50\" and
	\$u[0].settings.SnmpPort == 1161 and \$u[0].settings.SnmpCommunity == \"pri vate\" and
	\$u[0].settings.SnmpVersion == \"2c\" and \$u[0].settings.Description == \"Rack \\\"1\\\"\" and
	\$u[1].settings.Address == \"::1\" and \$u[1].settings.SnmpPort == 1162 and
	\$u[1].settings.SnmpAuthProtocol == \"MD5\" and \$u[1].settings.SnmpPrivProtocol == \"AES-256\"" s.json'
"$amc" export --secrets site.ini -o again.conf 2>/dev/null
ok "out and in again changes nothing but what has no name there" eval \
	'! "$amc" import --dry-run site.ini again.conf --into Rack 2>/dev/null | grep -v "U_2"'
sed 's/driver = snmp-ups.*/driver = /' ups.conf >bad.conf
bad bad.conf 1 "bad.conf:2: a section's bracket is not closed" "a broken section" <<<'
[ups'
bad bad.conf 1 "bad.conf:2: [V1]: port = [::1: a bracket" "a broken address" <<<'
[V1]
driver = snmp-ups
port = [::1'

# NUT's own driver reads what we write, and finds the simulated card
snmp_ups=
for p in /lib/nut/snmp-ups /usr/lib/nut/snmp-ups /usr/libexec/nut/snmp-ups; do
	[ -x "$p" ] && snmp_ups=$p
done
if [ -z "$snmp_ups" ]; then
	echo "ok 116 # SKIP NUT's snmp-ups is not installed"
	tap_n=$((tap_n + 1))
	finish
fi
"$amc" new card.ini >/dev/null
"$amc" edit card.ini - >/dev/null <<END
add network group G SnmpCommunity="se cret"
add G ups UPS1 Address=127.0.$((64 + $$ % 128)).9 SnmpPort=$((20000 + $$ % 30000)) Description="Rack \\"1\\""
END
mkdir nut
"$amc" export card.ini --secrets -o nut/ups.conf 2>/dev/null
"$top_builddir/upssim" card.ini >ready 2>sim-err &
sim=$!
await 10 grep -q ready ready
mkdir -p snmp/cert_indexes
nut() { SNMP_PERSISTENT_DIR=$tmp/snmp NUT_CONFPATH=$tmp/nut NUT_STATEPATH=$tmp/nut NUT_ALTPIDPATH=$tmp/nut \
	timeout 60 "$snmp_ups" -a UPS1 -d 1 -u "$(id -un)" 2>&1; }
ok "NUT's snmp-ups reads the file and the card behind it" eval 'nut >dump; cat dump; grep -q "^ups.status: OL" dump'
finish
