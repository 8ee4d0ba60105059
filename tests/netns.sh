# netns.sh - terminals with an address and a wire each, for tests; to be sourced after
# tap.sh. A host is a network namespace with 192.0.2.N on a bridge, which is in one more
# namespace: nothing that is sent gets out. Needs root, ip and nft; skips the plan without.

net_hosts=()
declare -A net_address net_pid

net_begin() {
	need ip nft curl jq
	[ "$(id -u)" = 0 ] || skip_all "only root may make network namespaces"
	net_name=amc$$
	ip netns add $net_name-hub 2>/dev/null && ip -n $net_name-hub link add br0 type bridge 2>/dev/null &&
		ip -n $net_name-hub link add br1 type bridge || { net_end; skip_all "no network namespaces here"; }
	ip -n $net_name-hub link set br0 up
	ip -n $net_name-hub link set br1 up
	# what loses and slows packets must be there, or the tests would try nothing
	ip netns exec $net_name-hub nft add table inet probe 2>/dev/null &&
		tc -n $net_name-hub qdisc add dev br1 root tbf rate 1mbit burst 20000 latency 50ms 2>/dev/null ||
		skip_all "this kernel loses and slows no packets"
	tc -n $net_name-hub qdisc del dev br1 root
}

net_end() {
	local host
	for host in "${!net_pid[@]}"; do
		kill "${net_pid[$host]}" 2>/dev/null
	done
	wait "${net_pid[@]}" 2>/dev/null
	for host in "${net_hosts[@]}" hub; do
		ip netns del $net_name-$host 2>/dev/null
	done
}

net_host() {	# NAME N
	ip netns add $net_name-$1
	ip -n $net_name-hub link add name $1 type veth peer name eth0 netns $net_name-$1
	ip -n $net_name-hub link set $1 master br0 up
	ip -n $net_name-$1 addr add 192.0.2.$2/24 brd + dev eth0
	ip -n $net_name-$1 link set lo up
	ip -n $net_name-$1 link set eth0 up
	net_hosts+=($1)
	net_address[$1]=192.0.2.$2
}

on() {		# NAME COMMAND...: there
	ip netns exec $net_name-$1 "${@:2}"
}

net_cable() {	# NAME up|down
	ip -n $net_name-hub link set $1 $2
}

net_part() {	# NAME...: on a wire of their own; net_join puts all on one again
	local host
	for host; do
		ip -n $net_name-hub link set $host master br1
	done
}

net_join() { local host; for host in "${net_hosts[@]}"; do ip -n $net_name-hub link set $host master br0; done; }

net_loss() {	# NAME PERCENT: of what it sends; 0: nothing
	on $1 nft flush ruleset
	[ $2 = 0 ] || on $1 nft -f - <<-END
	table inet loss {
		chain out { type filter hook output priority 0; oifname eth0 numgen random mod 100 < $2 drop; }
	}
	END
}

# terminals: an amcd on a host, its files in $tmp/NAME

net_terminal() {	# NAME: its settings, with the passwords of the first one
	mkdir -p "$tmp/$1"
	cat >"$tmp/$1/amcd.conf" <<-END
	[amcd]
	Name = $1
	Site = $tmp/$1/ac_e_net.ini
	StateDirectory = $tmp/$1/state
	Traps = no
	END
	if [ -f "$tmp/passwords" ]; then
		cat "$tmp/passwords" >>"$tmp/$1/amcd.conf"
	else
		echo correct-horse | "$top_builddir/amcd" passwd -c "$tmp/$1/amcd.conf" operator >/dev/null
		sed -n '/passwords/,$p' "$tmp/$1/amcd.conf" >"$tmp/passwords"
	fi
}

net_start() {	# NAME [ENVIRONMENT...]: its amcd, until it answers
	# no function: its process would be the one that is known
	ip netns exec $net_name-$1 env "${@:2}" "$top_builddir/amcd" -c "$tmp/$1/amcd.conf" >>"$tmp/$1/log" 2>&1 &
	net_pid[$1]=$!
	await 20 eval "on $1 curl -sk -o /dev/null https://127.0.0.1:4000/v1/hello"
}

net_stop() {	# NAME [SIGNAL]
	kill -${2:-TERM} "${net_pid[$1]}"
	wait "${net_pid[$1]}" 2>/dev/null
	unset "net_pid[$1]"
}

net_pin() { "$top_builddir/amcd" pin -c "$tmp/$1/amcd.conf"; }

ask() {		# NAME PATH: its amcd, at home
	on $1 curl -sk -m 10 -u operator:correct-horse "https://127.0.0.1:4000$2"
}

state_of() {	# AT WHOM: as AT sees it
	ask $1 /v1/status | jq -r ".terminals[] | select(.name == \"$2\").state"
}

holds() {	# FILE NAME...: these very bytes
	local name
	for name in "${@:2}"; do
		cmp -s "$1" "$tmp/$name/ac_e_net.ini" || { echo "$name holds something else"; return 1; }
	done
}
