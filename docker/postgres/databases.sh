#!/bin/bash
# A database and a role for each service, when the server first starts on an empty volume. A role can
# connect to its own database only, and owns nothing else.
set -euo pipefail

superuser() { psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres "$@"; }

superuser <<'SQL'
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
SQL

# The verifier reads all of them and writes nothing.
superuser --set password="${MALL_VERIFIER_DB_PASSWORD:?}" <<'SQL'
CREATE ROLE mall_verifier LOGIN PASSWORD :'password' CONNECTION LIMIT 20;
GRANT pg_read_all_data TO mall_verifier;
SQL

for service in order inventory payment notification saga; do
  password="MALL_${service^^}_DB_PASSWORD"
  # psql quotes what it puts in for :'password'
  superuser --set name="mall_$service" --set password="${!password:?}" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password' CONNECTION LIMIT 100;
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"name" TO mall_verifier;
SQL
done

# The gateway's, with passwords' hashes and signing keys, which the verifier has no business with.
superuser --set password="${MALL_GATEWAY_DB_PASSWORD:?}" <<'SQL'
CREATE ROLE mall_gateway LOGIN PASSWORD :'password' CONNECTION LIMIT 100;
CREATE DATABASE mall_gateway OWNER mall_gateway;
REVOKE ALL ON DATABASE mall_gateway FROM PUBLIC;
SQL
