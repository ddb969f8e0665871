# Sourced by ./test and ./wetoo, in the root of the repository: what they need from the machine, and the pages' build.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

scratch=$(mktemp -d "${TMPDIR:-/tmp}/wetoo.XXXXXX")

# Runs a command quietly: what it says is shown only when it fails.
quietly() {
  if "$@" >"$scratch/output" 2>&1; then return 0; fi
  cat "$scratch/output" >&2
  return 1
}

require_toolchain() {
  local sdk node
  sdk=$(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' global.json)
  if ! dotnet --version >/dev/null 2>&1; then
    echo "The .NET SDK ${sdk%%.*} ($sdk or later) is needed: https://dot.net" >&2
    exit 2
  fi
  node=$(node --version 2>/dev/null || true)
  node=${node#v}
  if [[ ! ${node%%.*} =~ ^[0-9]+$ || ${node%%.*} -lt 20 ]]; then
    echo "Node.js 20 or later is needed; found: ${node:-none}" >&2
    exit 2
  fi
}

# npm ci in a folder, but only when the lock file is not the one that was installed.
install_packages() {
  local installed=$1/node_modules/.installed-lock.json
  cmp -s "$1/package-lock.json" "$installed" && return
  (cd "$1" && quietly npm ci --no-audit --no-fund --loglevel error) && cp "$1/package-lock.json" "$installed"
}

install_web() { install_packages web; }

# The pages go into the vault's assembly, so they come before the C#.
build_web() { [[ ! -f web/build.mjs ]] || (cd web && quietly npm run --silent build); }
