"""Installs Python packages into ./venv, from the registry on this machine's own port.

usage: install.py PORT PIP_WHEEL PIP_SHA256 (lock | install)

lock reads requirements.in, and constraints.txt where it is, and writes requirements.txt with the
hash of every wheel. install reads requirements.txt and takes nothing without its hash.
"""

import compileall
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import urllib.request
import venv as builder

port, pip_wheel, pip_sha256, mode = sys.argv[1:5]
registry = f"http://127.0.0.1:{port}"
index_type = "application/vnd.pypi.simple.v1+json"
venv = pathlib.Path("venv")
report = pathlib.Path("../report.json")


def main():
    make_venv()
    pip = find_pip()
    if mode == "install":
        code = install(pip, ["--require-hashes", "-r", "requirements.txt"])
    else:
        code = lock(pip)
    if code != 0:
        sys.exit(code)
    make_portable()


def make_venv():
    builder.EnvBuilder(clear=True, symlinks=True, with_pip=False).create(venv)


def find_pip():
    """The system's own where it can install for another Python, else the wheel."""
    found = importlib.util.find_spec("pip")
    runner = pathlib.Path(found.origin).with_name("__pip-runner__.py") if found else None
    if runner and runner.exists():
        return runner
    data = get(f"/files/pip/{pip_wheel}")
    if hashlib.sha256(data).hexdigest() != pip_sha256:
        sys.exit("ERROR: the registry's pip is not the one that the platform knows")
    wheel = pathlib.Path("..", pip_wheel).absolute()
    wheel.write_bytes(data)
    return wheel / "pip"


def install(pip, what):
    temporary = pathlib.Path("../pip-tmp").absolute()
    temporary.mkdir(exist_ok=True)
    options = [
        "install",
        "--isolated",
        "--no-input",
        "--disable-pip-version-check",
        "--no-color",
        "--progress-bar=off",
        "--retries=1",
        "--timeout=60",
        f"--cache-dir={pathlib.Path('../pip-cache').absolute()}",
        f"--index-url={registry}/simple/",
        # What builds from source runs code of the package while it is installed.
        "--only-binary=:all:",
        "--no-compile",
        f"--report={report}",
    ]
    command = [venv / "bin/python", pip, *options, *what]
    return subprocess.run(command, env={**os.environ, "TMPDIR": str(temporary)}).returncode


def lock(pip):
    """Other packages stay as they are locked, unless what is asked for now does not go with them."""
    asked = ["-r", "requirements.in"]
    code = 1
    if pathlib.Path("constraints.txt").exists():
        code = install(pip, [*asked, "-c", "constraints.txt"])
        if code != 0:
            print("The versions of before do not go with that: others are looked for.", flush=True)
            make_venv()
    if code != 0:
        code = install(pip, asked)
    if code == 0:
        write_lock()
    return code


def write_lock():
    items = json.loads(report.read_text())["install"]
    items.sort(key=lambda item: plain(item["metadata"]["name"]))
    licences = licences_installed()
    entries = [entry_of(item, items, licences) for item in items]
    head = "# Which packages are installed, by their bytes. The platform writes this file from requirements.in.\n"
    pathlib.Path("requirements.txt").write_text(head + "".join(entries))


def entry_of(item, items, licences):
    about = item["metadata"]
    name = plain(about["name"])
    hashes = sorted(hashes_of(name, about["version"]) | {own_hash(item)})
    lines = [f"{name}=={about['version']}", *(f"    --hash=sha256:{each}" for each in hashes)]
    notes = []
    licence = licences.get(name)
    if licence:
        notes.append(f"    # licence {licence}\n")
    needed_by = [plain(other["metadata"]["name"]) for other in items if name in needs_of(other["metadata"])]
    if needed_by and not item.get("requested"):
        notes.append(f"    # via {', '.join(needed_by)}\n")
    return " \\\n".join(lines) + "\n" + "".join(notes)


def own_hash(item):
    archive = item["download_info"]["archive_info"]
    return archive.get("hashes", {}).get("sha256") or archive["hash"].removeprefix("sha256=")


def hashes_of(name, version):
    """Of all wheels of a version: a lock file holds for other machines and other Pythons, too."""
    files = json.loads(get(f"/simple/{name}/"))["files"]
    wheels = [each for each in files if each["filename"].endswith(".whl")]
    return {each["hashes"]["sha256"] for each in wheels if each["filename"].split("-")[1] == version}


def licences_installed():
    """Read from what is installed: older versions of pip do not report all of it."""
    folders = [str(path) for path in venv.glob("lib/python*/site-packages")]
    found = importlib.metadata.distributions(path=folders)
    return {plain(each.metadata["Name"]): licence_of(each.metadata) for each in found}


def licence_of(about):
    said = [each.split(" :: ")[-1] for each in about.get_all("Classifier", []) if each.startswith("License :: ")]
    text = about.get("License-Expression") or (said[0] if said else about.get("License", ""))
    return text if text and len(text) <= 60 and "\n" not in text else None


def needs_of(about):
    return {plain(re.match(r"[A-Za-z0-9._-]+", each)[0]) for each in about.get("requires_dist", [])}


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def get(path):
    request = urllib.request.Request(registry + path, headers={"accept": index_type})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read()


def make_portable():
    """Whoever uses the packages has them at another place, and a Python of their own."""
    for name in ["pyvenv.cfg", "include", "lib64"]:
        path = venv / name
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)
    for program in (venv / "bin").iterdir():
        if program.is_symlink() or program.name.lower().startswith("activate"):
            program.unlink()
            continue
        head, _, rest = program.read_bytes().partition(b"\n")
        if head.startswith(b"#!") and b"python" in head:
            program.write_bytes(b"#!/usr/bin/env python3\n" + rest)
    # Compiled files are found right by what they are made from, not by times, which layers do not keep.
    compileall.compile_dir(
        venv / "lib", quiet=2, invalidation_mode=compileall.py_compile.PycInvalidationMode.UNCHECKED_HASH
    )


main()
