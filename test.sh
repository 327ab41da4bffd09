#!/usr/bin/env bash
# Runs every test, on this machine, from nothing: installs what is missing (as root on Debian or Ubuntu), builds once. The
# tests start their own servers on free ports and stop them. Last line: « N passed, N failed ». Exit code 0 only when something ran and nothing failed.
set -euo pipefail
cd "$(dirname "$0")"

configuration=Release
results="$(mktemp -d)"
trap 'rm -rf "$results"' EXIT

# What the caller's shell says about a portal is not about the ones that are tested; no build server outlives the tests.
unset PORT PORTAL_DATA DATABASE_URL REDIS_URL PORTAL_TEST_DATABASE "${!ASPNETCORE_@}" "${!RAILWAY_@}"
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Hundreds of short processes do little but compile, which is faster with memory that may be written and executed at once, and without counting what runs often.
export DOTNET_EnableWriteXorExecute=0 DOTNET_TieredPGO=0

have() { command -v "$1" >/dev/null 2>&1; }

missing=()
# Chromium without its windows, which shows pages a little faster. The caller may name another.
have "${CHROMIUM:-chromium-headless-shell}" || missing+=(chromium-headless-shell fonts-liberation)
have initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
have redis-server || missing+=(redis-server)
have python3 || missing+=(python3)
have node && have npm || missing+=(nodejs npm ca-certificates)

if [ "${#missing[@]}" -gt 0 ]; then
  if [ "$(id -u)" != 0 ] || ! have apt-get; then
    echo "Missing: ${missing[*]}. Install them (on Debian or Ubuntu: apt-get install ${missing[*]}), then run ./test.sh again." >&2
    exit 2
  fi
  echo "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

if ! have dotnet || ! dotnet --list-sdks | grep -q '^10\.'; then
  echo "The .NET 10 SDK is missing. Install it from https://dotnet.microsoft.com/download, then run ./test.sh again." >&2
  exit 2
fi

dotnet build NsiPortal.Tests -c "$configuration" -v q --nologo --disable-build-servers

# Twice: on SQLite, and on a PostgreSQL of their own. The second time without what opens no database, without the browser, and without what is about files and the terminal.
tests="NsiPortal.Tests/bin/$configuration/net10.0/NsiPortal.Tests.dll"
status=0
echo "On SQLite"
dotnet "$tests" -noColor -xml "$results/sqlite.xml" -trait- Database=PostgreSQL || status=$?
echo "On PostgreSQL"
PORTAL_TEST_DATABASE=postgres dotnet "$tests" -noColor -xml "$results/postgres.xml" -trait- Database=SQLite \
  -namespace- "NsiPortal.Architecture*" -namespace- "NsiPortal.Browser*" -namespace- "NsiPortal.Content*" -namespace- "NsiPortal.Domain*" -namespace- "NsiPortal.Redis*" -namespace- "NsiPortal.Rendering*" || status=$?

# A test that was skipped proves nothing: it counts as failed. So does a run that ended without its results.
python3 - "$status" "$results/sqlite.xml" "$results/postgres.xml" <<'PYTHON'
import os, sys, xml.etree.ElementTree as tree

status, files = int(sys.argv[1]), sys.argv[2:]
tests, errors = [], 0
for file in files:
    run = tree.parse(file) if os.path.exists(file) else None
    found = list(run.iter("test")) if run is not None else []
    errors += len(list(run.iter("error"))) if found else 1
    tests += [(os.path.basename(file)[:-4], test) for test in found]
print("\nThe ten slowest tests:")
for database, test in sorted(tests, key=lambda pair: -float(pair[1].get("time")))[:10]:
    print(f"{float(test.get('time')):8.1f} s  {test.get('name')} ({database})")
passed = sum(test.get("result") == "Pass" for _, test in tests)
failed = len(tests) - passed + errors
if failed == 0 and (status != 0 or passed == 0):
    failed = 1
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
PYTHON
