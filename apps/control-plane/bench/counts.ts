import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { watchEventLoop } from "./event-loop.ts"
import { type BenchPlatform, startBenchPlatform } from "./platform.ts"
import { openStatementLog, type Statement, type StatementLog } from "./statement-log.ts"

/** What one platform asks of PostgreSQL and of its own event loop, counted from outside. */
export interface RunCounts {
  /** statements in the transaction of `POST /projects` that makes a project and starts its run */
  perCreation: number
  /** statements of one run, and what it consisted of */
  run: { statements: number; turns: number; steps: number }
  /** statements in transactions that record a step, per step */
  perStep: number
  /**
   * the longest block of the server's event loop in `ms` while prompts arrive, and before; and how
   * many of them were refused because the server was too busy
   */
  block: { beforeMs: number; duringMs: number; refused: number }
}

const prompt = "A reading list: books with title, author, pages and a finished flag"
const manyPrompts = { count: 20, characters: 4000 }

/** @param checkout the root of the sources to measure; they must be installed and built */
export async function countRun(checkout: string): Promise<RunCounts> {
  const start = join(checkout, "apps/control-plane/src/main/start.ts")
  const platform = await startBenchPlatform({ argv: [process.execPath, start] })
  try {
    const visitor = await signIn(platform)
    const log = await openStatementLog(platform)
    const run = await countOneRun(visitor, log)
    await log.query("alter system reset log_statement")
    await log.query("select pg_reload_conf()")
    await log.close()
    return { ...run, block: await blockWhilePromptsArrive(platform) }
  } finally {
    await platform.stop()
  }
}

async function countOneRun(visitor: Visitor, log: StatementLog): Promise<Omit<RunCounts, "block">> {
  const turns = async () =>
    Number((await log.query<{ last: string }>(lastFence)).at(0)?.last ?? Number.NaN)
  await log.take()
  const turnsBefore = await turns()
  const { run } = await visitor.post("/projects", { prompt, preview: "private", confirm: "auto" })
  await untilEnded(visitor, run.id)
  const statements = await log.take()
  const steps = Number((await log.query<{ n: string }>(countSteps)).at(0)?.n)
  return {
    perCreation: inTransactionsWith(statements, /^\s*insert into "?projects"?\b/i).length,
    run: { statements: statements.length, turns: (await turns()) - turnsBefore, steps },
    perStep: inTransactionsWith(statements, /\binsert into "?run_steps"?\b/i).length / steps,
  }
}

const lastFence = "select last_value as last from reconcile_fence"
const countSteps = "select count(*) as n from run_steps"

function inTransactionsWith(statements: readonly Statement[], words: RegExp): Statement[] {
  const chosen = new Set(
    statements.filter(({ text }) => words.test(text)).map(({ transaction }) => transaction),
  )
  return statements.filter(({ transaction }) => chosen.has(transaction))
}

async function blockWhilePromptsArrive(platform: BenchPlatform) {
  const [supervisor = 0] = await platform.processes()
  // One person may start ten runs a minute; twenty people may start one each at once.
  const people: Visitor[] = []
  for (let at = 0; at < manyPrompts.count; at++) people.push(await signUp(platform, at))
  const loop = await watchEventLoop(supervisor)
  await sleep(3000)
  const beforeMs = await loop.longestBlockMs()
  const answers = await Promise.allSettled(
    people.map((person, at) =>
      person.post("/projects", { prompt: longPrompt(at), preview: "private" }),
    ),
  )
  await sleep(3000)
  const duringMs = await loop.longestBlockMs()
  loop.close()
  const refused = answers.filter(({ status }) => status === "rejected").length
  return { beforeMs, duringMs, refused }
}

function longPrompt(at: number): string {
  const text = "customers with name, phone, e-mail and notes; visits with date, price and status. "
  return `Number ${at}: ${text.repeat(100)}`.slice(0, manyPrompts.characters)
}

interface Visitor {
  get(path: string): Promise<{ state: string; failure?: unknown }>
  post(path: string, body: object): Promise<{ run: { id: string } }>
}

const signIn = (platform: BenchPlatform) => enter(platform, "sign-in", platform.admin)

const signUp = (platform: BenchPlatform, at: number) =>
  enter(platform, "sign-up", {
    name: `Person ${at}`,
    email: `person-${at}@example.com`,
    password: platform.admin.password,
  })

async function enter(platform: BenchPlatform, way: string, who: object): Promise<Visitor> {
  const origin = `http://127.0.0.1:${platform.port}`
  const json = { "content-type": "application/json", origin }
  const call = async (path: string, options: RequestInit = {}) => {
    const answer = await fetch(`${origin}/api/v1${path}`, options)
    if (answer.ok) return answer
    throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  }
  const post = (path: string, sent: object, cookie = "") =>
    call(path, { method: "POST", headers: { ...json, cookie }, body: JSON.stringify(sent) })
  const entered = await post(`/auth/${way}/email`, who)
  const cookie = entered.headers
    .getSetCookie()
    .map((each) => each.split(";", 1)[0])
    .join("; ")
  return {
    get: async (path) => JSON.parse(await (await call(path, { headers: { cookie } })).text()),
    post: async (path, sent) => JSON.parse(await (await post(path, sent, cookie)).text()),
  }
}

async function untilEnded(visitor: Visitor, runId: string): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    const { state, failure } = await visitor.get(`/agents/runs/${runId}`)
    if (state === "succeeded" || state === "partly") return
    if (state === "failed" || state === "cancelled") throw new Error(`the run ${state}: ${failure}`)
    // Seldom, since each look is a statement too.
    await sleep(2000)
  }
  throw new Error("the run did not end")
}
