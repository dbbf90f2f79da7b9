# shellcheck shell=bash
# Sourced by ./chipray and ./check: finds a JDK 25 and sets CHIPRAY_JAVA_HOME, or says what is missing and fails.
# A JDK (with javac) is asked for where something has to be built: find_jdk jdk; otherwise a runtime will do: find_jdk.

java_feature_version() {
    # The release file answers without starting a JVM.
    if [ -r "$1/release" ]; then
        sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
    elif [ -x "$1/bin/java" ]; then
        "$1/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1
    fi
}

find_jdk() {
    local wanted="${1:-}" candidate
    local path_java=""
    # Where JDKs are usually installed; CHIPRAY_JDK_FOLDERS replaces the list.
    local folders="${CHIPRAY_JDK_FOLDERS:-/usr/lib/jvm/* $HOME/.sdkman/candidates/java/* $HOME/.jdks/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home}"
    if [ -z "${CHIPRAY_JDK_FOLDERS:-}" ] && command -v java > /dev/null 2>&1; then
        path_java="$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")"
    fi
    # shellcheck disable=SC2086
    for candidate in "${JAVA_HOME:-}" "$path_java" $folders; do
        if [ -z "$candidate" ] || [ ! -x "$candidate/bin/java" ]; then
            continue
        fi
        if [ "$wanted" = jdk ] && [ ! -x "$candidate/bin/javac" ]; then
            continue
        fi
        if [ "$(java_feature_version "$candidate")" = 25 ]; then
            export CHIPRAY_JAVA_HOME="$candidate"
            return 0
        fi
    done
    {
        echo "chipray: no JDK 25 found."
        echo "  Looked at JAVA_HOME (${JAVA_HOME:-not set}), the java on PATH, /usr/lib/jvm, ~/.sdkman, ~/.jdks and /opt."
        echo "  Install one (Eclipse Temurin 25, or openjdk-25-jdk where the distribution has it) and set JAVA_HOME to it."
    } >&2
    return 1
}
