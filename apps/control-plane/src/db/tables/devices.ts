import { customType, pgTable, text, unique } from "drizzle-orm/pg-core"
import { at } from "./columns.ts"

const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" })

/** Programs that ask to be signed in; only named functions read it. */
export const deviceLogins = pgTable(
  "device_logins",
  {
    /** SHA-256 of what the program shows for its session */
    secretHash: bytea("secret_hash").primaryKey(),
    /** what the person compares */
    code: text("code").notNull(),
    name: text("name").notNull(),
    ip: text("ip").notNull(),
    /** null until somebody allows it */
    allowedBy: text("allowed_by"),
    askedAt: at("asked_at").notNull(),
    expiresAt: at("expires_at").notNull(),
  },
  (t) => [unique("device_logins_code").on(t.code)],
)
