"use client"
import { useQuery } from "@tanstack/react-query"
import type { Starter } from "@vibecaas/contract/kinds/starters"
import { Check } from "lucide-react"
import { useSession } from "../shell/session.tsx"
import { Note } from "../ui/note.tsx"
import { Page, PageHead } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { BeginForm } from "./begin-form.tsx"
import { DeleteStarter } from "./delete-starter.tsx"
import { starterOf } from "./queries.ts"
import { StarterPicture } from "./starter-picture.tsx"
import { categoryNames, stackNames } from "./starter-words.ts"

/** One starter: what it is and includes, and a form that begins a project with it. */
export function StarterScreen({ starterId }: { starterId: string }) {
  const { organization } = useSession()
  const starter = useQuery(starterOf(starterId, organization.id))
  return (
    <Page>
      <ReadBody
        of={starter}
        failed="The starter could not be loaded"
        skeleton={<SkeletonLines what="starter" />}
      >
        {(known) => <Known starter={known} />}
      </ReadBody>
    </Page>
  )
}

function Known({ starter }: { starter: Starter }) {
  const { name, summary, description, category, stack, tags, needs } = starter
  return (
    <>
      <PageHead title={name.en} actions={starter.own ? <DeleteStarter starter={starter} /> : null}>
        {summary.en}
      </PageHead>
      {needs === null ? null : (
        <Note tone="warn" title="Apps of this starter do not run here.">
          {needs}
        </Note>
      )}
      <div className="grid grid-cols-[minmax(0,3fr)_minmax(320px,2fr)] items-start gap-6 max-lg:grid-cols-[minmax(0,1fr)]">
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <div className="overflow-clip rounded-3 border border-line">
            <StarterPicture starter={starter} alt={`The first page of ${name.en}`} />
          </div>
          <p className="max-w-[70ch] text-fg-2">{description}</p>
          <p className="text-12 text-fg-3">
            {[categoryNames[category], stackNames[stack], ...tags].join(" · ")}
          </p>
        </div>
        <Panel title="Begin with it" className="lg:row-span-2">
          <BeginForm starter={starter} />
        </Panel>
        {starter.includes.length > 0 ? <Includes includes={starter.includes} /> : null}
      </div>
    </>
  )
}

function Includes({ includes }: Pick<Starter, "includes">) {
  return (
    <Panel title="What it includes" footer="Each is proved by the app’s own tests.">
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,260px),1fr))] gap-x-6 gap-y-2 p-4 text-13">
        {includes.map(({ id, says }) => (
          <li key={id} className="flex gap-2">
            <Check aria-hidden="true" className="mt-0.5 size-4 flex-none text-ok-fg" />
            {says.en}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
