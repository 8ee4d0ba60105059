# terminal.sh - an amcd with its settings, passwords and site, for tests. To be sourced
# after tap.sh. A terminal has its files in $tmp/NAME: amcd.conf, ac_e_net.ini, state/,
# log. What a test runs is ended, and $tmp removed, when it ends.

bin=$(cd "$top_builddir" && pwd)
amc=$bin/amc amcd=$bin/amcd
# where the test lives: $net.1 to $net.254, on loopback
net=127.$((RANDOM % 40 + 60)).$((RANDOM % 200 + 20))
port=$((20000 + $$ % 20000))
revision=7 key=			# of site(); random_key makes one
operator=correct-horse viewer=viewing-only
declare -A pids
amcd_options=()			# of each that is started

begin() {	# [PROGRAM...]: after plan; skips it without these
	need curl jq "$@"
	tmp=$(mktemp -d)
	trap end EXIT
	export XDG_STATE_HOME=$tmp/xdg LC_ALL=C.UTF-8 LANGUAGE=en TZ=UTC
	echo $operator >"$tmp/password"
	echo $viewer >"$tmp/viewing"
}

end() {		# nothing is left behind, and nothing is waited for without end
	{
		kill "${pids[@]}" $(jobs -p)
		kill -CONT "${pids[@]}" $(jobs -p)
		await 20 eval '[ -z "$(jobs -pr)" ]' || kill -KILL "${pids[@]}" $(jobs -p)
		wait
	} 2>/dev/null
	rm -rf "$tmp"
}

random_key() { od -An -vtx1 -N32 /dev/urandom | tr -d ' \n'; }

site() {	# KIND NAME ADDRESS...: a site; kinds are control, linked and ups
	local ups=0 terminal=0
	printf '[Network]\nFormat=1\nRevision=%s\nTerminalPort=%s\n' $revision $port
	[ -z "$key" ] || printf 'SiteKey=%s\n' $key
	printf '[Group1]\nName=G\nParent=Network\nCommunicationAddress=127.255.255.255\nRecognitionCode=T%s\n' $port
	while [ $# -ge 3 ]; do
		case $1 in
		control) printf '[Terminal%d]\nParent=Group1.ControlTerminals\n' $((++terminal)) ;;
		linked) printf '[Terminal%d]\nParent=Group1.LinkedTerminals\n' $((++terminal)) ;;
		ups) printf '[Ups%d]\nParent=Group1.PowerDevices\nSnmpPort=1161\nSnmpVersion=2c\n' $((++ups)) ;;
		esac
		printf 'Name=%s\nAddress=%s\n' $2 $3
		shift 3
	done
}

settings() {	# NAME ADDRESS[:PORT] [LINE...]: its amcd.conf, with these lines, without traps
	local at=$2
	[[ $at == *:* ]] || at+=:$port
	mkdir -p "$tmp/$1"
	{
		printf '[amcd]\nName = %s\nListen = %s\n' $1 "$at"
		printf 'Site = %s/ac_e_net.ini\nStateDirectory = %s/state\n' "$tmp/$1" "$tmp/$1"
		case "${*:3}" in
		*Traps*) ;;
		*) echo "Traps = no" ;;
		esac
		[ $# -lt 3 ] || printf '%s\n' "${@:3}"
		passwords
	} >"$tmp/$1/amcd.conf"
	chmod 600 "$tmp/$1/amcd.conf"
}

passwords() {	# their section; made once, as that takes its time
	local made=$tmp/made-$operator
	if [ ! -f "$made" ]; then
		printf '[amcd]\nStateDirectory = %s/made\n' "$tmp" >"$made"
		echo $operator | "$amcd" passwd -c "$made" operator >/dev/null
		echo $viewer | "$amcd" passwd -c "$made" viewer >/dev/null
	fi
	sed -n '/passwords/,$p' "$made"
}

start() {	# NAME [COMMAND...]: its amcd, by that command; until it answers
	"${@:2}" "$amcd" "${amcd_options[@]}" -c "$tmp/$1/amcd.conf" >>"$tmp/$1/log" 2>&1 &
	pids[$1]=$!
	answers "$@"
}

answers() {	# NAME [COMMAND...]
	local at
	at=$(sed -n 's/^Listen = //p' "$tmp/$1/amcd.conf")
	await 30 "${@:2}" curl -sk -m 5 -o /dev/null "https://${at/#\*/127.0.0.1}/v1/hello"
}

stop() {	# NAME [SIGNAL]: its status; 137 also when it does not end
	local status=0 pid=${pids[$1]}
	kill -${2:-TERM} "$pid" 2>/dev/null || :
	[ "${2:-}" = KILL ] || await 30 eval "! kill -0 $pid 2>/dev/null" || kill -KILL $pid
	wait "$pid" 2>/dev/null || status=$?
	unset "pids[$1]"
	return $status
}

pin() { "$amcd" pin -c "$tmp/$1/amcd.conf"; }	# NAME

ask() { curl -sk -m 10 -u operator:$operator "$@"; }
code() { ask -o /dev/null -w '%{http_code}' "$@"; }

holds() {	# FILE NAME...: these very bytes
	local name
	for name in "${@:2}"; do
		cmp -s "$1" "$tmp/$name/ac_e_net.ini" || { echo "$name holds something else"; return 1; }
	done
}

simulate() {	# HOW-MANY [OPTION...]: cards at $net.1 and on, port 1161
	"$bin/upssim" --with-parent --cards $1 --base "$net.1:1161" --control "$tmp/sim" \
		"${@:2}" >"$tmp/sim.out" 2>&1 &
	pids[sim]=$!
	await 10 grep -q ready "$tmp/sim.out"
}
sim() { "$bin/upssim" ctl "$tmp/sim" "$@" >/dev/null; }
