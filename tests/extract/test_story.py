"""Which of the attacks told so far a sentence goes on about."""

from __future__ import annotations

import pytest

from model import Event, Telling
from tests.extract.few_names import read


def told(text: str) -> list[tuple[str | None, int | None, int | None]]:
    """Place, killed and injured of every event told as news."""
    return [row(event) for event in read(text).events if event.telling is Telling.REPORTED]


def row(event: Event) -> tuple[str | None, int | None, int | None]:
    killed, injured = event.casualties.killed, event.casualties.injured
    return (
        event.target.text if event.target else None,
        killed.figure if killed else None,
        injured.figure if injured else None,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A body "for the region" is no place, and the region is that of the town.
        (
            "Drones and missiles struck Kharkiv. The attacks on Sunday night damaged a depot and the rescue "
            "service for the Kharkiv region. Nine people were injured.",
            [("Kharkiv", None, 9)],
        ),
        (
            "Shells hit Kharkiv on Sunday. The attacks on Sunday on the Kharkiv region wounded four people.",
            [("Kharkiv", None, 4)],
        ),
        # The region of the governor who speaks is where he speaks for.
        (
            "Kyiv and Kharkiv came under missile attack on Sunday, which left five people dead.\n\nThe strikes cut the "
            "power in Kyiv. Kharkiv's governor said the strikes had killed one person in the region.",
            [("Kyiv", 5, None), ("Kharkiv", 1, None)],
        ),
        # The victims told after "a day after" are those of the attack that came.
        (
            "A strike on Belgorod on Sunday killed 11 people. The attack came just a day after Russian strikes on "
            "Ukraine killed 30. The rescue service counted 75 injured.",
            [("Belgorod", 11, 75), ("Ukraine", 30, None)],
        ),
        # A strike that claims lives is no speaker.
        (
            "Rockets hit Belgorod. Drones then hit the Kyiv region.\n\nThe strike in Belgorod claimed the lives of 21 "
            "people, and 90 were wounded.",
            [("Belgorod", 21, 90), ("Kyiv region", None, None)],
        ),
        # What a war or a year has cost is not what the last attack told of did.
        (
            "A rocket killed three people in Kharkiv on Sunday.\n\nMore than 300 people have been killed in the region "
            "since March, the council says. It puts the losses of the whole front at 900 dead.",
            [("Kharkiv", 3, None)],
        ),
        (
            "A rocket hit Kharkiv on Sunday. Some 300 people have died of such fire over the past year.",
            [("Kharkiv", None, None)],
        ),
        # What went before a semicolon is of the attack told before.
        (
            "Rebels stormed Goma on Monday. Hospitals counted 17 dead and 40 wounded; stray shells killed five people "
            "in Bunia.",
            [("Goma", 17, 40), ("Bunia", 5, None)],
        ),
        (
            "Jets bombed Goma on Monday. Three people were killed at the airport and three more in Bunia.",
            [("Goma", 3, None), ("Bunia", 3, None)],
        ),
        # "There" is the place told of last.
        (
            "A rocket killed three people in Kharkiv on Sunday. Over Belgorod two drones were shot down. No one was "
            "hurt there.",
            [("Kharkiv", 3, None), ("Belgorod", 0, 0)],
        ),
        # Where a town lies is not what was hit; what "has been under fire many times" is no news.
        (
            "One person was killed when Shebekino was shelled on Sunday. Shebekino lies in the Belgorod region and has "
            "been under fire many times. Officials said that the Ukrainian army had shelled it.",
            [("Shebekino", 1, None)],
        ),
        # A region that a headline names in passing is that of the town told of later.
        (
            "Missiles Strike Kyiv Amid Ukrainian Attacks on Belgorod Region\n\nMissiles hit Kyiv on Sunday and killed "
            "two.\n\nOn Friday, Ukrainian forces struck populated areas of Belgorod with rockets.",
            [("Kyiv", 2, None), ("Belgorod", None, None)],
        ),
        # A further attack on a place on the same day is another one.
        (
            "An air strike on a market in Sumy on Sunday killed 12 people. In addition, a missile attack on the centre "
            "of Sumy on the same day injured 25.",
            [("Sumy", 12, None), ("Sumy", None, 25)],
        ),
        (
            "On Sunday afternoon bombs hit a market in Kharkiv and killed 19. Also, on the evening of Sunday, the army "
            "struck another blow at Kharkiv. Eighteen people were injured in the attack.",
            [("Kharkiv", 19, None), ("Kharkiv", None, 18)],
        ),
        (
            "Missiles hit Kharkiv on Sunday and killed two. On the same day the mayor visited the place of the attack.",
            [("Kharkiv", 2, None)],
        ),
        # What a president warned of a day before did not happen on that day.
        (
            "Missiles hit Kyiv on Sunday and killed two. The missiles came a day after President Holub warned that a "
            "recent string of attacks on Belgorod region would not be forgotten.",
            [("Kyiv", 2, None)],
        ),
    ],
)
def test_what_a_sentence_goes_on_about(text: str, expected: list[tuple[str | None, int | None, int | None]]) -> None:
    assert told(text) == expected
