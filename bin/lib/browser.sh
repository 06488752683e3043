# The browser that the journeys in e2e/ drive: Debian's Chromium, or the one CHROMIUM names. Sourced after ensure.sh.

ensure_browser() {
  [ -x "${CHROMIUM:-/usr/bin/chromium}" ] && return
  if [ -n "${CHROMIUM:-}" ]; then
    refuse "CHROMIUM names $CHROMIUM, and there is no program; leave it out or name a Chromium."
  fi
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    refuse 'The journeys need Chromium at /usr/bin/chromium. On Debian: apt-get install chromium fonts-noto-core. Elsewhere set CHROMIUM to its path, or run bin/test check and bin/test unit.'
  fi
  say 'Installing Chromium …'
  log=$(mktemp)
  if apt-get update -q >"$log" 2>&1 &&
    DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends chromium fonts-liberation fonts-noto-core >>"$log" 2>&1; then
    rm -f "$log"
  else
    tail -n 25 "$log" >&2
    rm -f "$log"
    refuse 'Installing Chromium failed; the lines above say why.'
  fi
}
