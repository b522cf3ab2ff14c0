"""The nine indicators row by row as TT 01/2018/TT-VPCP Đ13–15 has them, their averages and classes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules import scoring
from motcua.rules.deadline import Punctuality
from motcua.rules.scoring import Completion, Grade, Indicator, Level, Score
from motcua.statutory.quality import THRESHOLDS_2018 as BY

EARLY, ON_TIME, LATE = Punctuality.EARLY, Punctuality.ON_TIME, Punctuality.LATE


@pytest.mark.parametrize(
    ("mark", "points"),
    [
        # 1: total time vs limit
        (scoring.total_time(EARLY), 2),
        (scoring.total_time(ON_TIME), 1),
        (scoring.total_time(LATE), 0),
        (scoring.total_time(None), None),
        # 2: time at each agency
        (scoring.agency_time([EARLY, EARLY]), 2),
        (scoring.agency_time([EARLY, ON_TIME]), 1),
        (scoring.agency_time([EARLY, LATE]), 0),
        (scoring.agency_time([]), None),
        # 3: contacts to complete the dossier
        (scoring.contacts(0), 2),
        (scoring.contacts(1), 1),
        (scoring.contacts(2), 0),
        (scoring.contacts(2, excused=1), 1),
        (scoring.contacts(3, excused=3), 2),
        # 4: agencies the person had to go to
        (scoring.agencies(at_one_stop=False), 2),
        (scoring.agencies(at_one_stop=True), 1),
        (scoring.agencies(at_one_stop=True, elsewhere=1), 0),
        (scoring.agencies(at_one_stop=False, elsewhere=1), 0),
        # 6: publicity
        (scoring.publicity(posted=True, electronic=True), 2),
        (scoring.publicity(posted=True, electronic=False), 1),
        (scoring.publicity(posted=False, electronic=True), 1),
        (scoring.publicity(posted=False, electronic=False), 0),
        # 7: attitude
        (scoring.attitude(EARLY, complained=False), 2),
        (scoring.attitude(ON_TIME, complained=False), 1),
        (scoring.attitude(LATE, complained=False), 0),
        (scoring.attitude(None, complained=False), 1),
        (scoring.attitude(EARLY, complained=True), 0),
    ],
)
def test_a_dossier_gets_the_points_of_the_circular(mark, points):
    assert mark.points == points
    assert mark.reason


@pytest.mark.parametrize(
    ("level", "procedures", "done", "received", "points"),
    [
        (Level.PROVINCE, 100, 20, 100, 2),
        (Level.PROVINCE, 100, 19, 100, 1),
        (Level.PROVINCE, 100, 19, 99, 0),
        (Level.DISTRICT, 100, 50, 50, 2),
        (Level.DISTRICT, 100, 49, 100, 1),
        (Level.COMMUNE, 100, 100, 100, 2),
        (Level.COMMUNE, 100, 99, 100, 1),
        (Level.COMMUNE, 0, 0, 0, None),
    ],
)
def test_what_is_done_on_the_spot_is_judged_by_the_level(level, procedures, done, received, points):
    assert scoring.on_site(level, procedures, done, received, BY).points == points


@pytest.mark.parametrize(
    ("answered", "in_time", "points"),
    [(0, 0, 2), (10, 10, 2), (10, 9, 1), (100, 89, 0), (1, 0, 0), (None, 0, None)],
)
def test_feedback_is_judged_by_what_was_handled_in_time(answered, in_time, points):
    assert scoring.feedback(answered, in_time, BY).points == points


@pytest.mark.parametrize(
    ("offered", "filed", "late", "points"),
    [
        (20, 30, 0, 2),
        (19, 30, 0, 1),
        (20, 29, 0, 1),
        (20, 30, 1, 1),
        (0, 15, 0, 1),
        (20, 14, 0, 0),
    ],
)
def test_online_service_needs_procedures_dossiers_and_none_late(offered, filed, late, points):
    assert scoring.online(100, offered, 100, filed, late, BY).points == points


def test_a_unit_without_dossiers_has_no_data_about_online_service():
    assert scoring.online(100, 20, 0, 0, 0, BY).points is None


@pytest.mark.parametrize(
    ("points", "judged", "value"),
    [(3, 2, "1.5"), (1, 3, "0.3"), (5, 3, "1.7"), (1, 20, "0.1"), (0, 7, "0.0"), (14, 7, "2.0")],
)
def test_an_average_has_one_decimal_and_halves_go_up(points, judged, value):
    assert scoring.score(Indicator.CONTACTS, points, judged).value == Decimal(value)


def test_what_nothing_was_judged_by_has_no_average():
    assert scoring.score(Indicator.FEEDBACK, 0, 0).value is None


def every(value):
    return [Score(i, Decimal(value), 1, 0) for i in Indicator]


def averages(*values):
    return [
        Score(i, Decimal(v), 10, 0)
        for i, v in zip(Indicator, values, strict=False)
        if v is not None
    ]


@pytest.mark.parametrize(
    ("values", "total", "grade"),
    [
        (("2",) * 9, "18.0", Grade.EXCELLENT),
        (("2", "2", "2", "2", "2", "2", "2", "1", "0"), "15", Grade.EXCELLENT),
        (("2", "2", "2", "2", "2", "2", "2", "0.9", "0"), "14.9", Grade.GOOD),
        (("2", "2", "2", "2", "2", "2", "0", "0", "0"), "12", Grade.GOOD),
        (("2", "2", "2", "2", "2", "1.9", "0", "0", "0"), "11.9", Grade.FAIR),
        (("1",) * 9, "9", Grade.FAIR),
        (("1", "1", "1", "1", "1", "1", "1", "1", "0.9"), "8.9", Grade.AVERAGE),
        (("1", "1", "1", "1", "1", "1", "0", "0", "0"), "6", Grade.AVERAGE),
        (("1", "1", "1", "1", "1", "0.9", "0", "0", "0"), "5.9", Grade.WEAK),
        (("0",) * 9, "0", Grade.WEAK),
    ],
)
def test_a_unit_is_classed_by_its_total_over_nine(values, total, grade):
    found, reached = scoring.of_unit(averages(*values), BY)
    assert (found.value, found.most, reached) == (Decimal(total), 18, grade)
    assert found.graded == found.value


@pytest.mark.parametrize(
    ("first", "completion"),
    [("5", Completion.FULL), ("4.9", Completion.PART), ("3.5", Completion.PART), ("3.4", "poor")],
)
def test_an_officer_is_judged_over_five_indicators(first, completion):
    listed = [
        Score(Indicator.TOTAL_TIME, Decimal(first), 1, 0),
        *(Score(i, Decimal(0), 1, 0) for i in Indicator if i is not Indicator.TOTAL_TIME),
    ]
    found, reached = scoring.of_officer(listed, BY)
    assert {s.indicator for s in found.scores} == set(scoring.OF_AN_OFFICER)
    assert (found.most, reached) == (10, completion)


def test_an_indicator_without_data_is_left_out_and_the_rest_scaled_to_the_whole():
    listed = [Score(i, Decimal(1), 1, 1) for i in Indicator if i is not Indicator.FEEDBACK]
    listed.append(Score(Indicator.FEEDBACK, None, 0, 0))
    found, grade = scoring.of_unit(listed, BY)
    assert (found.value, found.most) == (Decimal(8), 16)
    assert (found.graded, grade) == (Decimal(9), Grade.FAIR)


def test_without_any_data_there_is_no_class():
    assert scoring.of_unit([Score(Indicator.FEEDBACK, None, 0, 0)], BY)[1] is None
    assert scoring.of_officer([], BY)[1] is None


@given(st.lists(st.sampled_from([0, 1, 2]), min_size=1))
def test_an_average_lies_between_its_least_and_its_most(points):
    marks = [scoring.contacts(2 - p) for p in points]
    (found,) = scoring.scores(marks)
    assert found.value is not None
    assert min(points) <= found.value <= max(points)
    assert (found.judged, found.points) == (len(points), sum(points))
