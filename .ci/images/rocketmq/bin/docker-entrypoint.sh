#!/bin/sh
[ "${1:-}" != dummy ] || exec sleep infinity
exec "$@"
