import Link from "next/link"
import { PageList } from "../components/page-list.tsx"
import { ownWiki } from "../server/own-wiki.ts"
import { settings } from "../server/settings.ts"
import type { Listed } from "../server/wiki.ts"

export default function Home() {
  const { title, welcome, sections } = settings()
  const wiki = ownWiki()
  const pages = wiki.all()
  const others = pages.map(({ section }) => section).filter((each) => !sections.includes(each))
  return (
    <>
      <div className="hero">
        <h1>{title}</h1>
        {welcome && <p>{welcome}</p>}
        {pages.length === 0 && (
          <Link href="/new" className="button">
            Write the first page
          </Link>
        )}
      </div>
      <div className={pages.length > 0 ? "columns" : undefined}>
        <div className="sections">
          {[...sections, ...new Set(others)].map((section) => (
            <Section
              key={section}
              name={section}
              pages={pages.filter((page) => page.section === section)}
            />
          ))}
        </div>
        {pages.length > 0 && (
          <aside aria-labelledby="recent">
            <h2 id="recent" className="side-title">
              Changed last
            </h2>
            <PageList pages={wiki.recent(8)} details />
          </aside>
        )}
      </div>
    </>
  )
}

function Section({ name, pages }: { name: string; pages: readonly Listed[] }) {
  return (
    <section className="card">
      <h2>{name}</h2>
      {pages.length > 0 ? <PageList pages={pages} /> : <p className="quiet-text">No page yet.</p>}
      <Link
        href={`/new?section=${encodeURIComponent(name)}`}
        className="add"
        aria-label={`Write a page in ${name}`}
      >
        Write a page
      </Link>
    </section>
  )
}
