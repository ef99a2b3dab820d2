#!/bin/sh
# Starts the service as far as it goes without a database, so that the JVM can keep the classes that it loads the
# way it wants them. Writes aot.options for later starts; AOT=off leaves it empty: a faster build, slower starts.
set -eu
: >aot.options
[ "$AOT" = off ] && exit
java @jvm.options -XX:AOTCacheOutput=service.aot -Xlog:aot=error \
  -Dspring.context.exit=onRefresh -Dspring.flyway.enabled=false -Dspring.jpa.hibernate.ddl-auto=none \
  -Dspring.jpa.database=postgresql -Dspring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false \
  -Dmall.web.operator.token=training-only -Dlogging.level.root=error -jar "$1"
echo -XX:AOTCache=service.aot >aot.options
