import { systemClock } from "@vibecaas/kernel/clock"
import { makeLog } from "@vibecaas/kernel/log"
import { z } from "zod"
import type { Engine } from "../../../engine.ts"
import { simulatorEngine } from "../../../engines/simulator/engine.ts"
import { anyEngine, makeEngines } from "../../../engines.ts"
import { serveBackend } from "../../../remote/serve-backend.ts"
import { openLocalBackend } from "../open.ts"
import { wallNames } from "../wall.ts"

/** A launcher for tests: a process of its own, so that it can be killed. */
const input = z
  .object({
    ...{ dataRoot: z.string(), stateDir: z.string(), enginesDir: z.string() },
    uidRange: z.object({ first: z.number(), count: z.number() }),
    wall: z.enum(wallNames).optional(),
    /** a module of an engine and the name that it exports it under */
    engine: z.object({ module: z.string(), name: z.string() }).optional(),
    startsAtOnce: z.number().optional(),
  })
  .parse(JSON.parse(process.argv[2] ?? ""))

const { wall, engine, startsAtOnce, ...places } = input
const log = makeLog({ level: "warn", fd: 2 })
const engines: Engine[] = [anyEngine(simulatorEngine)]
if (engine) engines.push((await import(engine.module))[engine.name])
const backend = await openLocalBackend({
  ...places,
  engines: makeEngines(engines),
  ...{ nodePath: process.execPath, clock: systemClock, log },
  ...(wall === undefined ? {} : { wall }),
  ...(startsAtOnce === undefined ? {} : { startsAtOnce }),
})
serveBackend(
  backend,
  {
    send: (message) => process.send?.(message),
    onMessage(listener) {
      process.on("message", listener)
      return () => process.off("message", listener)
    },
    onClose: (listener) => void process.once("disconnect", listener),
  },
  log,
)
process.on("disconnect", () => void backend.close().then(() => process.exit(0)))
process.send?.({ serving: true })
