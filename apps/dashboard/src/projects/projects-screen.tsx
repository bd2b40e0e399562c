"use client"
import { Plus } from "lucide-react"
import { useRef, useState } from "react"
import { itemsIn } from "../api/kept.ts"
import { ImportButton } from "../moves/import-button.tsx"
import { useSession } from "../shell/session.tsx"
import { useShortcut } from "../shell/use-shortcut.ts"
import { StartersStrip } from "../starters/starters-strip.tsx"
import { Button } from "../ui/button.tsx"
import { Page, PageHead } from "../ui/page-head.tsx"
import { ProjectComposer } from "./project-composer.tsx"
import { ProjectList } from "./project-list.tsx"
import { useProjects } from "./queries.ts"

/** Describe an app, or go on with one. */
export function ProjectsScreen({ startWithNew }: { startWithNew: boolean }) {
  const { offUnless } = useSession()
  const prompt = useRef<HTMLTextAreaElement>(null)
  const [example, setExample] = useState<string>()
  const off = offUnless("project:create", "create projects")
  const focus = () => {
    prompt.current?.focus()
    prompt.current?.scrollIntoView({ block: "nearest" })
  }
  useShortcut("c", focus)
  const some = itemsIn(useProjects({ state: undefined, search: "" }).data).length > 0
  return (
    <Page>
      <PageHead
        title="Projects"
        actions={
          <>
            <ImportButton off={off} />
            <Button onClick={focus} off={off} aria-keyshortcuts="C" className="max-md:hidden">
              <Plus aria-hidden="true" />
              New project
            </Button>
          </>
        }
      >
        Describe an app; agents plan, write, test and start it in its own machine.
      </PageHead>
      <ProjectComposer
        promptRef={prompt}
        off={off}
        focusNow={startWithNew}
        example={example}
        onTaken={() => setExample(undefined)}
      />
      {/* On a phone one's own projects come first. */}
      <div className={some ? "max-md:order-last" : undefined}>
        <StartersStrip />
      </div>
      <ProjectList
        onExample={(prompt) => {
          setExample(prompt)
          focus()
        }}
      />
    </Page>
  )
}
