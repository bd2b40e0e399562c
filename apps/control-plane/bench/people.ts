import { createHmac, randomBytes } from "node:crypto"
import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import pg from "pg"
import type { BenchPlatform } from "./platform.ts"

/** Somebody with a session, an organization of their own and projects in it. */
export interface BenchPerson {
  userId: string
  organizationId: string
  /** a `Cookie` header */
  cookie: string
}

const newId = makeNewId(systemClock)
const cookieName = "vibecaas.session"

/** Many organizations, each with `projects` projects: the limit per organization stays as it is. */
export async function seedPeople(
  platform: BenchPlatform,
  size: { people: number; projects: number },
): Promise<BenchPerson[]> {
  const client = new pg.Client({ connectionString: await platform.adminUrl() })
  await client.connect()
  try {
    const secret = await platform.sessionSecret()
    const people = Array.from({ length: size.people }, () => makePerson(secret))
    await insertPeople(client, people)
    for (const { person } of people) await insertProjects(client, person, size.projects)
    await client.query("vacuum analyze")
    return people.map(({ person }) => person)
  } finally {
    await client.end()
  }
}

interface Made {
  person: BenchPerson
  token: string
}

/** The cookie is what a sign-in hands out: the session's token and its signature. */
function makePerson(secret: string): Made {
  const token = randomBytes(24).toString("base64url")
  const signature = createHmac("sha256", secret).update(token).digest("base64")
  return {
    token,
    person: {
      userId: randomBytes(16).toString("hex"),
      organizationId: newId("org"),
      cookie: `${cookieName}=${encodeURIComponent(`${token}.${signature}`)}`,
    },
  }
}

async function insertPeople(client: pg.Client, people: readonly Made[]): Promise<void> {
  const users = people.map(({ person }) => person.userId)
  const organizations = people.map(({ person }) => person.organizationId)
  const tokens = people.map(({ token }) => token)
  await client.query(
    `insert into auth."user" ("id", "name", "email", "emailVerified")
     select u, 'Mara Halden', u || '@example.com', true from unnest($1::text[]) u`,
    [users],
  )
  await client.query(
    `insert into auth."session" ("id", "token", "userId", "expiresAt", "updatedAt")
     select 'session-' || u, t, u, now() + interval '1 day', now()
     from unnest($1::text[], $2::text[]) as s(u, t)`,
    [users, tokens],
  )
  await client.query(
    `insert into organizations (id, name, slug, personal_of, data_key)
     select o, 'Halden Works', 'bench-' || u, u, 'sealed'
     from unnest($1::text[], $2::text[]) as s(o, u)`,
    [organizations, users],
  )
  await client.query(
    `insert into memberships (organization_id, user_id, role)
     select o, u, 'owner' from unnest($1::text[], $2::text[]) as s(o, u)`,
    [organizations, users],
  )
  await client.query(
    "insert into organization_plans (organization_id, plan) select unnest($1::text[]), 'starter'",
    [organizations],
  )
}

async function insertProjects(client: pg.Client, person: BenchPerson, count: number) {
  const ids = Array.from({ length: count }, () => newId("prj"))
  await client.query(
    `insert into projects (id, organization_id, name, slug, preview, state, has_machine, goal,
       created_by, updated_at)
     select id, $2, 'Reading list ' || n, replace(id, '_', '-'), 'private', 'running', true,
       'A reading list with title, author, pages and whether I have finished it', $3,
       now() - n * interval '1 minute'
     from unnest($1::text[]) with ordinality as s(id, n)`,
    [ids, person.organizationId, person.userId],
  )
}
