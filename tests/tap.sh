# tap.sh - what shell tests share: TAP lines, waiting, skipping. To be sourced.

tap_n=0 tap_failed=0

plan() { tap_plan=$1; echo "1..$1"; }

tap_line() {	# STATUS WORDS
	tap_n=$((tap_n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $tap_n - $2"
	else
		echo "not ok $tap_n - $2"
		tap_failed=$((tap_failed + 1))
	fi
}

ok() {		# WORDS COMMAND...: the command succeeds
	local words=$1 status=0
	shift
	"$@" >"${tmp:-/tmp}/tap-out" 2>&1 || status=$?
	[ $status = 0 ] || sed 's/^/# /' "${tmp:-/tmp}/tap-out" | head -n 20
	tap_line $status "$words"
}

is() {		# WORDS WANTED GOT
	local status=0
	[ "$2" = "$3" ] || { status=1; printf '# wanted: %s\n# got: %s\n' "$2" "$3"; }
	tap_line $status "$1"
}

not() { ! "$@"; }

await() {	# SECONDS COMMAND...: until it succeeds
	local end=$((SECONDS + $1)) pause=0.05 n=0
	shift
	until "$@"; do
		[ $SECONDS -lt $end ] || return 1
		read -rt $pause <> <(:) || :
		[ $((n += 1)) -lt 20 ] || pause=0.2
	done
}

need() {	# PROGRAM...: skips all of the plan where one is missing
	local p
	for p; do
		command -v "$p" >/dev/null || skip_all "$p is not installed"
	done
}

skip_all() {
	while [ $tap_n -lt "$tap_plan" ]; do
		tap_n=$((tap_n + 1))
		echo "ok $tap_n # SKIP $1"
	done
	exit 0
}

finish() { [ $tap_failed = 0 ] && [ $tap_n = "$tap_plan" ]; exit $?; }
