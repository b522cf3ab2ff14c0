"""Money: taken and given back, asked of the payment service, and counted against both."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.labels import REFUND_LABELS
from motcua.dossiers.models.case import Charge, Child, Dossier
from motcua.rules.casework_money import BillState, RefundState, Series, Verdict

SERIES = [(Series.CASH.value, _("tiền mặt")), (Series.TRANSFER.value, _("chuyển khoản"))]
BILL_STATES = [
    (BillState.INTENDED.value, _("đang gửi cổng thanh toán")),
    (BillState.OPEN.value, _("chờ người nộp thanh toán")),
    (BillState.UNKNOWN.value, _("chưa rõ, đang hỏi lại cổng thanh toán")),
    (BillState.PAID.value, _("đã thanh toán")),
    (BillState.FAILED.value, _("không thanh toán được")),
]
REFUND_STATES = [(state.value, text) for state, text in REFUND_LABELS.items()]
UNDER_WAY = [BillState.INTENDED.value, BillState.OPEN.value, BillState.UNKNOWN.value]


class Bill(Child):
    """One asking of the payment service for one charge; its id is what the service knows it by, so asking
    again is asking for the same. `reference` is what the payer writes, `transaction` what was paid."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="bills")
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="bills")
    amount = models.PositiveBigIntegerField(help_text="đồng")
    state = models.CharField(max_length=8, choices=BILL_STATES)
    asked_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, help_text="khi nào hỏi lại cổng thanh toán")
    tries = models.PositiveSmallIntegerField(default=0)
    reference = models.CharField(max_length=60, blank=True)
    qr = models.CharField(max_length=500, blank=True)
    transaction = models.CharField(max_length=80, blank=True)
    paid_at = models.DateTimeField(null=True)
    booked_on = models.DateField(null=True, help_text="ngày cổng thanh toán ghi sổ")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["charge"],
                name="bill_one_under_way",
                condition=models.Q(state__in=UNDER_WAY),
            ),
            models.UniqueConstraint(
                fields=["transaction"],
                name="bill_transaction_once",
                condition=~models.Q(transaction=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at", "id"],
                name="bill_to_ask",
                condition=models.Q(next_at__isnull=False),
            ),
            models.Index(
                fields=["booked_on"],
                name="bill_booked",
                condition=models.Q(booked_on__isnull=False),
            ),
        ]


class Receipt(Child):
    """Money taken, under a number of the desk's book of the year; a number is never left out and never used
    again, also when the receipt is voided. `paper_number` is that of a pre-printed receipt."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="receipts")
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="receipts")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    series = models.CharField(max_length=2, choices=SERIES)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    amount = models.PositiveBigIntegerField(help_text="đồng")
    method = models.CharField(max_length=20)
    at = models.DateTimeField()
    on = models.DateField()
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)
    payer = models.CharField(max_length=200)
    paper_number = models.CharField(max_length=40, blank=True)
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="receipts", null=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    void_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "series", "year", "number"], name="receipt_number_once"
            ),
            models.UniqueConstraint(
                fields=["charge"],
                name="receipt_charge_paid_once",
                condition=models.Q(voided_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["unit", "on"], name="receipt_unit_on")]


class Refund(Child):
    """Money to give back, or given back: of a receipt, or of what came in and could not be taken."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="refunds")
    receipt = models.OneToOneField(Receipt, models.PROTECT, null=True, related_name="refund")
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="refunds", null=True)
    transaction = models.CharField(max_length=80, blank=True)
    booked_on = models.DateField(null=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    amount = models.PositiveBigIntegerField(help_text="đồng")
    method = models.CharField(max_length=20)
    reason = models.CharField(max_length=1000)
    state = models.CharField(max_length=8, choices=REFUND_STATES)
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    ordered_name = models.CharField(max_length=200)
    next_at = models.DateTimeField(null=True, help_text="khi nào hỏi lại cổng thanh toán")
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    done_on = models.DateField(null=True)
    done_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    reference = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["transaction"],
                name="refund_transaction_once",
                condition=models.Q(receipt__isnull=True),
            )
        ]
        indexes = [
            models.Index(
                fields=["unit", "ordered_at"],
                name="refund_to_pay",
                condition=~models.Q(state=RefundState.DONE.value),
            ),
            models.Index(
                fields=["next_at", "id"],
                name="refund_to_ask",
                condition=models.Q(next_at__isnull=False),
            ),
            models.Index(fields=["unit", "done_on"], name="refund_unit_on"),
            models.Index(
                fields=["booked_on"],
                name="refund_booked",
                condition=models.Q(booked_on__isnull=False),
            ),
        ]


class PaymentNotice(models.Model):
    """A word of the payment service as it came, and what was made of it; kept whole, never changed."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    verdict = models.CharField(max_length=16, choices=[(v.value, v.value) for v in Verdict])
    bill_id = models.UUIDField(null=True)
    transaction = models.CharField(max_length=80, blank=True)
    amount = models.BigIntegerField(null=True)
    body = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="payment_notice_at")]


class DrawerCount(models.Model):
    """The cash of a cashier's day counted against the receipts; counted again, the last count holds."""

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)
    receipts = models.PositiveIntegerField()
    expected = models.BigIntegerField(help_text="đồng")
    counted = models.BigIntegerField(help_text="đồng")
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "on", "at"], name="drawer_unit_on")]


class StatementCheck(models.Model):
    """A day of the payment service's statement against ours: the sums, and each line that differs."""

    id = models.UUIDField(primary_key=True)
    on = models.DateField()
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    ours = models.BigIntegerField(help_text="đồng")
    theirs = models.BigIntegerField(help_text="đồng")
    matched = models.PositiveIntegerField()
    differences = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["on", "at"], name="statement_check_on")]
