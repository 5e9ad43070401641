"""What a reader sees on each sort of page, and can do there: page objects over a real browser."""

import re

from playwright.sync_api import Locator, Page


class AnyPage:
    """Any page of a site."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def title(self) -> str:
        """The words of its heading, without the sign that links to it."""
        return self.page.locator("article h1").first.inner_text().replace("¶", "").strip()

    def section(self, heading: str) -> Locator:
        """The heading of a section."""
        return self.page.locator("article").get_by_role("heading", name=heading)

    def follow(self, words: str, within: Locator | None = None) -> "AnyPage":
        """Follow a link of the text by its words."""
        (within or self.page.locator("article")).get_by_role("link", name=words, exact=True).first.click()
        return AnyPage(self.page)

    def through_navigation(self, *titles: str) -> "AnyPage":
        """Go to a page by the navigation, section by section."""
        for title in titles:
            self.page.locator(".md-sidebar--primary").get_by_role(
                "link", name=title, exact=True
            ).first.click()
        return AnyPage(self.page)

    def card(self, identity: str) -> "Card":
        """The card of an artifact on this page."""
        return Card(self.page, identity)

    def row(self, words: str) -> list[str]:
        """The cells of the first row of any table that holds some words."""
        cells = self.page.locator("article tbody tr").filter(has_text=words).first.locator("td")
        return [text.replace("\u00a0", " ").strip() for text in cells.all_inner_texts()]


class HomePage(AnyPage):
    """The first page, with the state at a glance."""

    def state_of(self, dimension: str) -> str:
        """What is said of a dimension."""
        return self.page.locator(".rag li").filter(has_text=dimension).first.inner_text()

    def figure(self, name: str) -> str:
        """What a tile says."""
        return self.page.locator(".paraph-tile").filter(has_text=name).first.inner_text()


class Card(AnyPage):
    """An artifact with its badges, facts, text and history."""

    def __init__(self, page: Page, identity: str) -> None:
        super().__init__(page)
        self.identity = identity
        self.box = page.locator(f".card:has(> [id='{identity}'])").first

    def fact(self, label: str) -> Locator:
        """A fact by its label; French has a gap before the colon."""
        written = re.compile(rf"^{re.escape(label)}\s?:$")
        return (
            self.box.locator(".facts > ul > li")
            .filter(has=self.page.locator("strong").filter(has_text=written))
            .first
        )

    def go(self, label: str, identity: str) -> "Card":
        """Follow a fact to another artifact."""
        self.fact(label).get_by_role("link", name=identity, exact=True).click()
        return Card(self.page, identity)

    def unfold_history(self) -> list[list[str]]:
        """Open its history, and read it."""
        self.box.get_by_text("History", exact=True).click()
        rows = self.box.locator("details.paraph-history tbody tr")
        return [
            [text.replace("\u00a0", " ") for text in row.locator("td").all_inner_texts()]
            for row in rows.all()
        ]
