import type { Principal } from "../core/kind.ts"
import type { AuditRow } from "../core/queries.ts"
import type { Database } from "../db/tenant.ts"
import { showMe } from "../tenants/index.ts"
import { listKeysMadeBy, listKnowing, listOwnRecords } from "./queries/own-data.ts"

const pageSize = 500
/** No id of a record sorts before it. */
const firstId = "aud_"

/**
 * All that is kept of a person, as one JSON object in pieces: who they are with their organizations, what the
 * sign-in keeps, and for each organization that knows them the keys they made and the records of what they
 * did and of what was done to them. Others are named by nothing but ids.
 */
export async function* exportPerson(
  database: Database,
  { principal, account }: { principal: Principal; account: object },
): AsyncIterable<string> {
  const me = await showMe(database, principal)
  const { organizations, grants } = me
  yield `{\n"account": ${json(account)},\n"organizations": ${json(organizations)},\n"shared": ${json(grants)},\n"kept": [`
  const knowing = await database.asPlatform((tx) => listKnowing(tx, principal.userId))
  for (const [index, organizationId] of knowing.entries()) {
    const keys = await database.readOrganization(organizationId, (tx) =>
      listKeysMadeBy(tx, principal.userId),
    )
    yield `${index > 0 ? ",\n" : "\n"}{"organizationId": ${json(organizationId)}, "keys": ${json(keys)}, "records": [`
    yield* records(database, { organizationId, userId: principal.userId })
    yield "]}"
  }
  yield "\n]}\n"
}

interface Of {
  organizationId: string
  userId: string
}

async function* records(database: Database, { organizationId, userId }: Of): AsyncIterable<string> {
  let after = firstId
  for (;;) {
    const page = { userId, after, limit: pageSize }
    const rows = await database.readOrganization(organizationId, (tx) => listOwnRecords(tx, page))
    if (rows.length > 0) {
      const lead = after === firstId ? "\n" : ",\n"
      yield `${lead}${rows.map((row) => json(shown(row, userId))).join(",\n")}`
    }
    if (rows.length < pageSize) return
    after = rows.at(-1)?.id ?? after
  }
}

/** Of what others did to the person: what and when, and not from where. */
function shown(row: AuditRow, userId: string) {
  const { id, at, action, subject, projectId } = row
  const told = { id, at: at.toISOString(), action, subject, projectId }
  if (row.actorId !== userId) return { ...told, by: row.actorId }
  return { ...told, by: userId, name: row.actorName, ip: row.ip, details: row.details }
}

const json = (value: unknown) => JSON.stringify(value)
