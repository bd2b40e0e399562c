import { expect, test } from "vitest"
import { refusalOf } from "./command-rule.ts"

test.each([
  "npm install",
  "npm i express",
  "npm --silent ci",
  "/usr/bin/npm add left-pad",
  "npx create-vite app",
  "yarn",
  "pip install flask",
  "python3 -m pip install flask",
  "go get github.com/go-chi/chi/v5",
  "go mod tidy",
  "go run example.com/tool@latest",
  "apt-get install -y curl",
  "git clone https://example.com/x.git",
  "curl https://example.com",
])("%s is refused at once", (command) => {
  expect(refusalOf(command.split(" "))).toMatch(/install_packages/)
  expect(refusalOf(["sh", "-c", `cd app && CI=1 ${command}`])).toMatch(/install_packages/)
})

test.each([
  "node --test",
  "npm test",
  "npm run build",
  "npm --version",
  "git diff",
  "curl http://127.0.0.1:3000/",
  "python3 -m json.tool app.json",
  "go test ./...",
  "go run .",
  "go mod verify",
  "sh build.sh",
  "node install.js",
  "cat npm",
])("%s may run", (command) => {
  expect(refusalOf(command.split(" "))).toBeUndefined()
  expect(refusalOf(["/bin/sh", "-ec", command])).toBeUndefined()
})
