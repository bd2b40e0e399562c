import type { IdOf } from "@vibecaas/contract/kinds"
import { bestEffort } from "@vibecaas/kernel/log"
import { actAsPlatform } from "../../core/resource.ts"
import type { LiveMachine } from "../../machines/index.ts"
import { meter } from "../../usage/index.ts"
import type { NetworkParts } from "../network-parts.ts"
import { addEntry, listRules } from "../queries.ts"
import type { RuleRow } from "../rule.ts"
import { Refused } from "./pin.ts"

/** One connection by a rule, from when the rule was read. */
export interface Connection {
  machine: LiveMachine
  ruleId: IdOf<"egressRule">
  host: string
  port: number
  /** ends it, with why */
  over: AbortController
  bytes: { sent: number; received: number }
  /** it was confirmed: what it carries is written down at its end */
  confirmed: boolean
}

export type Counted = "sent" | "received"

/** What is open at doors of this process: what is revoked is ended. */
export interface Connections {
  /** before anything is read for it. @throws Refused when a project asks too often */
  admit(machine: LiveMachine): Promise<void>
  open(machine: LiveMachine, to: { host: string; port: number }, rule: RuleRow): Connection
  /** whether its rule is still there. @throws Refused */
  confirm(connection: Connection): Promise<void>
  count(connection: Connection, way: Counted, bytes: number): void
  /** it ended; what was never confirmed leaves no entry */
  close(connection: Connection): Promise<void>
  /** somebody asked for what may not be */
  refused(machine: LiveMachine, to: { host: string; port: number }, why: string): Promise<void>
  rulesOf(machine: LiveMachine): Promise<RuleRow[]>
  /** ends what no rule allows any more, of a project or of all */
  review(projectId?: string): Promise<void>
  /** ends all that is open */
  end(): void
}

export function makeConnections(parts: NetworkParts): Connections {
  const { limits, limiter, clock } = parts
  const all = new Set<Connection>()
  const rulesOf = (machine: LiveMachine) => readRules(parts, machine)
  const write = makeWriter(parts)
  const rate = { max: limits.perMinuteMax, windowSeconds: 60 }
  const mayStill = async (key: string) => (await limiter.take(key, rate)).allowed
  return {
    rulesOf,
    async admit(machine) {
      if (!(await mayStill(`egress:${machine.projectId}`)))
        throw new Refused("The app connects too often. Wait a minute.", 429)
    },
    open(machine, to, rule) {
      const over = new AbortController()
      const fresh = { over, bytes: { sent: 0, received: 0 }, confirmed: false }
      const connection = { machine, ruleId: rule.id, ...to, ...fresh }
      all.add(connection)
      const late = () => over.abort(new Refused("It was open for too long."))
      clock.sleep(limits.wholeMs, over.signal).then(late, () => {})
      return connection
    },
    async confirm(connection) {
      const { machine, ruleId, over } = connection
      const rules = await rulesOf(machine)
      over.signal.throwIfAborted()
      if (!rules.some(({ id }) => id === ruleId)) throw new Refused("It was revoked.")
      connection.confirmed = true
    },
    count({ bytes, over }, way, more) {
      bytes[way] += more
      const tooMuch = bytes.sent + bytes.received > limits.bytesMax
      if (tooMuch) over.abort(new Refused("It carried more than one connection may."))
    },
    async close(connection) {
      if (!all.delete(connection)) return
      const { over, machine, bytes, confirmed } = connection
      const why: string | null = over.signal.reason?.message ?? null
      over.abort(new Refused("It ended."))
      if (confirmed) await write(machine, { ...connection, why, decision: "allowed" }, bytes)
    },
    async refused(machine, to, why) {
      if (await mayStill(`egress-refused:${machine.projectId}`))
        await write(machine, { ...to, why, decision: "refused" }, nothing)
    },
    async review(projectId) {
      const mine = [...all].filter(
        ({ machine }) => projectId === undefined || machine.projectId === projectId,
      )
      for (const [machine, theirs] of Map.groupBy(mine, (each) => each.machine)) {
        const rules = new Set((await rulesOf(machine)).map(({ id }) => id))
        for (const { ruleId, over } of theirs)
          if (!rules.has(ruleId)) over.abort(new Refused("It was revoked."))
      }
    },
    end() {
      for (const { over } of all) over.abort(new Refused("The server was stopped."))
    },
  }
}

const nothing = { sent: 0, received: 0 }

const readRules = (parts: NetworkParts, machine: LiveMachine) =>
  actAsPlatform(parts, { ...machine, readOnly: true }, (ctx) =>
    listRules(ctx.db, machine.projectId),
  )

/** Writes down what became of a connection, and meters it. */
function makeWriter(parts: NetworkParts) {
  return (
    machine: LiveMachine,
    entry: Pick<Connection, "host" | "port"> & {
      why: string | null
      decision: "allowed" | "refused"
    },
    { sent, received }: Connection["bytes"],
  ) =>
    bestEffort(parts.log, "write down a connection of a machine", () =>
      actAsPlatform(parts, machine, async (ctx) => {
        const { organizationId } = ctx
        const { projectId, purpose } = machine
        const id = ctx.newId("egl")
        const { host, port, why, decision } = entry
        await addEntry(ctx.db, {
          ...{ id, organizationId, projectId, at: ctx.clock.now() },
          ...{ host: host.slice(0, 253), port, purpose, decision, why },
          ...{ bytesSent: sent, bytesReceived: received },
        })
        const quantity = sent + received
        if (quantity === 0) return
        const fact = { meter: "network.bytes" as const, quantity, sourceKey: id }
        await meter(ctx, { ...fact, subject: machine.id })
      }),
    )
}
