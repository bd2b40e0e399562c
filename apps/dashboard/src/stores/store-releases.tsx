"use client"
import { useMutation } from "@tanstack/react-query"
import type { Store, StoreRelease } from "@vibecaas/contract/store"
import { useState } from "react"
import { ConfirmDialog } from "../form/confirm-dialog.tsx"
import { Button } from "../ui/button.tsx"
import { count } from "../ui/format.ts"
import { ReadBody } from "../ui/read-body.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Select } from "../ui/select.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { State, type StateLook } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { rollBackStore, upgradeStore, useReleases } from "./queries.ts"
import { useStoreOff } from "./store-head.tsx"

const looks: Record<StoreRelease["state"], StateLook> = {
  current: { glyph: "alive", word: "Runs" },
  past: { glyph: "off", word: "Past" },
  refused: { glyph: "bad", word: "Taken back" },
}

const ways: Record<NonNullable<StoreRelease["way"]>, string> = {
  made: "Made with it",
  in_place: "Upgraded, stopped meanwhile",
  beside: "Upgraded without a stop",
  rollback: "Rolled back",
  restore: "Restored",
}

/** The same of a version that did not sell: what ran before it runs. */
const wayOf = ({ way, state }: StoreRelease): string => {
  if (way === null) return "–"
  if (state !== "refused") return ways[way]
  return way === "beside" ? "Tried without a stop" : "Tried, stopped meanwhile"
}

/** Versions that the store has run, the way to later ones, and the way back. */
export function StoreReleases({ store }: { store: Store }) {
  const releases = useReleases(store)
  const off = useStoreOff(store)
  const { about, open, ask, close } = useAsked<StoreRelease>()
  return (
    <>
      <Upgrade store={store} />
      <ReadBody
        of={releases}
        failed="The releases could not be read"
        skeleton={<SkeletonRows what="releases" widths={["w-24"]} className="h-[45px]" />}
      >
        {({ items }) => (
          <Table aria-label="Releases">
            <TableHead>
              <HeadCell className="w-20">Release</HeadCell>
              <HeadCell>Version</HeadCell>
              <HeadCell className="w-32">State</HeadCell>
              <HeadCell>How</HeadCell>
              <HeadCell className="w-32">Since</HeadCell>
              <HeadCell className="w-36">
                <span className="sr-only">Actions</span>
              </HeadCell>
            </TableHead>
            <TableBody>
              {items.map((release) => (
                <Row key={release.id}>
                  <Cell>{release.number}</Cell>
                  <Cell className="font-medium">{release.version}</Cell>
                  <Cell>
                    <State look={looks[release.state]} />
                  </Cell>
                  <Cell className="text-fg-2">{wayOf(release)}</Cell>
                  <Cell className="text-fg-2">
                    <RelativeTime at={release.startedAt} />
                  </Cell>
                  <Cell className="text-right">
                    {release.state === "past" && release.backupId ? (
                      <Button
                        size="sm"
                        aria-label={`Roll back to release ${release.number}`}
                        off={off("rollback", "roll stores back")}
                        onClick={() => ask(release)}
                      >
                        Roll back
                      </Button>
                    ) : null}
                  </Cell>
                </Row>
              ))}
            </TableBody>
          </Table>
        )}
      </ReadBody>
      {about ? <RollBack store={store} release={about} open={open} onClose={close} /> : null}
    </>
  )
}

function Upgrade({ store }: { store: Store }) {
  const [chosen, setChosen] = useState<string>()
  const [asked, setAsked] = useState(false)
  const upgrade = useMutation(upgradeStore)
  const off = useStoreOff(store)
  const [newest] = store.upgrades
  if (!newest) {
    return <p className="px-4 py-3 text-13 text-fg-3">No later version is installed here.</p>
  }
  const version = store.upgrades.find((each) => each === chosen) ?? newest
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-3 text-13">
      <span>Later versions:</span>
      <Select
        label="Version"
        className="w-36"
        value={version}
        options={store.upgrades.map((each) => ({ value: each, label: each }))}
        onChange={setChosen}
      />
      <Button
        size="sm"
        kind="main"
        off={off("upgrade", "upgrade stores")}
        onClick={() => setAsked(true)}
      >
        Upgrade
      </Button>
      <ConfirmDialog
        open={asked}
        title={`Upgrade to ${version}?`}
        verb="Upgrade store"
        doing="Upgrading store"
        kind="main"
        act={upgrade}
        onConfirm={async () => {
          await upgrade.mutateAsync({ params: { storeId: store.id }, body: { version } })
          setAsked(false)
        }}
        onClose={() => setAsked(false)}
      >
        {store.upgradesBeside.includes(version) ? (
          <p>
            Its data are backed up, and {version} is started beside {store.version}, which goes on
            selling. Visitors are led to {version} once an order went through it; otherwise it goes
            and nothing changes. While both run, the organization’s memory counts both; where there
            is not enough left, the store stops for a moment instead.
          </p>
        ) : (
          <p>
            Its data are backed up, then it stops for a moment. When no order goes through the new
            version, {store.version} runs again with the data of before.
          </p>
        )}
      </ConfirmDialog>
    </div>
  )
}

interface RollBackProps {
  store: Store
  release: StoreRelease
  open: boolean
  onClose(): void
}

function RollBack({ store, release, open, onClose }: RollBackProps) {
  const back = useMutation(rollBackStore)
  const { ordersSince } = release
  return (
    <ConfirmDialog
      open={open}
      title={`Roll back to ${release.version}?`}
      verb="Roll back store"
      doing="Rolling back store"
      act={back}
      onConfirm={async () => {
        const body = { releaseId: release.id, losesOrders: true }
        await back.mutateAsync({ params: { storeId: store.id }, body })
        onClose()
      }}
      onClose={onClose}
    >
      <p>
        The store gets the data back that it had when release {release.number} was replaced
        {release.endedAt ? (
          <>
            {" "}
            (<RelativeTime at={release.endedAt} />)
          </>
        ) : null}
        .{" "}
        <b className="text-fg">
          {ordersSince === null
            ? "Orders since then are lost."
            : ordersSince === 0
              ? "No order was placed since then."
              : `${count(ordersSince, "order")} since then would be lost.`}
        </b>{" "}
        What is there now is backed up before.
      </p>
    </ConfirmDialog>
  )
}
