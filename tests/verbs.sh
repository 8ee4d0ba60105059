#!/bin/bash
# The verbs that build and look at a site, as scripts call them: what they
# print, their JSON, their exit status, and that a refused one changes nothing.

. "${top_srcdir:-.}/tests/tap.sh"
export LC_ALL=C.UTF-8 LANGUAGE=
unset AMC_SITE
amc=${top_builddir:-.}/amc
samples=$(cd "${top_srcdir:-.}/data/samples" && pwd)
amc=$(cd "$(dirname "$amc")" && pwd)/amc
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
plan 76

# exits STATUS WORDS COMMAND...: its exit status, and words on standard error
exits() {
	local want=$1 words=$2 got
	shift 2
	"$@" >out 2>err </dev/null
	got=$?
	cat err
	[ $got = "$want" ] && { [ -z "$words" ] || grep -qF -- "$words" err; }
}

# refused STATUS WORDS COMMAND...: and the site file is as it was
refused() {
	cp site.ini before.ini
	exits "$@" && cmp before.ini site.ini
}

json() {	# FILTER COMMAND...: one document on which the filter is true
	local filter=$1
	shift
	"$@" --json >json-out || return 1
	[ "$(jq -s length json-out)" = 1 ] && jq -e "$filter" json-out
}

need jq

# new
ok "new makes a site" "$amc" new site.ini
is "which is private" 600 "$(stat -c %a site.ini)"
is "with a key of its own" 1 "$(grep -cE '^SiteKey=[0-9a-f]{64}$' site.ini)"
ok "and no error but that it is empty" "$amc" show site.ini
ok "new does not overwrite" refused 1 "site.ini: is there already" "$amc" new site.ini
ok "new --dry-run makes none" "$amc" new --dry-run dry.ini
ok "really" test ! -e dry.ini

# add
ok "add a group" "$amc" add site.ini network group SSC CommunicationAddress=172.16.1.255
ok "add into a container" "$amc" add site.ini SSC/@control group 制御1
ok "add a UPS where a group is named" "$amc" add site.ini 制御1 ups UPS1 Address=172.16.1.101 ConfirmSeconds=120
ok "it is a power device" json '.container == "@power" and .settings.ConfirmSeconds == 120' \
	"$amc" show site.ini UPS1
ok "a terminal needs its container" refused 1 \
	"制御1: say which terminals: 制御1/@control or 制御1/@linked" "$amc" add site.ini 制御1 terminal SV1
ok "add a terminal" "$amc" add site.ini 制御1/@control terminal SV1 Address=172.16.1.46
ok "the grammar is kept" refused 1 "R2: a power device goes into" \
	"$amc" add site.ini 制御1/@linked ups UPS2
ok "names are unique" refused 1 "R14" "$amc" add site.ini SSC/@devices ups UPS1
ok "a bad value adds nothing" refused 1 "9999 is not between 0 and 3600 s" \
	"$amc" add site.ini SSC/@devices ups UPS2 ConfirmSeconds=9999
ok "an unknown kind is usage" refused 2 "not group, ups or terminal" \
	"$amc" add site.ini SSC server X
ok "too few words are usage" refused 2 "usage: amc add" "$amc" add site.ini SSC
ok "add --json tells what changed" json '.schema == "amc.edit.v1" and .revision == 6 and
	(.changes[0].change == "added") and (.changes[0].node | endswith("UPS2"))' \
	"$amc" add site.ini SSC/@devices ups UPS2 Address=172.16.1.102

# set
ok "set" "$amc" set site.ini UPS1 ConfirmSeconds=180 Recovery=ups
ok "set tells the old and the new" test \
	"$("$amc" set --dry-run site.ini UPS1 ConfirmSeconds=170)" = \
	"~ SSC/@control/制御1/@power/UPS1: ConfirmSeconds 180 -> 170"
is "--dry-run changed nothing" 1 "$(grep -c ConfirmSeconds=180 site.ini)"
ok "set by path" "$amc" set site.ini SSC/@control/制御1/@control/SV1 ShutdownSeconds=100
ok "an unknown key" refused 1 "Colour: a ups has no such key" "$amc" set site.ini UPS1 Colour=red
ok "an unknown node" refused 1 "UPS9: there is no such node" "$amc" set site.ini UPS9 ConfirmSeconds=1
ok "what amc keeps itself" refused 1 "Revision: is kept by amc itself" "$amc" set site.ini network Revision=9
ok "no equals sign is usage" refused 2 "settings are given as KEY=VALUE" "$amc" set site.ini UPS1 ConfirmSeconds
ok "an unknown profile" refused 1 "there is no profile of that name" "$amc" set site.ini UPS1 Profile=acme
ok "a secret" "$amc" set site.ini UPS1 SnmpCommunity=geheim
ok "is not shown" not grep -rq geheim <("$amc" show site.ini UPS1; "$amc" show --json site.ini;
	"$amc" set --dry-run site.ini UPS1 SnmpCommunity=geheim2; "$amc" diff site.ini history/site.ini.1)
revision=$(sed -n 's/^Revision=//p' site.ini)
ok "setting what is there already" "$amc" set site.ini UPS1 ConfirmSeconds=180
is "saves no new revision" "$revision" "$(sed -n 's/^Revision=//p' site.ini)"

# move and remove
ok "move" "$amc" move site.ini UPS2 制御1/@devices
ok "is there" json '.container == "@devices"' "$amc" show site.ini 制御1/@devices/UPS2
ok "not below itself" refused 1 "SSC cannot hang below itself" "$amc" move site.ini SSC 制御1
ok "remove" "$amc" remove site.ini UPS2
ok "is gone" exits 1 "UPS2: there is no such node" "$amc" show site.ini UPS2
ok "its number is not used again" "$amc" add site.ini SSC/@devices ups UPS3
is "but the next" 1 "$(grep -c '^\[Ups3\]' site.ini)"
ok "the network stays" refused 1 "the network itself cannot be deleted" "$amc" remove site.ini network

# edit: all or nothing
printf '%s\n' 'set UPS1 ConfirmSeconds=60' '' '# words' 'set UPS1 ConfirmSeconds=-1' >script
ok "edit stops at the first fault and saves nothing" refused 1 \
	"script:4: error: Power failure confirmation time: -1 is not between 0 and 3600 s" "$amc" edit site.ini script
printf 'set "UPS1" Description='\''two words; "q" %%'\''\nset UPS1 ConfirmSeconds=61\n' >script
ok "edit" "$amc" edit site.ini script
is "one revision for all" 1 "$(diff <(sed -n 's/^Revision=//p' before.ini) \
	<(sed -n 's/^Revision=//p' site.ini) | grep -c '^>')"
ok "quotes are a shell's" json '.settings.Description == "two words; \"q\" %"' "$amc" show site.ini UPS1
echo 'paint UPS1 red' >script
ok "an unknown command is usage" refused 2 "script:1: error: paint: not add, set, move or remove" \
	"$amc" edit site.ini script

echo 'set UPS1 Description=a #b' >script
ok "a # in the middle begins no comment" refused 2 "script:1: error: #b: settings are given" "$amc" edit site.ini script
{ printf 'set UPS1 ConfirmSeconds=62'; printf ' ConfirmSeconds=%d' {1..127}; echo; } >script
ok "no word of a long line is dropped" refused 2 "script:1: error: set: too few or too many words" "$amc" edit site.ini script
printf 'set UPS1 ConfirmSeconds=62\0 Colour=red\n' >script
ok "nor what stands behind a NUL" refused 2 "script:1: error: a NUL byte" "$amc" edit site.ini script
ok "a script that cannot be read is no empty one" refused 1 ".: Is a directory" "$amc" edit site.ini .
cp site.ini before.ini
"$amc" edit site.ini - <&- >out 2>err
is "nor is a closed standard input" 1 $?
ok "nothing is saved then" cmp before.ini site.ini

# the example of the documents, from nothing
"$amc" new ssc.ini >/dev/null
sed -i 's/^SiteKey=.*/SiteKey=/' ssc.ini
{
	echo set network ClusterSoftware=clusterpro ClusterShutdown=yes ClusterTimeoutSeconds=120
	ups() { echo "add $1 ups $2 Address=172.16.1.$3 ConfirmSeconds=$4 Recovery=$5"; }
	group() { echo "add $1 group $2 CommunicationAddress=172.16.1.255"; }
	terminal() { echo "add $1 terminal $2 Address=172.16.1.$3 $4"; }
	group network SSC
	group SSC/@control SSC_Cluster
	group SSC_Cluster/@control SSC_SEIGYO_1
	ups SSC_SEIGYO_1 UPS1 101 120 ups
	terminal SSC_SEIGYO_1/@control SSC-CL-SV1 46 ClusterMember=yes
	group SSC_Cluster/@control SSC_SEIGYO_2
	ups SSC_SEIGYO_2/@power UPS2 102 120 ups
	terminal SSC_SEIGYO_2/@control SSC-CL-SV2 47 ClusterMember=yes
	ups SSC_Cluster/@devices UPS3 103 90 control
	group SSC 共有ディスク_連動用
	ups 共有ディスク_連動用/@devices UPS4 104 30 ups
	group 共有ディスク_連動用 Bladeサーバ
	ups Bladeサーバ UPS5 105 60 ups
	terminal Bladeサーバ/@linked BLADE1 61
	terminal Bladeサーバ/@linked BLADE2 62
	group 共有ディスク_連動用 100サーバ
	ups 100サーバ UPS6 106 60 ups
	terminal 100サーバ/@linked EXP1 71
	terminal 100サーバ/@linked EXP2 72
} >ssc.edit
ok "edit - builds the example" "$amc" edit ssc.ini - <ssc.edit
is "which is that of the documents" "" "$("$amc" diff "$samples/ssc-cluster.ini" ssc.ini 2>&1)"
ok "diff --json says so" json '.schema == "amc.diff.v1" and .changes == []' \
	"$amc" diff "$samples/ssc-cluster.ini" ssc.ini

# show, check, diff
ok "show --json is the tree" json '.schema == "amc.show.v1" and .kind == "network" and
	([.. | objects | select(.kind == "ups") | .name] == ["UPS1","UPS2","UPS3","UPS4","UPS5","UPS6"])' \
	"$amc" show ssc.ini
ok "check --json" json '.schema == "amc.check.v1" and .errors == 0 and .warnings > 0 and
	(.findings | length) == .errors + .warnings + .notes and
	all(.findings[]; (.rule | test("^R[0-9]+$")) and .line > 0 and (.message | length) > 0)' \
	"$amc" check ssc.ini
"$amc" set ssc.ini UPS5 Address=172.16.1.106 >/dev/null
ok "check of a site with an error exits 3" exits 3 "" "$amc" check ssc.ini
ok "and says where" grep -qE '^ssc\.ini:[0-9]+: error: R13: ' out
"$amc" remove ssc.ini EXP2 >/dev/null
"$amc" move ssc.ini EXP1 Bladeサーバ/@linked >/dev/null
ok "rules lists them" eval '"$amc" rules >out && grep -qE "^R24  error    The UPSs of all control" out'
ok "or tells one with its reason and source" eval '"$amc" rules R26 R27 >out &&
	grep -q "^R26: error: " out && grep -q "^  Why: It must not go down" out &&
	grep -q "^  Source: CLUSTERPRO system guide" out'
ok "rules --json" json '.schema == "amc.rules.v1" and (.rules | length) > 40 and
	all(.rules[]; (.reason | length) > 0 and (.sources | length) > 0)' "$amc" rules
ok "an unknown rule is usage" refused 2 "R33: check has no such rule" "$amc" rules R33
ok "each sample that breaks a rule is told so" eval '
	for f in "$top_srcdir"/tests/rules/R[1-9]*.ini; do
		grep -q "^; fact" "$f" && continue
		r=${f##*/}; r=${r%%[.-]*}
		"$amc" check "$f" >out
		grep -qE "^[^:]*:[0-9]+: [a-z]+: $r: " out || { echo "# $f"; false; break; }
	done'
ok "diff tells of each change" json '[.changes[].change] | sort == ["moved", "removed", "set"]' \
	"$amc" diff "$samples/ssc-cluster.ini" ssc.ini
ok "diff with a revision" json '[.changes[].change] == ["moved"]' \
	"$amc" diff "ssc.ini@$(($(sed -n 's/^Revision=//p' ssc.ini) - 1))" ssc.ini

# usage and the rest of the exit statuses
ok "an unknown option is usage" exits 2 "usage: amc check" "$amc" check --colour ssc.ini
ok "a file that is not there fails" exits 1 "none.ini:1: error: No such file or directory" "$amc" show none.ini
ok "a port that is none is told as it was given" exits 2 "amc: [::1]:99999: the port" "$amc" status --address '[::1]:99999'
ok "a file and addresses are usage" exits 2 "usage: amc status" "$amc" status ssc.ini --address 127.0.99.1:9
ok "an empty AMC_SITE is none" exits 1 "/no/such.ini:1: error" env AMC_SITE= "$amc" status --site /no/such.ini
printf '[Network]\nFormat=1\nnonsense\n' >faulty.ini
ok "status of a faulty site says so: 3" exits 3 "faulty.ini has faults: see amc check" "$amc" status faulty.ini
ok "status --watch ends when nobody reads it" timeout 20 bash -c \
	'{ "$1" status --address 127.0.99.1:9 --timeout 0.1 --watch 2>/dev/null; true; } | head -n 1' - "$amc"
"$amc" show ssc.ini >/dev/full 2>err
is "a full disk fails" 1 $?
ok "with words" grep -q "amc: stdout: No space left" err
"$amc" status --address 127.0.99.1:9 --timeout 0.1 >&- 2>err
ok "no socket takes the place of a closed standard output" grep -q "stdout: Bad file descriptor" err
ok "nobody answers: 4" exits 4 "" "$amc" status --address 127.0.99.1:9 --timeout 0.5
finish
