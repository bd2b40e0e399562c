import unittest

from app.settings import read_settings

from .running_service import RunningService

SETTINGS = read_settings()
PLACE = SETTINGS.places[0]


class Api(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = RunningService()
        cls.addClassCleanup(cls.service.close)
        cls.service.start()

    def add(self, name, count=0, place=PLACE):
        return self.service.ask("/api/items", "POST", {"name": name, "place": place, "count": count})

    def test_items_are_added_renamed_moved_and_removed(self):
        status, item = self.add("Screws", 40)
        self.assertEqual((status, item["count"]), (201, 40))
        path = f"/api/items/{item['id']}"
        other = SETTINGS.places[-1]
        self.service.ask(path, "PATCH", {"name": "Long screws", "place": other})
        self.assertEqual(self.service.ask(path)[1]["name"], "Long screws")
        self.assertEqual(self.service.ask(path)[1]["place"], other)
        self.assertEqual(self.service.ask(path, "DELETE")[0], 204)
        self.assertEqual(self.service.ask(path)[0], 404)

    def test_what_comes_in_and_goes_out_is_counted_and_kept(self):
        _, item = self.add("Boxes", 3)
        path = f"/api/items/{item['id']}/movements"
        self.service.ask(path, "POST", {"change": 10, "note": "delivery"})
        status, moved = self.service.ask(path, "POST", {"change": -2})
        self.assertEqual((status, moved["count"]), (201, 11))
        notes = [(each["change"], each["note"]) for each in self.service.ask(path)[1]]
        self.assertEqual(notes, [(-2, ""), (10, "delivery"), (3, "first count")])

    def test_more_than_there_is_goes_out_only_where_settings_allow_it(self):
        _, item = self.add("Lamps", 1)
        status, answer = self.service.ask(f"/api/items/{item['id']}/movements", "POST", {"change": -2})
        if SETTINGS.below_zero:
            self.assertEqual((status, answer["count"]), (201, -1))
        else:
            self.assertEqual((status, answer["detail"]), (409, "There are only 1 of Lamps."))

    def test_items_are_searched_and_those_that_run_low_are_found(self):
        before = self.service.ask("/api/summary")[1]["low"]
        self.add("Drawer full", SETTINGS.low_at + 1)
        self.add("Drawer nearly empty", SETTINGS.low_at)
        names = lambda path: [each["name"] for each in self.service.ask(path)[1]]
        self.assertEqual(names("/api/items?search=DRAWER"), ["Drawer full", "Drawer nearly empty"])
        self.assertEqual(names("/api/items?search=drawer&low=true"), ["Drawer nearly empty"])
        self.assertEqual(self.service.ask("/api/summary")[1]["low"], before + 1)

    def test_what_is_wrong_is_refused_with_a_sentence(self):
        self.add("Once")
        self.assertEqual(self.add("once")[0], 409)
        self.assertEqual(self.add("Lost", place="Nowhere at all")[0], 422)
        status, answer = self.add("", -1)
        self.assertEqual((status, sorted(answer["fields"])), (422, ["count", "name"]))
        unknown = {"name": "x", "place": PLACE, "price": 3}
        self.assertEqual(self.service.ask("/api/items", "POST", unknown)[0], 422)

    def test_stock_is_there_after_a_restart(self):
        self.add("Kept", 7)
        self.service.stop()
        self.service.start()
        kept = self.service.ask("/api/items?search=kept")[1]
        self.assertEqual([each["count"] for each in kept], [7])
