import { type ChildProcess, spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { once } from "node:events"
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { systemPath } from "@vibecaas/kernel/programs"
import type { Engine, HookSpec, Listen, Place, ProcessSpec } from "@vibecaas/stores/engine"
import { openListening } from "@vibecaas/stores/open-listening"
import { probeStore } from "@vibecaas/stores/probe-store"
import { makeSecrets } from "@vibecaas/stores/secrets"
import { checkValues } from "@vibecaas/stores/terms"
import { endWithUs } from "./end-with-us.ts"

const startMsMax = 120_000

/**
 * A shop by the bare commands of its engine: no wall, no user of its own, no row, no queue. Only where its
 * database is a file, since whose server it would use is a choice that changes the figure.
 *
 * @returns from nothing to an order that went through, in `ms`; nothing where it cannot be had
 */
export async function bareShop(engine: Engine, version: string): Promise<number | undefined> {
  if (engine.datastore !== "sqlite" || engine.program === undefined) return undefined
  const dir = await mkdtemp(join(tmpdir(), "bare-"))
  const children: ChildProcess[] = []
  const began = performance.now()
  try {
    const place = await makePlace(engine, { dir, version, installDir: engine.program })
    for (const name of engine.provisioning("nothing")) {
      const hook = engine.hook(name, place)
      if (hook) Object.assign(place.secrets, await runHook(hook, place))
    }
    for (const wanted of engine.processes(place)) children.push(await start(wanted, place))
    await sells(engine, place)
    return performance.now() - began
  } finally {
    for (const child of children) {
      child.kill("SIGTERM")
      if (child.exitCode === null) await once(child, "exit")
    }
    await rm(dir, { recursive: true, force: true })
  }
}

async function makePlace(
  engine: Engine,
  { dir, version, installDir }: { dir: string; version: string; installDir: string },
) {
  const dirs = { files: `${dir}/files`, work: `${dir}/work`, tmp: `${dir}/tmp` }
  for (const each of Object.values(dirs)) await mkdir(each)
  const place = {
    ...{ storeId: makeNewId(systemClock)("sto"), version, name: "Bare shop", plan: "basic" },
    ...{ values: checkValues(engine, {}), secrets: { ...makeSecrets(engine, randomBytes) } },
    ...{ url: "http://bare.localhost", adminUrl: "http://bare-admin.localhost", verbose: false },
    ...{ installDir, dirs, nodePath: process.execPath },
    database: { kind: "sqlite", file: `${dir}/store.sqlite` },
    listen: {} as Record<string, Listen>, // filled by what the engine names
  } satisfies Place
  for (const { name } of engine.processes(place)) place.listen[name] = { socket: `${dir}/${name}` }
  return place
}

type BarePlace = Awaited<ReturnType<typeof makePlace>>

async function start(of: ProcessSpec | HookSpec, place: BarePlace): Promise<ChildProcess> {
  const { work } = place.dirs
  for (const [path, text] of Object.entries(of.workFiles ?? {})) {
    await mkdir(dirname(join(work, path)), { recursive: true })
    await writeFile(join(work, path), text)
  }
  for (const [path, target] of Object.entries(of.workLinks ?? {}))
    await symlink(target, join(work, path)).catch(() => {})
  const [file = "", ...rest] = of.argv
  const child = spawn(file, rest, {
    cwd: of.cwd ?? work,
    env: { ...of.env, PATH: systemPath, HOME: place.dirs.tmp, TMPDIR: place.dirs.tmp },
    stdio: ["ignore", "pipe", "ignore"],
  })
  endWithUs(child)
  return child
}

/** @returns secrets that it learned */
async function runHook(hook: HookSpec, place: BarePlace): Promise<Record<string, string>> {
  const child = await start(hook, place)
  let said = ""
  child.stdout?.on("data", (part: Buffer) => {
    said += part.toString()
  })
  const [code] = await once(child, "close")
  if (code !== 0) throw new Error(`a bare hook ended with ${code}: ${said.slice(-500)}`)
  const prefix = hook.resultPrefix ?? "\0"
  const line = said.split("\n").findLast((each) => each.startsWith(prefix))
  const result = line ? (JSON.parse(line.slice(prefix.length)) as Record<string, string>) : {} // the engine's own
  return Object.fromEntries((hook.learns ?? []).map((name) => [name, result[name] ?? ""]))
}

async function sells(engine: Engine, place: BarePlace): Promise<void> {
  const connect = (_: string, process: string) =>
    openListening(place.listen[process] ?? { socket: "/nowhere" })
  const release = { ...place, engine: engine.name }
  const probing = { backend: { connect }, engine, release, clock: systemClock }
  for (const since = performance.now(); performance.now() - since < startMsMax; await sleep(25)) {
    if (!(await probeStore(probing, "ready")).ok) continue
    const order = await probeStore(probing, "order")
    if (order.ok) return
    throw new Error(`a bare shop took no order: ${JSON.stringify(order.failed)}`)
  }
  throw new Error("a bare shop did not listen")
}
