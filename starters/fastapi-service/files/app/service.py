"""Puts the service together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles

from .api import make_api
from .pages import docs_page, start_page
from .settings import read_settings
from .stock import Refused, Stock
from .theme import theme_of

POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'"


def make_service(folder: str) -> FastAPI:
    settings = read_settings()
    stock = Stock(folder, settings)

    @asynccontextmanager
    async def living(_service: FastAPI) -> AsyncIterator[None]:
        yield
        stock.close()

    # The usual page of docs is loaded from another host; ours is not.
    service = FastAPI(title=settings.title, version="1.0.0", docs_url=None, redoc_url=None, lifespan=living)
    service.include_router(make_api(stock))
    service.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))

    @service.get("/", include_in_schema=False, response_class=HTMLResponse)
    def start() -> str:
        return start_page(settings, stock.summary())

    @service.get("/docs", include_in_schema=False, response_class=HTMLResponse)
    def docs() -> str:
        return docs_page(settings, service.openapi())

    @service.get("/theme.css", include_in_schema=False)
    def theme() -> Response:
        return Response(theme_of(settings.accent), media_type="text/css")

    _tell_troubles(service)
    return service


def _tell_troubles(service: FastAPI) -> None:
    @service.middleware("http")
    async def guard(request: Request, answer):
        response = await answer(request)
        response.headers["content-security-policy"] = POLICY
        response.headers["x-content-type-options"] = "nosniff"
        return response

    @service.exception_handler(Refused)
    def refused(_request: Request, error: Refused) -> JSONResponse:
        return JSONResponse({"detail": error.say}, error.status)

    @service.exception_handler(RequestValidationError)
    def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        fields = {".".join(map(str, each["loc"][1:])): each["msg"] for each in error.errors()}
        said = "; ".join(f"{name}: {what}" if name else what for name, what in fields.items())
        return JSONResponse({"detail": said, "fields": fields}, 422)
