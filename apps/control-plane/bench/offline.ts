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
  const loop = monitorEventLoopDelay({ resolution: 1 })
  loop.enable()
  await delay(100)
  const quiet = loop.max / 1e6
  loop.reset()
  const from = performance.now()
  await Promise.all(Array.from({ length: prompts }, (_, at) => model.doGenerate(call(goal(at)))))
  const took = performance.now() - from
  await delay(20)
  loop.disable()
  const longest = (loop.max / 1e6).toFixed(1)
  process.stdout.write(
    `${prompts} prompts of ${characters} characters: answered in ${took.toFixed(0)} ms\n` +
      `longest block of the thread that asks: ${longest} ms (idle: ${quiet.toFixed(1)} ms)\n`,
  )
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
