import type { Tx } from "../db/tenant.ts"

/** Each asks a named function. */

export interface Asking {
  name: string
  ip: string
  askedAt: Date
  expiresAt: Date
}

/** False when another one asks by that code. */
export async function insertAsking(
  tx: Tx,
  of: Asking & { secretHash: Buffer; code: string },
): Promise<boolean> {
  const text = "select ask_for_device($1, $2, $3, $4, $5, $6) as done"
  const values = [of.secretHash, of.code, of.name, of.ip, of.askedAt, of.expiresAt]
  return (
    (await tx.query<{ done: boolean }>({ name: "devices_ask", text }, values))[0]?.done === true
  )
}

export async function findAsking(tx: Tx, code: string, now: Date): Promise<Asking | undefined> {
  const text = `
    select name, ip, asked_at as "askedAt", expires_at as "expiresAt" from device_asking($1, $2)`
  return (await tx.query<Asking>({ name: "devices_asking", text }, [code, now]))[0]
}

/** The name of what was allowed; undefined when nothing asks so. */
export async function allowAsking(
  tx: Tx,
  of: { code: string; userId: string; now: Date },
): Promise<string | undefined> {
  const text = "select allow_device($1, $2, $3) as name"
  const values = [of.code, of.userId, of.now]
  const [row] = await tx.query<{ name: string | null }>({ name: "devices_allow", text }, values)
  return row?.name ?? undefined
}

export interface Taken {
  userId: string | null
  name: string | null
  email: string | null
}

/** Who allowed it, once; nulls while nobody has; undefined when nothing asks so. */
export async function takeAllowed(tx: Tx, hash: Buffer, now: Date): Promise<Taken | undefined> {
  const text = `select user_id as "userId", name, email from take_device($1, $2)`
  return (await tx.query<Taken>({ name: "devices_take", text }, [hash, now]))[0]
}
