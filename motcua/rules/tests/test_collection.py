"""Who collects a result, and whether what he shows is the owner's (NĐ 61/2018 Đ20)."""

from datetime import date
from uuid import uuid4

import pytest

from motcua.rules.collection import Collecting, Collector, identity_checked, returns_own
from motcua.rules.refusal import Refusal

TODAY = date(2022, 11, 21)
OWN, OTHER = "040190000001", "040190000009"
PAPER = {"authorisation": "12/GUQ", "authorised_on": TODAY}


def said(collector, shown=(), owner=OWN, **more):
    return identity_checked(Collecting(Collector(collector), tuple(shown), **more), owner, TODAY)


def test_the_owners_number_is_checked_by_either_number_on_his_card():
    assert said("owner", [OWN])
    assert said("owner", [OTHER, OWN])


def test_without_a_card_or_without_a_number_on_file_nothing_was_checked():
    assert not said("owner")
    assert not said("owner", [OWN], owner="")


def test_somebody_authorised_shows_a_card_of_his_own_and_a_paper():
    assert not said("authorised", [OTHER], **PAPER)


def test_what_the_post_takes_has_a_number_of_its_own():
    assert not said("mail", tracking="EB123456789VN")


@pytest.mark.parametrize(
    ("code", "collector", "more"),
    [
        ("dossier.identity_differs", "owner", {"shown": [OTHER]}),
        ("dossier.identity_missing", "authorised", PAPER),
        ("dossier.identity_is_the_owners", "authorised", {"shown": [OWN], **PAPER}),
        ("dossier.authorisation_missing", "authorised", {"shown": [OTHER]}),
        (
            "dossier.authorisation_missing",
            "authorised",
            {"shown": [OTHER], "authorisation": "1", "authorised_on": None},
        ),
        (
            "dossier.authorised_in_future",
            "authorised",
            {"shown": [OTHER], "authorisation": "1", "authorised_on": date(2022, 11, 22)},
        ),
        ("dossier.tracking_missing", "mail", {}),
    ],
)
def test_what_does_not_fit_is_refused(code, collector, more):
    with pytest.raises(Refusal) as found:
        said(collector, **more)
    assert found.value.code == code


def test_only_originals_of_the_dossier_go_back():
    one = uuid4()
    returns_own([one], [one, uuid4()])
    with pytest.raises(Refusal):
        returns_own([uuid4()], [one])
