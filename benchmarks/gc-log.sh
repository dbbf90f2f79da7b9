#!/usr/bin/env bash
# Compares whole processes that turn a log of GC activity into a tree of live blocks: Chipray on a log of 1 GB (page
# cache warm, output thrown away), and the classic script where its path is given.
#
#   benchmarks/gc-log.sh [MEGABYTES] [PATH/TO/gc_activity.py]
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
megabytes="${1:-1000}"
classic="${2:+$(realpath "$2")}"
# shellcheck source=../scripts/find-jdk.sh
source "$home/scripts/find-jdk.sh"
find_jdk
java="$CHIPRAY_JAVA_HOME/bin/java"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

(cd "$home" && JAVA_HOME="$CHIPRAY_JAVA_HOME" mvn -q -o -Dquick -Dmaven.test.skip=true -pl benchmarks -am package)
"$home/chipray" --version > /dev/null
class_path="$home/benchmarks/target/classes"
sample="$home/samples/micropython-cortex-m3-gc.log.gz"

# Wall and processor seconds of a command, best of several runs by wall time.
measure() {
    local name="$1" size="$2" runs="$3"
    shift 3
    local best="" line
    for _ in $(seq "$runs"); do
        line="$( { TIMEFORMAT='%R %U %S'; time "$@" > /dev/null 2> /dev/null; } 2>&1 )"
        if [ -z "$best" ] || awk "BEGIN { exit !(${line%% *} < ${best%% *}) }"; then
            best="$line"
        fi
    done
    # shellcheck disable=SC2086
    set -- $best
    awk "BEGIN { printf \"%-34s %6d MB  %7.2f s  %7.2f s of processor  %8.1f MB/s\n\", \"$name\", $size, $1, $2 + $3, $size / $1 }"
}

"$java" -cp "$class_path" dev.chipray.benchmarks.GrownLog "$sample" "$megabytes" "$work/large.log"
cat "$work/large.log" > /dev/null
measure "chipray tree" "$megabytes" 5 "$home/chipray" tree "$work/large.log"
JAVA_TOOL_OPTIONS=-Xmx256m measure "chipray tree, 256 MB of memory" "$megabytes" 5 "$home/chipray" tree "$work/large.log"
"$java" -cp "$class_path" dev.chipray.benchmarks.GrownLog "$sample" 10 "$work/small.log"
measure "chipray tree" 10 10 "$home/chipray" tree "$work/small.log"
if [ -n "$classic" ]; then
    "$java" -cp "$class_path" dev.chipray.benchmarks.GrownLog "$sample" 100 "$work/classic.log"
    cd "$work"
    measure "gc_activity.py" 100 2 python3 "$classic" "$work/classic.log"
fi
