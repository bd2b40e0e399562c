import { describe, expect } from "vitest"
import { mebibyte, type Suite } from "./context.suite.ts"

/** Files in a machine. */
export function fileFacts({ fact, sharedGuest }: Suite): void {
  describe("files", () => {
    const shared = sharedGuest()

    fact("written files come back with size, mode and git's name", async () => {
      const guest = shared()
      const large = Buffer.alloc(3 * mebibyte, 7)
      await guest.writeFiles([
        { path: "/workspace/a/hello.txt", content: Buffer.from("hello\n") },
        { path: "/workspace/run.sh", content: Buffer.from("#!/bin/sh\n"), mode: 0o755 },
        { path: "/workspace/large", content: large },
        { path: "/workspace/empty", content: Buffer.alloc(0) },
        { path: "/workspace/node_modules/x/index.js", content: Buffer.from("skipped") },
      ])
      const files = await guest.scan("/workspace", { maxFiles: 100 })
      expect(files.map((file) => file.path).sort()).toEqual([
        "a/hello.txt",
        "empty",
        "large",
        "run.sh",
      ])
      expect(files).toContainEqual({
        path: "a/hello.txt",
        size: 6,
        mode: 0o644,
        sha1: "ce013625030ba8dba906f756967f9e9ca394464a",
      })
      expect(files).toContainEqual(expect.objectContaining({ path: "run.sh", mode: 0o755 }))
      expect((await guest.readFile("/workspace/large", 4 * mebibyte)).equals(large)).toBe(true)
    })

    fact("removed files and directories are gone", async () => {
      const guest = shared()
      const content = Buffer.from("x")
      await guest.writeFiles([
        { path: "/workspace/a/b", content },
        { path: "/workspace/c", content },
      ])
      await guest.remove(["/workspace/a", "/workspace/none"])
      const files = await guest.scan("/workspace", { maxFiles: 10 })
      expect(files.map((file) => file.path)).toEqual(["c"])
    })

    fact("paths that lead out are refused", async () => {
      const guest = shared()
      await guest.exec(["sh", "-c", "ln -s /etc etc; ln -s /etc/passwd passwd; ln -s .. up"])
      const content = Buffer.from("x")
      for (const path of [
        "/etc/passwd",
        "/workspace/../etc/passwd",
        "/workspace/etc/passwd",
        "/workspace/etc/new",
        "/workspace/up/x",
        "relative",
        "/workspace/./x",
        "/workspacex/y",
      ]) {
        await expect(guest.readFile(path, 10_000), path).rejects.toMatchObject({
          code: "outside",
        })
        await expect(guest.writeFiles([{ path, content }]), path).rejects.toMatchObject({
          code: "outside",
        })
        await expect(guest.remove([path]), path).rejects.toMatchObject({ code: "outside" })
      }
      await expect(guest.readFile("/workspace/passwd", 10_000)).rejects.toMatchObject({
        code: "outside",
      })
      await expect(guest.remove(["/workspace"])).rejects.toMatchObject({ code: "outside" })
    })

    fact("files that are too large, too many or no files are refused", async () => {
      const guest = shared()
      await guest.exec(["sh", "-c", "echo 12345678 > big; mkfifo pipe; touch a b c"])
      await expect(guest.readFile("/workspace/big", 4)).rejects.toMatchObject({
        code: "too_large",
      })
      await expect(guest.readFile("/workspace/pipe", 4)).rejects.toMatchObject({
        code: "not_a_file",
      })
      await expect(guest.scan("/workspace", { maxFiles: 2 })).rejects.toMatchObject({
        code: "too_many_files",
      })
    })
  })
}
