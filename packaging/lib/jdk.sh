# Finds a JDK of at least version 21 and exports JAVA_HOME; to be sourced.
#
#   . packaging/lib/jdk.sh
#   require_jdk || exit 1
#
# `java` on the path may be older: a JDK counts by its own bin/javac, wherever it is installed. Where there is none, the
# platform's package manager is asked for one if that needs no password; otherwise the message says what to install.

JDK_MINIMUM=21

# The newest that the build was tried with; a newer one is taken only where there is no other.
JDK_KNOWN=25

# The feature version of the JDK in directory $1 (21, 25, …), or nothing where there is no whole JDK.
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  local version=''
  if [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release")
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \(1\.\)\{0,1\}\([0-9]*\).*/\2/p')
  fi
  echo "$version"
}

# Directories that may be JDKs, one a line.
jdk_candidates() {
  local compiler place home
  compiler=$(command -v javac || true)
  if [ -n "$compiler" ]; then
    compiler=$(readlink -f "$compiler" 2>/dev/null || echo "$compiler")
    dirname "$(dirname "$compiler")"
  fi
  if [ -x /usr/libexec/java_home ]; then
    /usr/libexec/java_home -v "$JDK_MINIMUM+" 2>/dev/null || true
  fi
  for place in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/openjdk* /usr/local/jdk* \
    /opt/* /opt/java/* /opt/jdk/* /opt/jvm/* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/.m2/jdks/* \
    "${HOME:-/nonexistent}"/.local/share/mise/installs/java/* "${HOME:-/nonexistent}"/.asdf/installs/java/* \
    "${HOME:-/nonexistent}"/.gradle/jdks/* /snap/openjdk/current/jdk \
    /opt/homebrew/opt/openjdk* /usr/local/opt/openjdk* /home/linuxbrew/.linuxbrew/opt/openjdk* \
    /Library/Java/JavaVirtualMachines/* "${HOME:-/nonexistent}"/Library/Java/JavaVirtualMachines/*; do
    for home in "$place" "$place/Contents/Home" "$place/libexec/openjdk.jdk/Contents/Home" "$place/libexec"; do
      if [ -x "$home/bin/javac" ]; then
        echo "$home"
      fi
    done
  done
}

# How much version $1 is wanted: 0 for one that is too old.
jdk_rank() {
  if [ "$1" -lt "$JDK_MINIMUM" ]; then
    echo 0
  elif [ "$1" -le "$JDK_KNOWN" ]; then
    echo $((1000 + $1))
  else
    echo $((1000 - $1))
  fi
}

# Exports JAVA_HOME as the best JDK found, unless it already names one that is new enough.
find_jdk() {
  local home version rank best='' best_rank=0
  if [ -n "${JAVA_HOME:-}" ]; then
    version=$(jdk_version "$JAVA_HOME")
    if [ "${version:-0}" -ge "$JDK_MINIMUM" ]; then
      export JAVA_HOME
      return 0
    fi
  fi
  while IFS= read -r home; do
    version=$(jdk_version "$home")
    rank=$(jdk_rank "${version:-0}")
    if [ "$rank" -gt "$best_rank" ]; then
      best=$home
      best_rank=$rank
    fi
  done <<EOF
$(jdk_candidates)
EOF
  [ -n "$best" ] || return 1
  export JAVA_HOME="$best"
}

# The option that brings vectors into Java, with which memory-fill on the processor takes two thirds of the time:
# nothing where this JDK has no such module. It costs a line of warning on stderr that cannot be turned off.
vector_option() {
  if grep -qs 'jdk\.incubator\.vector' "$JAVA_HOME/release"; then
    echo --add-modules=jdk.incubator.vector
  fi
}

# Runs a command as root without asking anyone: directly, or through sudo where that needs no password.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    return 1
  fi
}

# install_package APT DNF APK BREW: asks the platform's package manager for the package that it knows under its name.
install_package() {
  if command -v apt-get >/dev/null 2>&1; then
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "$1"
  elif command -v dnf >/dev/null 2>&1; then
    as_root dnf -q -y install "$2"
  elif command -v apk >/dev/null 2>&1; then
    as_root apk add --quiet "$3"
  elif command -v brew >/dev/null 2>&1; then
    brew install --quiet "$4"
  else
    return 1
  fi
}

# Asks the platform's package manager for a JDK, a newer one first.
install_jdk() {
  if command -v apt-get >/dev/null 2>&1; then
    as_root apt-get -qq update || return 1
  fi
  install_package openjdk-25-jdk-headless java-25-openjdk-devel openjdk25-jdk openjdk@25 ||
    install_package openjdk-21-jdk-headless java-21-openjdk-devel openjdk21-jdk openjdk@21
}

# Exports JAVA_HOME, installing a JDK where there is none and that is possible; says what is missing otherwise.
require_jdk() {
  find_jdk && return 0
  echo "No JDK $JDK_MINIMUM or later found; asking the package manager for one …" >&2
  if install_jdk >&2 && find_jdk; then
    return 0
  fi
  cat >&2 <<EOF
A JDK of version $JDK_MINIMUM or later is missing, and it could not be installed from here.
Install one, then run this again:
  Debian, Ubuntu   sudo apt-get install openjdk-21-jdk-headless
  Fedora, RHEL     sudo dnf install java-21-openjdk-devel
  Alpine           sudo apk add openjdk21-jdk
  macOS            brew install openjdk
  anything else    unpack one from https://adoptium.net and set JAVA_HOME to its directory
EOF
  return 1
}
