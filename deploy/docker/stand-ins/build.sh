#!/bin/sh
# Makes the stand-in images of Dockerfile from Debian's packages, as root, with debootstrap and an engine; prints the
# variables that compose.cluster.yaml and examples/python-server/compose.yaml take them by.
#   eval "$(deploy/docker/stand-ins/build.sh [MIRROR])"    # default: the mirror that debootstrap knows
set -eu
cd "$(dirname "$0")"
if ! docker image inspect cupping-debian:local >/dev/null 2>&1; then
  root=$(mktemp -d)
  trap 'rm -rf "$root"' EXIT
  debootstrap --variant=minbase --include=postgresql,redis-server,prometheus,python3 bookworm "$root" ${1:+"$1"} >&2
  tar -C "$root" --exclude='./var/cache/*' --exclude='./var/lib/apt/*' --exclude='./usr/share/doc/*' -c . |
    docker import - cupping-debian:local >&2
fi
for name in postgres redis prometheus grafana python; do
  DOCKER_BUILDKIT=0 docker build --quiet --target "$name" --tag "cupping-$name:local" . >&2
done
echo "export POSTGRES_IMAGE=cupping-postgres:local REDIS_IMAGE=cupping-redis:local PROMETHEUS_IMAGE=cupping-prometheus:local"
echo "export GRAFANA_IMAGE=cupping-grafana:local PYTHON_BASE=cupping-python:local"
