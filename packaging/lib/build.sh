# Sourced after jdk.sh: builds the command line from the sources in $root, unless what was built is newer than every source.

assay_jar() {
  find "$root/agent-cli/target" -maxdepth 1 -name 'agent-cli-*.jar' 2>/dev/null | head -n 1
}

assay_built() {
  local jar
  jar="$(assay_jar)"
  [ -n "$jar" ] && [ -d "$root/agent-cli/target/lib" ] &&
    [ -z "$(find "$root/pom.xml" "$root"/agent-*/pom.xml "$root"/agent-*/src/main -newer "$jar" -type f -print -quit)" ]
}

if ! assay_built; then
  echo "Building Assay (the first time, Maven fetches its libraries) ..." >&2
  if ! (cd "$root" && ./mvnw --batch-mode -q -DskipTests -Djacoco.skip=true package) >&2; then
    echo "assay: the build failed; the reason stands above" >&2
    exit 4
  fi
fi
