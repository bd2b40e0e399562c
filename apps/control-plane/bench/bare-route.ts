import Fastify from "fastify"
import pg from "pg"

/**
 * The least that a server could do for the same rows: no session, no row-level security, no
 * schema, one prepared statement. Started by `list.ts` as a process of its own.
 */
const [port = "", connectionString = ""] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString, max: 20 })
const text = `
  select id, organization_id as "organizationId", name, slug, state, state_detail as "stateDetail",
    goal, preview, created_by as "createdBy", version, created_at as "createdAt",
    updated_at as "updatedAt"
  from projects where organization_id = $1 order by updated_at desc, id desc limit $2`

const app = Fastify()
app.get<{ Querystring: { organization: string } }>("/projects", async (request) => {
  const values = [request.query.organization, 50]
  const { rows } = await pool.query({ name: "projects", text, values })
  return { items: rows, nextCursor: null }
})
await app.listen({ host: "127.0.0.1", port: Number(port) })
process.send?.("ready")
