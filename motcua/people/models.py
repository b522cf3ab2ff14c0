"""Citizens and enterprises, accounts, posts held over time, delegations and grants."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower


def new_key() -> bytes:
    return secrets.token_bytes(32)


class Person(models.Model):
    """An applicant: a citizen, an enterprise or another organisation.

    Personal values live here and nowhere in the ledger. `digest_key` keys the digests the ledger
    keeps of them: deleting the key forgets the person there, and the chain stays whole.

    `confirmed` says that an officer (or an identity provider) has seen who it is. A number only
    declared at sign-up belongs to a row of its own, so that nobody comes to another's dossiers by
    typing his number.
    """

    class Kind(models.TextChoices):
        CITIZEN = "citizen", "công dân"
        ENTERPRISE = "enterprise", "doanh nghiệp"
        ORGANISATION = "organisation", "cơ quan, tổ chức"

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.CITIZEN)
    identity_number = models.CharField(max_length=20, null=True)
    name = models.CharField(max_length=200)
    folded_name = models.CharField(max_length=200, editable=False)
    born_on = models.DateField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=300, blank=True)
    digest_key = models.BinaryField(default=new_key, null=True)
    confirmed = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "identity_number"],
                condition=models.Q(confirmed=True),
                name="people_one_person_a_number",
            )
        ]
        indexes = [
            models.Index(fields=["identity_number"], name="people_number"),
            GinIndex(OpClass("folded_name", "gin_trgm_ops"), name="people_name_trigram"),
            models.Index(fields=["phone"], name="people_phone"),
        ]

    def __str__(self) -> str:
        return self.name


class Accounts(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(username=(username or "").lower())


class Account(AbstractBaseUser):
    """A sign-in: an officer's or a citizen's, never both. User names are kept in lower case."""

    class Kind(models.TextChoices):
        OFFICER = "officer", "cán bộ, công chức"
        CITIZEN = "citizen", "công dân, doanh nghiệp"

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="accounts")
    is_active = models.BooleanField(default=True)
    training = models.BooleanField(default=False)
    last_login = None

    objects = Accounts()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="officer", person__isnull=True)
                | models.Q(kind="citizen", person__isnull=False),
                name="people_officer_or_citizen",
            ),
            models.CheckConstraint(
                condition=models.Q(username=Lower("username")), name="people_username_lower_case"
            ),
        ]

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. Unlike Django's, it never writes: a hash made with older
        parameters is renewed when its owner next changes the password, in an act."""
        return check_password(raw_password, self.password)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, label: str) -> bool:
        return False

    def __str__(self) -> str:
        return self.name


class PostHeld(models.Model):
    """An account in a post, from–to. `home_unit` is where a seconded officer comes from."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="posts_held")
    post = models.ForeignKey("organisations.Post", models.PROTECT, related_name="holders")
    home_unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="people_post_held_once",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]


class Delegation(models.Model):
    """The holder of a post lets another account act in it, from–to."""

    held = models.ForeignKey(PostHeld, models.PROTECT, related_name="delegations")
    to = models.ForeignKey(Account, models.PROTECT, related_name="delegated")
    valid = DateRangeField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="people_delegated_once",
                expressions=[
                    ("held", RangeOperators.EQUAL),
                    ("to", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]


class Grant(models.Model):
    """A capability or a wider scope given to a post beyond its role, from–to.

    `capability` is a value of rules.actor.May, or "see" to see the dossiers of `unit` (none: all).
    """

    post = models.ForeignKey("organisations.Post", models.PROTECT, related_name="grants")
    capability = models.CharField(max_length=20)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, null=True, related_name="+")
    valid = DateRangeField()
    reason = models.CharField(max_length=300)


class ApiToken(models.Model):
    """A key by which another system acts as an account in one of its posts; only its digest is kept."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    held = models.ForeignKey(PostHeld, models.PROTECT, null=True, related_name="tokens")
    name = models.CharField(max_length=120)
    digest = models.BinaryField(max_length=32, unique=True)
    valid = DateRangeField()


class LookUp(models.Model):
    """A look at a person's data that was not the looker's own work, with its reason; never changed.

    The person and the dossier are named by value: the row outlives them. `title` and `unit_id` are the post
    as of then, `fields` what was shown.
    """

    class Purpose(models.TextChoices):
        INTAKE = "intake", "tiếp nhận hồ sơ"
        INSPECTION = "inspection", "thanh tra, kiểm tra"
        COMPLAINT = "complaint", "giải quyết phản ánh, khiếu nại"
        SUPERVISION = "supervision", "kiểm soát việc giải quyết thủ tục"
        SUPPORT = "support", "hỗ trợ người dân"
        OTHER = "other", "việc khác"

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    post_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=160)
    unit_id = models.BigIntegerField()
    person_id = models.BigIntegerField()
    dossier_id = models.UUIDField(null=True)
    code = models.CharField(max_length=60, blank=True)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    note = models.CharField(max_length=300, blank=True)
    fields = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-at"], name="lookup_person"),
            models.Index(fields=["account", "dossier_id", "at"], name="lookup_account"),
            models.Index(fields=["at"], name="lookup_at"),
        ]
