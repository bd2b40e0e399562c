import { mkdir, writeFile } from "node:fs/promises"
import { dirname, resolve } from "node:path"
import type { Browser } from "playwright-core"
import { openBrowser } from "../../e2e/src/browser.ts"
import { startPlatform } from "../../e2e/src/platform.ts"
import { evaluatePrompt } from "./evaluate-prompts.ts"
import { evaluateStarter, listStarters, type StarterScore } from "./evaluate-starters.ts"
import { type Options, readOptions, Usage, usage } from "./options.ts"
import { signIn } from "./platform-call.ts"
import type { Prompt } from "./prompt.ts"
import { readPrompts } from "./read-prompts.ts"
import { type Score, totalsOf } from "./score.ts"
import { lineOf, remarksOf, totalsInWords } from "./table.ts"

/** how long a page of an app is waited for, in `ms` */
const patienceMs = 5000

const say = (text: string) => process.stdout.write(`${text}\n`)

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env)
  const prompts = chosenPrompts(options)
  await using browser = await closing(openBrowser())
  if (options.starters) return keep(options, await measureStarters(browser.browser, options))
  const results: object[] = []
  for (const model of options.models) {
    const scores = await measure(browser.browser, { options, model, prompts })
    const totals = totalsOf(scores)
    say(["", ...totalsInWords(totals)].join("\n"))
    results.push({ model, sets: options.sets, totals, scores })
  }
  await keep(options, results)
}

function chosenPrompts(options: Options): Prompt[] {
  if (options.starters) return []
  const all = options.sets.flatMap(readPrompts)
  const missing = options.only.filter((id) => !all.some((prompt) => prompt.id === id))
  if (missing.length > 0) throw new Usage(`There is no prompt ${missing.join(", ")} in this set.`)
  return options.only.length > 0 ? all.filter(({ id }) => options.only.includes(id)) : all
}

async function measure(
  browser: Browser,
  asked: { options: Options; model: string | null; prompts: readonly Prompt[] },
): Promise<Score[]> {
  const { options, model, prompts } = asked
  await using platform = await platformFor(options, model)
  const call = await signIn(platform.url, platform.who)
  say(`${prompts.length} prompts, ${model ?? "with the platform's own models"}\n`)
  const scores: Score[] = []
  for (const prompt of prompts) {
    const world = {
      call,
      browser,
      patienceMs,
      minutesMax: options.minutesMax,
      first: options.first,
    }
    const score = await evaluatePrompt(world, prompt)
    say([lineOf(score), ...remarksOf(score)].join("\n"))
    scores.push(score)
  }
  return scores
}

async function measureStarters(browser: Browser, options: Options): Promise<StarterScore[]> {
  await using platform = await platformFor(options, null)
  const call = await signIn(platform.url, platform.who)
  const ids = await listStarters(call)
  const chosen = options.only.length > 0 ? ids.filter((id) => options.only.includes(id)) : ids
  const scores: StarterScore[] = []
  for (const id of chosen) {
    const score = await evaluateStarter({ call, browser }, id)
    say(`${id.padEnd(20)} ${score.seconds.toFixed(1).padStart(6)} s  ${score.why ?? "opens"}`)
    scores.push(score)
  }
  say(`\n${scores.filter(({ opens }) => opens).length} of ${scores.length} starters open`)
  return scores
}

/** The platform that is given, or one of our own, which goes when it is done. */
async function platformFor(options: Options, model: string | null) {
  if (options.given) return { ...options.given, async [Symbol.asyncDispose]() {} }
  const platform = await startPlatform({ env: environmentFor(model) })
  const gone = () => platform.process().kill("SIGINT")
  process.once("exit", gone)
  return {
    ...{ url: platform.url, who: platform.admin },
    async [Symbol.asyncDispose]() {
      process.off("exit", gone)
      await platform.remove()
    },
  }
}

/** What a platform of our own is told of models: all that is set here, with one of them chosen. */
function environmentFor(model: string | null): Record<string, string> {
  const told = Object.entries(process.env).filter(
    ([name, value]) => value && /^(VIBECAAS_(MODEL|RUN|AGENT)|[A-Z]+_API_KEY$)/.test(name),
  ) as [string, string][] // just filtered
  return { ...Object.fromEntries(told), ...(model ? { VIBECAAS_MODEL: model } : {}) }
}

async function closing(opened: Promise<Browser>) {
  const browser = await opened
  return { browser, [Symbol.asyncDispose]: () => browser.close() }
}

async function keep(options: Options, results: readonly object[]): Promise<void> {
  const at = new Date().toISOString()
  const name = `${options.starters ? "starters" : options.sets.join("-")}-${at.replaceAll(/[:.]/g, "-")}`
  const file = resolve(options.out ?? `.cache/evaluation/${name}.json`)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify({ at, results }, null, 2)}\n`)
  say(`\nwritten to ${file}`)
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130))
try {
  await main()
} catch (error) {
  if (!(error instanceof Usage)) {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
    process.exit(1)
  }
  if (error.message) process.stderr.write(`${error.message}\n\n`)
  process.stdout.write(usage)
  process.exit(error.message ? 2 : 0)
}
