#!/bin/sh
# Builds the fuzzers with clang in a folder of their own and runs them:
# fuzz/run.sh [SECONDS]. Each runs that long, all at the same time; what is found stays
# in $BUILD/found.
# FUZZ_SEED says which way it goes; without one it is another at each run.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
seconds=${1:-60}
build=${BUILD:-$top/build-fuzz}

if ! command -v clang > /dev/null; then
	echo "fuzz: clang is not installed; skipped"
	exit 0
fi
mkdir -p "$build/corpus" "$build/corpus-exchange" "$build/corpus-answer" "$build/corpus-trap" "$build/corpus-v3" \
	"$build/corpus-profile" "$build/found" \
	"$build/corpus-request" "$build/corpus-put" "$build/corpus-beacon" "$build/corpus-http"
cd "$build"
[ -f Makefile ] || CC=clang CFLAGS='-g -O1' "$top/configure" --enable-fuzzers > configure.log
make -s -j"$(nproc)" fuzz-site fuzz-exchange fuzz-answer fuzz-trap \
	fuzz-v3 fuzz-profile \
	fuzz-request fuzz-put fuzz-beacon fuzz-http > make.log 2>&1 || { tail -n 30 make.log; exit 1; }

# the samples in each encoding and with each line end
for file in "$top"/data/samples/*.ini; do
	name=${file##*/}
	cp "$file" "corpus/$name"
	iconv -f UTF-8 -t CP932 "$file" > "corpus/cp932-$name"
	sed 's/$/\r/' "$file" > "corpus/crlf-$name"
done
cp "$top"/fuzz/exchange/* corpus-exchange/

cp "$top"/fuzz/answer/* corpus-answer/
cp "$top"/fuzz/trap/* corpus-trap/
cp "$top"/fuzz/v3/* corpus-v3/
cp "$top"/data/profiles/*.xml corpus-profile/
cp "$top"/fuzz/request/* corpus-request/
cp "$top"/data/samples/*.ini corpus-put/
cp "$top"/fuzz/beacon/* corpus-beacon/
cp "$top"/fuzz/http/* corpus-http/

run() {		# FUZZER CORPUS OPTION...: begins it
	fuzzer=$1 corpus=$2
	shift 2
	"./$fuzzer" -max_total_time="$seconds" -seed="${FUZZ_SEED:-0}" \
	    -timeout=10 -max_len=4096 "$@" \
	    -artifact_prefix=found/ "$corpus" > "$fuzzer.log" 2>&1 &
	running="$running $fuzzer:$!"
}
running=
trap 'for one in $running; do kill "${one#*:}" 2>/dev/null || :; done' INT TERM
run fuzz-site corpus -dict="$top/fuzz/site.dict"
run fuzz-exchange corpus-exchange
run fuzz-answer corpus-answer
run fuzz-trap corpus-trap
run fuzz-v3 corpus-v3
run fuzz-request corpus-request -dict="$top/fuzz/request.dict"
run fuzz-put corpus-put -dict="$top/fuzz/site.dict"
run fuzz-beacon corpus-beacon
run fuzz-http corpus-http
run fuzz-profile corpus-profile -dict="$top/fuzz/profile.dict" -max_len=16384

failed=0
for one in $running; do
	fuzzer=${one%:*}
	if wait "${one#*:}"; then
		echo "$fuzzer: $(grep '^Done' "$fuzzer.log")"
	else
		tail -n 40 "$fuzzer.log"
		echo "fuzz: $fuzzer failed; the input is in $build/found"
		failed=1
	fi
done
exit $failed
