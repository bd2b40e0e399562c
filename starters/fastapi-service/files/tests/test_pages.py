import unittest
from html import escape

from app.settings import read_settings
from app.theme import theme_of

from .running_service import RunningService

SETTINGS = read_settings()


class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = RunningService()
        cls.addClassCleanup(cls.service.close)
        cls.service.start()

    def test_the_first_page_has_the_title_and_every_place(self):
        page = self.service.text("/")
        self.assertIn(f"<title>{escape(SETTINGS.title)}</title>", page)
        for place in SETTINGS.places:
            self.assertIn(f"<option>{escape(place)}</option>", page)

    def test_every_route_of_the_description_is_on_the_page_about_the_api(self):
        page = self.service.text("/docs")
        paths = self.service.ask("/openapi.json")[1]["paths"]
        self.assertGreater(len(paths), 3)
        for path in paths:
            self.assertIn(escape(path), page)

    def test_nothing_is_loaded_from_another_host(self):
        self.assertNotRegex(self.service.text("/") + self.service.text("/docs"), r'(src|href)="(https?:)?//')

    def test_text_on_the_accent_can_be_read(self):
        self.assertIn("--on-accent: #000000", theme_of("#f2e205"))
        self.assertIn("--on-accent: #ffffff", theme_of("#0f766e"))
