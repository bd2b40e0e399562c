import { createHash } from "node:crypto"
import type { IdOf } from "@vibecaas/contract/kinds"
import type { SecretEnvironment } from "@vibecaas/contract/secret-types"
import { secretReferredTo } from "@vibecaas/contract/variable-names"
import { fault } from "@vibecaas/kernel/fault"
import type { Ctx } from "../core/ctx.ts"
import { type GivenRow, listGiven, listGivenValues, type Use } from "./queries.ts"
import { openGiven } from "./seal-value.ts"
import type { SealParts } from "./secrets-parts.ts"

/** An app that is to be started: where it runs, and what people set for it. */
export interface AppOf {
  projectId: IdOf<"project">
  environment: Exclude<SecretEnvironment, "every">
  variables: Readonly<Record<string, string>>
}

/** What an app is started with: its variables with secrets in place of references. */
export interface Given {
  variables: Record<string, string>
  uses: readonly Use[]
}

interface Chosen {
  variable: string
  /** nothing: a variable refers to what the project does not have */
  row: GivenRow | undefined
}

/** Which secrets an app has, by their versions: equal when, and only when, starting it again changes nothing. */
export async function stampOf(ctx: Ctx, app: AppOf): Promise<string> {
  const chosen = choose(await listGiven(ctx.db, app.projectId), app)
  if (chosen.length === 0) return ""
  const told = chosen.map(({ variable, row }) => [variable, row?.id ?? null, row?.current ?? null])
  return createHash("sha256").update(JSON.stringify(told)).digest("base64url")
}

/**
 * What an app is started with. All that is its project's it has by its name; what others share it has where a
 * variable refers to it. What people set as a variable wins.
 *
 * @throws Fault `invalid` when a variable refers to what its project does not have, `seal_broken`
 */
export async function give(ctx: Ctx, { masterKey }: SealParts, app: AppOf): Promise<Given> {
  const chosen = choose(await listGiven(ctx.db, app.projectId), app)
  const sealed = chosen.length === 0 ? [] : await listGivenValues(ctx.db, app.projectId)
  const variables = { ...app.variables }
  const uses: Use[] = []
  for (const { variable, row } of chosen) {
    const found = sealed.find((each) => each.secretId === row?.id && each.number === row.current)
    if (!row || !found) throw missing(variable, app)
    variables[variable] = openGiven(masterKey, found)
    uses.push({ variable, secretId: row.id, version: row.current })
  }
  return { variables, uses }
}

/** Variables that refer to what the app does not have. */
export async function missingFor(ctx: Ctx, app: AppOf): Promise<string[]> {
  const chosen = choose(await listGiven(ctx.db, app.projectId), app)
  return chosen.flatMap(({ variable, row }) => (row ? [] : [variable]))
}

/** Names of what an app has because it is its project's own. */
export async function ownNames(ctx: Ctx, projectId: IdOf<"project">): Promise<string[]> {
  const given = await listGiven(ctx.db, projectId)
  const own = given.filter(({ source }) => source === "project").map(({ name }) => name)
  return [...new Set(own)].toSorted()
}

function choose(rows: readonly GivenRow[], app: AppOf): Chosen[] {
  const here = rows.filter(({ environment }) => ["every", app.environment].includes(environment))
  const own = new Set(here.filter(({ source }) => source === "project").map(({ name }) => name))
  const chosen = [...own]
    .filter((name) => !Object.hasOwn(app.variables, name))
    .map((name): Chosen => ({ variable: name, row: named(here, { organization: null, name }) }))
  for (const [variable, value] of Object.entries(app.variables)) {
    const reference = secretReferredTo(value)
    if (reference) chosen.push({ variable, row: named(here, reference) })
  }
  return chosen.toSorted((a, b) => (a.variable < b.variable ? -1 : 1))
}

const nearness = { project: 0, shared: 1, abroad: 2 }

/** The nearest of a name; of two that are as near, the one for this environment alone. */
function named(
  rows: readonly GivenRow[],
  { organization, name }: { organization: string | null; name: string },
): GivenRow | undefined {
  const [first] = rows
    .filter((row) => row.name === name)
    .filter((row) =>
      organization === null ? row.source !== "abroad" : row.organization === organization,
    )
    .toSorted((a, b) => rank(a) - rank(b))
  return first
}

const rank = ({ source, environment }: GivenRow) =>
  nearness[source] * 2 + (environment === "every" ? 1 : 0)

function missing(variable: string, { variables, environment }: AppOf) {
  const say = `The variable ${variable} is ${variables[variable]}, and this project has no such secret for ${environment}. Add it, or have it shared.`
  return fault("invalid", { say })
}
