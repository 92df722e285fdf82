#!/bin/sh
# As the official image: options alone mean the server, which is open to other machines and runs without root.
set -eu
case ${1:-} in -* | *.conf) set -- redis-server "$@" ;; esac
if [ "${1:-}" = redis-server ]; then
    shift
    file=
    case ${1:-} in *.conf)
        file=$1
        shift
        ;;
    esac
    # Debian's binary asks for protection by default. What the caller says comes later, and wins.
    set -- redis-server ${file:+"$file"} --protected-mode no --bind '* -::*' "$@"
    if [ "$(id -u)" = 0 ]; then
        find . ! -user redis -exec chown redis:redis {} +
        exec setpriv --reuid=redis --regid=redis --clear-groups -- "$@"
    fi
fi
exec "$@"
