#!/usr/bin/env bash
# Builds and installs nutgraf, static and shared, and uses it from outside projects. Prints a line a case and stops at
# the first that fails. Works in a temporary folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source_dir=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jobs=$(nproc 2>/dev/null || echo 2)

# quietly NAME COMMAND...: runs a command; if it fails, says which case did and shows what it said.
quietly() {
  local name=$1
  shift
  if ! "$@" >"$work/log" 2>&1; then
    echo "FAILED  $name: $*"
    tail -n 40 "$work/log"
    exit 1
  fi
}

# build NAME FOLDER SOURCE [CMAKE OPTION]...
build() {
  local name=$1 folder=$2 source=$3
  shift 3
  quietly "$name" cmake -S "$source" -B "$work/$folder" -DCMAKE_BUILD_TYPE=Release "$@"
  quietly "$name" cmake --build "$work/$folder" -j "$jobs"
}

for kind in static shared; do
  shared=$([ $kind = shared ] && echo ON || echo OFF)
  build "install $kind" "nutgraf_$kind" "$source_dir" -DBUILD_SHARED_LIBS=$shared -DNUTGRAF_BUILD_CLI=OFF
  quietly "install $kind" cmake --install "$work/nutgraf_$kind" --prefix "$work/$kind"
  echo "ok      install $kind"

  name="find_package, $kind"
  build "$name" "app_$kind" "$here/find_package" "-DCMAKE_PREFIX_PATH=$work/$kind"
  quietly "$name" "$work/app_$kind/app"
  echo "ok      $name"

  # Other vector flags than the library's change the alignment that Eigen asks of the allocator.
  name="find_package, $kind, -mavx2 -fsanitize=address"
  case $(uname -m) in
    x86_64 | amd64)
      build "$name" "app_avx2_$kind" "$here/find_package" "-DCMAKE_PREFIX_PATH=$work/$kind" \
        "-DCMAKE_CXX_FLAGS=-mavx2 -fsanitize=address"
      if grep -qw avx2 /proc/cpuinfo 2>/dev/null || sysctl -n machdep.cpu.leaf7_features 2>/dev/null | grep -qw AVX2; then
        quietly "$name" "$work/app_avx2_$kind/app"
        echo "ok      $name"
      else
        echo "skipped $name: built, but this CPU has no AVX2 to run it"
      fi
      ;;
    *) echo "skipped $name: not an x86-64 machine" ;;
  esac
done

build add_subdirectory app_sources "$here/add_subdirectory" "-DNUTGRAF_SOURCE_DIR=$source_dir"
quietly add_subdirectory "$work/app_sources/app"
echo "ok      add_subdirectory"

# An older installation than a project asks for is refused.
name="find_package, a later version is not found"
cp -r "$here" "$work/later"
sed -i.bak 's/nutgraf 0\.1 /nutgraf 0.2 /' "$work/later/find_package/CMakeLists.txt"
if cmake -S "$work/later/find_package" -B "$work/app_later" "-DCMAKE_PREFIX_PATH=$work/static" >"$work/log" 2>&1; then
  echo "FAILED  $name"
  exit 1
fi
echo "ok      $name"
