# The program that calls the SIP edge in its tests, as phones and trunks do: sipp. Sourced after ensure.sh.

ensure_sipp() {
  command -v sipp >/dev/null 2>&1 && return
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    refuse 'The tests of the SIP edge need sipp. On Debian: apt-get install sip-tester. Elsewhere put it in the PATH, or run bin/test check and bin/test e2e.'
  fi
  say 'Installing sipp …'
  log=$(mktemp)
  if apt-get update -q >"$log" 2>&1 &&
    DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends sip-tester >>"$log" 2>&1; then
    rm -f "$log"
  else
    tail -n 25 "$log" >&2
    rm -f "$log"
    refuse 'Installing sipp failed; the lines above say why.'
  fi
}
