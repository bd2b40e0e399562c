import { lstatSync, readlinkSync } from "node:fs"
import { lacksPrograms, systemPath } from "@vibecaas/kernel/programs"
import { run } from "@vibecaas/kernel/spawn"
import { startedByRoot } from "./root.ts"

export const wallNames = ["bubblewrap", "uid", "none"] as const
export type WallName = (typeof wallNames)[number]

/** How the programs of a store are kept from everything else on this host. */
export interface Wall {
  name: WallName
  /** a sentence's beginning, for people */
  words: string
  reaches: readonly string[]
  lacks(): string | undefined
  command(inside: Inside): string[]
}

export interface Inside {
  argv: readonly string[]
  /** absolute paths that it sees and cannot write to */
  readOnly: readonly string[]
  /** absolute paths that it may write to */
  writable: readonly string[]
  cwd: string
  /** the host's network; else only Unix sockets lead out and in */
  network: boolean
  processesMax: number
  /** longest file in MiB */
  fileMiB: number
  /** folder with a small passwd, group, hosts and nsswitch.conf */
  etcDir: string
}

const bubblewrap: Wall = {
  name: "bubblewrap",
  words: "Process: bubblewrap",
  reaches: [
    "Programs and libraries installed on this host, read-only.",
    "The host's kernel, which it shares.",
    "Its own database, and no file of this host outside its own folders.",
  ],
  lacks: () => lacksPrograms("bwrap", "prlimit"),
  command: (inside) => [
    "bwrap",
    ...["--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-uts"],
    ...(inside.network ? [] : ["--unshare-net"]),
    ...["--unshare-cgroup-try", "--disable-userns", "--uid", "1000", "--gid", "1000"],
    ...["--hostname", "store", "--cap-drop", "ALL"],
    ...system(inside.etcDir),
    ...binds(inside),
    ...["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", inside.cwd, "--"],
    ...limited(inside),
  ],
}

/** No namespaces, but root can give every store a user of its own. */
const ownUid: Wall = {
  name: "uid",
  words: "User: one of its own, no namespaces",
  reaches: [
    "Every file on this host that all users may read.",
    "Every network service that this host can reach, also those bound to localhost.",
  ],
  lacks: () =>
    lacksPrograms("setpriv", "prlimit") ??
    (startedByRoot() ? undefined : "only root can give a store a user of its own"),
  command: (inside) => ["setpriv", "--no-new-privs", "--", ...limited(inside)],
}

const none: Wall = {
  name: "none",
  words: "No isolation",
  reaches: [
    "Every file and process of the user who runs this platform, its database and secrets too.",
    "Every network service that this host can reach, also those bound to localhost.",
  ],
  // As root the shop would be root on the host.
  lacks: () =>
    lacksPrograms("setpriv", "prlimit") ??
    (startedByRoot() ? "a shop must never run as root" : undefined),
  command: (inside) => ["setpriv", "--no-new-privs", "--", ...limited(inside)],
}

const walls: readonly Wall[] = [bubblewrap, ownUid, none]

/** The strongest wall that a harmless program really gets through here. */
export async function chooseWall(
  wanted: WallName | undefined,
  proof: { inside: Omit<Inside, "argv">; uid: number | undefined },
): Promise<Wall> {
  const candidates = walls.filter(({ name }) => wanted === undefined || name === wanted)
  const reasons: string[] = []
  for (const wall of candidates) {
    const lacks = wall.lacks() ?? (await tryOut(wall, proof))
    if (lacks === undefined) return wall
    reasons.push(`${wall.name}: ${lacks}`)
  }
  throw new Error(`no wall for stores works here (${reasons.join("; ")})`)
}

async function tryOut(
  wall: Wall,
  { inside, uid }: { inside: Omit<Inside, "argv">; uid: number | undefined },
): Promise<string | undefined> {
  const [file = "", ...argv] = wall.command({ ...inside, argv: ["/bin/true"] })
  const user = uid === undefined ? {} : { uid, gid: uid }
  const env = { PATH: systemPath }
  const answer = await run(file, argv, { env, timeoutMs: 10_000, cwd: "/", ...user }).catch(String)
  if (typeof answer === "string") return answer
  return answer.exitCode === 0 ? undefined : answer.stderr.toString("utf8").trim().slice(0, 300)
}

const limited = ({ argv, processesMax, fileMiB }: Inside): string[] => [
  "prlimit",
  // With no user of its own the limit would count what else that user runs.
  ...(startedByRoot() ? [`--nproc=${processesMax}`] : []),
  `--fsize=${fileMiB * 1024 * 1024}`,
  "--nofile=8192",
  "--core=0",
  "--",
  ...argv,
]

function system(etcDir: string): string[] {
  return [
    ...["--ro-bind", "/usr", "/usr"],
    ...["bin", "sbin", "lib", "lib32", "lib64", "libx32"].flatMap(systemDirectory),
    ...["--ro-bind", etcDir, "/etc"],
    ...["alternatives", "ld.so.cache", "ssl", "php", "localtime", "mysql"].flatMap((name) => [
      ...["--ro-bind-try", `/etc/${name}`, `/etc/${name}`],
    ]),
    ...["--proc", "/proc", "--dev", "/dev"],
    ...["--perms", "1777", "--size", String(64 * 1024 * 1024), "--tmpfs", "/dev/shm"],
    ...["--perms", "1777", "--size", String(64 * 1024 * 1024), "--tmpfs", "/tmp"],
  ]
}

/** The same paths as outside. What bubblewrap makes by itself above them would be closed to the store. */
function binds({ readOnly, writable }: Inside): string[] {
  const paths = [...readOnly, ...writable]
  const above = new Set(paths.flatMap(foldersAbove).filter((path) => !isSystem(path)))
  return [
    ...[...above].flatMap((path) => ["--perms", "0755", "--dir", path]),
    ...readOnly.filter((path) => !isSystem(path)).flatMap((path) => ["--ro-bind", path, path]),
    ...writable.flatMap((path) => ["--bind", path, path]),
  ]
}

const isSystem = (path: string) =>
  path === "/tmp" || /^\/(usr|etc|proc|dev|bin|sbin|lib\w*)(\/|$)/.test(path)

function foldersAbove(path: string): string[] {
  const parts = path.split("/").slice(1, -1)
  return parts.map((_, at) => `/${parts.slice(0, at + 1).join("/")}`)
}

/** Most systems link /bin and its like into /usr; some still have directories. */
function systemDirectory(name: string): string[] {
  const stats = lstatSync(`/${name}`, { throwIfNoEntry: false })
  if (stats?.isSymbolicLink()) return ["--symlink", readlinkSync(`/${name}`), `/${name}`]
  return stats?.isDirectory() ? ["--ro-bind", `/${name}`, `/${name}`] : []
}
