import { type Fixtures, type MatrixWorld, nothing } from "../../testing/matrix-world.ts"

export const fixtures = {
  "POST /auth/forget-password": async ({ owner: { email } }) => ({ body: { email } }),
  "POST /auth/reset-password": async () => ({
    body: { token: "x".repeat(43), newPassword: "another long password" },
  }),
  "PATCH /auth/account": async () => ({ body: { name: "Stranger" } }),
  "GET /auth/sessions": nothing,
  "DELETE /auth/sessions/{sessionId}": async ({ db }) => {
    // Whoever sends it gives up a session that is not the one it is sent with.
    const { rows } = await db.adminPool.query(
      `insert into auth."session" ("id", "token", "userId", "expiresAt", "updatedAt")
       select 'session_' || gen_random_uuid(), gen_random_uuid(), u."id", now() + interval '1 hour', now()
       from auth."user" u where u."name" in ('Stranger', 'Owner')
     order by u."name" desc limit 1 returning "id"`,
    )
    return { params: { sessionId: rows[0].id } }
  },
  "POST /auth/sign-up/email": async ({ db }) => ({
    body: { name: "Noa", email: `${db.newId("usr")}@example.com`, password: "a long password" },
  }),
  "POST /auth/sign-in/email": async ({ owner: { email, password } }) => ({
    body: { email, password },
  }),
  "GET /me/export": nothing,
  "DELETE /me": async ({ owner: { email, password } }) => ({ body: { email, password } }),
  "GET /auth/account": nothing,
  "POST /auth/address": async ({ db, owner: { password } }) => ({
    body: { email: `${db.newId("usr")}@example.com`, password },
  }),
  "POST /auth/address/confirm": async () => ({ body: { token: "x".repeat(43) } }),
  "GET /auth/provider": nothing,
  "POST /auth/provider/begin": async () => ({ body: {} }),
  "POST /auth/provider/finish": async () => ({ body: { state: "none" } }),
  "GET /auth/second-step": nothing,
  "POST /auth/second-step/begin": async ({ owner: { password } }) => ({ body: { password } }),
  "POST /auth/second-step/confirm": async () => ({ body: { code: "000000" } }),
  "POST /auth/second-step/recovery-codes": async ({ owner: { password } }) => ({
    body: { password },
  }),
  "POST /auth/second-step/end": async ({ owner: { password } }) => ({ body: { password } }),
  "POST /auth/sign-in/second-step": async () => ({ body: { code: "000000" } }),
  "GET /auth/passkeys": nothing,
  "POST /auth/passkeys/begin": async ({ owner: { password } }) => ({ body: { password } }),
  "POST /auth/passkeys": async () => ({ body: { name: "Phone", response: { id: "none" } } }),
  "PATCH /auth/passkeys/{passkeyId}": async ({ db }) => ({
    params: { passkeyId: await passkeyOfSender(db) },
    body: { name: "Phone" },
  }),
  "DELETE /auth/passkeys/{passkeyId}": async ({ db }) => ({
    params: { passkeyId: await passkeyOfSender(db) },
  }),
  "POST /auth/sign-in/passkey/begin": async () => ({ body: {} }),
  "POST /auth/sign-in/passkey": async () => ({ body: { response: { id: "none" } } }),
  "POST /auth/sign-out": async () => ({ body: {} }),
  "POST /auth/change-password": async ({ owner: { password } }) => ({
    body: { currentPassword: password, newPassword: "another long password" },
  }),
} satisfies Fixtures<"accounts">

/** Of whoever sends calls about an account of their own: a stranger where there is one, or else the owner. */
async function passkeyOfSender(db: MatrixWorld["db"]): Promise<string> {
  const { rows } = await db.adminPool.query(
    `insert into auth."passkey" ("id", "name", "publicKey", "userId", "credentialID", "counter", "deviceType", "backedUp", "createdAt")
     select gen_random_uuid(), 'Key', 'x', u."id", gen_random_uuid(), 0, 'singleDevice', false, now()
     from auth."user" u where u."name" in ('Stranger', 'Owner')
     order by u."name" desc limit 1 returning "id"`,
  )
  return rows[0].id
}
