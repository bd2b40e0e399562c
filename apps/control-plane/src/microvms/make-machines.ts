import type { Duplex } from "node:stream"
import { isFault } from "@vibecaas/kernel/fault"
import type { Actor } from "../core/ctx.ts"
import type { LiveMachine } from "./live-machines.ts"
import type { MachineOf, MachineSession, Machines } from "./machines.ts"
import { makeSession } from "./make-session.ts"
import { inScope, type LoopParts } from "./parts.ts"
import { findOfProject } from "./queries.ts"
import { runningMachine, unavailable } from "./running-machine.ts"
import { wakeMachine } from "./start-machine.ts"

const actor: Actor = { kind: "system", id: null, name: "agents" }

export function makeMachines(parts: LoopParts): Machines {
  return {
    session: (of) => openSession(parts, of),
    connectApp: (of) => connectApp(parts, of),
  }
}

async function openSession(parts: LoopParts, of: MachineOf): Promise<MachineSession> {
  const { organizationId, signal } = of
  await parts.scope({ organizationId, actor, signal }, (ctx) => wakeMachine(ctx, of))
  const machine = await runningMachine(parts, of)
  return makeSession(parts, of, machine)
}

/**
 * A stream to the app. The way without a query is the usual one: this process has seen the app
 * listen. Otherwise the row says which machine and port.
 */
async function connectApp(
  parts: LoopParts,
  of: { organizationId: string; projectId: string },
): Promise<Duplex> {
  const known = parts.live.ofProject(of.projectId)
  if (known?.appPort) return connectPort(known, known.appPort)
  const row = await inScope(parts, of, (ctx) => findOfProject(ctx.db, of.projectId))
  if (row?.state !== "running" || row.appState !== "running" || !row.appPort) throw unavailable()
  const machine = await parts.live.find(row)
  if (!machine) throw unavailable()
  return connectPort(machine, row.appPort)
}

async function connectPort(machine: LiveMachine, port: number): Promise<Duplex> {
  try {
    const { vm, guest } = machine
    return await (vm.connectPort ?? guest.connectPort)(port)
  } catch (error) {
    if (isFault(error)) throw unavailable(error)
    throw error
  }
}
