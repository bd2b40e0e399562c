import {
  type Fixture,
  type Fixtures,
  type MatrixWorld,
  made,
} from "../../http/testing/matrix-world.ts"

const asking: Fixture = async (world) => ({ body: { code: (await begin(world)).code } })

export const fixtures = {
  "POST /auth/device": async () => ({ body: { name: "vibecaas on a laptop" } }),
  "POST /auth/device/look": asking,
  "POST /auth/device/allow": asking,
  "POST /auth/device/session": async (world) => ({ body: { secret: (await begin(world)).secret } }),
} satisfies Fixtures<"devices">

async function begin({ owner }: MatrixWorld): Promise<{ code: string; secret: string }> {
  return made(await owner.call("POST /auth/device", { body: { name: "vibecaas on a laptop" } }))
}
