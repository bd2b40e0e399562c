import Link from "next/link"
import { notFound } from "next/navigation"
import { Markdown } from "../../../../../components/markdown.ts"
import { By, When } from "../../../../../components/page-list.tsx"
import { ownWiki } from "../../../../../server/own-wiki.ts"
import { restoreVersion } from "../../../../actions.ts"
import { needPage } from "../../need-page.ts"

export const metadata = { title: "Earlier version" }

export default async function OldVersion({
  params,
}: {
  params: Promise<{ slug: string; version: string }>
}) {
  const page = await needPage(params)
  const wiki = ownWiki()
  const old = wiki.version(page.slug, Number((await params).version)) ?? notFound()
  const isNewest = old.version === page.version && page.deletedAt === null
  return (
    <article>
      <p className="crumb">
        <Link href={`/p/${page.slug}/history`}>History of {page.title}</Link>
      </p>
      <div className="head">
        <h1>{old.title}</h1>
        {!isNewest && (
          <form action={restoreVersion}>
            <input type="hidden" name="slug" value={page.slug} />
            <input type="hidden" name="version" value={old.version} />
            <button type="submit">Bring this version back</button>
          </form>
        )}
      </div>
      <p className="detail">
        Version {old.version} of {page.version}, <When at={old.at} />
        <By author={old.author} />
      </p>
      <div className="prose">
        <Markdown text={old.text} isThere={wiki.isThere} />
      </div>
    </article>
  )
}
