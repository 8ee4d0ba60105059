#!/bin/sh
# Builds the fuzzers with clang in a folder of their own and runs them:
# fuzz/run.sh [SECONDS]. What is found first stays in $BUILD/found. FUZZ_SEED says
# which way it goes; without one it is another at each run.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
seconds=${1:-60}
build=${BUILD:-$top/build-fuzz}

if ! command -v clang > /dev/null; then
	echo "fuzz: clang is not installed; skipped"
	exit 0
fi
mkdir -p "$build/corpus" "$build/found"
cd "$build"
[ -f Makefile ] || CC=clang CFLAGS='-g -O1' "$top/configure" --enable-fuzzers > configure.log
make -s -j"$(nproc)" fuzz-site > make.log 2>&1 || { tail -n 30 make.log; exit 1; }

# the samples in each encoding and with each line end
for file in "$top"/data/samples/*.ini; do
	name=${file##*/}
	cp "$file" "corpus/$name"
	iconv -f UTF-8 -t CP932 "$file" > "corpus/cp932-$name"
	sed 's/$/\r/' "$file" > "corpus/crlf-$name"
done
status=0
./fuzz-site -max_total_time="$seconds" -seed="${FUZZ_SEED:-0}" -timeout=10 -max_len=4096 \
	-dict="$top/fuzz/site.dict" -artifact_prefix=found/ corpus > fuzz.log 2>&1 || status=$?
if [ $status != 0 ]; then
	tail -n 40 fuzz.log
	echo "fuzz: failed; the input is in $build/found"
	exit 1
fi
grep '^Done' fuzz.log
