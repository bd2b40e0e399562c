import { createHash } from "node:crypto"

/** What a digest covers. */
export interface Chained {
  id: string
  organizationId: string
  /** ISO 8601, to the millisecond */
  at: string
  action: string
  actor: { kind: string; id: string | null; name: string }
  subject: string
  ip: string | null
  requestId: string | null
  details: Record<string, unknown>
}

/** A record with its place in the chain. */
export interface ChainedRecord extends Chained {
  salt: string | null
  digest: string
  number: number
  previous: string
  hash: string
  erased: boolean
}

/** What the first record of an organization is chained to. */
export const chainStart = "0".repeat(64)

const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex")

/** SHA-256 of the salt, a line feed, and the content as JSON with sorted keys and without spaces. */
export function digestOf(content: Chained, salt: string): string {
  const { id, organizationId, at, action, actor, subject, ip, requestId, details } = content
  const { kind, id: actorId, name } = actor
  const covered = {
    ...{ id, organizationId, at, action, subject, ip, requestId, details },
    actor: { kind, id: actorId, name },
  }
  return sha256(`${salt}\n${canonical(JSON.parse(JSON.stringify(covered)))}`)
}

/** The same as the trigger `chain_record` makes. */
const linkOf = ({ previous, number, digest }: Omit<ChainedRecord, keyof Chained>) =>
  sha256(`${previous}\n${number}\n${digest}`)

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`
}

export interface ChainSeen {
  records: number
  /** whose words were erased: their place is proved, their content is not */
  erased: number
  head: { number: number; hash: string }
  /** the first thing that is wrong */
  broken: { number: number; why: string } | null
}

/** Follows a chain from its first record on, which come in the order of their numbers. */
export function makeChainCheck(): { take(record: ChainedRecord): void; seen(): ChainSeen } {
  let seen: ChainSeen = {
    ...{ records: 0, erased: 0, head: { number: 0, hash: chainStart }, broken: null },
  }
  return {
    seen: () => seen,
    take(record) {
      const why = wrongWith(record, seen.head)
      const { number, hash, erased } = record
      seen = {
        records: seen.records + 1,
        erased: seen.erased + (erased ? 1 : 0),
        head: { number, hash },
        broken: seen.broken ?? (why === undefined ? null : { number, why }),
      }
    },
  }
}

function wrongWith(record: ChainedRecord, before: ChainSeen["head"]): string | undefined {
  const { number, previous, hash, digest, salt, erased } = record
  if (number > before.number + 1)
    return `Records ${before.number + 1} to ${number - 1} are missing.`
  if (number !== before.number + 1) return `Number ${number} is there twice.`
  if (previous !== before.hash) return "It does not follow the record before it."
  if (hash !== linkOf(record)) return "Its place in the chain was changed."
  if (erased) return undefined
  if (salt === null || digest !== digestOf(record, salt)) return "Its content was changed."
  return undefined
}
