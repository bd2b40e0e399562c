"use client"
import { Button } from "../ui/button.tsx"
import { CopyId } from "../ui/copy-id.tsx"
import { Page } from "../ui/page-head.tsx"
import { FullPage } from "./full-page.tsx"

interface CrashProps {
  digest: string | undefined
  onRetry(): void
}

const title = "This page stopped working"

/** The page itself failed; what was saved on the server is not touched by that. */
export function CrashPage(props: CrashProps) {
  return (
    <FullPage title={title}>
      <Crash {...props} />
    </FullPage>
  )
}

/** The same inside the shell, which still works. */
export function CrashInside(props: CrashProps) {
  return (
    <Page>
      <div className="grid max-w-104 gap-4 pt-10">
        <h1 className="text-20 font-semibold tracking-[-0.014em]">{title}</h1>
        <Crash {...props} />
      </div>
    </Page>
  )
}

function Crash({ digest, onRetry }: CrashProps) {
  return (
    <>
      <p className="text-fg-2">
        It met an error of its own. Nothing on the server was changed by that. Show it again, and if
        it stops again, load the whole page.
      </p>
      <div className="flex flex-wrap items-center gap-3">
        <Button kind="main" onClick={onRetry}>
          Show it again
        </Button>
        <Button onClick={() => window.location.reload()}>Load the page</Button>
        {digest ? <CopyId id={digest} noun="error id" whole /> : null}
      </div>
    </>
  )
}
