# netns.sh - terminals with an address and a wire each, for tests; to be sourced after
# terminal.sh. A host is a network namespace with 192.0.2.N on a bridge, which is in one more
# namespace: nothing that is sent gets out. Needs root, ip and nft; skips the plan without.

port=4000
net_hosts=()
declare -A net_address

net_begin() {	# [PROGRAM...]
	begin ip nft "$@"
	[ "$(id -u)" = 0 ] || skip_all "only root may make network namespaces"
	net_name=amc$$
	trap net_end EXIT
	ip netns add $net_name-hub 2>/dev/null && ip -n $net_name-hub link add br0 type bridge 2>/dev/null &&
		ip -n $net_name-hub link add br1 type bridge || skip_all "no network namespaces here"
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
	end
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

# terminals: an amcd on a host

# The control terminals C1, C2, C3 and the linked L1 to L5, at 192.0.2.1 and on, and the
# site of them with their keys, as they were read there, in $site.
all=(C1 C2 C3 L1 L2 L3 L4 L5)
net_site() {
	local i name where list=()
	for i in "${!all[@]}"; do
		name=${all[i]}
		net_host $name $((i + 1))
		settings $name '*'
		case $name in
		C*) where=control ;;
		*) where=linked ;;
		esac
		list+=($where $name ${net_address[$name]})
	done
	site=$tmp/site.ini
	key=$(random_key) site "${list[@]}" | sed 's/^\(CommunicationAddress=\).*/\1192.0.2.255/' >"$site"
	for name in "${all[@]}"; do
		echo set $name KeyPin="$(pin $name)"
	done | "$amc" edit "$site" - >/dev/null
}

net_start() {	# NAME [ENVIRONMENT...]: its amcd, until it answers
	start $1 ip netns exec $net_name-$1 env "${@:2}"
}

net_start_all() {
	local name
	for name in "${all[@]}"; do
		net_start $name || return 1
	done
}

net_ask() {	# NAME PATH: its amcd, at home
	on $1 curl -sk -m 10 -u operator:$operator "https://127.0.0.1:4000$2"
}

state_of() {	# AT WHOM: as AT sees it
	net_ask $1 /v1/status | jq -r ".terminals[] | select(.name == \"$2\").state"
}
