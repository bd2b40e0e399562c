import { Agent } from "node:http"
import type { Duplex } from "node:stream"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import type { PreviewTarget } from "./previews.ts"

export interface PoolOptions {
  connect(target: PreviewTarget): Promise<Duplex>
  clock: Clock
  connectionsPerProject: number
  /** longest wait for a stream, in `ms` */
  connectMs: number
}

/** Streams to apps: kept between requests, counted, and never shared between two projects. */
export interface Pool {
  agentOf(target: PreviewTarget): Agent
  /** a stream of one's own, for a WebSocket */
  connect(target: PreviewTarget): Promise<Duplex>
  /** takes one of the project's places; answers how to give it back, `undefined` when all are taken */
  enter(target: PreviewTarget): (() => void) | undefined
  close(): void
}

export function makePool(options: PoolOptions): Pool {
  const agents = new Map<string, Agent>()
  const inside = new Map<string, number>()
  const leave = (id: string) => {
    const left = (inside.get(id) ?? 1) - 1
    if (left > 0) inside.set(id, left)
    else inside.delete(id)
  }
  return {
    agentOf(target) {
      const known = agents.get(target.projectId)
      if (known) return known
      if (agents.size >= agentsMax) forgetIdle(agents, inside)
      const made = makeAgent(options, target)
      agents.set(target.projectId, made)
      return made
    },
    connect: (target) => connectInTime(options, target),
    enter({ projectId }) {
      const taken = inside.get(projectId) ?? 0
      if (taken >= options.connectionsPerProject) return undefined
      inside.set(projectId, taken + 1)
      let here = true
      return () => {
        if (here) leave(projectId)
        here = false
      }
    },
    close() {
      for (const agent of agents.values()) agent.destroy()
      agents.clear()
    },
  }
}

const agentsMax = 500

function forgetIdle(agents: Map<string, Agent>, inside: Map<string, number>): void {
  for (const [projectId, agent] of agents) {
    if (inside.has(projectId)) continue
    agent.destroy()
    agents.delete(projectId)
  }
}

function makeAgent(options: PoolOptions, target: PreviewTarget): Agent {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 16 })
  agent.createConnection = (_where, done) => {
    connectInTime(options, target).then(
      (stream) => done?.(null, socketLike(stream, options.clock)),
      // On failure Node reads only the error.
      (error: Error) => done?.(error, undefined as unknown as Duplex),
    )
    return undefined
  }
  return agent
}

async function connectInTime(options: PoolOptions, target: PreviewTarget): Promise<Duplex> {
  const over = new AbortController()
  const late = options.clock.sleep(options.connectMs, over.signal).then(
    () => {
      throw fault("app_unavailable", { say: "The app did not accept a connection in time." })
    },
    () => never,
  )
  const stream = options.connect(target)
  try {
    return await Promise.race([stream, late])
  } catch (error) {
    stream.then(
      (unused) => unused.destroy(),
      () => {},
    )
    throw error
  } finally {
    over.abort()
  }
}

const never = new Promise<never>(() => {})

/** Node's agent keeps only what has these methods of a socket; a byte stream has no use for most. */
function socketLike(stream: Duplex, clock: Clock): Duplex {
  let timer = new AbortController()
  const socket = Object.assign(stream, {
    timeout: 0,
    setKeepAlive: () => stream,
    setNoDelay: () => stream,
    ref: () => stream,
    unref: () => stream,
    /** the agent drops an idle stream a little before the app said that it will */
    setTimeout(ms: number) {
      socket.timeout = ms
      timer.abort()
      timer = new AbortController()
      if (ms > 0) clock.sleep(ms, timer.signal).then(expire, () => {})
      return stream
    },
  })
  // When the app ends its side, the stream is over: kept half open, it would swallow a request.
  stream.allowHalfOpen = false
  const expire = () => {
    socket.timeout = 0
    stream.emit("timeout")
  }
  stream.once("close", () => timer.abort())
  return stream
}
