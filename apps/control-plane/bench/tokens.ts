import { readFile } from "node:fs/promises"
import { join } from "node:path"
import type { LanguageModelV4CallOptions } from "@ai-sdk/provider"
import { layFiles } from "../replay/replay-run.ts"
import { type Cassette, readCassette } from "../src/agents/cassettes/cassette.ts"
import type { Models } from "../src/agents/models/model.ts"
import { type AgentsWorld, agentsWorld } from "../src/agents/testing/agents-world.ts"
import { type Said, type Seen, scriptedModel } from "../src/agents/testing/scripted-model.ts"
import { databaseOn } from "../src/db/testing/database-on.ts"
import { startTestCluster } from "../src/db/testing/test-cluster.ts"
import { createProject } from "../src/projects/index.ts"
import { printTable, printTarget } from "./figures.ts"
import { type Answers, bySixRoles, byTwoRoles } from "./plan-shapes.ts"

const goals = ["live-board", "two-player-game", "invoice-maker"]
const runs = goals.flatMap((goal) => [goal, `${goal}-changed`])
/** What the roles' prompts had for the same goals when the target was set, in tokens. */
const rolesBefore = 435_553
const shapes = { six: bySixRoles, two: byTwoRoles }

interface Sent {
  requests: number
  chars: number
  /** of these, at the beginning of a request as they were at the beginning of an earlier one */
  kept: number
}

/**
 * What the prompts of a run have, when the same files, edits and tests come from a plan of many
 * roles or from one builder and a verifier: recorded answers, sent through the real loops.
 */
export async function benchTokens(): Promise<void> {
  const cluster = await startTestCluster()
  const now: Playing = { script: () => ({}), heard: [] }
  const db = () => databaseOn(cluster.adminUrl)
  const world = await agentsWorld({ models: counting(now), db })
  const rows: string[][] = []
  const sums = { six: empty(), two: empty() }
  for (const name of runs) {
    const cassette = readCassette(await readFile(fileOf(name), "utf8"))
    const six = await play(world, now, { cassette, answers: shapes.six(cassette) })
    const two = await play(world, now, { cassette, answers: shapes.two(cassette) })
    add(sums.six, six)
    add(sums.two, two)
    rows.push([name, ...cellsOf(six), ...cellsOf(two), less(six, two)])
  }
  rows.push(["all", ...cellsOf(sums.six), ...cellsOf(sums.two), less(sums.six, sums.two)])
  printTable("tokens of prompts, of four characters each", [
    ["", ...headsOf("roles"), ...headsOf("builder"), "difference"],
    ...rows,
  ])
  const before = `30 % fewer than ${rolesBefore.toLocaleString("en")}, what roles had before`
  printTarget(before, sums.two.chars / 4 <= 0.7 * rolesBefore)
  await world.close()
  await cluster.remove()
}

const fileOf = (name: string) => join(import.meta.dirname, "../replay/cassettes", `${name}.json`)
const empty = (): Sent => ({ requests: 0, chars: 0, kept: 0 })
const headsOf = (shape: string) => [`${shape}: requests`, "tokens", "kept"]

interface Playing {
  script: (seen: Seen) => Said
  /** what each request had: tools, instructions, messages */
  heard: string[]
}

function counting(now: Playing): Models {
  const inner = scriptedModel((seen) => now.script(seen))
  const model = {
    ...inner,
    doStream: (options: LanguageModelV4CallOptions) => {
      now.heard.push(JSON.stringify([options.tools, ...options.prompt]))
      return inner.doStream(options)
    },
  }
  const info = { provider: "bench", model: "bench", simulated: true, label: "Recorded answers" }
  return { for: () => ({ model, info, trust: "untrusted" }) }
}

async function play(
  world: AgentsWorld,
  now: Playing,
  { cassette, answers }: { cassette: Cassette; answers: Answers },
): Promise<Sent> {
  now.heard = []
  now.script = ({ role, answers: given }) => answers[role]?.[given] ?? { text: "Nothing more." }
  const preview = "private" as const
  const project = await world.act((ctx) => createProject(ctx, { name: "Bench", preview }))
  await layFiles(world, project.id, cassette)
  const { runId } = await world.ask(cassette.goal, project.id)
  await world.settle()
  const { state, failure, tasks } = await world.run(runId)
  const again = tasks.some(({ tries }) => tries > 1)
  if (state !== "succeeded" || again)
    throw new Error(`the run ${state}: ${failure ?? "tried again"}`)
  return sentIn(now.heard)
}

function sentIn(heard: readonly string[]): Sent {
  const sent = empty()
  for (const [at, text] of heard.entries()) {
    const kept = heard.slice(0, at).map((earlier) => sharedStart(earlier, text))
    add(sent, { requests: 1, chars: text.length, kept: Math.max(0, ...kept) })
  }
  return sent
}

function sharedStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length)
  for (let at = 0; at < most; at++) if (one[at] !== other[at]) return at
  return most
}

function add(sum: Sent, { requests, chars, kept }: Sent): void {
  sum.requests += requests
  sum.chars += chars
  sum.kept += kept
}

const cellsOf = ({ requests, chars, kept }: Sent) => [
  String(requests),
  Math.round(chars / 4).toLocaleString("en"),
  `${Math.round((100 * kept) / chars)} %`,
]
const less = (six: Sent, two: Sent) => `${Math.round((100 * two.chars) / six.chars - 100)} %`
