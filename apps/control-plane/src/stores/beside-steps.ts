import type { StoreBackend } from "@vibecaas/stores/backend"
import { digestOf, type Release } from "@vibecaas/stores/release"
import { seenDown } from "./failure-of.ts"
import { notListening } from "./rehearse.ts"
import { releaseIn, runHook, tryOrder, wantedRelease } from "./try-parts.ts"
import { doneWith, failedAt, isWell, type Taking, type Tried } from "./work-parts.ts"

/** Has the new version run beside the one that visitors are led to, on the same data. */
export async function raise(taking: Taking): Promise<Tried> {
  await keepUp(taking)
  const ran = await runHook(taking, "upgrade", { beside: true })
  if (ran.how !== "done") return ran
  return (await notBeside(taking, await wantedRelease(taking))) ?? doneWith()
}

/** Sends an order through the new version, which nobody else sees yet. */
export async function prove(taking: Taking): Promise<Tried> {
  const { parts, turn, row } = taking
  const { backend, clock } = parts
  await keepUp(taking)
  const release = await wantedRelease(taking)
  const down = await notBeside(taking, release)
  if (down) return down
  const connect: StoreBackend["connect"] = (id, process) => backend.connect(id, process, "beside")
  const engine = parts.engines.find(row.engine)
  const probing = { backend: { connect }, engine, release, clock, signal: turn.signal }
  return tryOrder(taking, probing)
}

/** Leads visitors to the new version, from one moment to the next; what they had before ends. */
export async function changePlaces(taking: Taking): Promise<Tried> {
  const { parts, row } = taking
  const release = await wantedRelease(taking)
  const { beside, revision, ...seen } = await parts.backend.look(row.id)
  const digest = digestOf(release)
  const stands = beside?.digest === digest && beside.processes.every(isListening)
  // Done before a crash, and not written down.
  const isDone = revision?.digest === digest && !beside
  if (!stands && !isDone) {
    const processes = beside?.processes ?? []
    return failedAt("switch", await seenDown(parts, row.id, { ...seen, processes }))
  }
  await parts.backend.ensure(release, "running")
  return doneWith("the shop answered all the time")
}

const isListening = ({ state }: { state: string }) => state === "listening"

/** The new version goes, and what ran before it runs: where it never was away nothing happens to it. */
export async function takeGreenAway(of: Pick<Taking, "parts" | "turn" | "row">): Promise<void> {
  const { backend } = of.parts
  await backend.endBeside(of.row.id)
  const { revision } = await backend.look(of.row.id)
  if (revision && revision.version !== of.row.version)
    await backend.ensure(await blueOf(of), "running")
}

/** What visitors are led to may have been ended with the platform: this work is all that starts it again. */
async function keepUp(taking: Taking): Promise<void> {
  const { parts, there } = taking
  if (!isWell(there)) await parts.backend.ensure(await blueOf(taking), "running")
}

/** Nothing once the new version listens beside the old one. */
function notBeside(taking: Taking, release: Release): Promise<Tried | undefined> {
  return notListening(taking, async () => {
    const seen = await taking.parts.backend.ensureBeside(release)
    return { ...seen, processes: seen.beside?.processes ?? seen.processes }
  })
}

const blueOf = (of: Pick<Taking, "parts" | "turn" | "row">) =>
  releaseIn(of, { version: of.row.version, verbose: false })
