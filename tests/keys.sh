# keys.sh - a person at amc in a terminal (tmux), for tests; to be sourced after
# terminal.sh, and needs tmux.

tm() { tmux -L "amc-keys-$$" -f /dev/null "$@"; }

console() {	# COMMAND...: in a terminal of 100 columns and 45 lines
	tm new-session -d -x 100 -y 45 -s s "exec ${*@Q}"
}
console_end() { tm kill-server 2>/dev/null; }

screen() { tm capture-pane -p -t s; }
shows() { screen | grep -qE -- "$1"; }
key() { tm send-keys -t s "$@"; }
type() { tm send-keys -t s -l -- "$1"; }

fill() {	# VALUE...: into the fields of a form from the first on; "" leaves one as it is
	local value
	for value; do
		[ -z "$value" ] || type "$value"
		key Tab
	done
}

form() {	# TITLE VALUE...: waits for the form, fills it, leaves it with F2
	await 5 shows "┌ New: $1" || return 1
	shift
	fill "$@"
	key F2
	await 10 closed
}
closed() { ! shows '< Cancel'; }

to() {		# NAME: moves to that node
	key Home /
	await 10 shows '^Find ' || return 1
	type "$1"
	key Enter
	await 10 found
}
found() { ! shows '^Find '; }
down() { local i; for ((i = 0; i < $1; i++)); do key Down; done; }
