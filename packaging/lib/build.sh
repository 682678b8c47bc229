# Sourced after jdk.sh: builds the command line from the sources in $root, unless the last build is newer than every source.

require_jdk || exit 3

assay_stamp="$root/agent-cli/target/built"

assay_built() {
  [ -f "$assay_stamp" ] &&
    [ -z "$(find "$root/pom.xml" "$root"/agent-*/pom.xml "$root"/agent-*/src/main -newer "$assay_stamp" -type f -print -quit)" ]
}

if ! assay_built; then
  echo "Building Assay (the first time, Maven fetches its libraries) ..." >&2
  if ! (cd "$root" && ./mvnw --batch-mode -q -Dmaven.test.skip=true -Djacoco.skip=true package) >&2; then
    echo "assay: the build failed; the reason stands above" >&2
    exit 4
  fi
  touch "$assay_stamp"
fi
