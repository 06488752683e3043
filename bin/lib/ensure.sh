# What the commands in bin/ need before they run: the packages of package-lock.json, and the built web and widget.
# Sourced with $root set to the repository. POSIX sh. When nothing changed this costs a few hundredths of a second.

node24=$root/node_modules/node/bin/node
lock=$root/.earshot-lock

say() { printf '%s\n' "$*" >&2; }

refuse() {
  say "$*"
  exit 1
}

# Packages as the lock file says. Its content decides, not its date, which git sets anew.
ensure_installed() {
  is_installed && return
  take_lock
  is_installed || install_packages
  release_lock
}

# Web and widget as their sources say.
ensure_built() {
  web_sources=$(fingerprint apps/web packages/client packages/contracts)
  widget_sources=$(fingerprint packages/widget packages/client packages/contracts)
  is_built apps/web "$web_sources" && is_built packages/widget "$widget_sources" && return
  take_lock
  is_built apps/web "$web_sources" || build apps/web "$web_sources" 'Building the dashboard'
  is_built packages/widget "$widget_sources" || build packages/widget "$widget_sources" 'Building the widget'
  release_lock
}

# Becomes Node 24, so that signals reach it without a shell in between. Compiled code is kept: it halves the time to load.
run_node() {
  NODE_COMPILE_CACHE=${NODE_COMPILE_CACHE:-$root/node_modules/.cache/earshot}
  export NODE_COMPILE_CACHE
  exec "$node24" "$@"
}

is_installed() {
  [ -x "$node24" ] && cmp -s "$root/package-lock.json" "$root/node_modules/.earshot-installed"
}

install_packages() {
  require_node
  # A tree that somebody installed by hand is as good, and may be in use.
  if ! node "$root/scripts/ensure-installed.mjs" "$root"; then
    run_quietly 'Installing packages (a minute or two the first time)' \
      npm ci --include=dev --include=optional --no-audit --no-fund --loglevel=error
  fi
  # The package "node" fetches its binary in an install script, which may be switched off.
  [ -x "$node24" ] || (cd "$root/node_modules/node" && node installArchSpecificPackage.js >/dev/null 2>&1)
  [ -x "$node24" ] || refuse 'Node 24 could not be fetched for this platform by the npm package "node"; see the log of npm.'
  cp "$root/package-lock.json" "$root/node_modules/.earshot-installed.$$"
  mv "$root/node_modules/.earshot-installed.$$" "$root/node_modules/.earshot-installed"
}

require_node() {
  command -v node >/dev/null 2>&1 ||
    refuse 'Earshot needs Node.js 20 or newer, and there is none; install it from https://nodejs.org and start again.'
  version=$(node --version 2>/dev/null)
  major=${version#v}
  major=${major%%.*}
  [ "${major:-0}" -ge 20 ] 2>/dev/null ||
    refuse "Earshot needs Node.js 20 or newer, and this is ${version:-unknown}; install a newer one from https://nodejs.org and start again."
  command -v npm >/dev/null 2>&1 ||
    refuse 'Earshot needs npm, which comes with Node.js, and there is none; install it and start again.'
}

is_built() {
  [ -f "$root/$1/dist/.built-from" ] && [ "$(cat "$root/$1/dist/.built-from")" = "$2" ]
}

# Built beside and swapped in, so that a running server is without its pages for an instant at most.
build() {
  rm -rf "$root/$1/dist.new"
  run_quietly "$3" "$node24" "$root/node_modules/vite/bin/vite.js" build "$1" --outDir dist.new --emptyOutDir --logLevel warn
  printf '%s\n' "$2" >"$root/$1/dist.new/.built-from"
  rm -rf "$root/$1/dist.old"
  [ ! -d "$root/$1/dist" ] || mv "$root/$1/dist" "$root/$1/dist.old"
  mv "$root/$1/dist.new" "$root/$1/dist"
  rm -rf "$root/$1/dist.old"
}

# One number for the contents of all sources; dates say nothing after a checkout or a copy.
fingerprint() {
  (
    cd "$root" || exit 1
    find "$@" package-lock.json \( -name node_modules -o -name dist -o -name dist.new -o -name dist.old -o -name '*.test.*' \) -prune -o -type f -exec cksum {} + |
      LC_ALL=C sort | cksum
  )
}

# Runs a command with its output kept for the case that it fails, and shows that something goes on.
run_quietly() {
  title=$1
  shift
  began=$(date +%s)
  (cd "$root" && exec "$@") >"$lock/log" 2>&1 </dev/null &
  child=$!
  echo "$$ $child" >"$lock/process"
  if [ -t 2 ]; then
    while kill -0 "$child" 2>/dev/null; do
      printf '\r%s … %s s ' "$title" "$(($(date +%s) - began))" >&2
      sleep 1
    done
    printf '\n' >&2
  else
    say "$title …"
  fi
  if wait "$child"; then
    child=
    return
  fi
  child=
  # Builders say what is wrong first, npm says it last.
  if [ "$(wc -l <"$lock/log")" -le 50 ]; then cat "$lock/log"; else
    head -n 25 "$lock/log"
    echo '[…]'
    tail -n 25 "$lock/log"
  fi >&2
  refuse "$title failed; the lines above say why."
}

# One at a time: two installations into the same folder would ruin each other.
take_lock() {
  child=
  waited=0
  refused=0
  until mkdir "$lock" 2>/dev/null; do
    # No lock there may also mean that the other start gave it back in this very moment: then it can be taken at the next try.
    if [ ! -d "$lock" ]; then
      refused=$((refused + 1))
      [ "$refused" -lt 10 ] ||
        refuse "Earshot has to install or build in $root and may not write there; make it writable and start again."
      continue
    fi
    holders=$(cat "$lock/process" 2>/dev/null)
    if [ -n "$holders" ] || [ "$waited" -ge 5 ]; then
      is_any_running $holders || drop_stale_lock "$holders"
    fi
    [ "$waited" -ne 1 ] || say "Waiting for another start that is installing or building (process ${holders%% *}) …"
    waited=$((waited + 1))
    sleep 1
  done
  echo "$$" >"$lock/process"
  trap release_lock EXIT
  trap 'exit 130' INT TERM HUP
}

release_lock() {
  trap - EXIT INT TERM HUP
  if [ -n "$child" ]; then
    kill "$child" 2>/dev/null
    wait "$child" # it must not go on writing when the next one begins
  fi
  rm -rf "$lock"
}

# The shell that took the lock, or what it ran and left behind when it was killed.
is_any_running() {
  for pid in "$@"; do
    if kill -0 "$pid" 2>/dev/null || [ -d "/proc/$pid" ]; then return 0; fi
  done
  return 1
}

# Moved before it is removed, and looked at again: only one of several waiting starts gets it, and never a fresh one.
drop_stale_lock() {
  mv "$lock" "$lock.$$" 2>/dev/null || return 0
  if [ "$(cat "$lock.$$/process" 2>/dev/null)" = "$1" ]; then rm -rf "$lock.$$"; else mv "$lock.$$" "$lock"; fi
}
