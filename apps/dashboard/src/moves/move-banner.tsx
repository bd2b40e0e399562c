"use client"
import { useMutation } from "@tanstack/react-query"
import type { Move } from "@vibecaas/contract/kinds/moves"
import type { Project } from "@vibecaas/contract/kinds/projects"
import dynamic from "next/dynamic"
import { useRouter } from "next/navigation"
import { problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Note } from "../ui/note.tsx"
import { useToast } from "../ui/toast.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { LeftOut } from "./left-out.tsx"
import { canRetry, isNews, isUnderWay, moveWords } from "./move-words.ts"
import { cancelMove, useMoves } from "./queries.ts"

// Loaded when it is first wanted: most projects never failed to come in.
const RetryDialog = dynamic(
  () => import("./retry-dialog.tsx").then((module) => module.RetryDialog),
  { ssr: false },
)

/** What is being brought into a project, or what became of it lately. */
export function MoveBanner({ project }: { project: Project }) {
  const [newest] = useMoves(project.id).data?.items ?? []
  if (!newest || !isNews(newest, { project, now: Date.now() })) return null
  return (
    <div className="px-8 py-4 max-md:px-4" role="status">
      {isUnderWay(newest) ? (
        <UnderWay move={newest} />
      ) : (
        <Over move={newest} again={canRetry(newest, project)} />
      )}
    </div>
  )
}

function UnderWay({ move }: { move: Move }) {
  return (
    <Note title={`${moveWords[move.way].doing} ${move.from}:`}>
      {move.doing ?? "waiting for its turn"}.
      {move.way === "transfer" ? null : <Cancel move={move} />}
    </Note>
  )
}

function Cancel({ move }: { move: Move }) {
  const router = useRouter()
  const say = useToast()
  const { paths, offUnless } = useSession()
  const cancel = useMutation(cancelMove)
  const stop = () =>
    cancel.mutate(
      { params: { moveId: move.id } },
      {
        onSuccess: () => router.push(paths.projects()),
        onError: (error) =>
          say({ glyph: "bad", title: "Not cancelled", detail: problemOf(error).detail }),
      },
    )
  return (
    <Button
      size="sm"
      className="ml-3"
      off={offUnless("project:create", "cancel it")}
      busy={cancel.isPending ? "Cancelling" : undefined}
      onClick={stop}
    >
      Cancel
    </Button>
  )
}

function TryAgain({ move }: { move: Move }) {
  const { offUnless } = useSession()
  const asked = useAsked<true>()
  return (
    <>
      <Button
        size="sm"
        className="ml-3"
        off={offUnless("project:create", "try it again")}
        onClick={() => asked.ask(true)}
      >
        Try again
      </Button>
      {asked.about ? <RetryDialog move={move} open={asked.open} onClose={asked.close} /> : null}
    </>
  )
}

function Over({ move, again }: { move: Move; again: boolean }) {
  const { not, did } = moveWords[move.way]
  if (move.state === "failed")
    return (
      <Note tone="bad" title={`${not} ${move.from}.`}>
        {move.failure}
        {move.way === "copy"
          ? " Begin it anew from the list of projects, and delete this one."
          : null}
        {again ? <TryAgain move={move} /> : null}
      </Note>
    )
  return (
    <Note tone="warn" title={`${did} ${move.from}, but for some things.`}>
      <LeftOut sentences={move.leftOut} />
    </Note>
  )
}
