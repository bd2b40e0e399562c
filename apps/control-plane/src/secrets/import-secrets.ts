import type { IdOf } from "@vibecaas/contract/kinds"
import type { ImportedSecret } from "@vibecaas/contract/kinds/secrets"
import { guessSecretType, type SecretEnvironment } from "@vibecaas/contract/secret-types"
import { faultOfVariable } from "@vibecaas/contract/variable-names"
import type { Ctx } from "../core/ctx.ts"
import { lockLivingProject } from "../projects/index.ts"
import { needRoom, putSecret } from "./add-secret.ts"
import { addVersion } from "./change-secret.ts"
import { faultOfValue } from "./check-value.ts"
import { listSecrets, lockSecret } from "./queries.ts"
import { type Assignment, readDotenv } from "./read-dotenv.ts"
import type { SecretRow } from "./secret.ts"
import type { SealParts } from "./secrets-parts.ts"

export interface Import {
  projectId: IdOf<"project"> | null
  text: string
  environment: SecretEnvironment
  /** those that exist get a new version */
  replace: boolean
  /** only says what would come in */
  preview: boolean
}

interface Judged extends ImportedSecret {
  value: string
  known: SecretRow | undefined
}

/**
 * Brings in what a `.env` file has, or says what would come: a name that is there twice counts with its last
 * value, as for the programs that read such files.
 *
 * @returns an account without a single value
 * @throws Fault `not_found`, `wrong_state`, `quota_exceeded`
 */
export async function importSecrets(
  ctx: Ctx,
  parts: SealParts,
  wanted: Import,
): Promise<{ items: ImportedSecret[]; added: number }> {
  const { projectId, environment, replace, preview } = wanted
  if (projectId !== null) await lockLivingProject(ctx, projectId)
  const there = (await listSecrets(ctx.db, projectId)).filter(
    (row) => row.environment === environment,
  )
  const read = readDotenv(wanted.text)
  const lines = new Map(read.map(({ name, line }) => [name, line]))
  const judged = read.map((each) => judge(each, { lines, there }))
  const fresh = judged.filter(({ outcome }) => outcome === "new")
  await needRoom(ctx, projectId, fresh.length)
  if (preview) return { items: judged.map(shown), added: 0 }
  for (const { name, type, value } of fresh) {
    await putSecret(ctx, parts, {
      ...{ projectId, name, environment, type, value, note: "", expiresAt: null },
    })
  }
  const again = replace ? judged.filter(({ outcome }) => outcome === "exists") : []
  for (const { known, value } of again) {
    const row = known && (await lockSecret(ctx.db, known.id))
    if (row) await addVersion(ctx, parts, { row, value })
  }
  return { items: judged.map(shown), added: fresh.length + again.length }
}

const shown = ({ value: _, known: __, ...item }: Judged): ImportedSecret => item

function judge(
  { line, name, value }: Assignment,
  { lines, there }: { lines: ReadonlyMap<string, number>; there: readonly SecretRow[] },
): Judged {
  const known = there.find((row) => row.name === name)
  const type = known?.type ?? guessSecretType(name, value)
  const as = (outcome: ImportedSecret["outcome"], say: string | null): Judged => {
    return { ...{ line, name: name.slice(0, 100), type, outcome, say }, value, known }
  }
  const last = lines.get(name)
  if (last !== line) return as("duplicate", `It is set again in line ${last}, which counts.`)
  const say = faultOfVariable(name) ?? faultOfValue(type, value)
  if (say) return as("invalid", say)
  if (!known) return as("new", null)
  return as("exists", "There is a secret of this name already.")
}
