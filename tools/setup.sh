#!/usr/bin/env bash
# Installs what a step needs: system packages and the virtual environment .venv. May be run again at any time.
#
# usage: tools/setup.sh GROUP...     GROUP: a dependency group of pyproject.toml (build, test, lint, bench, ...)
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '\n== %s\n' "$*"; }

declare -A packages=(
  [build]="g++ cmake libicu-dev libeigen3-dev libstemmer-dev nlohmann-json3-dev"
  [test]="libgtest-dev"
  [bench]="libbenchmark-dev"
  [fuzz]="clang libclang-rt-dev"
)

missing_packages() {
  local python_missing=()
  python3 -c 'import ensurepip' 2>/dev/null || python_missing+=(python3-venv)
  python3 -c 'import os, sysconfig; raise SystemExit(not os.path.exists(os.path.join(sysconfig.get_paths()["include"], "Python.h")))' ||
    python_missing+=(python3-dev)
  for group in "$@"; do
    for package in ${packages[$group]:-}; do
      if [ "$package" = g++ ] && command -v c++ >/dev/null; then continue; fi
      if [ "$package" = cmake ] && command -v cmake >/dev/null; then continue; fi
      dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q 'ok installed' || echo "$package"
    done
  done
  printf '%s\n' "${python_missing[@]}"
}

install_debian_packages() {
  local wanted as_root=()
  wanted=$(missing_packages "$@" | sort -u | xargs)
  [ -z "$wanted" ] && return
  say "Installing Debian packages: $wanted"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Not root, and there is no sudo. As root, run: apt-get install $wanted" >&2; exit 1; }
    as_root=(sudo)
  fi
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted
}

check_other_system() {
  # A CMake run that finds everything is the only proof; here, a quick one.
  local found=yes
  command -v cmake >/dev/null && command -v c++ >/dev/null || found=no
  for module in icu-uc eigen3; do pkg-config --exists "$module" 2>/dev/null || found=no; done
  [ "$found" = yes ] && return
  cat >&2 <<'TXT'
nutgraf needs a C++20 compiler, CMake 3.22, ICU, libstemmer, Eigen 3.4 and nlohmann-json; to test also GoogleTest,
to measure Google Benchmark; and pkg-config, with which this script looks for them. Install them, then run the command
again:
  Homebrew     brew install cmake pkgconf icu4c snowball eigen googletest nlohmann-json google-benchmark
               export PKG_CONFIG_PATH="$(brew --prefix icu4c)/lib/pkgconfig" ICU_ROOT="$(brew --prefix icu4c)"
  Fedora       dnf install gcc-c++ cmake pkgconf python3-devel libicu-devel libstemmer-devel eigen3-devel gtest-devel json-devel google-benchmark-devel
  conda-forge  conda install -c conda-forge cxx-compiler cmake pkg-config icu libstemmer eigen gtest nlohmann_json benchmark
TXT
  exit 1
}

if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
  install_debian_packages build "$@"
else
  check_other_system
fi

if [ ! -x .venv/bin/python ]; then
  say "Making the virtual environment .venv"
  python3 -m venv .venv
fi
stamp=.venv/groups-$(printf '%s-' build "$@")$(cksum <pyproject.toml | cut -d' ' -f1)
if [ ! -e "$stamp" ]; then
  say "Installing Python packages: $(echo build "$@")"
  .venv/bin/python -m pip install -q --upgrade 'pip>=25.1'
  .venv/bin/python -m pip install -q $(printf -- '--group %s ' build "$@")
  touch "$stamp"
fi
