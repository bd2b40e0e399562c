import { type Fixtures, nothing } from "../../http/testing/matrix-world.ts"

export const fixtures = {
  "GET /platform": nothing,
  "GET /platform/loops": nothing,
} satisfies Fixtures<"platform">
