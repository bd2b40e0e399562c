import { type ChildProcess, spawn, spawnSync } from "node:child_process"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { endWithUs } from "./end-with-us.ts"
import { freePort } from "./platform.ts"

/** A program of the bench's own that listens on a port. */
export interface Listening {
  port: number
  pid: number
  stop(): Promise<void>
}

/** The same app without any wall: its files as committed, one Node process, one TCP port. */
export async function startOutside(repository: string): Promise<Listening> {
  const dir = await mkdtemp(join(tmpdir(), "vibecaas-bench-app-"))
  await mkdir(join(dir, "app"))
  const archive = join(dir, "app.tar")
  // Not a clone: its other half would refuse a repository of the server's own user.
  run("git", ["-c", "safe.directory=*", "--git-dir", repository, "archive", "-o", archive, "HEAD"])
  run("tar", ["-xf", archive, "-C", join(dir, "app")])
  const port = await freePort()
  const child = spawn(process.execPath, ["server.js"], {
    cwd: join(dir, "app"),
    env: {
      PORT: String(port),
      HOST: "127.0.0.1",
      NODE_ENV: "production",
      DATA_DIR: join(dir, "data"),
    },
    stdio: "ignore",
  })
  return listening(child, { port, dir })
}

function run(program: string, argv: string[]): void {
  const ended = spawnSync(program, argv, { encoding: "utf8" })
  if (ended.status !== 0) throw new Error(`${program}: ${ended.stderr}`)
}

/** nginx with its usual settings for a proxy that keeps connections; none when it is not installed. */
export async function startNginx(appPort: number): Promise<Listening | undefined> {
  if (spawnSync("nginx", ["-v"]).error) return undefined
  const dir = await mkdtemp(join(tmpdir(), "vibecaas-bench-nginx-"))
  const port = await freePort()
  await writeFile(join(dir, "nginx.conf"), nginxConf(dir, { port, appPort }))
  const argv = ["-e", join(dir, "error.log"), "-c", join(dir, "nginx.conf")]
  return listening(spawn("nginx", argv, { stdio: "ignore" }), { port, dir })
}

const nginxConf = (dir: string, { port, appPort }: { port: number; appPort: number }) => `
daemon off;
worker_processes 1;
pid ${dir}/nginx.pid;
events { worker_connections 1024; }
http {
  access_log off;
  client_body_temp_path ${dir}/body; proxy_temp_path ${dir}/proxy; fastcgi_temp_path ${dir}/fastcgi;
  uwsgi_temp_path ${dir}/uwsgi; scgi_temp_path ${dir}/scgi;
  keepalive_requests 1000000;
  upstream app { server 127.0.0.1:${appPort}; keepalive 64; keepalive_requests 1000000; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://app; proxy_http_version 1.1;
      proxy_set_header Connection ""; proxy_set_header Host $host;
    }
  }
}
`

async function listening(child: ChildProcess, of: { port: number; dir: string }) {
  const stopped = new Promise((resolve) => child.once("exit", resolve))
  endWithUs(child)
  for (let tries = 0; ; tries++) {
    const answer = await fetch(`http://127.0.0.1:${of.port}/`).catch(() => undefined)
    if (answer?.ok) break
    if (tries === 200) throw new Error("a program to compare with did not start")
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    port: of.port,
    pid: child.pid ?? 0,
    async stop() {
      child.kill("SIGTERM")
      await stopped
      await rm(of.dir, { recursive: true, force: true })
    },
  }
}
