import { jsonb, pgTable, text } from "drizzle-orm/pg-core"
import { createdAt } from "./columns.ts"

/** What tokens are signed with. The newest signs; those before it stay until none of their tokens can live. */
export const signingKeys = pgTable("signing_keys", {
  /** names it in tokens and in the JWK set */
  id: text("id").primaryKey(),
  publicKey: jsonb("public_key").$type<Record<string, string>>().notNull(),
  /** by the installation's master key */
  sealedKey: text("sealed_key").notNull(),
  createdAt: createdAt(),
})
