#!/bin/sh
# As the official image: the server runs without root, and reads RABBITMQ_DEFAULT_USER, _PASS and _VHOST itself.
set -eu
case ${1:-} in rabbitmq*)
    if [ "$(id -u)" = 0 ]; then
        [ "$1" != rabbitmq-server ] || find /var/lib/rabbitmq ! -user rabbitmq -exec chown rabbitmq {} +
        exec setpriv --reuid=rabbitmq --regid=rabbitmq --clear-groups -- "$@"
    fi
    ;;
esac
exec "$@"
