import { run } from "@vibecaas/kernel/spawn"

/** What a program behind a wall may read, the folders that it may write, and whether it has the network. */
export interface Behind {
  read: readonly string[]
  write: readonly string[]
  network?: boolean
}

/** Puts a program behind a wall. */
export type Wall = (of: Behind) => readonly string[]

/** Of the host it sees programs and their libraries. */
const base = ["/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/alternatives"]
/** By which servers are trusted. */
const trust = ["/etc/ssl", "/etc/pki", "/etc/ca-certificates"]

const bubblewrap = ({ network = false }: Pick<Behind, "network">) => [
  ...["bwrap", "--unshare-all", ...(network ? ["--share-net"] : [])],
  ...["--die-with-parent", "--new-session", "--cap-drop", "ALL"],
  ...[...base, ...(network ? trust : [])].flatMap((path) => ["--ro-bind-try", path, path]),
  ...["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"],
]

const path = { PATH: "/usr/local/bin:/usr/bin:/bin" }

/**
 * A wall of bubblewrap: no network unless said, no other process, no file but what is named. Where it cannot
 * be had git runs as it does for the platform's own commands, with an environment and settings of ours alone.
 */
export function makeWall(): () => Promise<Wall> {
  let known: Promise<Wall> | undefined
  return () => {
    known ??= probe()
    return known
  }
}

async function probe(): Promise<Wall> {
  const argv = [...bubblewrap({}), "--chdir", "/", "/usr/bin/env", "true"]
  const tried = await run("/usr/bin/env", argv, { env: path, timeoutMs: 5000 }).catch(() => null)
  if (tried?.exitCode !== 0) return () => []
  return ({ read, write, network = false }) => [
    ...bubblewrap({ network }),
    ...read.flatMap((folder) => ["--ro-bind", folder, folder]),
    ...write.flatMap((folder) => ["--bind", folder, folder]),
    ...["--chdir", "/"],
  ]
}
