"use client"
import { useId, useRef } from "react"
import { removePage } from "../app/actions.ts"

/** Asks first. The browser's own dialog keeps the focus inside and closes with Escape. */
export function RemovePage({ slug, title }: { slug: string; title: string }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  return (
    <div className="danger-zone">
      <button type="button" className="danger" onClick={() => dialog.current?.showModal()}>
        Delete page
      </button>
      <dialog ref={dialog} aria-labelledby={id}>
        <h2 id={id}>Delete “{title}”?</h2>
        <p>It is no longer listed or found. Its versions are kept and can be brought back.</p>
        <form action={removePage} className="row">
          <input type="hidden" name="slug" value={slug} />
          <button type="submit" className="danger">
            Delete
          </button>
          <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
            Keep it
          </button>
        </form>
      </dialog>
    </div>
  )
}
