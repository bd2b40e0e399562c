import { once } from "node:events"
import type { Readable, Writable } from "node:stream"
import { Writable as Sink } from "node:stream"
import { Exec, type V1Status } from "@kubernetes/client-node"
import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { inTime } from "@vibecaas/kernel/in-time"
import { asFault, type Cluster } from "./cluster.ts"

interface Program {
  pod: { namespace: string; name: string; container: string }
  argv: readonly string[]
  /** given to it to its end */
  input?: Readable
  /** gets all that it writes, and is ended */
  output?: Writable
  timeoutMs: number
}

const wordsMax = 4000

/** Runs a program in a pod that runs. @throws Fault `spawn_failed` with its last words when it fails */
export async function runInPod(
  { cluster, clock }: { cluster: Pick<Cluster, "config">; clock: Clock },
  program: Program,
): Promise<void> {
  const { pod, argv, input, timeoutMs } = program
  let words = ""
  const errors = new Sink({
    write(part: Buffer, _, done) {
      words = `${words}${part.toString("utf8")}`.slice(-wordsMax)
      done()
    },
  })
  const output = program.output ?? new Sink({ write: (_part, _encoding, done) => done() })
  const written = once(output, "finish")
  const ended = Promise.withResolvers<V1Status>()
  const failed = (why: string) =>
    fault("spawn_failed", {
      say: "A program that keeps the store's data failed.",
      note: `${argv[0]} ${why}: ${words}`,
      retryable: true,
    })
  const socket = await new Exec(cluster.config)
    .exec(
      ...([pod.namespace, pod.name, pod.container] as const),
      [...argv],
      ...([output, errors, input ?? null, false, ended.resolve] as const),
    )
    .catch((error: unknown) => {
      throw asFault(error instanceof Error ? error : failed("could not be started"))
    })
  socket.on("close", () => ended.reject(failed("was cut off")))
  socket.on("error", () => ended.reject(failed("was cut off")))
  try {
    const status = await inTime({ clock, ms: timeoutMs }, ended.promise, () => {
      throw failed("took too long")
    })
    if (status.status !== "Success") throw failed(status.message ?? "failed")
    await written
  } finally {
    written.catch(() => {})
    ended.promise.catch(() => {})
    socket.close()
    output.destroy()
  }
}
