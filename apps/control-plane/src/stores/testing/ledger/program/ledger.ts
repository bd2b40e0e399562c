import { spawnSync } from "node:child_process"
import { readdirSync, rmSync } from "node:fs"
import { createServer } from "node:http"

/** A shop of one file, `node ledger.ts migrate|seed|personalise|upgrade|serve`, which asks psql for all it does. */
const [what = ""] = process.argv.slice(2)
const debian = "/usr/lib/postgresql"
const version = readdirSync(debian).sort().at(-1)
const psql = `${debian}/${version}/bin/psql`

function sql(text: string): string {
  const argv = ["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1"]
  const { status, stdout, stderr } = spawnSync(psql, argv, { input: text, encoding: "utf8" })
  if (status !== 0) throw new Error(stderr.trim())
  return stdout.trim()
}

const hooks: Record<string, () => object> = {
  migrate() {
    sql(`create table if not exists orders (number int generated always as identity primary key,
      placed_at timestamptz not null default now(), state text not null default 'open', mark text not null);
      create table if not exists facts (name text primary key, value text not null);`)
    return {}
  },
  seed() {
    sql("insert into facts values ('products', 'mug') on conflict do nothing;")
    return {}
  },
  personalise: () => ({ key: "pk_ledger" }),
  upgrade() {
    sql("alter table orders add column if not exists phone text;")
    return {}
  },
}

const order = `json_build_object('id', number::text, 'number', '#' || number, 'placedAt', placed_at,
  'total', 1250, 'currency', 'EUR', 'state', state, 'email', null, 'probe', true)`

function answer(method: string, [part, id]: string[]): string {
  if (part === "live") return "{}"
  if (part === "products") return `{"products":["${sql("select value from facts")}"]}`
  if (method === "POST")
    return `{"order":${sql(`insert into orders (mark) values ('probe') returning ${order}`)}}`
  if (id === undefined)
    return sql(`select coalesce(json_agg(${order} order by number desc), '[]') from orders`)
  const cancelling = `update orders set state = 'cancelled' where number = ${Number(id)};`
  if (method === "DELETE") sql(cancelling)
  return `{"order":${sql(`select ${order} from orders where number = ${Number(id)}`)}}`
}

function serve(): void {
  const listen = process.env.SHOP_LISTEN ?? ""
  const server = createServer((request, response) => {
    request.resume()
    try {
      const body = answer(request.method ?? "", (request.url ?? "").slice(1).split("/"))
      response.writeHead(200, { "content-type": "application/json" }).end(body)
    } catch (error) {
      response.writeHead(500, { "content-type": "application/json" })
      response.end(JSON.stringify({ error: String(error) }))
    }
  })
  rmSync(listen, { force: true })
  server.listen(listen, () => console.log("listening"))
  process.on("SIGTERM", () => process.exit(0))
}

if (what === "serve") serve()
else console.log(`STORE_RESULT ${JSON.stringify(hooks[what]?.() ?? {})}`)
