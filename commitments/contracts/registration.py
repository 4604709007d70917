"""What this alcove tells the others, once, when the site starts."""

from commitments.contracts.actions import follow_trained
from commitments.contracts.declaring import follow_ended
from commitments.contracts.personal_data import erase_contracts, export_contracts
from commitments.contracts.watch import CONTRACTS, register_steps
from commitments.projects import followers
from core import waits
from core.personal_data import Keeper, keep


def register() -> None:
    register_steps()
    waits.watch(CONTRACTS)
    followers.follow("contracts", trained=follow_trained, ended=follow_ended)
    keep("contracts", Keeper(title="Contrats", export=export_contracts, erase=erase_contracts))
