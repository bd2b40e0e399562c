import type { IdOf } from "@vibecaas/contract/kinds"
import { inTime } from "@vibecaas/kernel/in-time"
import { bestEffort } from "@vibecaas/kernel/log"
import type { Listener } from "@vibecaas/reconcile/listen"
import type { Parts } from "../core/ctx.ts"
import { actAsPlatform } from "../core/resource.ts"
import {
  anyPassOfOthers,
  callPassesBack,
  dropPass,
  gateChannel,
  keepsWaiting,
  takePass,
} from "./gate-passes.ts"
import { findOfProject } from "./queries.ts"

/**
 * Where visitors of an app pass, one gate for each project in each server. A server lets them in
 * while it has a *pass*, a row that expires by itself. While another version takes the place of the
 * one that runs, no server is given a pass, and those that are out are called back: visitors wait.
 */
export interface Gates {
  /** Resolves when a visitor may pass; answers how to say that the visit is over. */
  enter(of: GateOf): Promise<() => void>
  /**
   * Calls the passes of an app back whose row keeps visitors waiting. Resolves once nobody is inside
   * any more on any server, or after a while.
   */
  clear(of: GateOf & { signal: AbortSignal }): Promise<void>
  /** gives all passes back; who comes after that asks for one */
  close(): Promise<void>
}

export interface GateOf {
  organizationId: string
  projectId: IdOf<"project">
}

export interface GatesParts extends Parts {
  /** names this server among others, and stays when it is started again */
  server: string
  /** not yet started */
  listener: Pick<Listener, "on">
  /** what this server knows of the app's whereabouts may soon be of the past */
  calledBack(projectId: IdOf<"project">): void
}

/** Longest that visits under way are waited for, in `ms`. */
const leaveMsMax = 5000
/** Longest that a visitor waits, in `ms`: then they are told what keeps the app. */
const waitMsMax = 45_000
/** How long a pass is good for, in `ms`; its row is longer, by what visits may take to leave. */
const passMs = { here: 15_000, row: 15_000 + leaveMsMax }
/** The same where none can be written, and nobody can call it back. */
const unwrittenMs = 500
/** How often a visitor who waits asks although nothing was heard, in `ms`. */
const askAgainMs = 500
/** Between looks at whether all passes are back, in `ms`: it doubles. */
const lookAgainMs = { first: 10, most: 250 }
/** Gates that nobody uses are forgotten beyond so many. */
const gatesMax = 2000

interface Gate {
  of: GateOf
  /** visitors whose visits are not over, and those who wait */
  inside: number
  waiting: number
  /** told when the last one has left */
  empty: () => void
  /** until when this server lets visitors in, and until when others believe so, in `ms` */
  passUntil: number
  rowUntil: number
  /** a pass is being asked for, or given back */
  busy: Promise<void> | undefined
  /** counts calls: a pass that was asked for before one is not used */
  calls: number
  /** resolves with the next news */
  news: PromiseWithResolvers<void>
}

export function makeGates(parts: GatesParts): Gates {
  const gates = new Map<string, Gate>()
  const own: Own = { ...parts, now: () => parts.clock.now().getTime() }
  const gateOf = (of: GateOf): Gate => {
    const known = gates.get(of.projectId)
    if (known) return known
    if (gates.size >= gatesMax) forgetUnused(gates, own.now())
    const made = newGate(of)
    gates.set(of.projectId, made)
    return made
  }
  parts.listener.on(gateChannel, (payload) => {
    const [projectId = "", what] = payload.split(" ")
    const gate = gates.get(projectId)
    if (!gate) return
    if (what === "close") callBack(own, gate)
    gate.news.resolve()
    gate.news = Promise.withResolvers()
  })
  return {
    enter: (of) => enter(own, gateOf(of)),
    async clear({ signal, ...of }) {
      await actAsPlatform(parts, of, (ctx) => callPassesBack(ctx.db, of.projectId))
      const gate = gateOf(of)
      callBack(own, gate)
      await gate.busy?.catch(() => {})
      const mine = { ...of, server: own.server }
      const isOut = () => actAsPlatform(parts, of, (ctx) => anyPassOfOthers(ctx.db, mine))
      for (let ms = lookAgainMs.first; await isOut(); ms = Math.min(2 * ms, lookAgainMs.most)) {
        await parts.clock.sleep(ms, signal)
      }
    },
    async close() {
      const all = [...gates.values()]
      for (const gate of all) callBack(own, gate)
      await Promise.all(all.map(({ busy }) => busy?.catch(() => {})))
    },
  }
}

interface Own extends GatesParts {
  now(): number
}

async function enter(own: Own, gate: Gate): Promise<() => void> {
  const since = own.now()
  gate.waiting += 1
  try {
    while (own.now() >= gate.passUntil && own.now() < since + waitMsMax) await ask(own, gate)
  } finally {
    gate.waiting -= 1
  }
  // Whoever comes often never waits for a pass.
  if (gate.passUntil - own.now() < passMs.here / 2) {
    void bestEffort(own.log, "ask for a pass before the last one ends", () => askOnce(own, gate))
  }
  gate.inside += 1
  let here = true
  return () => {
    if (!here) return
    here = false
    gate.inside -= 1
    if (gate.inside === 0) gate.empty()
  }
}

/** Asks for a pass; when there is none to be had, waits until that may have changed. */
async function ask(own: Own, gate: Gate): Promise<void> {
  const news = gate.news.promise
  await askOnce(own, gate)
  if (own.now() < gate.passUntil) return
  await inTime({ clock: own.clock, ms: askAgainMs }, news, () => {})
}

/** All who want a pass at the same time ask once. */
function askOnce(own: Own, gate: Gate): Promise<void> {
  return busyWith(gate, gate.busy ?? takeOrLeave(own, gate))
}

async function takeOrLeave(own: Own, gate: Gate): Promise<void> {
  const { calls, of } = gate
  const askedAt = own.now()
  const pass = { ...of, server: own.server }
  let given: boolean
  try {
    given = await actAsPlatform(own, of, (ctx) => takePass(ctx.db, { ...pass, forMs: passMs.row }))
  } catch {
    // A database that takes no changes, as on a full disk, has none that makes visitors wait begin.
    if (!(await mustWait(own, of))) gate.passUntil = askedAt + unwrittenMs
    return
  }
  if (!given) return callBack(own, gate)
  gate.rowUntil = askedAt + passMs.row
  if (gate.calls === calls) gate.passUntil = askedAt + passMs.here
  else callBack(own, gate)
}

function mustWait(own: Own, of: GateOf): Promise<boolean> {
  return actAsPlatform(own, { ...of, readOnly: true }, async (ctx) => {
    const app = await findOfProject(ctx.db, of.projectId)
    return app !== undefined && keepsWaiting(app)
  })
}

/** Lets nobody in any more, and gives the pass back when those inside have left. */
function callBack(own: Own, gate: Gate): void {
  gate.calls += 1
  gate.passUntil = 0
  if (own.now() >= gate.rowUntil) return
  gate.rowUntil = 0
  own.calledBack(gate.of.projectId)
  void busyWith(gate, giveBack(own, gate, gate.busy))
}

async function giveBack(own: Own, gate: Gate, before: Promise<void> | undefined): Promise<void> {
  await before?.catch(() => {})
  await left(own, gate)
  const { of } = gate
  // When it cannot be written, the row expires.
  await bestEffort(own.log, "give a pass back", () =>
    actAsPlatform(own, of, (ctx) => dropPass(ctx.db, { ...of, server: own.server })),
  )
}

async function left({ clock }: Own, gate: Gate): Promise<void> {
  if (gate.inside === 0) return
  const empty = Promise.withResolvers<void>()
  gate.empty = empty.resolve
  await inTime({ clock, ms: leaveMsMax }, empty.promise, () => {})
}

function busyWith(gate: Gate, work: Promise<void>): Promise<void> {
  gate.busy = work
  const done = () => {
    if (gate.busy === work) gate.busy = undefined
  }
  work.then(done, done)
  return work
}

const newGate = (of: GateOf): Gate => ({
  of,
  ...{ inside: 0, waiting: 0, empty: () => {} },
  ...{ passUntil: 0, rowUntil: 0, busy: undefined, calls: 0, news: Promise.withResolvers() },
})

function forgetUnused(gates: Map<string, Gate>, now: number): void {
  for (const [id, { inside, waiting, busy, rowUntil }] of gates) {
    if (inside === 0 && waiting === 0 && !busy && now >= rowUntil) gates.delete(id)
  }
}
