"""A citizen pays by VietQR: the code, the state, and what a service that says nothing looks like."""

from uuid import uuid4

import pytest

from motcua.dossiers import operations
from motcua.dossiers.models import Bill, Charge
from motcua.dossiers.ports import PAYMENT, BillAnswer
from motcua.ledger.ports import Check
from motcua.portal.tests.conftest import NINE
from motcua.portal.tests.test_mine import ABOUT, accepted, filed, folder, here, key_in
from motcua.rules import vietqr
from motcua.rules.actor import Role
from motcua.rules.casework_money import Said
from motcua.rules.refusal import Refusal
from motcua.rules.vietqr import Transfer

__all__ = ["ABOUT", "accepted", "filed", "folder", "here", "key_in"]


class Service:
    """What the port is told; the real one is a process of its own (motcua.api.tests.test_payments)."""

    answer: BillAnswer | None = None

    def check(self):
        return Check(True, "")

    def bill(self, bill_id, amount, about):
        if self.answer is None:
            raise Refusal("port.no_answer", {"system": "cổng thanh toán"})
        return self.answer

    def status(self, bill_id, amount):
        return self.bill(bill_id, amount, "")


@pytest.fixture
def service():
    made = Service()
    qr = vietqr.build(Transfer("970436", "9900000001", 50_000, "MC00000001"))
    made.answer = BillAnswer(reference="MC00000001", qr=qr)
    PAYMENT.plug(made)
    yield made
    PAYMENT.plug(None)


@pytest.fixture
def address(accepted, town):
    operations.request_payment(
        dossier_id=accepted.id, name="Lệ phí", amount=50_000, stops_clock=False, reason="NQ",
        actor=town.officer(Role.OFFICER), at=NINE,
    )  # fmt: skip
    return f"/ho-so/{accepted.id}/nop-tien/{Charge.objects.get().id}/"


def test_the_code_is_there_to_scan_and_to_type(lam, accepted, service, address):
    assert address in lam.get(f"/ho-so/{accepted.id}/").content.decode()
    assert lam.post(address).status_code == 302
    page = lam.get(address).content.decode()
    assert "<svg" in page and "9900000001" in page and "MC00000001" in page
    service.answer = BillAnswer(said=Said(Bill.objects.get().id, True, "FT1", 50_000))
    assert lam.post(address).status_code == 302
    page = lam.get(address).content.decode()
    assert "Đã nộp đủ" in page and "CK-2022-000001" in page


def test_a_service_that_says_nothing_is_said_to_be_asked_again(lam, service, address):
    service.answer = None
    assert lam.post(address).status_code == 302
    assert "không bị thu hai lần" in lam.get(address).content.decode()
    assert lam.post(address).status_code == 302
    assert Bill.objects.count() == 1


def test_a_bill_that_failed_may_be_tried_again(lam, service, address):
    lam.post(address)
    service.answer = BillAnswer(said=Said(Bill.objects.get().id, False))
    lam.post(address)
    assert "Lần thanh toán trước không thành" in lam.get(address).content.decode()


def test_without_a_service_he_is_told_where_to_pay(lam, accepted, address):
    assert "Cổng thanh toán chưa nối" in lam.get(address).content.decode()
    assert lam.post(address).status_code == 422
    nothing = lam.get(f"/ho-so/{accepted.id}/nop-tien/{uuid4()}/")
    assert nothing.status_code == 422


def test_nobody_pays_for_what_he_does_not_see(hung, service, address):
    assert hung.get(address).status_code == 404
    assert hung.post(address).status_code == 404
    assert not Bill.objects.exists()
