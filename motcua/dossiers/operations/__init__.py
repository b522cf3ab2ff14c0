"""Every act on a dossier: ask, decide, write, record, in one transaction (README.md lists them).

All take `actor` and `at` (aware; the door's clock) and raise `Refusal` (errors.py has the sentences). `seen`
is the version of the dossier the person was looking at; `key` makes a repeated request harmless.
"""

from motcua.dossiers.operations.at_once import (
    decide_at_once,
    may_settle_at_once,
    settle_at_once,
)
from motcua.dossiers.operations.batch import CHUNK, Row, accept_together
from motcua.dossiers.operations.book import accept_from_book
from motcua.dossiers.operations.books import bind_book_month, lock_book
from motcua.dossiers.operations.bulk import MOST, Chosen, assign_many, hand_on_many, take_many
from motcua.dossiers.operations.calendar import Resettled, resettle
from motcua.dossiers.operations.certification import (
    Certified,
    Entered,
    certify,
    certify_at_once,
    correct_certification,
    deliver_certified,
    prepare_certification,
)
from motcua.dossiers.operations.children import open_child, receive_child
from motcua.dossiers.operations.corrections import (
    confirm_correction,
    propose_correction,
    reject_correction,
)
from motcua.dossiers.operations.drafts import (
    approve_draft,
    draft_result,
    return_draft,
    save_draft,
    submit_draft,
)
from motcua.dossiers.operations.ends import (
    conclude,
    hand_over,
    refuse_in_process,
    remind_to_collect,
    withdraw,
)
from motcua.dossiers.operations.files import attach
from motcua.dossiers.operations.inspections import Member, Minutes, record_inspection
from motcua.dossiers.operations.intake import (
    Accepted,
    Contact,
    Intake,
    accept,
    accept_submitted,
    due_preview,
    facts,
    new_case,
    refuse_intake,
    submit,
    terms_for,
    terms_under,
)
from motcua.dossiers.operations.issuing import (
    cancel_issue,
    hand,
    keep_result,
    number_issue,
    prepare_issue,
    propose_revocation,
    revoke_result,
    seal_issue,
    sign_issue,
    void_result_number,
)
from motcua.dossiers.operations.moves import (
    Moved,
    approve_move_plans,
    check_move_plans,
    draft_move_plans,
    drop_move_line,
    run_moves,
    set_move_lines,
)
from motcua.dossiers.operations.notes import add_note, strike_note
from motcua.dossiers.operations.opinions import (
    Agency,
    answer_opinion,
    ask_opinions,
    cancel_opinion,
    tell_late_opinions,
)
from motcua.dossiers.operations.parking import discard_parked, park, purge_parked
from motcua.dossiers.operations.ratings import judge_rating, rate
from motcua.dossiers.operations.reopening import reopen
from motcua.dossiers.operations.scans import (
    ChosenPage,
    Taken,
    capture,
    digitise,
    drop_capture,
    end_pairing,
    pair_phone,
)
from motcua.dossiers.operations.signals import review_signal
from motcua.dossiers.operations.steps import assign, hand_on, reassign, recall, send_back, take
from motcua.dossiers.operations.transfer import AGENCIES, transfer
from motcua.dossiers.operations.triage import reroute
from motcua.dossiers.operations.trips import receive_trip, send_trip
from motcua.dossiers.operations.views import put_view_first, remove_view, save_view
from motcua.dossiers.operations.waiting import (
    extend_by_law,
    pause,
    propose_reappointment,
    reappoint,
    receive_supplement,
    record_payment,
    request_payment,
    request_supplement,
    resume,
)
from motcua.dossiers.operations.warning import warn

__all__ = [
    "AGENCIES",
    "CHUNK",
    "MOST",
    "Accepted",
    "Agency",
    "Certified",
    "Chosen",
    "ChosenPage",
    "Contact",
    "Entered",
    "Intake",
    "Member",
    "Minutes",
    "Moved",
    "Resettled",
    "Row",
    "Taken",
    "accept",
    "accept_from_book",
    "accept_submitted",
    "accept_together",
    "add_note",
    "answer_opinion",
    "approve_draft",
    "approve_move_plans",
    "ask_opinions",
    "assign",
    "assign_many",
    "attach",
    "bind_book_month",
    "cancel_issue",
    "cancel_opinion",
    "capture",
    "certify",
    "certify_at_once",
    "check_move_plans",
    "conclude",
    "confirm_correction",
    "correct_certification",
    "decide_at_once",
    "deliver_certified",
    "digitise",
    "discard_parked",
    "draft_move_plans",
    "draft_result",
    "drop_capture",
    "drop_move_line",
    "due_preview",
    "end_pairing",
    "extend_by_law",
    "facts",
    "hand",
    "hand_on",
    "hand_on_many",
    "hand_over",
    "judge_rating",
    "keep_result",
    "lock_book",
    "may_settle_at_once",
    "new_case",
    "number_issue",
    "open_child",
    "pair_phone",
    "park",
    "pause",
    "prepare_certification",
    "prepare_issue",
    "propose_correction",
    "propose_reappointment",
    "propose_revocation",
    "purge_parked",
    "put_view_first",
    "rate",
    "reappoint",
    "reassign",
    "recall",
    "receive_child",
    "receive_supplement",
    "receive_trip",
    "record_inspection",
    "record_payment",
    "refuse_in_process",
    "refuse_intake",
    "reject_correction",
    "remind_to_collect",
    "remove_view",
    "reopen",
    "request_payment",
    "request_supplement",
    "reroute",
    "resettle",
    "resume",
    "return_draft",
    "review_signal",
    "revoke_result",
    "run_moves",
    "save_draft",
    "save_view",
    "seal_issue",
    "send_back",
    "send_trip",
    "set_move_lines",
    "settle_at_once",
    "sign_issue",
    "strike_note",
    "submit",
    "submit_draft",
    "take",
    "take_many",
    "tell_late_opinions",
    "terms_for",
    "terms_under",
    "transfer",
    "void_result_number",
    "warn",
    "withdraw",
]
