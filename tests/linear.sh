#!/bin/bash
# The linear mode through a pipe, as a screen reader's user or a slow line has it:
# builds the SSC example from nothing, answers every kind of question, and loses
# no edit whichever way the input ends. Addresses are on loopback and silent.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/linear-keys.sh"

plan 77
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE= XDG_STATE_HOME=$tmp/state
amc=$(cd "$top_builddir" && pwd)/amc
samples=$(cd "$top_srcdir/data/samples" && pwd)
cd "$tmp" || exit 1
net=127.$((RANDOM % 200 + 20)).1

# linear FILE LINE...: what it says stands in `out`
linear() {
	local file=$1
	shift
	printf '%s\n' "$@" | "$amc" --linear "$file" >out 2>err
	echo $? >status
	cat out err
}
says() { grep -qF -- "$1" out; }
ends() { [ "$(cat status)" = "$1" ]; }
has() { grep -qxF -- "$1" site.ini; }

# a form whose fields are given up to the last that differs
group() { lines+=("$1" create-group "$2" '' '' '' 127.255.255.255 ok); }
ups() { lines+=("$1" register "$2" "$net.$3" '' '' "$4" "$5" ok); }
terminal() { lines+=("$1" register "$2" "$net.$3" ${4:+'#8' yes} ok); }

lines=(edit '#3' clusterpro yes 120 ok)
group network SSC
group SSC/@control SSC_Cluster
group SSC_Cluster/@control SSC_SEIGYO_1
ups SSC_SEIGYO_1/@power UPS1 101 120 ups
terminal SSC_SEIGYO_1/@control SSC-CL-SV1 46 member
group SSC_Cluster/@control SSC_SEIGYO_2
ups SSC_SEIGYO_2/@power UPS2 102 120 ups
terminal SSC_SEIGYO_2/@control SSC-CL-SV2 47 member
ups SSC_Cluster/@devices UPS3 103 90 control
group SSC 共有ディスク_連動用
ups 共有ディスク_連動用/@devices UPS4 104 30 ups
group 共有ディスク_連動用 Bladeサーバ
ups Bladeサーバ/@power UPS5 105 60 ups
terminal Bladeサーバ/@linked BLADE1 61
terminal Bladeサーバ/@linked BLADE2 62
group 共有ディスク_連動用 100サーバ
ups 100サーバ/@power UPS6 106 60 ups
terminal 100サーバ/@linked EXP1 71
terminal 100サーバ/@linked EXP2 72
ok "the SSC example is built from nothing" eval 'linear site.ini "${lines[@]}" save quit && ends 0'
ok "and saved" says "Saved as revision"
sed "s/172\.16\.1\.255/127.255.255.255/; s/172\.16\.1\./$net./; s/^SiteKey=.*/SiteKey=/" \
	"$samples/ssc-cluster.ini" >sample.ini
"$amc" show sample.ini >wanted
"$amc" show site.ini >got
ok "it is the sample's tree" diff wanted got
sed 's/^SiteKey=.*/SiteKey=/' site.ini >nokey.ini
ok "with the sample's settings" eval '[ -z "$("$amc" diff sample.ini nokey.ini 2>&1)" ]'

cp site.ini before.ini
linear site.ini tree list 'details UPS1' 'status' quit >/dev/null
ok "looking changes nothing" cmp before.ini site.ini
ok "tree numbers its rows" grep -qE '^ *[0-9]+ +UPS4 \(Power device\)' out
ok "and tells at which the rules find something" grep -qE '^ *[0-9]+ +UPS1 \(Power device\), warning$' out
ok "list tells each device" grep -qE "^ *[0-9]+ (! )?UPS4, $net\.104, " out
ok "details tell the settings" says "  Power failure confirmation time: 120 s"
ok "and where they come from" says "  SNMP community name: (inherited), from SSC_SEIGYO_1"
ok "a secret is not told" eval '! says public'
ok "silence is told" grep -q 'no answer\|not asked yet' out

printf '[Network]\nFormat=1\n[Group1]\nName=G\nParent=Network\n' >bare.ini
linear bare.ini tree quit >/dev/null
ok "also at the network: no control terminal" grep -qE '^ *1 network, error$' out

linear site.ini problems '' quit >/dev/null
count=$("$amc" check site.ini 2>/dev/null | grep -c ': \(error\|warning\|note\): ')
is "problems tells as many as check" "$count" "$(grep -cE '^ *[0-9]+ (error|warning|note) R' out)"

# selecting
linear site.ini UPS3 'tree' 1 parent nowhere 9999 'SSC/@power' 'find BLADE' n n quit >/dev/null
ok "a name selects" says "Selected: UPS3 (Power device), SSC_Cluster / Linked devices"
ok "a number selects the row it was told with" says "Selected: SSC_Cluster / Linked devices"
ok "parent goes up" says "Selected: SSC_Cluster (Power control group), SSC / Control terminals"
ok "a name that is none is told" says "nowhere: not a command and no name here"
ok "a number that is none is told" says "9999: there is no such number"
ok "a path selects a container" says "Selected: SSC / Power devices"
ok "find finds, and its key goes on" eval 'says "Selected: BLADE1" && says "Selected: BLADE2"'

# forms
linear site.ini 'edit UPS1' '*' ok quit >/dev/null
ok "what SNMP v1 does not use says so" says "SNMP v3 user: (empty), not used: for SNMP v3 only"
linear site.ini 'edit UPS1' '#5' 9999 '?' 90 '<' . '#5' '*' cancel n '#5' 91 cancel y \
	'edit UPS1' ok 'edit UPS1' =UPS1 '' '-' "$net.101" '#6' reboot control ok quit d >/dev/null
ok "a bad value is refused with words" says "9999 is not between 0 and 3600 s"
ok "? explains" says "How long mains must be out"
ok "cancel asks, and No goes back to the form" says "Changes: Leave the form without these changes?"
ok "ok without a change is none" says "Nothing was changed."
ok "an empty address is refused or kept" says "IP address"
ok "the last form is taken" says "The form is taken"
ok "quit asks, and d discards" eval 'says "The site was changed and not saved." && ends 0 && cmp before.ini site.ini'

# deleting, moving, undoing
linear site.ini 'delete UPS6' '' 'details UPS6' 'delete UPS6' y undo redo undo \
	'EXP2' 'move Bladeサーバ/@linked' 'move 100サーバ/@power' save quit >/dev/null
ok "Enter alone does not delete" says "Selected: UPS6 (Power device), 100サーバ / Power devices"
ok "yes does" says "UPS6 is deleted"
ok "undo brings it back" eval 'says "Undone:" && has Name=UPS6'
ok "move moves" says "Selected: EXP2 (Terminal), Bladeサーバ / Linked terminals"
ok "but not against the grammar" says "R2"

# what takes others along must be typed by name
linear site.ini 'delete Bladeサーバ' y 'details BLADE1' 'delete Bladeサーバ' '' 'details BLADE2' \
	'delete Bladeサーバ' Bladeサーバ quit d >/dev/null
ok "a group asks for its name" says "Type Bladeサーバ to go on:"
ok "yes is not it" says "That is another name; nothing was done."
ok "nor is Enter alone" eval 'says "Selected: BLADE2 (Terminal)" && says "Selected: BLADE1 (Terminal)"'
ok "the name is" says "Bladeサーバ is deleted"

# the input ends
cp site.ini before.ini
linear site.ini 'delete EXP2' y >/dev/null
ok "at the end of input the file is as it was" cmp before.ini site.ini
ok "and the edits are kept beside it" eval 'ends 1 && grep -q "site.ini.mine" err && ! grep -q "Name=EXP2" site.ini.mine'
printf 'delete EXP2\ny\nsave' >script
"$amc" --linear site.ini <script >out 2>err
ok "a file is input, too; its last line needs no end" eval 'says "Saved as revision" && ! has Name=EXP2'
timeout 10 "$amc" --linear --traps no site.ini </dev/null >out 2>&1
ok "/dev/null is an input that ends" [ $? = 0 ]
mkfifo pipe
"$amc" --linear site.ini <pipe >out 2>err &
pid=$!
exec 3>pipe
echo 'delete EXP1' >&3
echo y >&3
await 10 says 'EXP1 is deleted'
kill -TERM $pid
wait $pid
ok "SIGTERM keeps them" eval 'grep -q "site.ini.mine2" err && ! grep -q "Name=EXP1" site.ini.mine2'
exec 3>&-

# what is no text, read-only, ASCII, Japanese
linear site.ini $'edit \377' $'UPS1\1' quit >/dev/null
ok "bytes that are no text are refused" eval 'says "is no UTF-8 text" && says "control characters"'
printf 'delete UPS1\nedit UPS1\nsave\nquit\n' | "$amc" -r --linear site.ini >out 2>err
ok "read-only edits nothing" eval 'says "The site was opened read-only." && says "Power failure confirmation time: 120 s"'
printf 'list\nhelp\nquit\n' | LC_ALL=C "$amc" --linear site.ini >out 2>err
ok "without UTF-8 all is ASCII" eval 'says "??????_???, " && ! grep -q "[^ -~]" out'
printf 'help\nregister\nquit\n' | LANGUAGE=ja "$amc" --linear site.ini >out 2>err
ok "Japanese" eval 'says "電源制御グループ作成" || says "選択"'
ok "it writes no control characters" eval '! LC_ALL=C grep -q $'"'\\\\33'"' out'

# the other views
sed "s/172\.16\.1\./$net./" "$samples/ssc-cluster.ini" >plan.ini
linear plan.ini 'plan UPS4' x6 a '' terminals 2 quit >/dev/null
ok "the plan tells what fails and when" eval 'says "Outage plan: 1 of 6 power devices fail" &&
	grep -q "BLADE1: shutdown ordered 30-38 s" out'
ok "and lets others fail" eval 'says "Outage plan: 0 of 6" && says "Outage plan: 6 of 6"'
ok "terminals are told, and gone to" says "Selected: SSC-CL-SV2 (Terminal)"
linear wizard.ini wizard 1 'not an address' "$net.0/24" ok ok ok 2 save quit >/dev/null
ok "the wizard asks page by page" eval 'says "is not an address and a mask" && ends 0'
ok "and makes its site" grep -q "^CommunicationAddress=${net}.255" wizard.ini
linear site.ini history 1 2 '' quit >/dev/null
ok "the history is told" grep -qE '^ *1 [0-9]+, 20' out

# each view has the keys that it has on a full screen
view() {	# CONTEXT LINE...: opens it and asks for its keys
	linear plan.ini "${@:2}" '?' '' quit >/dev/null
	keys_told "$1" out
}
ok "the problems have their keys" view problems problems
ok "and the plan" view plan plan
ok "and the columns" eval 'view columns columns && says "Delete as delivered"'
ok "and the statistics" view statistics 'statistics UPS1'
ok "and the terminals" view terminals terminals
ok "and the events" view events events 3
ok "and the history" view history history
ok "and the cards' settings" view settings 'compare-cards UPS1'
# shellcheck disable=SC2046
ok "and each view has a form of lines" [ -z "$(grep -L '\.linear = ' $(grep -l \
	'^static const struct view_type .*{' "$top_srcdir"/src/tui/*.c | grep -v /mainview.c))" ]
linear plan.ini problems 'up' 'no-key' 'f' 'f 9999' 'a 1' '' terminals 'fetch 2' cancel '' \
	'UPS1' statistics + '1' '' quit >/dev/null
ok "what stands in a key's place is told" says "up: There is no cursor here"
ok "what is no key is told" says "no-key: not a key of this view; ? tells them."
ok "a row that is none is told" says "9999: not one of 1 to "
ok "a key of another view is none" says "a 1: not a key of this view"
ok "a key is for the row behind it" says "SSC-CL-SV2"
ok "the next power device is a key away" says "Statistics: UPS2, "
ok "where there are no rows a number is none" says "1: there are no rows here."
linear plan.ini columns 2 '' 'list UPS1' columns Delete '' tree 'tag 5' 'tag-range 12' \
	'sort-by state' quit >/dev/null
ok "a column can be left out" eval '! grep -q "^ *[0-9]* .*UPS1, 127" out'
ok "rows are tagged from one number to another, the list is sorted by name" eval \
	'says '4 tagged' && says "Sorted by State"'
printf 'list\nquit\n' | "$amc" --linear --ascii site.ini >out 2>err
ok "names stay what they are with --ascii" grep -q サーバ out
linear site.ini zoom 'live on' 'live' 'help problems' menu 9999 '' about >/dev/null
ok "what needs a screen is told, and what is there instead" says "zoom: tree and list tell"
ok "live on" says "What happens is told at once."
printf 'rubbish\n' >bad.ini
linear bad.ini quit >/dev/null
ok "a file with faults is told at the start" says "! The site has "
linear "$samples/demo.ini" quit >/dev/null
ok "one without them is not" not says "! The site has "
finish
