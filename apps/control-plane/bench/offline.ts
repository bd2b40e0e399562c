import { monitorEventLoopDelay } from "node:perf_hooks"
import { setTimeout as delay } from "node:timers/promises"
import { makeModels } from "../src/agents/models/make-models.ts"
import { instructionsFor, planningPrompt } from "../src/agents/prompts.ts"

const prompts = 20
const characters = 4000

/** Plans 20 prompts of 4,000 characters at once, and measures how long this thread was held up. */
export async function benchOffline(): Promise<void> {
  const made = makeModels({ fetch })
  if (!made.ok) throw new Error(made.mistakes.join(" "))
  const { model } = made.models.for("planning")
  await model.doGenerate(call("books with title"))
  const from = performance.now()
  const asked = await longestBlock(async () => {
    await Promise.all(Array.from({ length: prompts }, (_, at) => model.doGenerate(call(goal(at)))))
  })
  const took = performance.now() - from
  // The same time without a question: what the machine itself holds a thread up for.
  const idle = await longestBlock(() => delay(took))
  process.stdout.write(
    `${prompts} prompts of ${characters} characters: answered in ${took.toFixed(0)} ms\n` +
      `the thread that asks: longest block ${asked.block.toFixed(1)} ms (idle as long: ${idle.block.toFixed(1)} ms), ` +
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

const call = (text: string) => ({
  prompt: [
    { role: "system" as const, content: instructionsFor("planning") },
    {
      role: "user" as const,
      content: [{ type: "text" as const, text: planningPrompt({ goal: text, files: [] }) }],
    },
  ],
  tools: ["plan_tasks", "decline"].map((name) => ({
    type: "function" as const,
    name,
    inputSchema: { type: "object" as const },
  })),
})
