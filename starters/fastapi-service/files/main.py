"""Starts the service on PORT (8000 when there is none); data stay in DATA_DIR."""

import os

import uvicorn

from app.service import make_service

if __name__ == "__main__":
    uvicorn.run(
        make_service(os.environ.get("DATA_DIR", "data")),
        host=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT", "8000")),
        access_log=False,
        timeout_graceful_shutdown=3,
    )
