"use client"
import Link from "next/link"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Switch } from "../ui/switch.tsx"
import { useNotices } from "./notices-provider.tsx"
import { useSession } from "./session.tsx"

interface NoticesDialogProps {
  open: boolean
  onClose(): void
}

/** What happened while one looked elsewhere, and whether the browser says so by itself. */
export function NoticesDialog({ open, onClose }: NoticesDialogProps) {
  const { all, browser, setBrowser } = useNotices()
  const { paths } = useSession()
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Notices"
      footer={<Button onClick={onClose}>Close</Button>}
    >
      {all.length === 0 ? (
        <p className="text-13">When agents end or ask something, it stands here.</p>
      ) : (
        <ul className="text-13">
          {all.map(({ id, projectId, title, look, at }) => (
            <li
              key={id}
              className="flex items-center gap-3 border-b border-line py-2 last:border-b-0"
            >
              <span aria-hidden="true" className={`st st-${look.glyph} h-4`} />
              <Link
                href={paths.project(projectId)}
                onClick={onClose}
                className="min-w-0 flex-1 truncate text-fg hover:underline hover:underline-offset-3"
              >
                {title}
              </Link>
              <span className="flex-none text-12 text-fg-3">
                <RelativeTime at={new Date(at).toISOString()} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <Switch
        label="Show them in this browser"
        help="Also while this page is in the background. The browser asks you once."
        checked={browser}
        off={"Notification" in window ? undefined : "This browser has no notifications here."}
        onChange={(wanted) => void setBrowser(wanted)}
      />
    </Dialog>
  )
}
