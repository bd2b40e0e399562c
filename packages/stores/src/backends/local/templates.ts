import { createHash, randomBytes } from "node:crypto"
import { fault } from "@vibecaas/kernel/fault"
import type { Database, Engine } from "../../engine.ts"
import type { Release } from "../../release.ts"
import { makeSecrets } from "../../secrets.ts"
import { destroyStore } from "./destroy.ts"
import { runHook } from "./hooks.ts"
import { installOf } from "./installs.ts"
import type { Local } from "./local.ts"
import { makeFolders, recordFor } from "./record-for.ts"
import { templateName } from "./template-name.ts"

/**
 * Makes the template database of a version, once: hooks fill it from a place that is there for that alone.
 *
 * @throws Fault `unavailable` when the version is not installed; `driver_failed` with the hook's last words
 */
export async function prepareTemplate(
  local: Local,
  { engine: name, version }: { engine: string; version: string },
): Promise<void> {
  const engine = local.settings.engines.find(name)
  await installOf(local, engine, version)
  const { templates } = local.datastores[engine.datastore]
  if (!engine.template || !templates) return
  const template = templateName(engine, version)
  if (await templates.has(template)) return
  const release = releaseFor(engine, version)
  await local.inTurn(release.storeId, async () => {
    // Whoever had the turn before may have made it.
    if (await templates.has(template)) return
    local.making.add(release.storeId)
    try {
      await templates.make(template, (database) => fill(local, { engine, release, database }))
    } finally {
      await destroyStore(local, release.storeId)
      local.making.delete(release.storeId)
    }
  })
}

async function fill(
  local: Local,
  { engine, release, database }: { engine: Engine; release: Release; database: Database },
): Promise<void> {
  const record = await recordFor(local, release)
  await makeFolders(local, record)
  for (const name of engine.template?.hooks ?? []) {
    const outcome = await runHook(local, { record, release, database }, { name })
    if (outcome.ok) continue
    throw fault("driver_failed", {
      say: `The template of ${engine.title} ${release.version} could not be made: its step "${name}" failed.`,
      note: outcome.logTail.join("\n"),
      retryable: true,
    })
  }
}

function releaseFor(engine: Engine, version: string): Release {
  const url = "http://template.invalid"
  return {
    ...{ storeId: idOf(`${engine.name} ${version}`), engine: engine.name, version },
    ...{ name: "Template", plan: "standard", url, adminUrl: url, verbose: false },
    values: engine.template?.values,
    secrets: makeSecrets(engine, randomBytes),
  }
}

const digits = "0123456789abcdefghjkmnpqrstvwxyz"

/** The same for the same version, so that what a crash has left is found and ended. */
function idOf(text: string): string {
  const hash = createHash("sha256").update(text).digest()
  return `sto_${[...hash.subarray(0, 26)].map((byte) => digits[byte % 32]).join("")}`
}
