"""The routes of the API. Each says what it takes and answers; /openapi.json is made from that."""

from fastapi import APIRouter, Query

from .models import Item, ItemChange, Movement, NewItem, NewMovement, Summary
from .stock import Stock


def make_api(stock: Stock) -> APIRouter:
    api = APIRouter(prefix="/api")

    @api.get("/summary", summary="How much there is in all")
    def summary() -> Summary:
        return stock.summary()

    @api.get("/items", summary="Items, by name")
    def items(
        search: str = Query("", max_length=80, description="part of a name or place"),
        low: bool = Query(False, description="only those that run low"),
    ) -> list[Item]:
        return stock.items(search, low)

    @api.post("/items", status_code=201, summary="Add an item")
    def add(new: NewItem) -> Item:
        return stock.add(new)

    @api.get("/items/{number}", summary="One item")
    def item(number: int) -> Item:
        return stock.item(number)

    @api.patch("/items/{number}", summary="Rename an item, or put it elsewhere")
    def change(number: int, change: ItemChange) -> Item:
        return stock.change(number, change)

    @api.delete("/items/{number}", status_code=204, summary="Take an item out, with its movements")
    def remove(number: int) -> None:
        stock.remove(number)

    @api.get("/items/{number}/movements", summary="What came in and went out, newest first")
    def movements(number: int) -> list[Movement]:
        return stock.movements(number)

    @api.post("/items/{number}/movements", status_code=201, summary="Say that pieces came in or went out")
    def move(number: int, new: NewMovement) -> Item:
        return stock.move(number, new)

    return api
