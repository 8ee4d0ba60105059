#!/bin/bash
# What a hand in a hurry types: an option that the verb has not, a file that is not
# there, a variable that is not set, a reader that has gone. Each is told with what would
# be right, and changes nothing.

. "$top_srcdir/tests/tap.sh"
export LC_ALL=C.UTF-8 LANGUAGE=
unset AMC_SITE
amc=$(cd "$top_builddir" && pwd)/amc
samples=$(cd "$top_srcdir/data/samples" && pwd)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
export XDG_STATE_HOME=$tmp/state
cd "$tmp" || exit 1
plan 46

# exits STATUS WORDS COMMAND...: its exit status, and words on standard error
exits() {
	local want=$1 words=$2 got
	shift 2
	timeout 20 "$@" >out 2>err </dev/null
	got=$?
	cat err
	[ $got = "$want" ] && { [ -z "$words" ] || grep -qF -- "$words" err; }
}

# refused STATUS WORDS COMMAND...: and the site file is as it was
refused() {
	exits "$@" && cmp "$samples/ssc-cluster.ini" site.ini && [ ! -e history ]
}
cp "$samples/ssc-cluster.ini" site.ini
: >empty.ini
head -c 3000 "$amc" >garbage.ini
mkdir folder

# options
ok "an option of other verbs" refused 2 "amc: remove has no option --all; amc remove --help lists" \
	"$amc" remove site.ini UPS1 --all
ok "also one with a value" refused 2 "amc: set has no option --fail" \
	"$amc" set site.ini UPS1 ConfirmSeconds=50 --fail UPS2
ok "--dry-run is taken nowhere in silence" exits 2 "events has no option --dry-run" \
	"$amc" events SSC-CL-SV1 acknowledge=1 --dry-run
ok "an option of none" refused 2 "amc remove: unrecognized option '--alx'" "$amc" remove site.ini UPS1 --alx
ok "a shortened one" exits 0 "" "$amc" show site.ini --js
ok "as that" grep -q '"schema"' out
ok "-o where nothing is written" exits 2 "show has no option --output" "$amc" show site.ini -o x
ok "--help tells the options" eval '"$amc" plan --help >help && grep -qE "^  --fail NODE\.\.\. +what" help'
ok "only those of the verb" not grep -q -e --wizard -e --password-file help
# each option that a verb's help tells is one that it has
told() {
	local verb option value
	"$amc" --help | sed -n 's/^  \([a-z][a-z_]*\) .*/\1/p' | while read -r verb; do
		"$amc" "$verb" --help </dev/null | sed -n 's/^  --\([a-z-]*\) \([A-Za-z0-9]*\).*/\1 \2/p' |
			sed "s/^/$verb /"
	done >told
	[ "$(wc -l <told)" -gt 100 ] || return 1
	while read -r verb option value; do
		"$amc" "$verb" "--$option" ${value:+1} --help </dev/null 2>&1 >/dev/null |
			grep "has no option\|unrecog" && return 1
	done <told
	return 0
}
ok "which all verbs keep" told

# -r
ok "-r before a verb" refused 5 "The site was opened read-only." "$amc" -r set site.ini UPS1 ConfirmSeconds=61
ok "of many edits" refused 5 "read-only" "$amc" --read-only edit site.ini /dev/null
ok "of a new site" exits 5 "read-only" "$amc" -r new made.ini
ok "makes none" test ! -e made.ini
ok "and may look" exits 0 "" "$amc" -r show site.ini

# verbs and words
ok "a verb that is none" exits 2 "amc: chek: there is no such verb" "$amc" chek site.ini
ok "stays on the screen" test "$(wc -l <err)" -lt 10
ok "--demo with a file" exits 2 "--demo takes no file" "$amc" --demo site.ini
ok "a variable that is not set" exits 2 "amc: a word of check is empty" "$amc" check ""
ok "a key twice" refused 2 "confirmseconds: is given twice" \
	"$amc" set site.ini UPS1 ConfirmSeconds=61 confirmseconds=62
ok "what is so already" refused 0 "" "$amc" set site.ini UPS1 ConfirmSeconds=120
is "is told" "nothing to change, revision 1" "$(cat out)"
# one is one
printf '[Network]\nFormat=1\n[Group1]\nName=A\nParent=Network\n[Ups1]\nName=U\nParent=Group1.PowerDevices\n' >one.ini
ok "one of a thing is told as one" eval '"$amc" check one.ini >out; cat out; ! grep -E "(^|[^0-9])1 (errors|warnings|notes|UPSs)\b" out &&
	printf "plan U\n\nquit\n" | "$amc" --linear --traps no one.ini | grep -qF "Outage plan: 1 of 1 power device fails"'
is "a new site is something" "saved, revision 1" "$("$amc" new new.ini)"
ok "a rule in small letters" exits 0 "" "$amc" rules r25
ok "a wizard far from all" exits 2 '"xyz"; amc new --wizard list tells them' "$amc" new --wizard xyz w.ini

# files
ok "no password for a file that is not there" exits 1 "none.ini: there is no such file" \
	"$amc" diff none.ini site.ini
ok "nor for a revision" exits 1 "site.ini: there is no revision 9; amc history tells" \
	"$amc" diff site.ini@9 site.ini
ok "what is no site has no differences" exits 3 "garbage.ini has faults: see amc check garbage.ini" \
	"$amc" diff garbage.ini garbage.ini
ok "a folder has no history" exits 1 "folder: not a regular file" "$amc" history folder
ok "a new file in no folder" exits 1 "none/new.ini: there is no such folder: none" "$amc" new none/new.ini
ok "a node of what is no site" exits 1 "garbage.ini has faults: see amc check" "$amc" remove garbage.ini UPS1
ok "nobody to be trusted" exits 1 "there is no terminal" "$amc" trust empty.ini --all
ok "no password for what is not sent" exits 3 "errors and is not sent" "$amc" send --all empty.ini

ok "the console with a file in no folder" exits 1 "none/new.ini: there is no such folder: none" \
	"$amc" --linear none/new.ini
ok "that nobody named" exits 1 "such folder: none; name another file: amc FILE" env AMC_SITE=none/none "$amc" --linear
ok "a record for no folder, before the card is asked" exits 1 "none/x.snmprec: there is no such folder" \
	"$amc" record --timeout 20 -o none/x.snmprec --community public 127.0.65.1
ok "what is fetched into one, before the password" exits 1 "none/x.ini: there is no such folder" \
	"$amc" fetch --site site.ini -o none/x.ini SSC-CL-SV1
printf 'at 1s \377\033[31m\n' >script
sed "s/172\.16\.1\./127.0.65./" site.ini >loop.ini
ok "a script of garbage" exits 1 "script: line 1: " "${amc%amc}upssim" --script script loop.ini
ok "is not written to the terminal" eval '! LC_ALL=C grep -q "[^ -~]" err'
# typed at a terminal: the name first, then the password
sign_in() { timeout 20 script -qec "'$amc' fetch --site site.ini nosuch-terminal" /dev/null </dev/null >out 2>&1; }
ok "no password for a terminal that is none" eval 'sign_in; grep -q "nosuch-terminal is no terminal of site.ini, and as a host" out &&
	! grep -q Password out'

# what was killed in the middle of saving
touch .site.ini.99999999.new .site.ini.bak.99999999.new .site.ini.$$.new
ok "the next save removes it" eval '"$amc" set site.ini UPS1 ConfirmSeconds=119 &&
	[ ! -e .site.ini.99999999.new ]'
ok "not another's" test -e .site.ini.bak.99999999.new -a -e .site.ini.$$.new
touch history/.site.ini.1.99999999.new
ok "in the history, too" eval '"$amc" set site.ini UPS1 ConfirmSeconds=118 &&
	[ ! -e history/.site.ini.1.99999999.new ]'

# readers
ok "a reader that has enough" eval '{ "$amc" new --wizard list | head -1; } 2>err >/dev/null && [ ! -s err ]'
ok "a full disk, of --help as well" exits 1 "" sh -c '"$0" --help >/dev/full' "$amc"
finish
