"use client"
import type { Store } from "@vibecaas/contract/store"
import { Button } from "../ui/button.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { useLogs } from "./queries.ts"

/** The last output of the store's programs. */
export function StoreLogs({ store }: { store: Store }) {
  const logs = useLogs(store)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2 p-4">
      <div className="flex justify-end">
        <Button
          size="sm"
          busy={logs.isFetching ? "Reading" : undefined}
          onClick={() => logs.refetch()}
        >
          Read again
        </Button>
      </div>
      <ReadBody
        of={logs}
        failed="The logs could not be read"
        skeleton={<SkeletonLines what="logs" />}
      >
        {({ text }) => (
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
            tabIndex={0}
            className="mono max-h-[60vh] overflow-auto rounded-2 border border-line bg-sunken px-3 py-2 text-12 whitespace-pre-wrap"
          >
            {text || "Nothing was written yet."}
          </pre>
        )}
      </ReadBody>
    </div>
  )
}
