import type { Duplex } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import { type Answer, ask } from "./ask.ts"
import { fill, fillText, pick, type Variables } from "./fill.ts"
import type { Capture, Expectation, HttpScript, HttpStep, Json, ScriptPart } from "./http-script.ts"

export interface ScriptRun {
  script: HttpScript
  connect(process: string): Promise<Duplex>
  /** the process that is asked where a step names none */
  process: string
  /** origin that the shop believes to be at, e.g. `https://mugs.stores.example.com` */
  url: string
  /** what steps may put in; those that begin with `secret.` are never in evidence */
  variables: Variables
  /** `options` stops before anything is bought */
  upTo: "options" | "order"
  clock: Clock
  signal?: AbortSignal
}

export interface StepOutcome {
  name: string
  part: ScriptPart
  ok: boolean
  /** as long as it took with all its tries */
  ms: number
  status?: number
  tries: number
}

export interface ScriptOutcome {
  ok: boolean
  steps: StepOutcome[]
  /** what the script called `order`, when it was captured: an order was placed */
  order?: string
  ms: number
  failed?: ScriptFailure
  /** what the last step answered, for who reads it; absent when it was not JSON */
  answer?: unknown
}

export interface ScriptFailure {
  step: string
  part: ScriptPart
  /** a sentence */
  say: string
  /** absent when nothing answered */
  status?: number
  /** the beginning of what was answered, without secrets */
  answer: string
}

/**
 * Takes a script's steps one after the other. Once an order was placed its `undo` steps are taken
 * however the rest went, so that a failed probe leaves no open order. Never throws for what the shop
 * does: that is the outcome.
 */
export async function runScript(run: ScriptRun): Promise<ScriptOutcome> {
  const began = run.clock.now().getTime()
  const variables: Variables = { ...run.variables }
  const taken: Taken = { steps: [] }
  const forward = run.script.steps.filter(({ part }) => part !== "undo")
  const wanted = run.upTo === "options" ? forward.filter(({ part }) => part === "options") : forward
  await takeAll({ run, variables, taken }, wanted)
  if (variables.order !== undefined && run.upTo === "order") {
    const undo = run.script.steps.filter(({ part }) => part === "undo")
    await takeAll({ run, variables, taken }, undo)
  }
  const { steps, failed, answer } = taken
  return {
    ok: failed === undefined,
    steps,
    ms: run.clock.now().getTime() - began,
    ...(variables.order === undefined ? {} : { order: String(variables.order) }),
    ...(failed === undefined ? {} : { failed }),
    ...(answer === undefined ? {} : { answer }),
  }
}

interface Taken {
  steps: StepOutcome[]
  failed?: ScriptFailure
  answer?: unknown
}

interface Taking {
  run: ScriptRun
  variables: Variables
  taken: Taken
}

async function takeAll(taking: Taking, steps: readonly HttpStep[]): Promise<void> {
  for (const step of steps) if (!(await take(taking, step))) return
}

/** @returns false when it failed for good */
async function take({ run, variables, taken }: Taking, step: HttpStep): Promise<boolean> {
  const began = run.clock.now().getTime()
  let tries = 0
  let tried: Tried
  do {
    if (tries > 0) await run.clock.sleep(retryMs, run.signal)
    tries += 1
    tried = await tryOnce(run, step, variables)
  } while ("say" in tried && tries < (step.tries ?? 1) && run.signal?.aborted !== true)
  const ok = !("say" in tried)
  const { status } = tried
  const ms = run.clock.now().getTime() - began
  const { name, part } = step
  taken.steps.push({ name, part, ok, ms, tries, ...(status === undefined ? {} : { status }) })
  if (!("say" in tried)) {
    Object.assign(variables, tried.captured)
    taken.answer = tried.json
    return true
  }
  // The first failure is the cause; that the order could not be undone comes after it.
  taken.failed ??= {
    ...{ step: name, part, say: tried.say, answer: withoutSecrets(tried.answer, variables) },
    ...(status === undefined ? {} : { status }),
  }
  return false
}

const retryMs = 500

type Tried =
  | { status: number; captured: Variables; json: unknown }
  | { status?: number; say: string; answer: string }

async function tryOnce(run: ScriptRun, step: HttpStep, variables: Variables): Promise<Tried> {
  const answer = await send(run, step, variables)
  if (typeof answer === "string") return { say: answer, answer: "" }
  const { status } = answer
  const fine = step.status ? step.status.includes(status) : status >= 200 && status < 300
  const failed = (say: string): Tried => ({ status, say, answer: answer.text.slice(0, 2000) })
  if (!fine) return failed(`It answered ${status}.`)
  const json = parse(answer.text)
  for (const expected of step.expect ?? []) {
    if (!holds(json, expected, variables)) return failed(expected.say)
  }
  const captured: Variables = {}
  for (const [name, capture] of Object.entries(step.capture ?? {})) {
    const value = captureOf({ answer, json }, capture, { ...variables, ...captured })
    if (value === undefined) return failed(`Its answer has no ${name}.`)
    captured[name] = value
  }
  return { status, captured, json }
}

/** @returns a sentence when nothing was answered */
async function send(
  run: ScriptRun,
  step: HttpStep,
  variables: Variables,
): Promise<Answer | string> {
  const url = new URL(run.url)
  try {
    const connection = await run.connect(step.process ?? run.process)
    return await ask(connection, {
      method: step.method,
      path: fillText(step.path, variables, encodeURIComponent),
      headers: {
        host: url.host,
        "x-forwarded-host": url.host,
        "x-forwarded-proto": url.protocol.slice(0, -1),
        ...mapValues(step.headers ?? {}, (value) => fillText(value, variables)),
      },
      ...(step.body === undefined ? {} : { body: JSON.stringify(fill(step.body, variables)) }),
      timeoutMs: step.timeoutMs ?? 15_000,
      ...(run.signal ? { signal: run.signal } : {}),
    })
  } catch (error) {
    return `Nothing answered: ${error instanceof Error ? error.message : String(error)}.`
  }
}

function holds(json: unknown, { at, equals }: Expectation, variables: Variables): boolean {
  const value = pick(json, at)
  if (equals !== undefined) return same(value, fill(equals, variables))
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)
}

function captureOf(
  { answer, json }: { answer: Answer; json: unknown },
  capture: Capture,
  variables: Variables,
): Json | undefined {
  if ("header" in capture) return answer.headers[capture.header.toLowerCase()]
  if (!("list" in capture)) return scalar(pick(json, capture.at))
  const list = pick(json, capture.list)
  const is = fill(capture.is, variables)
  const found = Array.isArray(list)
    ? list.find((each) => same(pick(each, capture.where), is))
    : undefined
  return scalar(pick(found, capture.at))
}

const scalar = (value: unknown): Json | undefined =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? value
    : undefined

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function mapValues(object: Readonly<Record<string, string>>, change: (value: string) => string) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))
}

function withoutSecrets(text: string, variables: Variables): string {
  const secrets = Object.entries(variables)
    .filter(([name, value]) => name.startsWith("secret.") && String(value).length >= 6)
    .map(([, value]) => String(value))
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, "[secret]"), text)
}
