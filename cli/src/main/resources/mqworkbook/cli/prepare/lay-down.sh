#!/bin/sh
# lay-down.sh WORKBOOK MAVEN: lays down what the workbook's launcher is built from, for the user who calls it: the Maven
# that ./mvnw runs, and the files for Maven's local repository. ./workbook prepare --from calls it when need be.
set -eu
here=$(CDPATH= cd -P "$(dirname "$0")" && pwd)
workbook=$1
maven=$2

dists=${MAVEN_USER_HOME:-$HOME/.m2}/wrapper/dists
if [ -f "$here/maven.tar" ]; then
    mkdir -p "$dists"
    tar -xof "$here/maven.tar" -C "$dists"
fi

# Only Maven knows where the user's settings have its repository.
repository=$(cd "$workbook" && "$maven" -X -o -B -f "$here/empty-pom.xml" validate 2>&1 | sed -n 's/^.*Using local repository at //p')
[ -n "$repository" ] || repository=$HOME/.m2/repository
echo "Copying a Maven repository into $repository ..." >&2
mkdir -p "$repository"
cp -Rp "$here/repository/." "$repository/"
