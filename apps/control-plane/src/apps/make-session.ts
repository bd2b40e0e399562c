import { isFault } from "@vibecaas/kernel/fault"
import type { ExecResult } from "@vibecaas/microvm/guest-client"
import type { Actor } from "../core/ctx.ts"
import { actAsPlatform } from "../core/resource.ts"
import { findDraft, type LiveMachine } from "../machines/index.ts"
import type { Mask } from "../secrets/index.ts"
import { changesSince, checkOut, workspace } from "./checkout.ts"
import { connectPort } from "./connect-port.ts"
import { fetchPage } from "./fetch-page.ts"
import { maskOf } from "./given-to.ts"
import { memoryOf } from "./memory.ts"
import { restartLimits } from "./next-step.ts"
import type { AppsParts } from "./parts.ts"
import { findOfProject, findOnMachine } from "./queries.ts"
import { runningMachine, unavailable } from "./running-machine.ts"
import type { CommandResult, MachineOf, MachineSession } from "./sessions.ts"
import { startDraftApp } from "./start-app.ts"
import { waitFor } from "./wait-for.ts"

const outputBytesMax = 256 * 1024
const commandMsMax = 10 * 60_000
const actor: Actor = { kind: "system", id: null, name: "agents" }

/**
 * A command's data are its own: tests that a model wrote must not touch what people typed into the
 * app. The shell knows where this machine's own temporary directory is.
 */
const withOwnData = ["/bin/sh", "-c", 'DATA_DIR="$TMPDIR/data" exec "$@"', "run"]

/** What an agent may do with a machine; a machine that was restarted meanwhile is taken up again. */
export function makeSession(parts: AppsParts, of: MachineOf, first: LiveMachine): MachineSession {
  let checkedOut: string | null | undefined
  let machine = first
  const living = async () => {
    if (parts.live.get(machine.id) !== machine) machine = (await runningMachine(parts, of)).machine
    return machine
  }
  /** the machine that lives now, with the files of the commit that was asked for last */
  const ready = async () => {
    await living()
    if (checkedOut !== undefined && memoryOf(machine).checkedOut !== checkedOut) {
      await bringTo(parts, machine, { ...of, commit: checkedOut })
    }
    return machine
  }
  const cover = async (text: string) => (await maskOf(parts, machine))(text)
  const connect = async () => {
    await living()
    const { appPort } = memoryOf(machine)
    if (appPort === null) throw unavailable()
    return connectPort(machine, appPort)
  }
  return {
    async checkout(commit) {
      checkedOut = commit
      await bringTo(parts, await living(), { ...of, commit })
    },
    async run(argv, options) {
      const { guest } = await ready()
      const mask = await maskOf(parts, machine)
      const result = await guest.exec([...withOwnData, ...argv], {
        cwd: workspace,
        env: await parts.variables(machine),
        timeoutMs: Math.min(options.timeoutMs, commandMsMax),
        maxOutputBytes: outputBytesMax,
        signal: options.signal,
        ...(options.onOutput
          ? { onOutput: (_, chunk) => options.onOutput?.(mask(chunk.toString())) }
          : {}),
      })
      return asText(result, mask)
    },
    changePackages: (commit, change) =>
      parts.packages.change({ ...of, commit }, { ...change, print: () => {} }),
    async changes() {
      const { guest, projectId } = await ready()
      return memoryOf(machine).inTurn(() =>
        changesSince(guest, parts.repositories.of(projectId), checkedOut ?? null),
      )
    },
    startApp: (commit) => untilShown(() => beginApp(parts, of, commit)),
    beginApp: (commit) => beginApp(parts, of, commit),
    appLog: async (tailBytes) => cover(await (await living()).guest.appLog({ tailBytes })),
    async fetchPage(request) {
      // No checkout: this session may have asked for no files.
      const page = await fetchPage(await connect(), request, parts.clock)
      return { ...page, body: await cover(page.body) }
    },
    connect,
    cover,
    hasApp: () => hasApp(parts, of),
  }
}

/** Asks for a commit's app once all that it needs is there; answers what will be seen of it. */
async function beginApp(
  parts: AppsParts,
  of: MachineOf,
  commit: string,
): Promise<{ seen: Promise<Started> }> {
  const lacking = await prepareApp(parts, of, commit)
  if (lacking) return { seen: Promise.resolve(lacking) }
  await askForApp(parts, of, commit)
  return { seen: watchApp(parts, of, commit) }
}

/** Asks again where others asked for another version before this one was seen. */
async function untilShown(begin: () => ReturnType<MachineSession["beginApp"]>): Promise<Started> {
  for (let asked = 1; ; asked++) {
    const started = await (await begin()).seen
    if (started !== movedOn || asked >= asksMax) return started
  }
}

const asksMax = 5

type Started = Awaited<ReturnType<MachineSession["startApp"]>>

/** Installs and builds what a commit needs; answers why its app cannot start. */
async function prepareApp(
  { packages }: AppsParts,
  { projectId, signal }: MachineOf,
  commit: string,
): Promise<Started | undefined> {
  try {
    await packages.prepare({ projectId, commit }, signal)
    return undefined
  } catch (error) {
    if (!isFault(error, "packages_failed")) throw error
    packages.forget({ projectId, commit })
    return { running: false, exitCode: null, logTail: error.say.split("\n") }
  }
}

/** Brings `/workspace` to a commit with its packages, after what other sessions do there. */
function bringTo(
  parts: AppsParts,
  machine: LiveMachine,
  { commit, ...of }: { commit: string | null } & Pick<MachineOf, "projectId" | "signal">,
): Promise<void> {
  const memory = memoryOf(machine)
  return memory.inTurn(async () => {
    memory.checkedOut = undefined
    const repository = parts.repositories.of(machine.projectId)
    await checkOut(machine.guest, repository, { commit, folder: workspace })
    if (commit !== null) await usePackages(parts, machine, { ...of, commit })
    memory.checkedOut = commit
  })
}

/** @throws Fault `packages_failed` when they cannot be installed */
async function usePackages(
  { packages }: AppsParts,
  { guest }: LiveMachine,
  { projectId, commit, signal }: Pick<MachineOf, "projectId" | "signal"> & { commit: string },
): Promise<void> {
  const wanted = { projectId, commit }
  await packages.install(wanted, signal)
  await packages.use(guest, { ...wanted, folder: workspace, built: false })
}

function asText(result: ExecResult, mask: Mask): CommandResult {
  const [stdout, stderr] = [mask(result.stdout.toString()), mask(result.stderr.toString())]
  return { ...result, stdout, stderr }
}

/** Whether there is an app for a promotion to bring to people: the draft's, or one that is live. */
function hasApp(parts: AppsParts, of: MachineOf): Promise<boolean> {
  return actAsPlatform(parts, { ...of, readOnly: true }, async ({ db }) => {
    const draft = await findDraft(db, of)
    const tried = draft && (await findOnMachine(db, draft.id))
    return tried !== undefined || (await findOfProject(db, of.projectId)) !== undefined
  })
}

function askForApp(parts: AppsParts, of: MachineOf, commit: string): Promise<unknown> {
  const { organizationId, signal } = of
  return parts.scope({ organizationId, actor, signal }, (ctx) =>
    startDraftApp(ctx, { ...of, commit }),
  )
}

/** The draft follows its branch again: another server's agents committed meanwhile. */
const movedOn: Started = {
  running: false,
  exitCode: null,
  logTail: ["The draft shows another version by now."],
}

/** Waits for what is seen of an app first: that it listens, or that it ended. */
function watchApp(
  parts: AppsParts,
  of: MachineOf,
  commit: string,
): ReturnType<MachineSession["startApp"]> {
  const waiting = { ...of, withinMs: restartLimits.listenMs + 30_000 }
  return waitFor(parts, waiting, ({ machine, app }) => {
    if (app && app.follows !== null && app.commit !== commit) return movedOn
    if (machine.state === "failed")
      return { running: false, exitCode: null, logTail: [machine.failure ?? ""] }
    if (app?.commit !== commit || app.commitWanted !== commit) return undefined
    if (app.script !== "start") return undefined
    if (machine.state !== "running") return undefined
    if (app.state === "running") return { running: true, exitCode: null, logTail: [] }
    if (app.state !== "crashed" && app.restarts === 0) return undefined
    const { exitCode, logTail, failure } = app
    return { running: false, exitCode, logTail: failure ? [...logTail, failure] : logTail }
  })
}
