import { type Fixtures, nothing } from "../../http/testing/matrix-world.ts"

export const fixtures = { "GET /platform/mails": nothing } satisfies Fixtures<"mails">
