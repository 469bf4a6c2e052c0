#!/usr/bin/env bash
# Install Debian packages where this user may; otherwise print the one command to run and go on without them.
set -uo pipefail
missing=()
for package in "$@"; do
  dpkg-query --show --showformat='${Status}' "$package" 2>/dev/null | grep -q "ok installed" || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing from Debian's packages: ${missing[*]}"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; } \
    || echo "Could not install ${missing[*]}; what needs them is skipped, with the reason shown."
else
  echo "Not installed: ${missing[*]}. What needs them is skipped. To get them run:  sudo apt-get install ${missing[*]}"
fi
exit 0
