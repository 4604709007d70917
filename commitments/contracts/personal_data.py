"""What this alcove keeps about a person (see core.personal_data). The act is the promise, kept five years."""

from typing import Any

from accounts.models import User
from commitments.contracts.emails import facts_words
from commitments.contracts.models import ConditionCheck, Contract, ContractEvent
from commitments.contracts.versions import as_the_person_says
from territories.actions import forget_agent_tasks


def export_contracts(user: User) -> dict[str, Any]:
    contracts = Contract.objects.filter(commitment__candidate__user=user).select_related(
        "commitment__company", "version"
    )
    checks = ConditionCheck.objects.filter(commitment__candidate__user=user)
    return {
        "contrats déclarés": [
            {
                "entreprise": it.commitment.company.name,
                "contrat": facts_words(it),
                "référence": it.reference,
                "état": it.get_status_display(),
                "promesse tenue": it.is_kept,
                "parce que": it.reasons,
                "ma contestation": it.get_dispute_reason_display(),
                "ma version": it.dispute_words,
                "mes chiffres": _own_figures(it),
                "missions": [f"{m.starts_on} – {m.ends_on}" for m in it.missions.all()],
            }
            for it in contracts.prefetch_related("missions").order_by("pk")
        ],
        "conditions confirmées": [
            {
                "condition": it.get_condition_display(),
                "remplie": it.is_met,
                "document": it.document,
                "daté du": str(it.dated or ""),
                "dit par": it.said_as,
            }
            for it in checks
        ],
    }


def _own_figures(contract: Contract) -> str:
    said = getattr(contract, "version", None)
    return facts_words(as_the_person_says(contract, said)) if said else ""


def erase_contracts(user: User) -> None:
    """The facts are counted without the person; words, whoever wrote them, and documents go."""
    mine = Contract.objects.filter(commitment__candidate__user=user)
    mine.update(dispute_words="", reference="")
    for pk in mine.values_list("pk", flat=True):
        forget_agent_tasks(f"contract/{pk}/")
    ContractEvent.objects.filter(contract__in=mine).exclude(note="").update(note="")
    said = ConditionCheck.objects.filter(commitment__candidate__user=user).exclude(document="")
    said.update(document="effacé")
