# Read by the programs beside it (`. prepare.sh`), not run by itself. Gives ROOT (the clone) and these functions:
#   ensure_installed   node_modules as the lockfile says
#   ensure_web         the pages built, newer than their sources
#   pick_node          NODE: the Node 24 that everything runs on
# A person gets one clear sentence for everything that can go wrong here. All of it is said on stderr: what a program
# prints on stdout is its own, and may be read by another program, in a clone that was never set up too.

NODE_MAJOR_MIN=20
NODE_MAJOR_OURS=24

say() {
  printf '%s\n' "$*" >&2
}

fail() {
  say "$*"
  exit 2
}

# The comment at the top of the program is its help.
help_of() {
  sed -n '2,/^[^#]/{s/^# \{0,1\}//p;}' "$1"
}

major_of() {
  "$1" -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0
}

pick_node() {
  NODE="$ROOT/node_modules/.bin/node"
  if [ -x "$NODE" ]; then
    has_glibc && return 0
  fi
  # No Node comes with the lockfile for this system: the machine's own must do.
  NODE=$(command -v node) || fail "Node is not installed: install Node $NODE_MAJOR_OURS (https://nodejs.org), then try again."
  [ "$(major_of "$NODE")" -ge "$NODE_MAJOR_OURS" ] && return 0
  fail "There is no bundled Node for this system ($(uname -sm)) and yours is $("$NODE" --version): install Node $NODE_MAJOR_OURS."
}

# The bundled Node and PostgreSQL are built against glibc, which Alpine does not have.
has_glibc() {
  [ "$(uname -s)" != Linux ] || ! ls /lib/ld-musl-* >/dev/null 2>&1 || ls /lib*/ld-linux-* >/dev/null 2>&1
}

ensure_installed() {
  installed="$ROOT/node_modules/.package-lock.json"
  if [ -f "$installed" ] && [ -z "$(find "$ROOT/package-lock.json" -newer "$installed")" ]; then
    return 0
  fi
  check_machine
  say "Installing what the lockfile names (once, about a minute) …"
  # Tools for building the pages are needed whatever NODE_ENV or the user's npm settings say; install scripts are not.
  (cd "$ROOT" && npm ci --include=dev --include=optional --ignore-scripts --no-audit --no-fund --loglevel=error >&2) ||
    fail "npm could not install (see above). Is the network or the registry reachable, and is there room on the disk?"
  pick_node
  "$NODE" --version >/dev/null 2>&1 ||
    fail "The bundled Node does not run here ($(uname -sm)): install Node $NODE_MAJOR_OURS, remove node_modules, then try again."
  link_libraries
}

# npm packages hold no links, and install scripts are not run: the links of PostgreSQL's libraries are made here, by
# whoever may write node_modules. Without a package for this system there is nothing to link; DATABASE_URL is the way then.
link_libraries() {
  "$NODE" --input-type=module -e '
    const { findPostgresBinaries } = await import("file://" + process.argv[1] + "/server/platform/embedded-postgres-binaries.ts")
    await findPostgresBinaries().catch((error) => console.error(error.message))' "$ROOT" >&2
}

check_machine() {
  [ -w "$ROOT" ] || fail "The folder $ROOT cannot be written by $(id -un): give it to this user, or clone it where you may write."
  command -v node >/dev/null || fail "Node is not installed: install Node $NODE_MAJOR_MIN or newer (https://nodejs.org), then try again."
  [ "$(major_of node)" -ge "$NODE_MAJOR_MIN" ] ||
    fail "Node $(node --version) is too old: Wasl needs Node $NODE_MAJOR_MIN or newer to install (it then brings its own)."
  command -v npm >/dev/null || fail "npm is not installed: it comes with Node from https://nodejs.org (Debian: apt-get install npm)."
  if ! has_glibc && [ "$(major_of node)" -lt "$NODE_MAJOR_OURS" ]; then
    fail "This system (Alpine?) has no glibc, which the bundled Node and PostgreSQL need: install Node $NODE_MAJOR_OURS and set DATABASE_URL to a PostgreSQL 15 or newer, or use a Debian image."
  fi
}

ensure_web() {
  stamp="$ROOT/dist/.web-built"
  if [ -f "$stamp" ] && [ -f "$ROOT/dist/web/index.html" ]; then
    changed=$(find "$ROOT/web" "$ROOT/contract" "$ROOT/vite.config.ts" "$ROOT/package-lock.json" -newer "$stamp" | head -n 1)
    [ -z "$changed" ] && return 0
  fi
  [ -w "$ROOT" ] || fail "The folder $ROOT cannot be written by $(id -un), so the pages cannot be built."
  say "Building the pages …"
  mkdir -p "$ROOT/dist"
  : >"$stamp.begun" # Edits while it builds count as newer.
  (cd "$ROOT" && "$NODE" node_modules/vite/bin/vite.js build --logLevel warn >&2) || fail "The pages could not be built (see above)."
  mv "$stamp.begun" "$stamp"
}
