"""Persons found or registered, their contacts, their identity confirmed; many at once; two desks at once."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from motcua.ledger.canonical import digest
from motcua.people import operations, queries
from motcua.people.models import Person
from motcua.people.operations import Identity
from motcua.people.tests.conftest import NINE, PASSWORD, SYSTEM, entries
from motcua.rules.actor import ANONYMOUS, Role
from motcua.rules.refusal import Refusal

LAM = {"name": "Nguyễn  Thị Lam", "identity_number": "040 190 000 001", "phone": "0912 345 678"}


def refused(code):
    return pytest.raises(Refusal, match=code.replace(".", r"\."))


def register(actor, **changes):
    return operations.register_person(**(LAM | changes), actor=actor, at=NINE)


def test_a_new_person_is_registered_and_the_record_holds_digests_only(clerk):
    found = register(clerk, address="Khối 5", email="lam@vi-du.vn")
    person = Person.objects.get(id=found.id)
    assert (person.name, person.identity_number, person.phone) == (
        "Nguyễn Thị Lam", "040190000001", "0912345678",
    )  # fmt: skip
    assert found.new and found.digest_key == bytes(person.digest_key) and person.confirmed
    fields = entries("persons.registered")[0].fields
    assert set(fields) == {"kind", "identity_number", "name", "phone", "address", "email"}
    assert fields["name"] == digest(found.digest_key, "Nguyễn Thị Lam")
    assert "040190000001" not in str(fields)


def test_a_known_person_is_found_by_number_and_nothing_of_him_is_overwritten(clerk):
    first = register(clerk)
    again = register(clerk, name="Nguyễn Thị Lan", phone="0987654321")
    assert (again.id, again.name, again.new) == (first.id, "Nguyễn Thị Lam", False)
    assert Person.objects.get().phone == "0912345678"
    assert len(entries("persons.registered")) == 1


def test_without_a_number_a_person_is_known_by_name_and_telephone(clerk):
    first = register(clerk, identity_number="")
    assert register(clerk, identity_number="").id == first.id
    assert register(clerk, identity_number="", phone="0987654321").id != first.id
    assert register(clerk, identity_number="", name="Nguyễn Thị Lân").id != first.id
    assert register(clerk, identity_number="", phone="").new
    assert register(clerk, identity_number="", phone="").new
    assert register(clerk).new, "one with a number is another row than one without"


def test_an_enterprise_is_known_by_its_tax_code(clerk):
    given = {
        "kind": "enterprise",
        "name": "Công ty TNHH Sông Lam",
        "identity_number": "01.00.112.437",
    }
    first = register(clerk, **given)
    assert register(clerk, **given).id == first.id
    assert Person.objects.get().identity_number == "0100112437"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "person.name_missing"),
        ({"identity_number": "12345"}, "identity.malformed"),
        ({"phone": "12"}, "identity.phone_malformed"),
        ({"kind": "enterprise"}, "identity.tax_code_malformed"),
        ({"kind": "enterprise", "identity_number": ""}, "person.number_missing"),
        ({"kind": "enterprise", "identity_number": "0100112430"}, "identity.tax_code_wrong"),
    ],
)
def test_a_person_who_makes_no_sense_is_refused(clerk, changes, code):
    with refused(code):
        register(clerk, **changes)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        *(
            (role, True)
            for role in (Role.CLERK, Role.MAIL_CLERK, Role.DIRECTOR, Role.ADMINISTRATOR)
        ),
        *((role, False) for role in (Role.OFFICER, Role.LEADER, Role.INSPECTOR, Role.CASHIER)),
    ],
)
def test_who_takes_dossiers_in_registers_persons(province, role, may):
    actor = province.actor(role, "trung-tam-mot-cua")
    if may:
        assert register(actor).new
        return
    with refused("person.may_not"):
        register(actor)


def test_nobody_registers_persons_unasked(province):
    with refused("person.may_not"):
        register(ANONYMOUS)


def test_many_are_registered_at_once_each_once(clerk):
    known = register(clerk)
    many = [
        Identity("Nguyễn Thị Lam", "040190000001"),
        *(Identity(f"Người {n}", f"0401900001{n:02d}") for n in range(70)),
        Identity("Người 3", "040190000103"),
    ]
    found = operations.register_persons(many, actor=SYSTEM, at=NINE)
    assert found[0].id == known.id
    assert found[-1].id == found[4].id
    assert Person.objects.count() == 71
    again = operations.register_persons(many, actor=SYSTEM, at=NINE)
    assert [f.id for f in again] == [f.id for f in found]


def test_a_citizen_filing_online_is_himself_and_others_are_his_declaration(province, clerk):
    neighbour = register(clerk, identity_number="040190000002", name="Trần Thị Bình")
    account = operations.sign_up(
        name="Nguyễn Thị Lam", number="040190000001", phone="0912345678", password=PASSWORD, at=NINE
    )
    citizen = queries.actor_of(account, None, NINE)
    assert register(citizen).id == citizen.sees.person_id
    assert register(citizen, identity_number="").id == citizen.sees.person_id
    other = register(citizen, identity_number="040190000002", name="Trần Thị Bình")
    assert other.new and other.id != neighbour.id
    assert not Person.objects.get(id=other.id).confirmed


def test_contacts_change_by_their_own_act(province, clerk):
    person = register(clerk)
    change = {"phone": "0987 654 321", "email": "lam@vi-du.vn", "address": "Khối 5"}
    with refused("person.not_visible"):
        operations.change_contact(
            person_id=person.id, **change, actor=province.actor(Role.OFFICER, "so-a"), at=NINE
        )
    operations.change_contact(person_id=person.id, **change, actor=clerk, at=NINE)
    stored = Person.objects.get(id=person.id)
    assert (stored.phone, stored.address) == ("0987654321", "Khối 5")
    fields = entries("person.contact_changed")[0].fields
    assert fields["phone"] == digest(person.digest_key, "0987654321")
    with refused("identity.phone_malformed"):
        operations.change_contact(
            person_id=person.id, **(change | {"phone": "1"}), actor=clerk, at=NINE
        )


@pytest.fixture
def account(province):
    return operations.sign_up(
        name="Nguyễn Thị Lam", number="040190000001", phone="0912345678", password=PASSWORD, at=NINE
    )


def test_a_declared_identity_is_confirmed_where_the_card_is_shown(account, clerk):
    person_id = operations.confirm_identity(account_id=account, actor=clerk, at=NINE)
    assert Person.objects.get().confirmed
    assert register(clerk).id == person_id
    assert entries("account.identity_confirmed")[0].fields == {"person": person_id}
    with refused("account.confirmed_already"):
        operations.confirm_identity(account_id=account, actor=clerk, at=NINE)


def test_a_confirmed_account_comes_to_what_was_registered_at_the_counter(account, clerk):
    person = register(clerk)
    assert queries.actor_of(account, None, NINE).sees.person_id != person.id
    assert operations.confirm_identity(account_id=account, actor=clerk, at=NINE) == person.id
    assert queries.actor_of(account, None, NINE).sees.person_id == person.id


def test_nobody_confirms_himself_and_no_officer_is_confirmed(province, account, clerk):
    with refused("person.may_not"):
        operations.confirm_identity(
            account_id=account, actor=queries.actor_of(account, None, NINE), at=NINE
        )
    with refused("account.officer_or_citizen"):
        operations.confirm_identity(account_id=province.officer("can-bo"), actor=clerk, at=NINE)


def test_two_desks_registering_one_person_at_once_get_one_person(own_database):
    meet, found = Barrier(2), []

    def desk(number):
        Person.objects.exists()
        meet.wait()
        try:
            found.append(
                operations.register_person(
                    name="Nguyễn Thị Lam", identity_number=number, actor=SYSTEM, at=NINE
                ).id
            )
        finally:
            connection.close()

    for n in range(5):
        desks = [Thread(target=desk, args=[f"04019000000{n}"]) for _ in range(2)]
        for one in desks:
            one.start()
        for one in desks:
            one.join()
    assert len(found) == 10 and len(set(found)) == Person.objects.count() == 5


def test_a_desk_that_comes_second_takes_what_the_first_registered(clerk, monkeypatch):
    from motcua.people.operations import persons

    first, find, asked = register(clerk), persons._find, []

    def blind_once(identities):
        asked.append(1)
        return {} if len(asked) == 1 else find(identities)

    monkeypatch.setattr(persons, "_find", blind_once)
    assert register(clerk).id == first.id and len(asked) == 2


def test_a_name_is_corrected_by_the_card_and_the_record_holds_digests_only(clerk):
    found = register(clerk)
    operations.correct_person(person_id=found.id, name=" Nguyễn  Thị Lan ", actor=clerk, at=NINE)
    person = Person.objects.get(id=found.id)
    assert (person.name, person.folded_name) == ("Nguyễn Thị Lan", "nguyen thi lan")
    (entry,) = entries("person.corrected")
    assert entry.fields == {"name": digest(bytes(person.digest_key), "Nguyễn Thị Lan")}


def test_what_correcting_a_person_refuses(clerk):
    found = register(clerk)

    def corrected(**changes):
        values = {"person_id": found.id, "name": "Lan", "actor": clerk} | changes
        operations.correct_person(**values, at=NINE)

    with refused("person.name_missing"):
        corrected(name="  ")
    with refused("person.may_not"):
        corrected(actor=ANONYMOUS)
    with refused("person.not_visible"):
        corrected(person_id=999_999)
