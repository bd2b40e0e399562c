"use client"
import { useQuery } from "@tanstack/react-query"
import type { SecondStepState } from "@vibecaas/contract/second-step"
import dynamic from "next/dynamic"
import { read } from "../api/read.ts"
import { Button } from "../ui/button.tsx"
import { count } from "../ui/format.ts"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { useAsked } from "../ui/use-asked.ts"

const TurnOnDialog = dynamic(
  () => import("./second-step-dialogs.tsx").then((module) => module.TurnOnDialog),
  { ssr: false },
)
const NewCodesDialog = dynamic(
  () => import("./second-step-dialogs.tsx").then((module) => module.NewCodesDialog),
  { ssr: false },
)
const TurnOffDialog = dynamic(
  () => import("./second-step-dialogs.tsx").then((module) => module.TurnOffDialog),
  { ssr: false },
)

type Asked = "on" | "codes" | "off"

/** Whether signing in asks for a code, with what changes that. */
export function SecondStepPanel() {
  const state = useQuery(read("GET /auth/second-step"))
  const { about, open, ask, close } = useAsked<Asked>()
  const dialog = { open, onClose: close }
  return (
    <Panel title="Second step of signing in">
      <ReadBody
        of={state}
        failed="Whether it is on could not be loaded"
        skeleton={<SkeletonRows what="the second step" widths={["w-40"]} className="h-[65px]" />}
      >
        {(now) => <StepRow now={now} onAsk={ask} />}
      </ReadBody>
      {about === "on" ? <TurnOnDialog {...dialog} /> : null}
      {about === "codes" ? <NewCodesDialog {...dialog} /> : null}
      {about === "off" ? <TurnOffDialog {...dialog} /> : null}
    </Panel>
  )
}

function StepRow({ now, onAsk }: { now: SecondStepState; onAsk(what: Asked): void }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 p-4 text-13">
      <div className="max-w-[46ch] min-w-0 text-fg-2">
        <State look={now.on ? { glyph: "done", word: "On" } : { glyph: "off", word: "Off" }} />
        <p className="mt-1">
          {now.on
            ? `After the password you enter a code of your authenticator app. ${count(now.recoveryCodes, "recovery code")} left.`
            : "After the password you would enter a code of an app on your phone, so that a stolen password opens nothing."}
        </p>
      </div>
      {now.on ? (
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => onAsk("codes")}>New recovery codes</Button>
          <Button kind="bad-quiet" onClick={() => onAsk("off")}>
            Turn off
          </Button>
        </div>
      ) : (
        <Button onClick={() => onAsk("on")}>Turn on</Button>
      )}
    </div>
  )
}
