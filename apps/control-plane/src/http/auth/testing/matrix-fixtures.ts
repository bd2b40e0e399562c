import type { Fixtures } from "../../testing/matrix-world.ts"

export const fixtures = {
  "POST /auth/sign-up/email": async ({ db }) => ({
    body: { name: "Noa", email: `${db.newId("usr")}@example.com`, password: "a long password" },
  }),
  "POST /auth/sign-in/email": async ({ owner: { email, password } }) => ({
    body: { email, password },
  }),
  "POST /auth/sign-out": async () => ({ body: {} }),
  "POST /auth/change-password": async ({ owner: { password } }) => ({
    body: { currentPassword: password, newPassword: "another long password" },
  }),
} satisfies Fixtures<"accounts">
