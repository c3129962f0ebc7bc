"""Whether the keys are those of this database: asked before the house opens."""

import stat
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from spoiwo.kernel.sealing import place_of, seal
from spoiwo.vault.domain.paper import from_paper
from spoiwo.vault.errors import KeysOfAnother, VaultClosed
from spoiwo.vault.keyring import MASTERS
from spoiwo.vault.models import KeyProof, Subject
from spoiwo.vault.services.values import PROOF, keyring, proves, refuse_keys_of_another

CONTENT = b"Spoiwo"


def check_keys() -> None:
    """Make sure that the keys open this database; the first time, lay the proof by which it will be known.

    The proof is a constant sealed under the root of the house and kept in the database. Besides it, one envelope of
    each master key is opened. Raises: VaultClosed with a sentence for the person who starts the house.
    """
    ring = keyring()
    try:
        ring.masters  # noqa: B018 - lays the first keys in an empty folder
        refuse_keys_of_another()
        for envelope in ring.store.one_of_each_master():
            ring.unwrapped(envelope)
        _refuse_lost_envelopes()
    except VaultClosed as problem:
        raise type(problem)(closed_in_words(problem)) from None
    if not KeyProof.objects.exists():
        lay_proof()


def closed_in_words(problem: VaultClosed) -> str:
    """A sentence for the person who starts the house: what is wrong with the keys and what to do."""
    facts = {"folder": keyring().folder, "problem": problem}
    if isinstance(problem, KeysOfAnother):
        words = _(
            "The keys in %(folder)s are not the keys of this database. Nothing was opened. Name the folder of the "
            "right keys in SPOIWO_KEYS_DIR, or bring them back from their copy: spoiwo keys from-paper."
        )
    else:
        words = _(
            "The keys in %(folder)s cannot be used (%(problem)s). Nothing was opened. Bring them back from their copy."
        )
    return words % facts


def _refuse_lost_envelopes() -> None:
    if not keyring().store.count_by_master() and Subject.objects.filter(erasure_began_at=None).exists():
        raise KeysOfAnother


@transaction.atomic
def lay_proof() -> KeyProof:
    """The one row by which the database knows its keys; laying it again changes nothing."""
    sealed = seal(keyring().house_key(PROOF), CONTENT, place_of(PROOF))
    proof, _new = KeyProof.objects.get_or_create(pk=1, defaults={"sealed": sealed})
    return proof


def put_back_from_paper(text: str) -> None:
    """Lay the master keys of a page that was typed again, and make sure that they are those of this database.

    The envelopes may come back before them or after. Raises: PaperWrong; KeysAreThere; KeysOfAnother when they are not
    those of this database: they are not laid then; VaultClosed when the envelopes that lie here need others.
    """
    masters = from_paper(text)
    proof = KeyProof.objects.first()
    if proof is not None and not proves(bytes(proof.sealed), masters.house):
        raise KeysOfAnother(_("The keys on this page are not the keys of this database. Nothing was laid."))
    ring = keyring()
    ring.put_back(masters)
    for envelope in ring.store.one_of_each_master():
        ring.unwrapped(envelope)


@dataclass(frozen=True)
class KeyState:
    """What can be told of the keys without telling a key."""

    current: int
    numbers: list[int]
    by_master: dict[int, int]
    subjects: int
    without_key: int  # living subjects whose key is missing: the values are lost
    without_subject: int  # keys whose subject is not in the database: a transaction that failed, or an older backup
    returned: int  # destroyed here, not so in the database (or the other way round): spoiwo keys erasures
    changing: int  # subjects with a newer and an older key
    new_index: bool
    readable_by_others: bool


def state_of_keys() -> KeyState:
    """The keys and the database side by side. Raises: VaultClosed."""
    ring = keyring()
    masters, store = ring.masters, ring.store
    held, destroyed = store.subjects(), store.destroyed()
    rows = dict(Subject.objects.values_list("uid", "erased_at"))
    living = {uid for uid, erased in rows.items() if not erased}
    return KeyState(
        current=masters.current,
        numbers=sorted(masters.keys),
        by_master=store.count_by_master(),
        subjects=len(rows),
        without_key=len(living - held - destroyed),
        without_subject=len(held - set(rows)),
        returned=len(living & destroyed) + len((set(rows) - living) & held),
        changing=len(store.superseded()),
        new_index=bool(masters.index_before),
        readable_by_others=bool((ring.folder / MASTERS).stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)),
    )
