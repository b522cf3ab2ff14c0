"""What notices to applicants say in English, for who has chosen it: a title and a text a kind.

Names of procedures and offices stay as the law has them. What is not here is told in Vietnamese.
"""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "dossier.submitted": (
        "Online dossier {code} received",
        "Dossier {code} ({procedure}) was sent to {desk}. The desk will check it and reply in office hours.",
    ),
    "dossier.rerouted": (
        "Dossier {code} was passed to the right desk",
        "Dossier {code} is now checked by {desk}, under the procedure {procedure} of {agency}. You need not "
        "send it again.",
    ),
    "dossier.accepted": (
        "Dossier {code} accepted",
        "{desk} has accepted dossier {code} ({procedure}). {due_en}",
    ),
    "dossier.not_accepted": (
        "Dossier {code} not accepted",
        "{desk} did not accept dossier {code} ({procedure}). The reason and its legal ground are on the "
        "refusal slip on the dossier's page.",
    ),
    "dossier.processing": (
        "Dossier {code} is being processed",
        "{agency} is processing dossier {code} ({procedure}). {due_en}",
    ),
    "dossier.supplement": (
        "Dossier {code} needs more papers",
        "The papers that dossier {code} ({procedure}) lacks are listed on the slip on its page. The time "
        "limit stands still until they are received.",
    ),
    "dossier.money": (
        "Dossier {code} waits for a payment",
        "What is to be paid for dossier {code} ({procedure}) is on its page. The time limit stands still "
        "until the payment is recorded.",
    ),
    "dossier.to_collect": (
        "The result of dossier {code} is waiting for you",
        "The result of dossier {code} ({procedure}) is kept at {desk}. Please collect it in office hours, "
        "with the receipt and your identity card.",
    ),
    "dossier.charged": (
        "Dossier {code} has an amount to pay",
        "What is to be paid for dossier {code} ({procedure}) is on its page. The time limit runs on.",
    ),
    "dossier.charge_cancelled": (
        "Dossier {code}: a charge was cancelled",
        "A charge of dossier {code} ({procedure}) was cancelled, you do not have to pay it. The reason is on "
        "its page.",
    ),
    "dossier.refund_ordered": (
        "Dossier {code}: money will be refunded",
        "{desk} will refund you an amount paid for dossier {code} ({procedure}).",
    ),
    "dossier.refunded": (
        "Dossier {code}: money was refunded",
        "{desk} has refunded you an amount paid for dossier {code} ({procedure}).",
    ),
    "dossier.paid": (
        "Payment for dossier {code} recorded",
        "What was paid for dossier {code} ({procedure}) is recorded; see its page.",
    ),
    "dossier.extended_by_law": (
        "The time limit of dossier {code} is extended by law",
        "The law gives more time for dossier {code} ({procedure}). {due_en} What has to be done and the "
        "legal ground are on its page.",
    ),
    "dossier.moved": (
        "The result of dossier {code} will be handed over elsewhere",
        "After a change of offices, dossier {code} ({procedure}) is handed over by {desk}. Its code stays.",
    ),
    "dossier.transferred": (
        "Dossier {code} goes on at another office",
        "Dossier {code} ({procedure}) is now processed by {agency}. Its code and due date stay. {due_en}",
    ),
    "dossier.reappointed": (
        "Our apologies: a new date for dossier {code}",
        "{agency} apologises that dossier {code} ({procedure}) is not finished on the date promised. "
        "{due_en} The reason is on the slip on its page.",
    ),
    "dossier.resettled": (
        "The due date of dossier {code} was counted anew",
        "Holidays or office hours have changed, so the due date of dossier {code} ({procedure}) was "
        "counted anew. {due_en}",
    ),
    "dossier.withdrawn": (
        "Withdrawal of dossier {code} recorded",
        "Dossier {code} ({procedure}) is no longer processed, as you asked.",
    ),
    "dossier.stopped": (
        "Dossier {code} is no longer processed",
        "Dossier {code} ({procedure}) is no longer processed. The reason is on its page.",
    ),
    "dossier.done": (
        "The result of dossier {code} is ready",
        "Dossier {code} ({procedure}) is finished. Please receive the result in the way you chose, or at "
        "{desk}.",
    ),
    "dossier.refused": (
        "Dossier {code} was refused",
        "{agency} refused dossier {code} ({procedure}). The reason and its legal ground are on the refusal "
        "slip on its page.",
    ),
    "dossier.handed_over": (
        "The result of dossier {code} was handed over",
        "The result of dossier {code} ({procedure}) was handed over. If you did not receive it, please "
        "contact {desk}. You may rate the service on the dossier's page.",
    ),
    "dossier.reopened": (
        "Dossier {code} is processed again",
        "{agency} processes dossier {code} ({procedure}) again; the result told before is void. {due_en} "
        "Please wait for the new result.",
    ),
}
