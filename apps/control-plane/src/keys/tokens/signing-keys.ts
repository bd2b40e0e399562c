import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from "node:crypto"
import type { Clock } from "@vibecaas/kernel/clock"
import { type MasterKey, open, seal } from "@vibecaas/kernel/seal"
import { LRUCache } from "lru-cache"
import type { Database, Tx } from "../../db/tenant.ts"
import {
  deleteRow,
  findRow,
  insertRow,
  listRows,
  lockMaking,
  type SigningKeyRow as Row,
} from "./queries.ts"

/** How long a key signs, in `ms`. */
const signsMs = 30 * 24 * 60 * 60 * 1000
/** How long after its successor was made a key is still known, in `ms`: much longer than a token lives. */
const knownMs = 24 * 60 * 60 * 1000
/** How long a key that is nobody's is remembered to be, in `ms`: guesses ask the database no more often. */
const unknownMs = 10_000

export interface SigningKeys {
  /** the key that signs now; a new one where the last has signed long enough */
  current(): Promise<{ id: string; key: KeyObject }>
  /** the public key of that name */
  find(id: string): Promise<KeyObject | undefined>
  /** all public keys whose tokens may live, as JSON Web Keys */
  list(): Promise<Record<string, string>[]>
}

interface Parts {
  database: Database
  clock: Clock
  masterKey: MasterKey
}

/** Keys of all replicas are rows; a replica keeps what it has read, since a key never changes. */
export function makeSigningKeys(parts: Parts): SigningKeys {
  const { database, clock, masterKey } = parts
  const known = new LRUCache<string, KeyObject>({ max: 100 })
  const unknown = new LRUCache<string, true>({ max: 1000, ttl: unknownMs })
  const opened = (row: Row) => ({
    id: row.id,
    key: createPrivateKey({
      key: open(masterKey, row.sealedKey, contextOf(row.id)),
      format: "der",
      type: "pkcs8",
    }),
  })
  return {
    async current() {
      const now = clock.now()
      const row = await database.asPlatform(async (tx) => {
        const [newest] = await listRows(tx)
        return newest && signs(newest, now) ? newest : makeNext(tx, { masterKey, now })
      })
      return opened(row)
    },
    async find(id) {
      const kept = known.get(id)
      if (kept || unknown.has(id)) return kept
      const row = await database.asPlatform((tx) => findRow(tx, id))
      if (!row) unknown.set(id, true)
      else known.set(id, createPublicKey({ key: row.publicKey, format: "jwk" }))
      return known.get(id)
    },
    list: async () =>
      (await database.asPlatform(listRows)).map(({ id, publicKey }) => ({
        ...publicKey,
        ...{ kid: id, alg: "ES256", use: "sig" },
      })),
  }
}

const signs = (row: Row, now: Date) => now.getTime() - row.createdAt.getTime() < signsMs

/** Of replicas that find it is time at once, one makes the next key and the others see it. */
async function makeNext(
  tx: Tx,
  { masterKey, now }: { masterKey: MasterKey; now: Date },
): Promise<Row> {
  await lockMaking(tx)
  const [newest] = await listRows(tx)
  if (newest && signs(newest, now)) return newest
  await forgetOld(tx, now)
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
  const id = randomUUID()
  const der = privateKey.export({ format: "der", type: "pkcs8" })
  const row = {
    id,
    publicKey: publicKey.export({ format: "jwk" }) as Record<string, string>, // of an elliptic curve
    sealedKey: seal(masterKey, der, contextOf(id)),
    createdAt: now,
  }
  await insertRow(tx, row)
  return row
}

/** A key goes once its successor is so old that no token of it can live. */
async function forgetOld(tx: Tx, now: Date): Promise<void> {
  const rows = await listRows(tx)
  for (const [index, row] of rows.entries()) {
    const successor = rows[index - 1]
    if (successor && now.getTime() - successor.createdAt.getTime() > knownMs)
      await deleteRow(tx, row.id)
  }
}

const contextOf = (id: string) => `signing-key:${id}`
