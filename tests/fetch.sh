#!/bin/bash
# Fetching a terminal's site into the console and comparing with it, in linear
# mode against a real amcd: what is taken is one edit, and the key of the first
# contact is not forgotten by it.
. "$top_srcdir/tests/tap.sh"
. "$top_srcdir/tests/farm.sh"

plan 15
begin
net=$(shuf -n 1 -i 20-99)
address=127.$net.62.1
"$amc" new "$tmp/farm.ini"
"$amc" edit "$tmp/farm.ini" - <<-END
add network group G
add G/@power ups U Address=127.$net.62.9 ConfirmSeconds=120
add G/@control terminal T Address=$address Port=14000
END
farm_terminal T "$address"
await 20 eval '"$amc" status "$tmp/farm.ini" | grep -qE "Master|Normal op"'
cd "$tmp" || exit 1
cp farm.ini site.ini
"$amc" set site.ini U ConfirmSeconds=90 >/dev/null

linear() {	# LINE...
	printf '%s\n' "$@" | timeout 60 "$amc" --linear site.ini >out 2>&1
	echo $? >status
}
says() { grep -qF -- "$1" out; }
seconds() { "$amc" show site.ini U | grep -F ConfirmSeconds; }

linear 'compare' '@9' '' quit
ok "a revision that is not there any more is said" says "site.ini@9: there is no such file"
cp site.ini other.ini
"$amc" set other.ini U ConfirmSeconds=80 >/dev/null
linear 'compare' other.ini quit
ok "a file is compared" says "~ U (G / Power devices): Power failure confirmation time 80 s -> 90 s"
linear 'compare T' '' 1 demodemo quit n quit
ok "a terminal is compared, after its key was accepted" says "~ U (G / Power devices): Power failure confirmation time 120 s -> 90 s"
ok "nothing is changed by it" eval 'seconds | grep -q 90'
ok "the key is known now" grep -q '^KeyPin=sha256//' site.ini

linear 'fetch T' wrong-one demodemo 1 details\ U save quit
ok "a wrong password can be typed again" says "password"
ok "what would change is told first" says "~ U (G / Power devices): Power failure confirmation time 90 s -> 120 s"
ok "then it is taken" says "The site is as the terminal holds it"
ok "and saved" eval 'seconds | grep -q 120'
ok "with the key that was accepted" grep -q '^KeyPin=sha256//' site.ini

"$amc" set site.ini U ConfirmSeconds=70 >/dev/null
cp site.ini before.ini
linear 'fetch T' demodemo 1 undo save quit
ok "u takes it back" cmp site.ini before.ini
linear 'fetch T' demodemo 2 quit
ok "nothing is taken without a yes" cmp site.ini before.ini
sed 's/^Revision=.*/Revision=1/; s/^ConfirmSeconds=.*/ConfirmSeconds=75/' before.ini >site.ini
linear 'fetch T' demodemo 1 save quit
ok "what was fetched is saved as a later revision than the terminal has" grep -qxE 'Revision=[3-9]' site.ini
linear 'fetch U' quit
ok "a power device holds no site" says "Select the terminal whose settings are to be fetched."
printf '%s\n' 'fetch T' quit | timeout 60 "$amc" -r --linear site.ini >out 2>&1
ok "nor is anything fetched into a site that is read-only" says "The site was opened read-only."
