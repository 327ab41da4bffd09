#!/usr/bin/env bash
# A teacher publishes again and again at one replica; each time the first read at the other one must be of what was just published. Two replicas, one Redis,
# on SQLite and on PostgreSQL. Usage: bench/publish.sh [publications=500]. Exit code 1 when a read was older.
set -euo pipefail
cd "$(dirname "$0")/.."

publications="${1:-500}"
[[ "$publications" =~ ^[0-9]+$ ]] || { echo "Usage: bench/publish.sh [publications=500]" >&2; exit 2; }
unset PORT PORTAL_DATA DATABASE_URL REDIS_URL "${!ASPNETCORE_@}" "${!RAILWAY_@}"
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 PUBLICATIONS="$publications"
dotnet build NsiPortal.Tests -c Release -v q --nologo --disable-build-servers

results=bench/results/publish.txt
{
  echo "command: bench/publish.sh $publications"
  echo "date:    $(date -u +%F)"
} | tee "$results"
for database in sqlite postgres; do
  echo "$database:" | tee -a "$results"
  PORTAL_TEST_DATABASE="$database" dotnet NsiPortal.Tests/bin/Release/net10.0/NsiPortal.Tests.dll -noColor -showLiveOutput -class NsiPortal.Coherence.PublishingTests 2>&1 |
    grep -E "publications, before|FAIL|Total:" | tee -a "$results"
done
! grep -q FAIL "$results"
