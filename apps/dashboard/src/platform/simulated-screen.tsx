"use client"
import type { Platform } from "@vibecaas/contract/kinds/platform"
import { CircleCheck } from "lucide-react"
import Link from "next/link"
import type { ReactNode } from "react"
import { usePlatform } from "../shell/platform.ts"
import { useSession } from "../shell/session.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { Page, PageHead } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { capitalized } from "../ui/words.ts"
import { ForAdmins } from "./for-admins.tsx"
import { PlatformNav } from "./platform-nav.tsx"

/** What stands in for something real here, and how each becomes real. */
export function SimulatedScreen() {
  const platform = usePlatform()
  return (
    <Page>
      <PageHead title="What is simulated">
        What stands in for something real on this server, and how to make it real.
      </PageHead>
      <PlatformNav />
      <ForAdmins label="What is simulated">
        <ReadBody
          of={platform}
          failed="What is simulated could not be read"
          skeleton={<SkeletonLines what="parts" />}
        >
          {(data) => (
            <>
              <Simulated platform={data} />
              <Isolation platform={data} />
            </>
          )}
        </ReadBody>
      </ForAdmins>
    </Page>
  )
}

function Simulated({ platform: { simulated } }: { platform: Platform }) {
  return (
    <Panel title="Stand-ins">
      {simulated.length === 0 ? (
        <EmptyState icon={CircleCheck} title="Nothing is simulated">
          Models answer and mails are sent.
        </EmptyState>
      ) : (
        <ul aria-label="Stand-ins">
          {simulated.map(({ part, sentence }) => (
            <Part key={sentence} name={capitalized(part)} word="Simulated">
              <p>{capitalized(sentence.replace(`${part}: `, ""))}.</p>
              <Way part={part} />
            </Part>
          ))}
        </ul>
      )}
    </Panel>
  )
}

interface PartProps {
  name: string
  word: string
  children: ReactNode
}

function Part({ name, word, children }: PartProps) {
  return (
    <li className="grid gap-1.5 border-b border-line px-4 py-3 text-13 last:border-b-0">
      <span className="flex flex-wrap items-baseline gap-3">
        <b className="text-14 font-semibold">{name}</b>
        <State look={{ glyph: "warn", word }} />
      </span>
      <div className="grid max-w-[76ch] gap-1.5 text-fg-2">{children}</div>
    </li>
  )
}

/** What to do about a stand-in. */
function Way({ part }: { part: string }) {
  const { paths } = useSession()
  if (/model/i.test(part)) {
    return (
      <p>
        To make it real: give a provider’s key on the page{" "}
        <Link href={`${paths.root}/models`} className="link">
          Models
        </Link>
        , test it there with one click, and choose it for the agents. It counts from the next
        request on.
      </p>
    )
  }
  if (/mail/i.test(part)) {
    return (
      <p>
        To make it real: start the platform with <Setting>SMTP_URL</Setting>, such as{" "}
        <Setting>smtps://user:password@mail.example.com</Setting>, and with{" "}
        <Setting>VIBECAAS_MAIL_FROM</Setting> if they should come from another address. Until then{" "}
        <Link href={`${paths.root}/platform`} className="link">
          Health
        </Link>{" "}
        has them.
      </p>
    )
  }
  return null
}

const Setting = ({ children }: { children: ReactNode }) => (
  <code className="mono [overflow-wrap:anywhere]">{children}</code>
)

function Isolation({ platform: { isolation } }: { platform: Platform }) {
  return (
    <Panel title="What keeps apps apart">
      <ul aria-label="Isolation">
        {isolation.weak ? (
          <Part name="Isolation" word="Weak">
            <p>{isolation.label}</p>
            {isolation.reaches.map((reach) => (
              <p key={reach}>{reach}</p>
            ))}
            <p>
              To make it stronger: <Setting>bin/doctor</Setting> says which walls work on this
              server and what the others need. <Setting>VIBECAAS_REQUIRE_ISOLATION=1</Setting> has
              the platform refuse weak ones.
            </p>
          </Part>
        ) : (
          <li className="px-4 py-3 text-13 text-fg-2">
            {isolation.label} {isolation.reaches.length === 0 ? "Nothing of this stands in." : ""}
          </li>
        )}
      </ul>
    </Panel>
  )
}
