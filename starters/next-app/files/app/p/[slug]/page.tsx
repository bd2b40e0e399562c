import type { Metadata } from "next"
import Link from "next/link"
import { Markdown } from "../../../components/markdown.ts"
import { By, PageList, When } from "../../../components/page-list.tsx"
import { ownWiki } from "../../../server/own-wiki.ts"
import { needPage, type PageProps } from "./need-page.ts"

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: (await needPage(params)).title }
}

export default async function WikiPage({ params }: PageProps) {
  const { id, slug, title, section, text, version, author, changedAt, deletedAt } =
    await needPage(params)
  const wiki = ownWiki()
  const linking = wiki.linking(id)
  if (deletedAt !== null)
    return (
      <>
        <h1>{title}</h1>
        <p>
          This page was deleted on <When at={deletedAt} />. Its versions are kept.
        </p>
        <Link href={`/p/${slug}/history`} className="button">
          Bring a version back
        </Link>
      </>
    )
  return (
    <article>
      <p className="crumb">{section}</p>
      <div className="head">
        <h1>{title}</h1>
        <Link href={`/p/${slug}/edit`} className="button">
          Edit
        </Link>
      </div>
      <p className="detail">
        Version {version}, <When at={changedAt} />
        <By author={author} /> · <Link href={`/p/${slug}/history`}>History</Link>
      </p>
      <div className="prose">
        <Markdown text={text} isThere={wiki.isThere} />
      </div>
      {linking.length > 0 && (
        <aside className="linking" aria-labelledby="linking">
          <h2 id="linking" className="side-title">
            Pages that link here
          </h2>
          <PageList pages={linking} />
        </aside>
      )}
    </article>
  )
}
