#!/bin/bash
# "Your first site" of README: its lines as they stand there, one after the other, do what
# the words between them say. Only the addresses are others, as tests run side by side.
. "$top_srcdir/tests/tap.sh"

plan 12
tmp=$(mktemp -d)
trap 'kill $(cat "$tmp/first/pids" 2>/dev/null) 2>/dev/null; rm -rf "$tmp"' EXIT
export LC_ALL=C.UTF-8 LANGUAGE= XDG_STATE_HOME=$tmp/state
unset AMC_SITE
net=127.$((RANDOM % 200 + 20)).70
port=$((20000 + $$ % 20000))
build=$(cd "$top_builddir" && pwd)

# the lines that are typed: those that are indented, of the one section
sed -n '/^Your first site$/,/^Install it$/p' "$top_srcdir/README" | sed -n 's/^  //p' |
	sed "s/127\.0\.70/$net/g; s/:4000/:$port/; s/=1161/=$((port + 1))/
		s|^PATH=.*|PATH=$build:\$PATH|
		s|^add network|set network TerminalPort=$port\nadd network|" >"$tmp/lines"
ok "there are lines" [ "$(wc -l <"$tmp/lines")" -gt 20 ]
part() { sed -n "/^$1/,/^$2/p" "$tmp/lines" | sed '$d'; }

# A shell that they are typed into: what starts is waited for, which a person does.
cd "$tmp" || exit 1
{
	part PATH= "amc trust"
	echo '. "$top_srcdir/tests/tap.sh"
	jobs -p >pids
	listen() { grep -q listens 1.log && grep -q listens 2.log; }
	await 20 listen'
	part "amc trust" "upssim ctl"
	echo 'echo --- out'
	part "upssim ctl" "kill"
	echo 'echo --- end'
	echo 'kill $(jobs -p); wait'
} >typed
timeout 100 bash typed >said 2>&1
sed 's/^/# /' said
said() { grep -qE "$1" said; }
before() { sed '/^--- out/,$d' said | grep -qE "$1"; }
after() { sed '1,/^--- out/d' said | grep -qE "$1"; }

ok "a new site" said '^saved, revision 1$'
ok "with what stands there" said '^\+ Room1/@linked/SERVER2: Address='
ok "has no error" said '^0 errors, 0 warnings'
ok "the card answers" said '^ready$'
ok "both keys are known" eval '[ "$(grep -c "the site has its key now" said)" = 2 ]'
ok "both terminals have it" eval '[ "$(grep -c "sent, it holds revision" said)" = 2 ]'
ok "UPS1 is well" before '^UPS1 .* Normal ON'
ok "SERVER1 is the master" before '^SERVER1 .* Master active .*revision'
ok "UPS1 is on battery" after '^UPS1 .* On battery'
ok "the plan tells" after '^UPS1 must last [0-9]+ s'
ok "nothing else is complained of" not grep -E 'amc: |usage|not found|No such' said
finish
