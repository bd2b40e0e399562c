import { lacksPrograms } from "@vibecaas/kernel/programs"
import { startedByRoot } from "./options.ts"
import { type Inside, limitedAgent, type SandboxRung } from "./rung.ts"

/** No namespaces, but root can still give every machine a user of its own. */
export const ownUid: SandboxRung = {
  name: "uid",
  wall: "uid",
  shared: true,
  lacks: () =>
    lacksPrograms("setpriv", "prlimit") ??
    (startedByRoot() ? undefined : "only root can give a machine a user of its own"),
  remedy: "start as root",
  command,
  roots,
  reaches: [
    "Every file on this host that all users may read.",
    "Every network service that this host can reach, also those bound to localhost.",
    "The names of all processes that run here.",
  ],
  words: "a user of its own, no namespaces",
}

/** No wall at all: for code of our own, on a developer's machine. */
export const sameUid: SandboxRung = {
  name: "none",
  wall: "none",
  shared: true,
  // As root the app would be root on the host.
  lacks: () =>
    lacksPrograms("setpriv", "prlimit") ??
    (startedByRoot() ? "an app must never run as root" : undefined),
  command,
  roots,
  reaches: [
    "Every file and process of the user who runs this platform, its database and secrets too.",
    "Every network service that this host can reach, also those bound to localhost.",
  ],
  words: "no isolation",
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
