import { type Inside, limitedAgent, type Rung } from "./rung.ts"

/** No namespaces, but root can still give every machine a user of its own. */
export const ownUid: Rung = {
  name: "uid",
  isolation: "uid",
  weak: true,
  programs: ["setpriv", "prlimit"],
  unfit: (isRoot) => (isRoot ? undefined : "only root can give a machine a user of its own"),
  command,
  roots,
  reaches: [
    "Every file on this host that all users may read.",
    "Every network service that this host can reach, also those bound to localhost.",
    "The names of all processes that run here.",
  ],
  wall: "a user of its own, no namespaces",
}

/** No wall at all: for code of our own, on a developer's machine. */
export const sameUid: Rung = {
  name: "none",
  isolation: "none",
  weak: true,
  programs: ["setpriv", "prlimit"],
  // As root the app would be root on the host.
  unfit: (isRoot) => (isRoot ? "an app must never run as root" : undefined),
  command,
  roots,
  reaches: [
    "Every file and process of the user who runs this platform, its database and secrets too.",
    "Every network service that this host can reach, also those bound to localhost.",
  ],
  wall: "no isolation",
}

function command(inside: Inside): string[] {
  // No new privileges: programs of the host that carry root's rights must not lend them.
  return [
    "setpriv",
    "--no-new-privs",
    "--",
    ...limitedAgent(inside, inside.staged.nodePath, inside.staged.agentDir),
  ]
}

function roots({ filesDir, dataDir }: Pick<Inside, "filesDir" | "dataDir">) {
  return { workspace: `${filesDir}/workspace`, data: dataDir, tmp: `${filesDir}/tmp` }
}
