"""The real service on a free port, with data of its own."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parent.parent


class RunningService:
    def __init__(self):
        self._data = tempfile.TemporaryDirectory()
        self._port = _free_port()
        self._process = None

    def close(self):
        self.stop()
        self._data.cleanup()

    def start(self):
        env = {**os.environ, "PORT": str(self._port), "DATA_DIR": self._data.name}
        self._process = subprocess.Popen(
            [sys.executable, "main.py"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                return self.ask("/api/summary")
            except urllib.error.URLError:
                time.sleep(0.05)
        raise RuntimeError("the service did not start")

    def stop(self):
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=15)

    def text(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self._port}{path}", timeout=15) as answer:
            return answer.read().decode()

    def ask(self, path, method="GET", body=None):
        """Status and JSON of an answer."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._port}{path}",
            method=method,
            data=data,
            headers={"content-type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=15) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
