"use client"
import { useQuery } from "@tanstack/react-query"
import type { LoopStatus } from "@vibecaas/contract/kinds/platform"
import { useState } from "react"
import { problemOf } from "../api/problem.ts"
import { read } from "../api/read.ts"
import { MailsPanel } from "../mails/mails-panel.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { Note } from "../ui/note.tsx"
import { Page, PageHead } from "../ui/page-head.tsx"
import { Panel, Properties, Property } from "../ui/panel.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { Tabs } from "../ui/tabs.tsx"
import { Failing } from "./failing.tsx"
import { ForAdmins } from "./for-admins.tsx"
import { LoopTable } from "./loop-table.tsx"
import { healthOf } from "./loop-words.ts"
import { PlatformNav } from "./platform-nav.tsx"
import { Warming } from "./warming.tsx"

/** how often the loops are asked how they are, in `ms`: no event tells of a turn */
const everyMs = 5000

/** How the loops are that keep what everybody owns as it was asked for. */
export function PlatformScreen() {
  return (
    <Page>
      <PageHead title="Platform">
        Loops keep what everybody owns as it was asked for. Here is what they work on and fail at.
      </PageHead>
      <PlatformNav />
      <ForAdmins label="Platform">
        <Loops />
        <MailsPanel />
      </ForAdmins>
    </Page>
  )
}

function Loops() {
  const loops = useQuery({
    ...read("GET /platform/loops"),
    staleTime: 0,
    refetchInterval: everyMs,
  })
  return (
    <>
      {loops.error && loops.data ? (
        <Note tone="warn" title="This is not the newest state.">
          {problemOf(loops.error).detail}
        </Note>
      ) : null}
      {loops.data ? (
        <Parts loops={loops.data.items} />
      ) : (
        <Panel label="Loops">
          {loops.error ? (
            <ErrorPanel
              title="The loops could not be asked"
              error={loops.error}
              onRetry={() => loops.refetch()}
            />
          ) : (
            <SkeletonRows
              what="loops"
              widths={["w-28", "w-36", "w-24", "w-32", "w-20"]}
              className="h-[57px]"
            />
          )}
        </Panel>
      )}
      {loops.data ? <Warming warming={loops.data.warming} /> : null}
      <Words />
    </>
  )
}

function Parts({ loops }: { loops: readonly LoopStatus[] }) {
  const [part, setPart] = useState<"loops" | "failing">("loops")
  const [loop, setLoop] = useState<string>()
  const { glyph, word, sentence, failing } = healthOf(loops)
  return (
    <Panel
      label="Loops"
      title={
        <State
          look={{ glyph, word }}
          detail={sentence}
          className="flex-wrap [&>small]:whitespace-normal"
        />
      }
      footer="Turns and corrections are counted since this server started. Read every 5 s."
    >
      <Tabs
        label="Loops"
        value={part}
        onChange={setPart}
        tabs={[
          {
            value: "loops",
            label: "All loops",
            content: (
              <LoopTable
                loops={loops}
                onFailing={(name) => {
                  setLoop(name)
                  setPart("failing")
                }}
              />
            ),
          },
          {
            value: "failing",
            label: failing === 0 ? "Failing" : `Failing (${failing.toLocaleString("en")})`,
            content: <Failing loops={loops} loop={loop} onLoop={setLoop} />,
          },
        ]}
      />
    </Panel>
  )
}

const words = [
  ["Loop", "Makes the world match what was asked for, for one kind of object."],
  ["Turn", "One look of a loop at one object, and the next step for it."],
  ["Waiting", "Objects whose turn is due and has not begun."],
  ["Correction", "A repair of something that changed without us. In health there are none."],
  [
    "Given up",
    "It failed too often, took too long or stood still, and waits for a person. Start, retry or delete the object to have it tried again.",
  ],
] as const

/** For who never saw a loop. */
function Words() {
  return (
    <Panel title="What these words mean">
      <Properties>
        {words.map(([name, meaning]) => (
          <Property key={name} name={name}>
            <span className="max-w-[80ch] text-fg-2">{meaning}</span>
          </Property>
        ))}
      </Properties>
    </Panel>
  )
}
