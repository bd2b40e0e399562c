#!/bin/sh
# Runs as the first process of new namespaces, as root of a user namespace that maps to an
# ordinary user outside. Builds a root directory of its own, leaves the old one, gives up every
# right, and runs the command.
#
# usage: unshare-root.sh MOUNTPOINT NODE AGENTDIR ETCDIR DATADIR NPMDIR TOOLSDIR LAYERSDIR WORKSPACE_MIB TMP_MIB COMMAND...
#
# Paths are plain: the kernel escapes others in its list of mounts, where we look them up.
set -eu
PATH=/usr/sbin:/usr/bin:/sbin:/bin
root=$1 node=$2 agent=$3 etc=$4 data=$5 npm=$6 tools=$7 layers=$8 workspace_mib=$9
shift 9
tmp_mib=$1
shift
for path in "$root" "$node" "$agent" "$etc" "$data" "$npm" "$tools" "$layers"; do
  case $path in
    *[!A-Za-z0-9/._@+-]*) echo "the path $path has characters that are not supported" >&2; exit 1 ;;
  esac
done

# Flags of a mount that came from outside are locked: a remount must repeat them.
remount() {
  while read -r _ _ _ _ point options _; do
    case $point in
      "$1" | "$1"/*)
        mount -o "remount,bind,$2,nosuid,$(printf %s "$options" | sed 's/^r[wo],//')" "$point" ;;
    esac
  done </proc/self/mountinfo
}

bind_ro() {
  mount --rbind "$1" "$root$2"
  remount "$root$2" ro,nodev
}

ip link set lo up
# Namespaces inside the machine would only serve attacks on the kernel; we still need one below.
echo 1 >/proc/sys/user/max_user_namespaces

mount -t tmpfs -o mode=755,size=1m,nosuid,nodev tmpfs "$root"
cd "$root"
mkdir -p usr etc dev proc tmp workspace data old opt/vm/bin opt/vm/agent opt/vm/npm opt/vm/tools opt/vm/layers
: >opt/vm/bin/node
bind_ro /usr /usr
for name in bin sbin lib lib32 lib64 libx32; do
  if [ -L "/$name" ]; then
    ln -s "$(readlink "/$name")" "$name"
  elif [ -d "/$name" ]; then
    mkdir "$name"
    bind_ro "/$name" "/$name"
  fi
done
bind_ro "$etc" /etc
if [ -d /etc/alternatives ]; then bind_ro /etc/alternatives /etc/alternatives; fi
if [ -f /etc/ld.so.cache ]; then bind_ro /etc/ld.so.cache /etc/ld.so.cache; fi
bind_ro "$node" /opt/vm/bin/node
bind_ro "$agent" /opt/vm/agent
bind_ro "$npm" /opt/vm/npm
bind_ro "$tools" /opt/vm/tools
bind_ro "$layers" /opt/vm/layers
mount --bind "$data" data
remount "$root/data" rw,nodev
mount -t tmpfs -o "mode=1777,size=${tmp_mib}m,nosuid,nodev" tmpfs tmp
mount -t tmpfs -o "mode=755,size=${workspace_mib}m,nosuid,nodev" tmpfs workspace
mount -t tmpfs -o mode=755,size=64k,nosuid tmpfs dev
for name in null zero full random urandom; do
  : >"dev/$name"
  mount --bind "/dev/$name" "dev/$name"
done
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin
ln -s /proc/self/fd/1 dev/stdout
ln -s /proc/self/fd/2 dev/stderr
mkdir dev/shm
mount -t tmpfs -o mode=1777,size=64m,nosuid,nodev tmpfs dev/shm
mount -t proc -o nosuid,nodev,noexec proc proc

pivot_root . old
cd /
umount -l /old
rmdir /old
mount -o remount,bind,ro,nosuid /dev
mount -o remount,bind,ro,nosuid,nodev /
# The last shell stays as first process: it collects what the app leaves behind.
exec unshare --user --map-user=1000 --map-group=1000 -- \
  setpriv --no-new-privs -- /bin/sh -c '"$@"; exit $?' init "$@"
