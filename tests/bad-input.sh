#!/bin/bash
# Bad site files: every fault is told as FILE:LINE: error: words, an edit is
# refused, and the file stays as it is to the byte.

. "${top_srcdir:-.}/tests/tap.sh"
export LC_ALL=C.UTF-8 LANGUAGE=
amc=$(cd "${top_builddir:-.}" && pwd)/amc
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
plan 41

good='[Network]
Format=1
Revision=1
[Group1]
Name=A
Parent=Network
[Ups1]
Name=UPS1
Parent=Group1.PowerDevices
'

# says STATUS PATTERN COMMAND...: exit status, and a line of output that matches
says() {
	local want=$1 pattern=$2 got
	shift 2
	timeout 20 "$@" >said 2>&1 </dev/null
	got=$?
	head -c 2000 said
	[ $got = "$want" ] && grep -qE -- "$pattern" said
}

# told PATTERN: check tells it and exits 3; an edit is refused, nothing changes
told() {
	cp bad.ini before.ini
	says 3 "^bad\.ini:$1" "$amc" check bad.ini &&
		says 3 "^bad\.ini:$1" "$amc" set bad.ini A Description=changed &&
		cmp before.ini bad.ini && [ ! -e history ] && [ ! -e bad.ini.lock ]
}

# lost PATTERN: the same where nothing is left to edit
lost() {
	cp bad.ini before.ini
	says 3 "^bad\.ini:$1" "$amc" check bad.ini && says 1 'A: there is no such node' \
		"$amc" set bad.ini A Description=changed &&
		says 3 "^bad\.ini:$1" "$amc" set bad.ini network Armed=yes &&
		cmp before.ini bad.ini && [ ! -e history ]
}

# bad WORDS PATTERN: bad.ini is on standard input
bad() {
	cat >bad.ini
	ok "$1" told "$2"
}

bad "neither key nor section" '10: error: neither a \[section\]' <<<"${good}what is this"
bad "a bad value" '10: error: .*ConfirmSeconds=9999: .*between 0 and 3600' <<<"${good}ConfirmSeconds=9999"
bad "missing Parent" '10: error: Parent is missing' <<<"${good}[Ups2]
Name=UPS2"
bad "a Parent that is not there" '12: error: \[Ups2\] Parent=Group9.PowerDevices: there is no such place' <<<"${good}[Ups2]
Name=UPS2
Parent=Group9.PowerDevices"
bad "a Parent in a circle" '15: error: .*cannot hang below itself' <<<"${good}[Group2]
Name=B
Parent=Group3
[Group3]
Name=C
Parent=Group2"
bad "against the grammar" '12: error: R2: ' <<<"${good}[Ups2]
Name=UPS2
Parent=Group1.LinkedTerminals"
bad "a terminal in the network" '12: error: R1: ' <<<"${good}[Terminal1]
Name=T
Parent=Network"
bad "an id twice" '10: error: \[Ups1\] stands here a second time; the first is in line 7' <<<"${good}[Ups1]
Name=UPS2
Parent=Group1.PowerDevices"
bad "a key twice" '10: error: Name stands here a second time' <<<"${good}Name=UPS2"
bad "a line too long" '10: error: the line is longer than 1000 bytes' \
	<<<"${good}Description=$(head -c 1000 /dev/zero | tr '\0' x)"
bad "an unclosed title" '10: error: a section.s title must end with' <<<"${good}[Ups2"
bad "a newer format" '2: error: Format=2: the file has Format 2, this amc understands 1: use a newer amc' \
	<<<"${good/Format=1/Format=2}"
bad "a NUL" '10: error: a NUL byte is not allowed' < <(printf '%sDescription=a\0b\n' "$good")
bad "bytes of no encoding" '10: error: these bytes are neither UTF-8 nor CP932' < <(printf '%s; \xff\xff\n' "$good")
bad "an escape of no character" '10: error: Description=%FF: .*no character' <<<"${good}Description=%FF"
bad "cut off in a line" '9: error: the last line has no end' < <(printf %s "${good%????}")
printf %s "$good" | tr '\n' '\r' >bad.ini
ok "carriage returns only" lost '1: error: a control character is not allowed'
echo '; empty' >bad.ini
ok "no site file at all" lost '1: error: there is no \[Network\] section'
: >bad.ini
ok "an empty file" lost '1: error: there is no \[Network\] section'
head -c 200000 "$amc" >bad.ini
ok "a program" lost '[0-9]+: error: a NUL byte is not allowed'
ok "a pile of faults is told whole" says 3 '^[67] errors' sh -c "printf '%s' '${good}SnmpPort=0
SnmpVersion=4
ConfirmSeconds=x
Address=-
what
' >many.ini; '$amc' check many.ini"

# what a person may mean: errors or warnings to check, but no obstacle to an edit
printf '%s[Plugin]\nx=1\n' "$good" >future.ini
ok "an unknown kind of section is an error" says 3 \
	'^future\.ini:10: error: \[Plugin\] is no kind of section' "$amc" check future.ini
ok "that an edit keeps" says 0 'saved, revision 2' "$amc" set future.ini A Description=changed
is "to the byte" "[Plugin] x=1" "$(tail -n 2 future.ini | tr '\n' ' ' | sed 's/ $//')"
printf '%sColour=red\n' "$good" >colour.ini
ok "an unknown key is a warning" says 3 '^colour\.ini:10: warning: Colour: a key that amc does not know' \
	"$amc" check colour.ini
printf '%s[Ups2]\nName=UPS1\nParent=Group1.PowerDevices\n' "$good" >twins.ini
ok "a name twice is an error of a rule" says 3 '^twins\.ini:1[01]: error: R14: ' "$amc" check twins.ini
ok "which an edit may mend" says 0 'saved' "$amc" set twins.ini A/@power/UPS1 Address=10.0.0.1

# control characters of a file do not reach the terminal
printf '%sDescription=%%1b[31m\n[\x1b[31m]\n' "$good" >escape.ini
"$amc" check escape.ini >said 2>&1
ok "no escape sequence is printed" not grep -q $'\x1b' said
ok "shown as far as it can be understood" says 3 'UPS1' "$amc" show many.ini

# no files to read
ok "a missing file" says 1 '^none\.ini:1: error: No such file' "$amc" check none.ini
ok "a folder" says 1 '^\.:1: error: not a regular file' "$amc" check .
mkfifo fifo.ini
ok "a FIFO does not hang it" says 1 '^fifo\.ini:1: error: not a regular file' "$amc" set fifo.ini A Description=x
ok "a device" says 1 'error: not a regular file' "$amc" check /dev/zero
truncate -s 100M giant.ini
ok "100 MB" says 1 '^giant\.ini:1: error: 104857600 bytes is too long' "$amc" check giant.ini
ok "also to an edit" says 1 'too long' "$amc" set giant.ini A Description=x
is "which leaves it" 104857600 "$(stat -c %s giant.ini)"
(printf %s "$good"; yes '; words, words, words' | head -n 1400000) >words.ini
ok "30 MB of comments are read" says 0 'UPS1' "$amc" show words.ini

# as somebody who may not: somebody else than root
user=
[ "$(id -u)" = 0 ] && user="setpriv --reuid=65534 --regid=65534 --clear-groups"
chmod 755 "$tmp"
printf %s "$good" >unreadable.ini
chmod 0 unreadable.ini
mkdir closed
printf %s "$good" >closed/site.ini
chmod 644 closed/site.ini
chmod 555 closed
if ($user cat unreadable.ini) 2>/dev/null || ! ($user "$amc" --version) >/dev/null 2>&1; then
	for what in "an unreadable file" "a folder that is closed" "which leaves it" "and is read"; do
		tap_n=$((tap_n + 1))
		echo "ok $tap_n - $what # SKIP nobody to try it as"
	done
else
	ok "an unreadable file" says 1 '^unreadable\.ini:1: error: Permission denied' $user "$amc" check unreadable.ini
	ok "a folder that is closed" says 1 'Permission denied' $user "$amc" set closed/site.ini A Description=x
	is "which leaves it" "$good" "$(cat closed/site.ini)
"
	ok "and is read" says 0 'UPS1' $user "$amc" show closed/site.ini
fi
chmod 755 closed
finish
