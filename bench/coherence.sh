#!/usr/bin/env bash
# The coherence trial of the tests, for longer: three serving processes and a command on one database, readers, writers and faults. First on SQLite and on
# PostgreSQL at the same time, each process with a cache of its own; then on PostgreSQL with a Redis that all share, which fails too.
# Usage: bench/coherence.sh [minutes=10] [memory|redis]. Exit code 1 when a reader ever got a page older than an acknowledged change.
set -euo pipefail
cd "$(dirname "$0")/.."

minutes="${1:-10}" which="${2:-both}"
[[ "$minutes" =~ ^[0-9]+(\.[0-9]+)?$ && "$which" =~ ^(memory|redis|both)$ ]] || { echo "Usage: bench/coherence.sh [minutes=10] [memory|redis]" >&2; exit 2; }
if ! command -v initdb >/dev/null && ! compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
  echo "PostgreSQL is missing. Install it (on Debian or Ubuntu: apt-get install postgresql), then run this again." >&2
  exit 2
fi
if [[ "$which" != memory ]] && ! command -v redis-server >/dev/null; then
  echo "Redis is missing. Install it (on Debian or Ubuntu: apt-get install redis-server), then run this again." >&2
  exit 2
fi

# What the caller's shell says about a portal is not about the ones that are tried; no build server outlives the trial.
unset PORT PORTAL_DATA DATABASE_URL REDIS_URL PORTAL_TEST_DATABASE "${!ASPNETCORE_@}" "${!RAILWAY_@}"
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build NsiPortal.Tests -c Release -v q --nologo --disable-build-servers

load() { cut -d' ' -f1-3 /proc/loadavg 2>/dev/null || echo unknown; }
begin() {
  results="bench/results/$1.txt"
  {
    echo "command: bench/coherence.sh $minutes $2"
    echo "date:    $(date -u +%F)"
    echo "host:    $(getconf _NPROCESSORS_ONLN) cores, load average before $(load); .NET $(dotnet --list-runtimes | sed -n 's/^Microsoft.NETCore.App \(10[^ ]*\).*/\1/p' | tail -1)"
    echo
  } | tee "$results"
}
trial() { PORTAL_TEST_DATABASE="$1" dotnet NsiPortal.Tests/bin/Release/net10.0/NsiPortal.Tests.dll trial "$minutes" "${@:2}" 2>&1 | tee -a "$results"; }

status=0
if [[ "$which" != redis ]]; then
  begin coherence memory
  trial sqlite & sqlite=$!
  trial postgres & postgres=$!
  wait "$sqlite" || status=1
  wait "$postgres" || status=1
fi
if [[ "$which" != memory ]]; then
  begin coherence-redis redis
  trial postgres redis || status=1
fi
exit "$status"
