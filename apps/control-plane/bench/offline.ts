import { resolve } from "node:path"
import { monitorEventLoopDelay } from "node:perf_hooks"
import { setTimeout as delay } from "node:timers/promises"
import { makeCatalogue } from "@vibecaas/starters/match/catalogue"
import { fit } from "@vibecaas/starters/match/fit"
import { propose } from "@vibecaas/starters/match/propose"
import { readStarters } from "@vibecaas/starters/read-starters"

const prompts = 20
const characters = 4000
const folder = resolve(import.meta.dirname, "../../../starters")

/** Proposes for 20 prompts of 4,000 characters one after the other, and measures how long each holds up its thread. */
export async function benchOffline(): Promise<void> {
  const catalogue = makeCatalogue(await readStarters(folder))
  const answer = (prompt: string) => {
    const found = propose(catalogue, prompt)
    for (const id of found.outcome === "choices" ? found.starters : []) {
      const starter = catalogue.starter(id)
      if (starter) fit(prompt, starter, { language: found.language })
    }
  }
  answer("books with title")
  const from = performance.now()
  const asked = await longestBlock(async () => {
    for (let at = 0; at < prompts; at++) {
      answer(goal(at))
      await delay(0)
    }
  })
  const took = performance.now() - from
  // The same time without a question: what the machine itself holds a thread up for.
  const idle = await longestBlock(() => delay(took))
  process.stdout.write(
    `${prompts} prompts of ${characters} characters: proposed in ${took.toFixed(0)} ms\n` +
      `the thread: longest block ${asked.block.toFixed(1)} ms (idle as long: ${idle.block.toFixed(1)} ms), ` +
      `processor time ${asked.processor.toFixed(1)} ms\n`,
  )
}

async function longestBlock(work: () => Promise<void>) {
  const loop = monitorEventLoopDelay({ resolution: 1 })
  const before = process.threadCpuUsage()
  loop.enable()
  await work()
  loop.disable()
  const { user, system } = process.threadCpuUsage(before)
  return { block: loop.max / 1e6, processor: (user + system) / 1000 }
}

function goal(at: number): string {
  const things =
    "customers with name, phone, e-mail and notes; visits with date, price and status. "
  return `Number ${at}: ${things.repeat(Math.ceil(characters / things.length))}`.slice(
    0,
    characters,
  )
}
