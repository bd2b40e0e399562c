"""What goes into the API and comes out of it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]
Count = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]


class Given(BaseModel):
    """What people send: a field that nobody knows is an error."""

    model_config = ConfigDict(extra="forbid")


class NewItem(Given):
    name: Name
    place: Name
    count: Annotated[int, Field(ge=0, le=1_000_000)] = 0


class ItemChange(Given):
    name: Name | None = None
    place: Name | None = None


class NewMovement(Given):
    change: Annotated[Count, Field(description="pieces that came in, or went out when it is below zero")]
    note: Note = ""


class Item(BaseModel):
    id: int
    name: str
    place: str
    count: int
    low: bool


class Movement(BaseModel):
    id: int
    change: int
    note: str
    at: str


class Summary(BaseModel):
    items: int
    pieces: int
    low: int
