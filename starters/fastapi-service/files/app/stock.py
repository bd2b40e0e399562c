"""The stock itself: its rules, and its rows in SQLite."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from threading import Lock

from .models import Item, ItemChange, Movement, NewItem, NewMovement, Summary
from .settings import Settings

SCHEMA = """
create table if not exists items (
  id integer primary key,
  name text not null unique collate nocase,
  place text not null,
  count integer not null
);
create table if not exists movements (
  id integer primary key,
  item integer not null references items (id) on delete cascade,
  change integer not null,
  note text not null,
  at text not null
);
create index if not exists movements_of on movements (item, id);
"""


class Refused(Exception):
    """What cannot be done, in words for people, with the status that says so."""

    def __init__(self, status: int, say: str):
        super().__init__(say)
        self.status = status
        self.say = say


class Stock:
    def __init__(self, folder: str, settings: Settings):
        Path(folder).mkdir(parents=True, exist_ok=True)
        self._settings = settings
        self._lock = Lock()
        self._db = sqlite3.connect(Path(folder) / "stock.sqlite", check_same_thread=False)
        self._db.row_factory = sqlite3.Row
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma foreign_keys = on")
        self._db.executescript(SCHEMA)

    def close(self) -> None:
        self._db.close()

    def items(self, search: str = "", low: bool = False) -> list[Item]:
        with self._reading() as db:
            rows = db.execute(
                "select * from items where instr(lower(name || ' ' || place), lower(?)) > 0 order by name",
                [search],
            )
            found = [self._item(row) for row in rows]
        return [item for item in found if item.low or not low]

    def item(self, number: int) -> Item:
        with self._reading() as db:
            return self._item(self._row(db, number))

    def add(self, new: NewItem) -> Item:
        self._check_place(new.place)
        with self._writing() as db:
            row = db.execute(
                "insert into items (name, place, count) values (?, ?, ?) returning *",
                [new.name, new.place, new.count],
            ).fetchone()
            if new.count > 0:
                self._note(db, row["id"], NewMovement(change=new.count, note="first count"))
            return self._item(row)

    def change(self, number: int, change: ItemChange) -> Item:
        if change.place is not None:
            self._check_place(change.place)
        with self._writing() as db:
            row = self._row(db, number)
            changed = db.execute(
                "update items set name = ?, place = ? where id = ? returning *",
                [change.name or row["name"], change.place or row["place"], number],
            ).fetchone()
            return self._item(changed)

    def remove(self, number: int) -> None:
        with self._writing() as db:
            self._row(db, number)
            db.execute("delete from items where id = ?", [number])

    def move(self, number: int, new: NewMovement) -> Item:
        if new.change == 0:
            raise Refused(422, "Nothing comes in or goes out: the change is 0.")
        with self._writing() as db:
            row = self._row(db, number)
            left = row["count"] + new.change
            if left < 0 and not self._settings.below_zero:
                raise Refused(409, f"There are only {row['count']} of {row['name']}.")
            self._note(db, number, new)
            moved = db.execute("update items set count = ? where id = ? returning *", [left, number])
            return self._item(moved.fetchone())

    def movements(self, number: int) -> list[Movement]:
        with self._reading() as db:
            self._row(db, number)
            rows = db.execute(
                "select id, change, note, at from movements where item = ? order by id desc limit 100",
                [number],
            )
            return [Movement(**dict(row)) for row in rows]

    def summary(self) -> Summary:
        found = self.items()
        return Summary(
            items=len(found),
            pieces=sum(item.count for item in found),
            low=sum(item.low for item in found),
        )

    def _item(self, row: sqlite3.Row) -> Item:
        return Item(**dict(row), low=row["count"] <= self._settings.low_at)

    def _check_place(self, place: str) -> None:
        if place not in self._settings.places:
            raise Refused(422, f"There is no place {place}. There are: {', '.join(self._settings.places)}.")

    @staticmethod
    def _row(db: sqlite3.Connection, number: int) -> sqlite3.Row:
        row = db.execute("select * from items where id = ?", [number]).fetchone()
        if row is None:
            raise Refused(404, "There is no such item.")
        return row

    @staticmethod
    def _note(db: sqlite3.Connection, number: int, new: NewMovement) -> None:
        at = datetime.now(timezone.utc).isoformat(timespec="seconds")
        db.execute(
            "insert into movements (item, change, note, at) values (?, ?, ?, ?)",
            [number, new.change, new.note, at],
        )

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            yield self._db

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing, and one after the other."""
        with self._lock, self._db:
            try:
                yield self._db
            except sqlite3.IntegrityError as error:
                raise Refused(409, "There is an item of that name already.") from error
