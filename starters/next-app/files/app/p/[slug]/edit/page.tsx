import { PageForm } from "../../../../components/page-form.tsx"
import { RemovePage } from "../../../../components/remove-page.tsx"
import { settings } from "../../../../server/settings.ts"
import { knownName } from "../../../actions.ts"
import { needPage, type PageProps } from "../need-page.ts"

export const metadata = { title: "Edit" }

export default async function EditPage({ params }: PageProps) {
  const { slug, title, section, text, version } = await needPage(params)
  const { sections, askName } = settings()
  return (
    <>
      <h1>Edit “{title}”</h1>
      <PageForm
        draft={{ title, section, text, author: await knownName() }}
        sections={sections.includes(section) ? sections : [...sections, section]}
        askName={askName}
        page={{ slug, version }}
      />
      <RemovePage {...{ slug, title }} />
    </>
  )
}
