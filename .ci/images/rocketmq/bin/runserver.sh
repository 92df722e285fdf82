#!/bin/sh
# $1 is the main class; heap and more come from JAVA_OPT_EXT and JAVA_OPT, as in the official image.
: "${ROCKETMQ_HOME:=$(cd "$(dirname "$0")/.." && pwd)}"
export ROCKETMQ_HOME
# shellcheck disable=SC2086
exec java -Xms64m -Xmx512m -XX:MaxDirectMemorySize=256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    --add-exports=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED \
    --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED ${JAVA_OPT:-} ${JAVA_OPT_EXT:-} \
    -cp "$ROCKETMQ_HOME/conf:$ROCKETMQ_HOME/lib/*" "$@"
