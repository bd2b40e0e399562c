import { PageForm } from "../../components/page-form.tsx"
import { settings } from "../../server/settings.ts"
import { most } from "../../server/wiki.ts"
import { knownName } from "../actions.ts"

export const metadata = { title: "New page" }

export default async function NewPage({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { title, section } = await searchParams
  const { sections, askName } = settings()
  const draft = {
    ...{ title: typeof title === "string" ? title.slice(0, most.title) : "", text: "" },
    section: sections.find((each) => each === section) ?? sections[0] ?? "",
    author: await knownName(),
  }
  return (
    <>
      <h1>New page</h1>
      <PageForm {...{ draft, sections, askName }} />
    </>
  )
}
